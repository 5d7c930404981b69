"""How values of a record are put in words for a reader; nothing is made more precise than it was written."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from generators.written_dates import AS_READ, edtf_in_words, plain_date
from records.edtf import MONTHS
from records.fields import Ask, Kind

_ANSWERS = {"yes": "Yes", "no": "No", "not_known": "Not known"}
_OPPOSED = {"‪", "‫", "‬", "‭", "‮", "⁦", "⁧", "⁨", "⁩"}
"""Marks that turn the direction of the text after them: shown, because they can make a line read as something else."""


def clean(text: str) -> str:
    """The text with characters that no document can hold, or that would mislead, shown as `[U+0007]`."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char in "\n\t":
        return char
    kind = unicodedata.category(char)
    if kind in ("Cc", "Cs", "Cn") or char in _OPPOSED:
        return code_point(char)
    return char


def code_point(char: str) -> str:
    """A character by its number, where it cannot be drawn."""
    return f"[U+{ord(char):04X}]"


def day_words(day: date | None) -> str:
    """`12 March 2024`; a dash for no date."""
    return plain_date(day) if day else "–"


def edtf_words(edtf: str) -> str:
    """A record's date in words and no more precise: `12 March 2024`, `spring 2024`, `March 2024 (about)`."""
    return edtf_in_words(edtf, AS_READ)


def written_plainly(written: str, day: date) -> bool:
    """Whether these words can only mean this day, so that repeating them beside the day tells a reader nothing new."""
    plain = written.strip().rstrip(".").casefold()
    months = (MONTHS[day.month - 1].casefold(), MONTHS[day.month - 1][:3].casefold())
    numbers = {f"{day:%d}{sep}{day:%m}{sep}{day:%Y}" for sep in "/.-"} | {day.isoformat()}
    words = {
        f"{number}{sep}{month}{sep}{day.year}"
        for number in (f"{day:%d}", str(day.day))
        for month in months
        for sep in " -"
    }
    return plain in numbers | words


def value_words(value: Any, ask: Ask | None) -> str:
    """An answer in words; "" for an unanswered one."""
    if value is None or value == "" or value == () or value == []:
        return ""
    if isinstance(value, (list, tuple)):
        return "\n".join(f"• {code_words(str(item))}" for item in value)
    text = str(value)
    if ask is None:
        return clean(text)
    if ask.kind in (Kind.YES_NO, Kind.SIGNED):
        return _ANSWERS.get(text, clean(text))
    if ask.kind in (Kind.DATE, Kind.DATE_RANGE):
        return edtf_words(text)
    if ask.kind is Kind.TIME:
        return text.replace("/", " to ")
    if ask.kind is Kind.NHS_NUMBER and len(text) == 10:
        return f"{text[:3]} {text[3:6]} {text[6:]}"
    return code_words(text) if ask.kind is Kind.CHOICE else clean(text)


def code_words(code: str) -> str:
    """A choice's code as a phrase: `child_died` → `Child died`."""
    return clean(code.replace("_", " ")[:1].upper() + code.replace("_", " ")[1:])


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

"""Dates as our letters and forms write them: day first, in full, never more precise than they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from records.edtf import MONTHS, SEASONS, is_exact, qualifier

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: date) -> str:
    """The date with its weekday: "Friday 4 December 2026"."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def plain_date(day: date) -> str:
    """The date without its weekday: "4 December 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """The date where room is dear: "4 Dec 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def clock_time(moment: datetime) -> str:
    """The time of day: "9.05 am", "5 pm", "12 noon"."""
    if (moment.hour, moment.minute) in ((12, 0), (0, 0)):
        return "12 noon" if moment.hour else "12 midnight"
    minutes = f".{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def date_and_time(moment: datetime) -> str:
    """Date and time together: "Friday 4 December 2026 at 9.05 am"."""
    return f"{long_date(moment.date())} at {clock_time(moment)}"


_WELSH_DAYS = ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul")
_WELSH_MONTHS = (
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd",
    "Rhagfyr",
)  # fmt: skip
_TO_WELSH = dict(zip(MONTHS, _WELSH_MONTHS, strict=True)) | {
    english: f"dydd {welsh}" for english, welsh in zip(_DAYS, _WELSH_DAYS, strict=True)
}


def in_welsh(words: str) -> str:
    """The words of a date that this module wrote, with the names of its day and month in Welsh."""
    return re.sub(r"[A-Z][a-z]+", lambda found: _TO_WELSH.get(found[0], found[0]), words)


@dataclass(frozen=True, slots=True)
class Style:
    """How dates of a record are put in words."""

    day: str
    """The pattern of a whole day; `{month}` is its name, `{number}` its number."""
    until: str
    marks: Mapping[str, str]
    """For doubt, nearness and both: the words with the date in them."""


AS_TYPED = Style("{day:02d}/{number:02d}/{year}", "to", {"": "{}", "?": "{}?", "~": "circa {}", "%": "circa {}?"})
"""As a person would type it into a form: "12/03/2024", "circa 2015"."""
AS_READ = Style(
    "{day} {month} {year}",
    "until",
    {"": "{}", "?": "{} (in doubt)", "~": "{} (about)", "%": "{} (about, in doubt)"},
)
"""For a reader: "12 March 2024", "2015 (about)"."""


def edtf_in_words(edtf: str, style: Style = AS_TYPED) -> str:
    """A record's date in words and no more precise than it is: "March 2024", "spring 2024", "from 2019"."""
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        if first in ("", ".."):
            return f"{style.until} {_part_in_words(last, style)}"
        if last in ("", ".."):
            return f"from {_part_in_words(first, style)}"
        return f"{_part_in_words(first, style)} to {_part_in_words(last, style)}"
    return _part_in_words(edtf, style)


def exact_day(edtf: str | None) -> date | None:
    """The day, when the date is one certain day."""
    return date.fromisoformat(edtf) if edtf and is_exact(edtf) else None


def _part_in_words(part: str, style: Style) -> str:
    year, month, day = ([int(number) for number in part.rstrip("?~%").split("-")] + [0, 0])[:3]
    if day:
        words = style.day.format(day=day, number=month, month=MONTHS[month - 1], year=year)
    elif month:
        words = f"{SEASONS.get(month) or MONTHS[month - 1]} {year}"
    else:
        words = str(year)
    return style.marks[qualifier(part)].format(words)

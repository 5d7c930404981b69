"""The last look before a letter goes out: no name, date of birth or NHS number of a child in what others may read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generators.written_dates import exact_day
from records.errors import Refused

_MONTHS = "january february march april may june july august september october november december".split()
_TITLES = {"mr", "mrs", "miss", "ms", "mx", "dr", "master", "baby"}
_SHORT = 3  # a name of one or two letters is not looked for by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What must not stand in a letter. Dates of birth are EDTF, as in records."""

    names: tuple[str, ...] = ()
    dates_of_birth: tuple[str, ...] = ()
    nhs_numbers: tuple[str, ...] = ()


def assert_no_personal_data(
    text: str,
    names: Iterable[str] = (),
    dobs: Iterable[str] = (),
    nhs_numbers: Iterable[str] = (),
    *,
    allowed: Iterable[str] = (),
) -> None:
    """Refused when the text shows one of these people, whatever the order, case, accents and separators.

    A single name counts where it is written with a capital. `allowed` are phrases that may stand although they share a
    word with a name (the agency, the contact, the months of the date). The message says what kind it is, never what.
    """
    seen = _folded(text)
    for phrase in sorted((_folded(phrase) for phrase in allowed), key=len, reverse=True):
        if phrase.strip():
            seen = re.sub(rf"(?<!\w){re.escape(phrase.strip())}(?!\w)", " ", seen)
    for kind, patterns in (
        ("a personal name", (pattern for name in names for pattern in _name_patterns(name))),
        ("a date of birth", (pattern for dob in dobs for pattern in _date_patterns(dob))),
        ("an NHS number", (pattern for number in nhs_numbers for pattern in _number_patterns(number))),
    ):
        if any(re.search(pattern, seen) for pattern in patterns):
            raise Refused(
                f"The letter would show {kind}, so it was not written.",
                hint="Take it out of the text, the file name or the title of the case, and try again.",
            )


def shows_personal_data(text: str, personal: Personal) -> bool:
    """Whether the text shows one of these people."""
    try:
        assert_no_personal_data(text, personal.names, personal.dates_of_birth, personal.nhs_numbers)
    except Refused:
        return True
    return False


def _folded(text: str) -> str:
    """Accents off, every dash and apostrophe the plain one, white space and underscores to one space; case kept."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain.translate({0x2019: "'", 0x2018: "'", 0x02BC: "'"}))
    return re.sub(r"[\s_]+", " ", plain)


def _name_patterns(name: str) -> Iterator[str]:
    found = re.findall(r"[^\W\d_](?:[^\W\d_]|['-])*", _folded(name))
    words = [word for word in found if word.casefold() not in _TITLES]
    if not words:
        return
    gap = r"[\s,.;:()\-]*"
    if len(words) > 1:
        given, family = re.escape(words[0]), re.escape(words[-1])
        for first, last in ((given, family), (family, given)):
            yield rf"(?i)\b{first}\b{gap}(?:[^\W\d_]+{gap}){{0,2}}{last}\b"
        yield rf"(?i)\b{re.escape(words[0][0])}\.?\s?{family}\b"
        yield rf"(?i)(?<![^\W\d]){given}{gap}{family}(?![^\W\d])"
    for word in words:
        if len(word) >= _SHORT:
            written = {word.capitalize(), word.upper(), word} - {word.lower()}
            yield rf"(?<![^\W_])(?:{'|'.join(re.escape(form) for form in sorted(written))})(?![^\W_])"


def _date_patterns(dob: str) -> Iterator[str]:
    day = exact_day(dob) if dob else None
    if day is None:
        return
    year = rf"(?:{day.year}|'?{day.year % 100:02d})"
    month = _MONTHS[day.month - 1]
    words = rf"(?:{month}|{month[:3]}\.?)"
    gap = r"[\s,./-]*"
    yield rf"(?<!\d)0?{day.day}\s?[./ -]\s?0?{day.month}\s?[./ -]\s?{year}(?!\d)"
    yield rf"(?<!\d){day.year}[./ -]?{day.month:02d}[./ -]?{day.day:02d}(?!\d)"
    yield rf"(?<!\d){day.day:02d}{day.month:02d}{day.year}(?!\d)"
    yield rf"(?i)(?<!\d)0?{day.day}(?:st|nd|rd|th)?{gap}(?:of\s)?{words}{gap}{year}(?!\d)"
    yield rf"(?i)\b{words}{gap}0?{day.day}(?:st|nd|rd|th)?{gap}{year}(?!\d)"


def _number_patterns(number: str) -> Iterator[str]:
    digits = re.sub(r"\D", "", number)
    if len(digits) >= 6:
        yield r"(?<!\d)" + r"[\s.-]?".join(digits) + r"(?!\d)"

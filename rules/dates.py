"""Days as rules need them: ages, working days of England, days written in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mailbox_config.calendar import working_days_between

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = timedelta(days=3660)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|\.\d)")
_WORDED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(" + "|".join(_MONTHS) + r")[a-z]*\.?,?\s+(\d{4})(?!\d)",
    re.IGNORECASE,
)


def age_on(born: date, day: date) -> int:
    """Age in completed years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def working_days_after(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; the day itself is day 0. More than ten years count as ten."""
    start = max(start, end - _LONGEST) if end - date.min > _LONGEST else start
    return working_days_between(start, end)


def days_in_text(text: str) -> Iterator[date]:
    """The full days written in running text, day first; anything that is no day of the calendar is passed over."""
    for match in _NUMERIC.finditer(text):
        year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        yield from _day(year, int(match[3]), int(match[1]))
    for match in _WORDED.finditer(text):
        yield from _day(int(match[3]), _MONTHS.index(match[2].lower()[:3]) + 1, int(match[1]))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return

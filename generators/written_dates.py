"""Dates as our letters and forms write them: day first, in full, never more precise than they are."""

from __future__ import annotations

from datetime import date, datetime

from records.edtf import is_exact, qualifier

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


def long_date(day: date) -> str:
    """The date with its weekday: "Friday 4 December 2026"."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def plain_date(day: date) -> str:
    """The date without its weekday: "4 December 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def clock_time(moment: datetime) -> str:
    """The time of day: "9.05 am", "5 pm", "12 noon"."""
    if (moment.hour, moment.minute) in ((12, 0), (0, 0)):
        return "12 noon" if moment.hour else "12 midnight"
    minutes = f".{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def date_and_time(moment: datetime) -> str:
    """Date and time together: "Friday 4 December 2026 at 9.05 am"."""
    return f"{long_date(moment.date())} at {clock_time(moment)}"


def edtf_in_words(edtf: str) -> str:
    """What a person would write in a form for this date of a record: "12/03/2024", "March 2024", "circa 2015"."""
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        if last in ("", ".."):
            return f"from {_part_in_words(first)}"
        if first in ("", ".."):
            return f"to {_part_in_words(last)}"
        return f"{_part_in_words(first)} to {_part_in_words(last)}"
    return _part_in_words(edtf)


def exact_day(edtf: str) -> date | None:
    """The day, when the date is one certain day."""
    return date.fromisoformat(edtf) if is_exact(edtf) else None


def _part_in_words(part: str) -> str:
    mark = qualifier(part)
    year, month, day = ([int(number) for number in part.rstrip("?~%").split("-")] + [0, 0])[:3]
    if day:
        words = f"{day:02d}/{month:02d}/{year}"
    elif month:
        words = f"{_SEASONS.get(month) or _MONTHS[month - 1]} {year}"
    else:
        words = str(year)
    return {"": "", "?": "?", "~": "circa ", "%": "circa ?"}[mark] + words

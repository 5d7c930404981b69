"""What an EDTF date of the record can mean: its first and last day, how precise it is, whether it is in doubt.

Works on the strings that `records.values.check_edtf` accepts: `2024-03-12`, `2024-03`, `2024`, `2024-21` (spring), with
`?` (doubt), `~` (nearness) or `%` (both) after a part, `A/B` for a range, `A/` and `/B` (or `..`) for an open one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "season", "year", "range"]

MONTHS = "January February March April May June July August September October November December".split()
"""In English whatever the machine's language is."""
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)\Z")
_SEASON_STARTS = {21: 3, 22: 6, 23: 9}
_WINTER = 24


def bounds(edtf: str) -> tuple[date, date]:
    """The first and the last day the words can mean; `date.min` and `date.max` stand for an open end.

    The marks of doubt and nearness do not widen the bounds: ask `qualifier` before building on them. A winter belongs
    to two years, so "winter 2024" reaches from December 2023 to February 2025. ValueError when it is not such a date.
    """
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        start = date.min if first in ("", "..") else _part_bounds(first)[0]
        end = date.max if last in ("", "..") else _part_bounds(last)[1]
        return start, end
    return _part_bounds(edtf)


def precision(edtf: str) -> Precision:
    """How precise the date was written."""
    if "/" in edtf:
        return "range"
    _, month, day, _ = _split(edtf)
    if day:
        return "day"
    if not month:
        return "year"
    return "season" if month > 12 else "month"


def qualifier(edtf: str) -> Literal["", "?", "~", "%"]:
    """The strongest mark of doubt (`?`), nearness (`~`) or both (`%`) on any part; "" for none."""
    marks = {mark for mark in "?~%" if mark in edtf}
    if "%" in marks or len(marks) == 2:
        return "%"
    if "?" in marks:
        return "?"
    return "~" if "~" in marks else ""


def is_exact(edtf: str) -> bool:
    """Whether this is one certain day."""
    return precision(edtf) == "day" and not qualifier(edtf)


def _split(part: str) -> tuple[int, int, int, str]:
    match = _PART.match(part)
    if not match:
        raise ValueError("not a date as the field dictionary writes it")
    year, month, day, mark = match.groups()
    return int(year), int(month or 0), int(day or 0), mark


def _part_bounds(part: str) -> tuple[date, date]:
    year, month, day, _ = _split(part)
    if day:
        exact = date(year, month, day)
        return exact, exact
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if month == _WINTER:
        return date(year - 1, 12, 1), _end_of_month(year + 1, 2)
    if month in _SEASON_STARTS:
        start = _SEASON_STARTS[month]
        return date(year, start, 1), _end_of_month(year, start + 2)
    return date(year, month, 1), _end_of_month(year, month)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])

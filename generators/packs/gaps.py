"""Time without any recorded contact. Only certain days count; a row that is less certain is named, not counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from generators.packs.chronology import Row
from generators.packs.content import agency_order
from records.edtf import bounds, qualifier


@dataclass(frozen=True, slots=True)
class Gap:
    """Days from `start` to `end`, both included, without a row of a certain date. `agency` is "" for all together."""

    agency: str
    start: date
    end: date
    within: tuple[int, ...] = ()
    """The numbers of rows whose imprecise date may fall in the gap."""

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def gaps(rows: Sequence[Row], days: int, agency_days: int) -> tuple[Gap, ...]:
    """The gaps of all agencies together, then of each agency, the longest wait first within neither: in date order."""
    found = list(_between(rows, days, ""))
    ordered = sorted(rows, key=lambda row: (agency_order(row.agency), row.number))
    for _, own in groupby(ordered, key=lambda row: row.agency.id):
        mine = list(own)
        found += _between(mine, agency_days, mine[0].agency.name)
    return tuple(found)


def _between(rows: Sequence[Row], days: int, agency: str) -> Iterable[Gap]:
    spans = sorted(span for row in rows if (span := _span(row, certain=True)))
    loose = [(row.number, span) for row in rows if (span := _span(row, certain=False))]
    reached: date | None = None
    for first, last in spans:
        if reached is not None and (first - reached).days - 1 >= days:
            start, end = reached + timedelta(days=1), first - timedelta(days=1)
            within = tuple(number for number, (low, high) in loose if low <= end and high >= start)
            yield Gap(agency, start, end, within)
        reached = last if reached is None else max(reached, last)


def _span(row: Row, *, certain: bool) -> tuple[date, date] | None:
    """The days a dated row covers, if its date is certain (a day, or a period between two days), or if it is not."""
    if row.part != "dated" or row.edtf is None:
        return None
    parts = row.edtf.split("/")
    sure = not qualifier(row.edtf) and all(len(part) == 10 for part in parts)
    return bounds(row.edtf) if sure is certain else None

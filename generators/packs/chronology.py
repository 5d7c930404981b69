"""The integrated chronology: every agency's rows in one order, none lost, none made more certain than it was.

The rule of order. A row is placed by the first day its date can mean (a period with no start by its last). On the same
first day the longer period comes first, so that "March 2024" stands before 1 March. Then the time; a row without a time
stays after the row above it in its own agency's form. Then the agencies in the pack's fixed order, then the row of the
form. These assumed positions are used for order only and are never shown: a reader sees the words as written.

Rows whose date the reader was not sure of are not placed by a guess: they stand in a part of their own, as do rows
without a date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from generators.packs.content import Returned, doubt_at, returned_order
from generators.packs.likeness import Likeness, Note, Pair, compare
from generators.packs.words import clean, edtf_words, written_plainly
from generators.written_dates import exact_day, short_date
from records.cases import Agency, SubjectChild
from records.edtf import bounds
from records.results import ReviewItem

Part = Literal["dated", "to_confirm", "undated"]

RULE = (
    "Rows stand in the order of the first day their date can mean; on the same day longer periods come first, then "
    "by time; a row without a time stays after the rows above it in its agency’s form. A certain day is shown in one "
    "style, any other date in the agency’s own words: no day or time has been assumed."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an agency's chronology, in its merged place. `number` counts from 1 through all three parts."""

    number: int
    part: Part
    returned: Returned
    index: int
    """The row in the agency's own form, from 0."""
    event: Mapping[str, Any]
    doubts: Mapping[str, ReviewItem]
    """What a person must confirm in this row, by field of the event."""
    ages: tuple[tuple[str, str], ...] = ()
    """(the child's code, the age in words), only where both days are certain."""
    notes: tuple[Note, ...] = ()

    @property
    def agency(self) -> Agency:
        return self.returned.agency

    @property
    def edtf(self) -> str | None:
        return self.event.get("date")

    @property
    def day(self) -> date | None:
        """The day, when it is one certain day and no person needs to confirm it."""
        return exact_day(self.edtf) if self.part == "dated" else None

    @property
    def written(self) -> str:
        """The date in the agency's own words; in words of ours only where the form kept none."""
        words = self.event.get("date_as_written")
        return clean(words) if words else (edtf_words(self.edtf) if self.edtf else "")

    @property
    def shown_date(self) -> tuple[str, str]:
        """The date to show, and the words as written where they add to it."""
        if self.day is None:
            return self.written, ""
        return short_date(self.day), "" if written_plainly(self.written, self.day) else self.written

    @property
    def time(self) -> str:
        """The time as `HH:MM` or `HH:MM/HH:MM`, when the reader was sure of it; "" otherwise."""
        sure = not {"time", "time_as_written"} & self.doubts.keys()
        return str(self.event.get("time") or "") if sure else ""

    @property
    def shown_time(self) -> str:
        """The time to show: where it is not certain, the words as typed."""
        doubt = self.doubts.get("time")
        stood = self.returned.places.get(f"events[{self.index}].time") if doubt else None
        typed = self.event.get("time_as_written") or (stood and stood.text) or (doubt and doubt.text) or ""
        return self.time.replace("/", "–") or clean(typed)

    @property
    def service(self) -> str:
        """The service inside a large agency whose composite chronology this row comes from; "" when there is none."""
        named = clean(self.event.get("agency") or "")
        known = {self.agency.name, *self.agency.former_names, *self.agency.aliases}
        return "" if named.casefold() in {name.casefold() for name in known} else named


@dataclass(frozen=True, slots=True)
class Merged:
    """The integrated chronology with what comparing its rows gave."""

    rows: tuple[Row, ...]
    pairs: tuple[Pair, ...] = ()
    not_compared: int = 0
    """Pairs of rows near in date that were left out of the comparison, because a day had too many rows."""

    def part(self, part: Part) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.part == part)

    def count(self, part: Part) -> int:
        return sum(row.part == part for row in self.rows)

    def rows_by_agency(self) -> Counter[str]:
        return Counter(row.agency.id for row in self.rows)


def merge(chronologies: Sequence[Returned], children: Sequence[SubjectChild] = ()) -> Merged:
    """One chronology of all the rows in all of these; the order the chronologies come in makes no difference."""
    placed: list[tuple[tuple[Any, ...], Row]] = []
    for rank, returned in enumerate(sorted(chronologies, key=returned_order)):
        clock: dict[str, str] = {}
        for row in _rows_of(returned):
            placed.append(((*_place(row, clock), rank, row.index), row))
    placed.sort(key=lambda pair: pair[0])
    rows = [replace(row, number=number, ages=_ages(row, children)) for number, (_, row) in enumerate(placed, start=1)]
    likeness: Likeness = compare(rows)
    noted = tuple(replace(row, notes=likeness.notes.get(row.number, ())) for row in rows)
    return Merged(noted, likeness.pairs, likeness.not_compared)


def _rows_of(returned: Returned) -> list[Row]:
    doubts = returned.doubts()
    rows = []
    for index, event in enumerate(returned.record.get("events") or ()):
        unsure = {}
        for name in event:
            item = doubt_at(doubts, f"events[{index}].{name}")
            if item is not None:
                unsure[name] = item
        rows.append(Row(0, _part(event, unsure), returned, index, event, unsure))
    return rows


def _part(event: Mapping[str, Any], unsure: Mapping[str, ReviewItem]) -> Part:
    if "date" in unsure or "date_as_written" in unsure:
        return "to_confirm"
    when = event.get("date")
    if not when:
        return "undated"
    try:
        first, last = bounds(when)
    except ValueError:
        return "to_confirm"
    return "undated" if (first, last) == (date.min, date.max) else "dated"


_PARTS = {"dated": 0, "to_confirm": 1, "undated": 2}


def _place(row: Row, clock: dict[str, str]) -> tuple[int, int, int, str]:
    """Where the row stands; `clock` carries the latest time seen so far on each date of this one chronology."""
    if row.part != "dated" or row.edtf is None:
        return _PARTS[row.part], 0, 0, ""
    first, last = bounds(row.edtf)
    anchor = last if first == date.min else first
    effective = row.time[:5] or clock.get(row.edtf, "")
    clock[row.edtf] = max(effective, clock.get(row.edtf, ""))
    length = (last - anchor).days
    return _PARTS["dated"], anchor.toordinal(), -length, effective


def _ages(row: Row, children: Sequence[SubjectChild]) -> tuple[tuple[str, str], ...]:
    day = row.day
    if day is None:
        return ()
    ages = (
        (child.code, age_words(exact_day(child.date_of_birth), day, exact_day(child.date_of_death)))
        for child in children
    )
    return tuple((code, words) for code, words in ages if words)


def age_words(born: date | None, day: date, died: date | None = None) -> str:
    """The age on a day: `12 days`, `7 weeks`, `5 months`, `3y 4m`; "" without a date of birth or after a death."""
    if born is None or (died is not None and day > died):
        return ""
    if day < born:
        return "before birth"
    days = (day - born).days
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    if months >= 24:
        return f"{months // 12}y\u00a0{months % 12}m"
    if months >= 3:
        return f"{months}\u00a0months"
    if days >= 28:
        return f"{days // 7} weeks"
    return {0: "day of birth", 1: "1 day"}.get(days, f"{days} days")

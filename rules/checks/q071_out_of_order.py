"""Rows are not in order of date, earliest first.

A chronology that runs from the latest to the earliest throughout gives one finding. Otherwise the rows named are the
fewest that would have to move, so that one slip of a year does not make all later rows look wrong. A date that is not a
full day is out of order only if no day it allows would fit.

Source: manual of the specialist chronology tool; guidance on chronologies (earliest first).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from records.checking import Checkable, Found
from records.edtf import precision
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading, Row
from rules.scope import CHRONOLOGY
from rules.wording import rows_words

CODE = "Q071"
TITLE = "Rows out of order"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_FEWEST = 3
_Dated = tuple[Row, tuple[date, date]]


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding: for a chronology turned round, or with the rows that stand in the wrong place."""
    dated = [(row, limits) for row in Reading.of(checkable).rows("events") if (limits := row.bounds("date"))]
    misplaced = _misplaced(dated)
    if not misplaced:
        return
    firsts = [first for _, (first, _) in dated]
    if len(dated) >= _FEWEST and firsts == sorted(firsts, reverse=True):
        words = "The rows run from the latest date to the earliest."
        yield Found("events", words, "Put the earliest first next time; we can turn them round.")
        return
    yield Found(
        misplaced[0].path("date"),
        f"Not in order of date: {rows_words([row.number for row in misplaced])}.",
        "Check these dates for slips. If they are right, nothing else needs to be done: rows are sorted when merged.",
    )


def _misplaced(dated: list[_Dated]) -> list[Row]:
    kept = {row.index for row in _longest_in_order([item for item in dated if _is_day(item[0])])}
    follows = _next_kept(dated, kept)
    misplaced: list[Row] = []
    latest = date.min
    for (row, (first, last)), following in zip(dated, follows, strict=True):
        if row.index in kept:
            latest = max(latest, first)
        elif _is_day(row) or last < latest or first > following:
            misplaced.append(row)
    return misplaced


def _is_day(row: Row) -> bool:
    return precision(row.text("date")) == "day"


def _next_kept(dated: list[_Dated], kept: set[int]) -> list[date]:
    """For each row the day of the next one that stands in the right place; the end of time after the last."""
    follows: list[date] = []
    following = date.max
    for row, (first, _) in reversed(dated):
        follows.append(following)
        if row.index in kept:
            following = first
    return follows[::-1]


def _longest_in_order(days: list[_Dated]) -> list[Row]:
    """The longest run of rows, others left out, whose dates do not fall (patience sorting)."""
    tops: list[date] = []
    top_index: list[int] = []
    before: list[int] = []
    for index, (_, (first, _)) in enumerate(days):
        pile = bisect_right(tops, first)
        before.append(top_index[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [first]
        top_index[pile : pile + 1] = [index]
    kept: list[Row] = []
    index = top_index[-1] if top_index else -1
    while index >= 0:
        kept.append(days[index][0])
        index = before[index]
    return kept[::-1]


def _rows(*dates: str) -> dict[str, object]:
    return {"events": [{"date": day} for day in dates]}


PASS = (
    Example(form=CHRONOLOGY, record=_rows("2023-01-02", "2023-01-02", "2023-01", "2023-02-01")),
    Example(form=CHRONOLOGY, record=_rows("2023-03-01", "2023-03-08", "2023-03-06/2023-03-12", "2023-03-09")),
    Example(form=CHRONOLOGY, record=_rows("2023-01-02", "2022~", "2023-02-01"), review=("events[1].date",)),
)
FAIL = (
    Example(form=CHRONOLOGY, record=_rows("2023-01-02", "2023-03-01", "2023-02-01", "2023-04-01")),
    Example(form=CHRONOLOGY, record=_rows("2023-04-02", "2023-03-01", "2023-02-01")),
    Example(form=CHRONOLOGY, record=_rows("2023-01-02", "2024", "2023-02-01")),
    Example(form=CHRONOLOGY, record=_rows("2023-01-02", "2032-01-03", "2023-02-01", "2023-03-01")),
)

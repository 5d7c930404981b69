"""Rows that look like each other: duplicates within an agency, and one event told by two agencies.

Nothing is merged or taken out: a pair is a note beside both rows, for a person to judge. Agreement is said as
"possible corroboration"; where the two differ in date, time, side of the body, or whether the child was seen, as
"possible conflict", with what differs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import fsum, log
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from generators.packs.chronology import Row

NEAR = timedelta(days=1)
ALIKE = 62.0
"""Of 100; with at least `SHARED` telling words in common."""
SHARED = 3
OVERLAP = 0.4
"""The share of the shorter text's telling words, weighted by how rare they are, that both must have."""
SAME = 96.0
TIME_APART = 60
"""Minutes between two agencies' times from which they differ."""
NEIGHBOURS = 150
"""Rows near in date that one row is compared with at most; what is left out is counted and said."""

PairKind = Literal["corroboration", "conflict", "duplicate"]

_WORD = re.compile(r"[^\W_]+")
_COMMON_WORDS = """
about after again also been before being between both call came child children could during each family father
following from given have home into made mother more only other over parents said seen sent shared that their them
then there they this told took under until upon visit were when where which while will with would
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_SIDES = ({"left"}, {"right"})


@dataclass(frozen=True, slots=True)
class Note:
    """What is said beside a row about another one."""

    kind: PairKind
    other: int
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may tell of one event, by their numbers, with what differs ("" when nothing does)."""

    first: int
    second: int
    kind: PairKind
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    pairs: tuple[Pair, ...] = ()
    notes: dict[int, tuple[Note, ...]] = field(default_factory=dict)
    not_compared: int = 0


@dataclass(frozen=True, slots=True)
class _Reading:
    """A row made ready for comparing."""

    row: Row
    event: str
    text: str
    telling: frozenset[str]
    words: frozenset[str]
    first: date | None


def compare(rows: Sequence[Row]) -> Likeness:
    """Every pair worth a person's look, with the notes for both rows. `rows` are numbered and in order."""
    readings = [_read(row) for row in rows]
    pairs = _duplicates(readings)
    told, skipped = _told_twice(readings)
    pairs += told
    pairs.sort(key=lambda pair: (pair.first, pair.second, pair.kind))
    notes: dict[int, list[Note]] = defaultdict(list)
    by_number = {row.number: row for row in rows}
    for pair in pairs:
        for here, there in ((pair.first, pair.second), (pair.second, pair.first)):
            notes[here].append(Note(pair.kind, there, _say(pair, by_number[there])))
    return Likeness(tuple(pairs), {number: tuple(said) for number, said in notes.items()}, skipped)


def _read(row: Row) -> _Reading:
    event = _WORD.findall(str(row.event.get("event") or "").casefold())
    found = event + _WORD.findall(str(row.event.get("action") or "").casefold())
    telling = frozenset(word for word in found if len(word) > 3 and word not in _COMMON)
    return _Reading(row, " ".join(event), " ".join(found), telling, frozenset(found), row.day)


def _duplicates(readings: Sequence[_Reading]) -> list[Pair]:
    """Rows of one agency with the same date and all but the same words; each is paired with the nearest before it."""
    groups: dict[tuple[str, str], list[_Reading]] = defaultdict(list)
    pairs = []
    for here in readings:
        row = here.row
        when = row.edtf if row.part == "dated" and row.edtf else row.written.casefold()
        earlier = groups[row.agency.id, when]
        for other in reversed(earlier[-NEIGHBOURS:]):
            if here.event and fuzz.ratio(here.event, other.event, score_cutoff=SAME):
                pairs.append(Pair(other.row.number, row.number, "duplicate"))
                break
        earlier.append(here)
    return pairs


def _told_twice(readings: Sequence[_Reading]) -> tuple[list[Pair], int]:
    pairs: list[Pair] = []
    skipped = 0
    weights = _weights(readings)
    dated = [(here.first, here) for here in readings if here.first is not None]
    dated.sort(key=lambda item: item[0])
    for position, (day, here) in enumerate(dated):
        seen = 0
        for next_day, other in _after(dated, position):
            if next_day - day > NEAR:
                break
            if other.row.agency.id == here.row.agency.id:
                continue
            seen += 1
            if seen > NEIGHBOURS:
                skipped += 1
                continue
            if _alike(here, other, weights):
                pairs.append(_pair(here, other))
    return _nearest(pairs, readings), skipped


def _nearest(pairs: list[Pair], readings: Sequence[_Reading]) -> list[Pair]:
    """Without the pairs a day apart of which one row already has its like in that agency on its own day."""
    row = {here.row.number: here.row for here in readings}
    matched: set[tuple[int, str]] = set()
    for pair in pairs:
        if row[pair.first].day == row[pair.second].day:
            matched |= {(pair.first, row[pair.second].agency.id), (pair.second, row[pair.first].agency.id)}
    return [
        pair
        for pair in pairs
        if row[pair.first].day == row[pair.second].day
        or not {(pair.first, row[pair.second].agency.id), (pair.second, row[pair.first].agency.id)} & matched
    ]


def _after(dated: list[tuple[date, _Reading]], position: int) -> Iterator[tuple[date, _Reading]]:
    for index in range(position + 1, len(dated)):
        yield dated[index]


def _weights(readings: Sequence[_Reading]) -> dict[str, float]:
    """How much a word tells: the rarer it is in these chronologies, the more."""
    held = Counter(word for here in readings for word in here.telling)
    return {word: log((len(readings) + 10) / number) for word, number in held.items()}


def _alike(one: _Reading, other: _Reading, weights: Mapping[str, float]) -> bool:
    shared = one.telling & other.telling
    if len(shared) < SHARED:
        return False
    shorter = min(fsum(weights[word] for word in here.telling) for here in (one, other))
    if fsum(weights[word] for word in shared) < OVERLAP * shorter:
        return False
    return fuzz.token_set_ratio(one.text, other.text, score_cutoff=ALIKE) > 0


def _pair(one: _Reading, other: _Reading) -> Pair:
    first, second = sorted((one.row.number, other.row.number))
    differs = "; ".join(_differences(one, other))
    return Pair(first, second, "conflict" if differs else "corroboration", differs)


def _differences(one: _Reading, other: _Reading) -> Iterator[str]:
    if one.first != other.first:
        yield "the date"
    apart = _minutes_apart(one.row, other.row)
    if apart is not None and apart >= TIME_APART and one.first == other.first:
        yield "the time"
    seen = {row.event.get("child_seen") for row in (one.row, other.row) if "child_seen" not in row.doubts}
    if {"yes", "no"} <= seen:
        yield "whether the child was seen"
    sides = [{side for side in ("left", "right") if side in here.words} for here in (one, other)]
    if sides in (list(_SIDES), list(reversed(_SIDES))):
        yield "left or right"


def _minutes_apart(one: Row, other: Row) -> int | None:
    if not (one.time and other.time):
        return None
    starts = [int(row.time[:2]) * 60 + int(row.time[3:5]) for row in (one, other)]
    return abs(starts[0] - starts[1])


def _say(pair: Pair, there: Row) -> str:
    if pair.kind == "duplicate":
        return f"Possible duplicate of row {there.number} (row {there.index + 1} of the form)"
    if pair.kind == "conflict":
        return f"Possibly the event of row {there.number} ({there.agency.name}); differs in {pair.differs}"
    return f"Possibly the event of row {there.number} ({there.agency.name})"

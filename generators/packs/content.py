"""What a pack is made of: plain frozen values, gathered by the service; nothing here reads the store or the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from records.cases import Agency, Case
from records.results import Finding, ReviewItem, Severity, Unplaced
from records.submissions import FiledReturn

AskedState = Literal["returned", "nil", "late", "outstanding", "extended", "held", "withdrawn"]
"""`late` came after its date; `extended` is still awaited, within an agreed later date; `held` has arrived and waits
for a person, so nothing of it is in the pack."""

SECTORS: Mapping[str, str] = {
    "social_care": "Children’s social care",
    "police": "Police",
    "health": "Health",
    "education": "Education and early years",
    "early_help": "Early help",
    "youth_justice": "Youth justice",
    "probation": "Probation",
    "housing": "Housing",
    "adult_services": "Adult services",
    "other": "Others",
}
"""The fixed order of the summaries, with the words for each."""

HANDLING = (
    "For the named members of the review only. Do not forward, copy or leave unattended.",
    "The people key is on a page of its own: take it out before circulating the pack outside the review group.",
    "Return or destroy working copies after the meeting, as the partnership’s retention schedule says.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One date the review is held to, with the day it is counted from."""

    name: str
    anchor: date | None = None
    anchor_name: str = ""
    due: date | None = None
    met_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One form asked of one agency, and what became of it. `quality_assured` is None where no sign-off applies."""

    agency: Agency
    form: str
    state: AskedState
    due_on: date
    first_due_on: date | None = None
    received_on: date | None = None
    quality_assured: bool | None = None
    extension_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The document a return was read from. `sha256` is of the bytes as they arrived."""

    name: str
    sha256: str
    version: int = 1
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """The words of an answer as typed and where they stood in the original."""

    text: str
    where: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One return in force: a record, where it came from, what is unsure in it, what the rules still say."""

    agency: Agency
    form: str
    record: Mapping[str, Any]
    source: Source
    places: Mapping[str, Stood] = field(default_factory=dict)
    review: tuple[ReviewItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Open findings only: neither waived nor settled."""
    unplaced: tuple[Unplaced, ...] = ()

    def doubt(self, path: str) -> ReviewItem | None:
        """The review item that makes the value at this path unsure; None when the reader was certain of it.

        An item about a block (`events[3]`) covers every value in it. One about the whole return (field "") does not
        count here: see `whole_doubts`, which a pack shows on the return as a whole.
        """
        covering = set(_with_parents(path))
        return next((item for item in self.review if item.field in covering), None)

    def doubts(self) -> dict[str, ReviewItem]:
        """The first review item by field, for looking up many paths fast with `doubt_at`."""
        found: dict[str, ReviewItem] = {}
        for item in self.review:
            found.setdefault(item.field, item)
        return found

    @property
    def whole_doubts(self) -> tuple[ReviewItem, ...]:
        return tuple(item for item in self.review if not item.field)


def doubt_at(doubts: Mapping[str, ReviewItem], path: str) -> ReviewItem | None:
    """The item that covers the path, nearest first, in what `Returned.doubts` gave."""
    if not doubts:
        return None
    return next((doubts[part] for part in _with_parents(path) if part in doubts), None)


_LAST_STEP = re.compile(r"(\.[^.\[\]]+|\[\d+\])\Z")


def _with_parents(path: str) -> Iterator[str]:
    while path:
        yield path
        shorter = _LAST_STEP.sub("", path)
        path = shorter if shorter != path else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContent:
    """Everything one edition of a case's pack says. `returns` holds each return in force, of any form."""

    partnership: str
    marking: str
    case: Case
    edition: int
    built_on: date
    meeting_on: date | None = None
    clocks: tuple[Clock, ...] = ()
    asked: tuple[Asked, ...] = ()
    returns: tuple[Returned, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Open findings about the case as a whole."""
    handling: tuple[str, ...] = HANDLING
    gap_days: int = 28
    """From this many days on, time without any recorded contact is listed."""
    agency_gap_days: int = 90
    """The same within one agency's own rows."""

    def of(self, *forms: str) -> tuple[Returned, ...]:
        """The returns of these forms in the pack's fixed order, whatever order they came in."""
        return tuple(sorted((item for item in self.returns if item.form in forms), key=returned_order))


def agency_order(agency: Agency) -> tuple[int, str, str]:
    """Where an agency stands in the fixed order: by sector, then by name."""
    return list(SECTORS).index(agency.sector), agency.name.casefold(), agency.id


def returned_order(item: Returned) -> tuple[Any, ...]:
    """Where a return stands: by agency, form, document; the record's own text settles two from one document."""
    return (*agency_order(item.agency), item.form, item.source.name, item.source.sha256, repr(item.record))


def returned_from(filed: FiledReturn, agency: Agency, source: Source) -> Returned:
    """A filed return as the pack wants it. Leave waived findings and settled review items out of `filed.result`."""
    result = filed.result
    return Returned(
        agency=agency,
        form=filed.form,
        record=result["record"],
        source=source,
        places={
            path: Stood(placed["text"], placed.get("where") or "", placed.get("page"))
            for path, placed in result.get("places", {}).items()
        },
        review=tuple(
            ReviewItem(item["field"], item["why"], item.get("text") or "") for item in result.get("review", ())
        ),
        findings=tuple(
            Finding(one["rule"], Severity(one["severity"]), one["field"], one["message"], one["remedy"])
            for one in result.get("findings", ())
        ),
        unplaced=tuple(Unplaced(item["text"], item["where"]) for item in result.get("unplaced", ())),
    )

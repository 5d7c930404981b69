"""What the rules may look at around a return: its case, agency and request, the other returns, what we sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generators.blanks import known_answers
from mailbox_config.calendar import LONDON
from records.cases import Agency, Case, Request
from records.checking import Checkable, OtherReturn
from records.results import ReadResult, ReadReturn
from records.submissions import Document, FiledReturn, Submission
from service.parts import Parts
from service.prefilling import facts_of, identity_of
from store import Transaction


@dataclass(frozen=True, slots=True)
class Read:
    """A document with what reading it gave and the submission it came in."""

    submission: Submission
    document: Document
    reading: ReadResult
    message_text: str


@dataclass(frozen=True, slots=True)
class Belongs:
    """Where a return belongs, as far as it is known."""

    case: Case | None = None
    agency: Agency | None = None
    request: Request | None = None
    itself: str = ""
    """The id under which the return is filed already: it is no other return."""


def checkable_of(tx: Transaction, read: Read, returned: ReadReturn, belongs: Belongs, parts: Parts) -> Checkable:
    """The return with everything that is known around it. Its own earlier filing does not count as another return."""
    case, agency, request = belongs.case, belongs.agency, belongs.request
    others = tx.returns.of_case(case.reference) if case else ()
    sender = parts.directory.by_sender(read.submission.message.sender) if read.submission.message else None
    return Checkable(
        returned=returned,
        received_on=read.submission.received_at.astimezone(LONDON).date(),
        case=case,
        agency=agency,
        request=request,
        directory=parts.directory.agencies,
        asked_form=request.form if request else None,
        others=tuple(
            _other(one, agency.id if agency else None, _first_came(one, others))
            for one in others
            if one.state == "filed" and one.id != belongs.itself
        ),
        sender_agency_id=sender.id if sender else None,
        file_kind=read.reading.kind,
        notices=tuple(read.reading.notices),
        extra=_extra(tx, read, belongs, parts),
    )


def _extra(tx: Transaction, read: Read, belongs: Belongs, parts: Parts) -> dict[str, Any]:
    found: dict[str, Any] = {"file_name": read.document.path.rpartition(" > ")[2]}
    if read.submission.message is not None:
        found["subject"] = read.submission.message.subject
    if belongs.case is not None:
        asked = tx.requests.of_case(belongs.case.reference)
        found["asked_agencies"] = tuple(sorted({one.agency_id for one in asked if one.state != "withdrawn"}))
        found["prefilled"] = _prefilled(read, belongs, parts)
    return found


def _prefilled(read: Read, belongs: Belongs, parts: Parts) -> Mapping[str, str]:
    """What we had filled in, where this is the very form that we sent."""
    case, request = belongs.case, belongs.request
    token = identity_of(read.reading.properties).get("token", "")
    agency = parts.directory.get(request.agency_id) if request else None
    if case is None or request is None or agency is None or not token or token != request.token:
        return {}
    return {
        path: value
        for path, value in known_answers(facts_of(case, request, agency)).items()
        if path in ("agency", "date_requested", "review_period")
    }


def _first_came(filed: FiledReturn, others: Iterable[FiledReturn]) -> date:
    """The day on which the first version of this return came that was ever filed."""
    own = (
        one.received_at
        for one in others
        if (one.agency_id, one.form) == (filed.agency_id, filed.form) and one.state in ("filed", "superseded")
    )
    return min(own, default=filed.received_at).astimezone(LONDON).date()


def _other(filed: FiledReturn, agency_id: str | None, received_on: date) -> OtherReturn:
    return OtherReturn(
        form=filed.form,
        agency_id=filed.agency_id,
        version=filed.version,
        record=filed.result["record"],
        same_agency=agency_id is not None and filed.agency_id == agency_id,
        received_on=received_on,
    )

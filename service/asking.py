"""What a person asks of agencies once a case is open: more forms, more time, nothing after all, a nil return by phone.

Each is one transaction; everything stands in the audit log with who and why, and makes the case's pack out of date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from forms.registry import all_forms
from mailbox_config.calendar import add_working_days
from records.cases import Case, Extension, Request
from records.errors import Refused
from service.cases import extend_request, new_request
from service.deciding import send_all
from service.letters import request_letters
from service.matching import OPENING_FORMS
from service.parts import Parts
from store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of whom; without a date by the settings' number of working days."""

    case_reference: str
    forms: tuple[str, ...]
    agencies: tuple[str, ...]
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """What is awaited from an agency in a case: one form, or all of it."""

    case_reference: str
    agency_id: str
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The requests that were made, and the letters that went out for them."""

    requests: tuple[Request, ...]
    letters: tuple[str, ...] = ()
    asked_before: tuple[Request, ...] = ()


def ask(wanted: Wanted, parts: Parts, *, by: str) -> Asked:
    """Ask agencies for forms: what was asked before is left as it is, what was withdrawn is asked anew."""
    _refuse_unknown(wanted, parts)
    with parts.store.transaction() as tx:
        case = _open_case(tx, wanted.case_reference)
        made, before = _make(tx, case, wanted, parts)
        for request in made:
            tx.audit.record(by, "request.made", request=request.id, case=case.reference, agency=request.agency_id)
            _close_proposals(tx, case.reference, request.agency_id, parts, by=by)
        _pack_is_old(tx, case.reference)
        earlier = {one.id for one in tx.letters.of_case(case.reference)}
    letters = request_letters(case.reference, parts) if made else []
    return Asked(
        requests=made,
        asked_before=before,
        letters=send_all((one for one in letters if one not in earlier), parts),
    )


def extend(aim: Aim, extension: Extension, parts: Parts) -> Asked:
    """Give an agency until a later date, for one form or for all that is awaited from it."""
    with parts.store.transaction() as tx:
        moved = [extend_request(tx, request.id, extension) for request in _awaited(tx, aim)]
        _pack_is_old(tx, aim.case_reference)
    return Asked(requests=tuple(moved))


def withdraw(aim: Aim, reason: str, parts: Parts, *, by: str) -> Asked:
    """Nothing is awaited from this agency any more, for one form or for all."""
    return _settle(aim, "withdrawn", reason, parts, by=by)


def record_nil(aim: Aim, reason: str, parts: Parts, *, by: str) -> Asked:
    """The agency has told a person that it had no involvement; the reason says how and when it told."""
    return _settle(aim, "nil", reason, parts, by=by)


def _settle(aim: Aim, state: Literal["nil", "withdrawn"], reason: str, parts: Parts, *, by: str) -> Asked:
    if not reason.strip():
        raise Refused("A decision needs its reason.", hint="Add --reason with a few words.")
    with parts.store.transaction() as tx:
        settled = []
        for request in _awaited(tx, aim):
            tx.requests.settle(request.id, state, parts.today())
            tx.audit.record(by, f"request.{state}", reason=reason, request=request.id, case=aim.case_reference)
            settled.append(tx.requests.get(request.id))
        _pack_is_old(tx, aim.case_reference)
    return Asked(requests=tuple(settled))


def _make(tx: Transaction, case: Case, wanted: Wanted, parts: Parts) -> tuple[tuple[Request, ...], tuple[Request, ...]]:
    today = parts.today()
    days, closed = parts.settings.opening.due_in_working_days, parts.settings.clock.office_closed
    due_on = wanted.due_on or add_working_days(today, days, closed)
    if due_on < today:
        raise Refused("The date lies in the past.", hint="Give a later date with --due.")
    made, before = [], []
    for agency_id in wanted.agencies:
        for form in wanted.forms:
            request = new_request(case, (agency_id, form), due_on, parts)
            if tx.requests.add(request):
                made.append(request)
                continue
            known = tx.requests.get(request.id)
            if known.state == "withdrawn":
                made.append(tx.requests.ask_again(request))
            else:
                before.append(known)
    return tuple(made), tuple(before)


def _awaited(tx: Transaction, aim: Aim) -> tuple[Request, ...]:
    tx.cases.get(aim.case_reference)
    found = [one for one in tx.requests.of_case(aim.case_reference) if one.agency_id == aim.agency_id]
    awaited = tuple(one for one in found if one.state == "outstanding" and aim.form in (None, one.form))
    if not awaited:
        what = "for this form " if aim.form else ""
        raise Refused(
            f"Nothing is awaited {what}from {aim.agency_id} in case {aim.case_reference}.",
            hint=f"`intake case show {aim.case_reference}` shows who was asked for what.",
        )
    return awaited


def _refuse_unknown(wanted: Wanted, parts: Parts) -> None:
    for form in wanted.forms:
        if form not in all_forms() or form in OPENING_FORMS:
            known = ", ".join(sorted(set(all_forms()) - OPENING_FORMS))
            raise Refused(f"“{form}” is no form that agencies are asked for.", hint=f"The forms are: {known}.")
    for agency_id in wanted.agencies:
        if parts.directory.get(agency_id) is None:
            raise Refused(f"There is no agency {agency_id} in the directory.", hint="Use its id, or add it there.")


def _open_case(tx: Transaction, reference: str) -> Case:
    case = tx.cases.get(reference)
    if case.closed_on is not None:
        raise Refused(f"Case {reference} is closed.", hint=f"`intake case reopen {reference}` opens it again.")
    return case


def _close_proposals(tx: Transaction, reference: str, agency_id: str, parts: Parts, *, by: str) -> None:
    """Questions whether this agency should be asked are answered by asking it."""
    agency = parts.directory.get(agency_id)
    for task in tx.tasks.about("case", reference):
        if task.settled_at is None and agency is not None and f"names {agency.name}, which" in task.reason:
            tx.tasks.settle(task.id, by, tx.at)
            tx.audit.record(by, "task.settled", task=task.id, case=reference)


def _pack_is_old(tx: Transaction, reference: str) -> None:
    tx.editions.mark_out_of_date(reference)

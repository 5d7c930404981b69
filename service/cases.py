"""Opens a case, asks its agencies, moves dates, closes it. Every use case is one transaction of its caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mailbox_config.calendar import LONDON, add_working_days
from records.cases import Case, CaseKind, Extension, Request, SubjectChild
from records.edtf import bounds, is_exact
from records.errors import Refused
from records.submissions import FiledReturn
from service.parts import ACTOR, Parts, id_of
from service.references import is_a_reference
from store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a case is opened with, whoever opens it."""

    kind: CaseKind
    children: tuple[SubjectChild, ...]
    title: str = ""
    other_references: tuple[str, ...] = ()
    incident_on: date | None = None
    referred_on: date | None = None
    review_from: date | None = None
    review_to: date | None = None
    reference: str = ""
    """Given by hand; by the partnership's numbering when empty."""


def open_case(tx: Transaction, opening: Opening, parts: Parts, *, actor: str, origin: str | None = None) -> Case:
    """The opened case, with its requests made; the same origin (a referral's return) opens one case only."""
    before = tx.cases.opened_from(origin) if origin else None
    if before is not None:
        return before
    today = parts.today()
    case = Case(
        reference=opening.reference or _next_reference(tx, parts, today),
        kind=opening.kind,
        title=opening.title,
        other_references=opening.other_references,
        children=opening.children,
        review_from=opening.review_from,
        review_to=opening.review_to,
        incident_on=opening.incident_on,
        referred_on=opening.referred_on,
        opened_on=today,
    )
    case = tx.cases.add(case, opened_from=origin)
    tx.audit.record(actor, "case.opened", case=case.reference, returned=origin)
    ask_agencies(tx, case, parts, actor=actor)
    return case


def open_from_referral(tx: Transaction, referral: FiledReturn, parts: Parts, *, actor: str = ACTOR) -> Case:
    """The case that a referral opens: its children, its incident, the kind of review the settings say."""
    record = referral.result["record"]
    unsure = frozenset(item["field"] for item in referral.result.get("review", ()))
    reference = record.get("case_reference") or ""
    opening = Opening(
        kind="good_outcome_review" if referral.form == "good_outcome_referral" else parts.settings.opening.kind,
        children=children_in(record, unsure),
        other_references=(reference,) if is_a_reference(reference) and "case_reference" not in unsure else (),
        incident_on=_exact(record, "incident_date", unsure),
        referred_on=_exact(record, "date_of_referral", unsure) or referral.received_at.astimezone(LONDON).date(),
    )
    return open_case(tx, opening, parts, actor=actor, origin=referral.id)


def children_in(record: dict[str, Any], unsure: frozenset[str]) -> tuple[SubjectChild, ...]:
    """The children a referral names, numbered in its order; what the reader is unsure of is left out."""
    named = [(index, child) for index, child in enumerate(record.get("children") or ()) if child.get("name")]
    return tuple(
        SubjectChild(
            code=f"Child {number}",
            name=child["name"],
            **{
                key: child.get(key)
                for key in ("date_of_birth", "nhs_number", "date_of_death")
                if f"children[{index}].{key}" not in unsure
            },
        )
        for number, (index, child) in enumerate(named, start=1)
    )


def new_request(case: Case, wanted: tuple[str, str], due_on: date, parts: Parts) -> Request:
    """A request of today for what is wanted: agency and form. One case asks an agency for a form once."""
    agency_id, form = wanted
    return Request(
        id=id_of("R", case.reference, agency_id, form),
        case_reference=case.reference,
        agency_id=agency_id,
        form=form,
        requested_on=parts.today(),
        due_on=due_on,
        token=parts.new_token(),
    )


def ask_agencies(tx: Transaction, case: Case, parts: Parts, *, actor: str) -> tuple[Request, ...]:
    """Make the requests of the settings (agencies and forms) that the case has not made yet."""
    opening, clock = parts.settings.opening, parts.settings.clock
    today = parts.today()
    due_on = add_working_days(today, opening.due_in_working_days, clock.office_closed)
    made = []
    for agency_id in opening.agencies or tuple(agency.id for agency in parts.directory.agencies):
        for form in opening.forms:
            request = new_request(case, (agency_id, form), due_on, parts)
            if tx.requests.add(request):
                made.append(request)
                tx.audit.record(actor, "request.made", request=request.id, case=case.reference, agency=agency_id)
    return tuple(made)


def extend_request(tx: Transaction, request_id: str, extension: Extension) -> Request:
    """Move a due date, with the reason; Refused for one that is settled or an earlier date."""
    request = tx.requests.get(request_id)
    if request.state != "outstanding":
        raise Refused("This request is settled already.", hint="Nothing is awaited from the agency for it.")
    if extension.due_on <= request.due_on:
        raise Refused("The new date is not later than the one in force.", hint="Give a later date.")
    tx.requests.extend(request_id, extension.model_copy(update={"before": request.due_on}))
    tx.audit.record(extension.by, "request.extended", reason=extension.reason, request=request_id)
    return tx.requests.get(request_id)


def close_case(tx: Transaction, reference: str, on: date, *, actor: str, reason: str = "") -> Case:
    """Close a case: nothing is chased and nothing files itself under it any more."""
    case = tx.cases.get(reference)
    if case.closed_on is not None:
        raise Refused(f"Case {reference} is closed already.", hint="Reopen it first if the date is wrong.")
    closed = case.model_copy(update={"closed_on": on})
    tx.cases.update(closed)
    tx.audit.record(actor, "case.closed", reason=reason, case=reference)
    return closed


def reopen_case(tx: Transaction, reference: str, *, actor: str, reason: str) -> Case:
    """Open a closed case again: what is still awaited is chased from now on."""
    case = tx.cases.get(reference)
    if case.closed_on is None:
        raise Refused(f"Case {reference} is open.", hint="`intake case list` shows the cases.")
    opened = case.model_copy(update={"closed_on": None})
    tx.cases.update(opened)
    tx.audit.record(actor, "case.reopened", reason=reason, case=reference)
    return opened


def set_dates(tx: Transaction, reference: str, dates: dict[str, date], *, actor: str) -> Case:
    """Set the days the clocks run from, and the period under review; Refused when they contradict each other."""
    case = tx.cases.get(reference).model_copy(update=dates)
    if case.review_from and case.review_to and case.review_to < case.review_from:
        raise Refused("The period under review ends before it begins.", hint="Give both days again.")
    if case.aware_on and case.notified_on and case.notified_on < case.aware_on:
        raise Refused("The notification lies before the day of becoming aware.", hint="Give both days again.")
    tx.cases.update(case)
    tx.editions.mark_out_of_date(reference)
    said = ", ".join(f"{name} {day.isoformat()}" for name, day in sorted(dates.items()))
    tx.audit.record(actor, "case.dated", reason=said, case=reference)
    return case


def link_cases(tx: Transaction, reference: str, other: str, *, actor: str) -> Case:
    """Note on both cases that they belong together."""
    if reference == other:
        raise Refused("A case is not linked with itself.", hint="Name another case.")
    first, second = tx.cases.get(reference), tx.cases.get(other)
    for case, with_case in ((first, other), (second, reference)):
        linked = tuple(sorted({*case.linked, with_case}))
        tx.cases.update(case.model_copy(update={"linked": linked}))
    tx.audit.record(actor, "case.linked", case=reference, other=other)
    return tx.cases.get(reference)


def _next_reference(tx: Transaction, parts: Parts, today: date) -> str:
    """The next free reference of the partnership's numbering."""
    partnership = parts.settings.partnership
    counter = f"case/{today.year}" if "{year}" in partnership.reference_pattern else "case"
    taken = {case.reference for case in tx.cases.all()}
    while True:
        reference = partnership.make_reference(tx.cases.next_number(counter), year=today.year)
        if reference not in taken:
            return reference


def _exact(record: dict[str, Any], path: str, unsure: frozenset[str]) -> date | None:
    """The day an answer means, where it is one certain day."""
    value = record.get(path)
    return bounds(value)[0] if value and path not in unsure and is_exact(value) else None

"""Letters that follow from what a person decides: another form is needed; what was decided about a referral."""

from __future__ import annotations

from dataclasses import dataclass

from mailbox_config.calendar import add_working_days
from records.errors import Refused
from records.submissions import FiledReturn, Letter
from service.letters import Occasion, addresses, put_in_outbox, still_awaited
from service.matching import OPENING_FORMS
from service.parts import LetterOrder, Parts, id_of

_DAYS_TO_OBJECT = 10


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a referral; no personal data in any of it."""

    decision: str
    reasons: str
    next_step: str = ""


def wrong_form_letter(returned: FiledReturn, parts: Parts) -> Letter | None:
    """The letter that says that another form is needed, with its blank; Refused when nothing is known to be awaited."""
    agency = parts.directory.get(returned.agency_id)
    with parts.store.reading() as tx:
        case = tx.cases.get(returned.case_reference) if returned.case_reference else None
        awaited = still_awaited(tx, case, agency) if agency is not None else ()
        submission = tx.submissions.get(returned.submission_id)
        documents = tx.documents.of(returned.submission_id)
    if agency is None or case is None or not awaited:
        raise Refused(
            "It is not known what this agency should send instead.",
            hint="Write to the agency by hand, then set it aside.",
        )
    days, closed = parts.settings.letters.query_due_in_working_days, parts.settings.clock.office_closed
    soonest = add_working_days(parts.today(), days, closed)
    order = LetterOrder(
        kind="wrong_form",
        agency=agency,
        dated=parts.today(),
        case=case,
        requests=awaited,
        returns=(returned,),
        documents=documents,
        submission=submission,
        reply_by=max(soonest, *(one.due_on for one in awaited)),
    )
    reply = submission.message.message_id if submission.message else ""
    to = addresses(agency, "author")
    return put_in_outbox(Occasion(key=f"wrong_form/{returned.id}", order=order, to=to, in_reply_to=reply), parts)


def decision_letter(case_reference: str, decided: Decision, parts: Parts) -> Letter | None:
    """The letter that tells the referring agency what was decided, and why."""
    with parts.store.reading() as tx:
        case = tx.cases.get(case_reference)
        referrals = [one for one in tx.returns.of_case(case_reference) if one.form in OPENING_FORMS]
    agency = next((one for each in referrals if (one := parts.directory.get(each.agency_id)) is not None), None)
    if agency is None:
        raise Refused(f"Case {case_reference} has no referral of an agency we know.", hint="Write the letter by hand.")
    closed = parts.settings.clock.office_closed
    order = LetterOrder(
        kind="decision",
        agency=agency,
        dated=parts.today(),
        case=case,
        reply_by=add_working_days(parts.today(), _DAYS_TO_OBJECT, closed),
        decision=decided.decision,
        reasons=decided.reasons,
        next_step=decided.next_step,
    )
    key = f"decision/{case_reference}/{id_of('D', decided.decision, decided.reasons, decided.next_step)}"
    return put_in_outbox(Occasion(key=key, order=order, to=addresses(agency, "author")), parts)

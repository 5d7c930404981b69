"""What a person decides: where a return belongs, what is set aside, settled, tried again. Each in one transaction.

Every decision closes the tasks it answers and stands in the audit log under the name of who decided. Letters that
follow from it are written and sent afterwards; what cannot be sent now waits in the outbox.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from records.cases import Case, Request
from records.errors import Refused
from records.submissions import FiledReturn, Letter
from service.cases import Opening, open_case, open_from_referral
from service.decision_letters import Decision, decision_letter, wrong_form_letter
from service.filing import after_filing, after_setting_aside, check_again
from service.finishing import outcome, tell_source
from service.letters import answer_submission, request_letters
from service.matching import OPENING_FORMS
from service.outbox import send_letter
from service.parts import Parts
from service.proposing import propose_agencies
from service.tasks import ask_a_person, close_tasks
from service.workflow import work_off
from store import Transaction

_OPEN = ("attention", "failed")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person files a return; without an agency the one that was recognised."""

    case_reference: str
    agency_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a decision about a return led to."""

    returned: FiledReturn
    request: Request | None = None
    submission_state: str = ""
    letters: tuple[str, ...] = ()
    """Ids of the letters that were written on it."""
    confirmed: bool = False
    """It was filed there before; now a person has said that this is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case that a person opened, with the letters that ask for its returns."""

    case: Case
    letters: tuple[str, ...] = field(default=())


def file_return(return_id: str, place: Place, parts: Parts, *, by: str) -> Decided:
    """File a return where a person says it belongs, answer its request, acknowledge it. Filed there before: confirm."""
    with parts.store.transaction() as tx:
        before = tx.returns.get(return_id)
        agency_id = _agency(before, place, parts)
        confirmed = before.state == "filed"
        if confirmed:
            _refuse_elsewhere(before, Place(place.case_reference, agency_id))
            filed = before
            tx.audit.record(by, "return.confirmed", returned=filed.id, case=filed.case_reference)
        else:
            filed = check_again(tx, _place(tx, before, Place(place.case_reference, agency_id), by=by), parts)
            after_filing(tx, filed, parts)
        _after_return(tx, filed, by=by)
        request = tx.requests.get(filed.request_id) if filed.request_id else None
    letters = () if confirmed else _answer(filed.submission_id, parts)
    return Decided(
        returned=filed,
        request=request,
        submission_state=tell_source(filed.submission_id, parts),
        letters=letters,
        confirmed=confirmed,
    )


def set_aside(return_id: str, reason: str, parts: Parts, *, by: str, wrong_form: bool = False) -> Decided:
    """Take a return out of every case; what it had answered is awaited again, the version before it counts again."""
    written = _tell_wrong_form(return_id, parts) if wrong_form else ()
    with parts.store.transaction() as tx:
        before = tx.returns.get(return_id)
        aside, restored = tx.returns.set_aside(return_id, _said(reason))
        tx.audit.record(by, "return.set_aside", reason=reason, returned=return_id, case=before.case_reference)
        if before.state == "filed":
            after_setting_aside(tx, before, restored, parts)
        _after_return(tx, aside, by=by)
        request = tx.requests.get(before.request_id) if before.request_id else None
    state = tell_source(aside.submission_id, parts)
    return Decided(returned=aside, request=request, submission_state=state, letters=send_all(written, parts))


def _tell_wrong_form(return_id: str, parts: Parts) -> tuple[str, ...]:
    """The letter that another form is needed, written before anything changes: Refused when it cannot be."""
    with parts.store.reading() as tx:
        returned = tx.returns.get(return_id)
    letter = wrong_form_letter(returned, parts)
    return (letter.id,) if letter is not None else ()


def decide_referral(case_reference: str, decided: Decision, parts: Parts, *, by: str) -> Letter | None:
    """Note what was decided about the referral of a case, and tell the agency that referred; the letter."""
    _said(decided.reasons)
    letter = decision_letter(case_reference, decided, parts)
    with parts.store.transaction() as tx:
        tx.audit.record(by, "referral.decided", case=case_reference, letter=letter.id if letter else None)
    if letter is None:
        return None
    send_letter(letter.id, parts)
    with parts.store.reading() as tx:
        return tx.letters.get(letter.id)


def settle_submission(submission_id: str, reason: str, parts: Parts, *, by: str) -> str:
    """Nothing more is to be done about something that arrived; its state afterwards."""
    with parts.store.transaction() as tx:
        submission = tx.submissions.get(submission_id)
        if submission.state not in _OPEN:
            raise Refused(
                f"Nothing waits here: its state is {submission.state}.", hint="`intake status` lists what needs you."
            )
        returns = tx.returns.of_submission(submission_id)
        waiting = [one.id for one in returns if one.state == "needs_person"]
        if waiting:
            raise Refused(
                f"{len(waiting)} of its returns still wait for a person.",
                hint=f"First `intake file {waiting[0]} --case CASE`, or `intake set-aside {waiting[0]}`.",
            )
        tx.submissions.set_state(submission_id, "done" if returns else "ignored", _said(reason))
        tx.audit.record(by, "submission.settled", reason=reason, submission=submission_id)
        close_tasks(tx, "submission", submission_id, by=by)
    return tell_source(submission_id, parts)


def try_again(submission_id: str, parts: Parts, *, by: str) -> str:
    """Take something that went wrong, or was not understood, its whole way again; its state afterwards.

    What was filed of it stays filed. The durable engine must run.
    """
    with parts.store.transaction() as tx:
        submission = tx.submissions.get(submission_id)
        if submission.state == "done":
            raise Refused("Everything in it is filed already.", hint="`intake status` lists what needs a person.")
        if submission.state != "received":
            tx.submissions.try_again(submission_id)
            tx.audit.record(by, "submission.retried", submission=submission_id)
    state = work_off(submission_id)
    with parts.store.transaction() as tx:
        asked = tx.tasks.about("submission", submission_id)
        if state in ("done", "ignored"):
            close_tasks(tx, "submission", submission_id, by=by)
        elif state in _OPEN and asked and all(task.settled_at is not None for task in asked):
            tx.tasks.ask_again(asked[-1].id)  # it was settled, and trying again ended in the same question
            tx.audit.record(by, "task.opened", task=asked[-1].id, submission=submission_id)
    return state


def open_by_hand(opening: Opening, parts: Parts, *, by: str) -> Opened:
    """Open a case without a referral, and ask its agencies."""
    with parts.store.transaction() as tx:
        case = open_case(tx, opening, parts, actor=by)
    return Opened(case=case, letters=send_all(request_letters(case.reference, parts), parts))


def open_from(return_id: str, agency_id: str | None, told: dict[str, Any], parts: Parts, *, by: str) -> Opened:
    """Open the case of a referral that waits for a person; what the person tells (kind, children, …) goes first."""
    with parts.store.transaction() as tx:
        referral = tx.returns.get(return_id)
        if referral.form not in OPENING_FORMS:
            raise Refused("This return is no referral.", hint=f"`intake file {return_id} --case CASE` files it.")
        case = tx.cases.opened_from(return_id)
        if case is None:
            if referral.state == "filed":
                raise Refused(
                    f"This referral is filed under {referral.case_reference} already.",
                    hint="Set it aside first if that is wrong.",
                )
            case = open_from_referral(tx, referral, parts, actor=by)
            if told:
                case = case.model_copy(update=told)
                tx.cases.update(case)
        if referral.state != "filed":
            place = Place(case.reference, _agency(referral, Place(case.reference, agency_id), parts))
            referral = check_again(tx, _place(tx, referral, place, by=by), parts)
            propose_agencies(tx, referral, parts)
        _after_return(tx, referral, by=by)
    letters = send_all(request_letters(case.reference, parts), parts)
    letters += _answer(referral.submission_id, parts)
    tell_source(referral.submission_id, parts)
    return Opened(case=case, letters=letters)


def send_all(letter_ids: Iterable[str], parts: Parts) -> tuple[str, ...]:
    """Send these letters as far as they may and can go now; their ids."""
    ids = tuple(letter_ids)
    for letter_id in ids:
        send_letter(letter_id, parts)
    return ids


def _agency(returned: FiledReturn, place: Place, parts: Parts) -> str | None:
    """The agency a person names, or the one that was recognised; a referral may come from somebody unknown."""
    agency_id = place.agency_id or returned.agency_id
    if agency_id is None:
        if returned.form in OPENING_FORMS:
            return None
        raise Refused("It is not known which agency this is from.", hint="Add --agency with its id in the directory.")
    if parts.directory.get(agency_id) is None:
        raise Refused(f"There is no agency {agency_id} in the directory.", hint="Use its id, or add it there.")
    return agency_id


def _refuse_elsewhere(filed: FiledReturn, place: Place) -> None:
    if (filed.case_reference, filed.agency_id) != (place.case_reference, place.agency_id):
        raise Refused(
            f"This return is filed under {filed.case_reference}, {filed.agency_id or 'no agency'} already.",
            hint=f"If that is wrong: `intake set-aside {filed.id} --reason “…”`, then file it again.",
        )


def _place(tx: Transaction, returned: FiledReturn, place: Place, *, by: str) -> FiledReturn:
    tx.cases.get(place.case_reference)
    request = _request(tx, returned.form, place)
    filed = tx.returns.settle(
        returned.model_copy(
            update={
                "case_reference": place.case_reference,
                "agency_id": place.agency_id,
                "request_id": request.id if request else None,
                "state": "filed",
                "reason": "A person said where it belongs.",
            }
        )
    )
    tx.audit.record(by, "return.filed", returned=filed.id, case=filed.case_reference, agency=filed.agency_id)
    return filed


def _request(tx: Transaction, form: str, place: Place) -> Request | None:
    """What the case asked this agency for, if it did."""
    asked = (one for one in tx.requests.of_case(place.case_reference) if one.state != "withdrawn")
    return next((one for one in asked if (one.agency_id, one.form) == (place.agency_id, form)), None)


def _after_return(tx: Transaction, returned: FiledReturn, *, by: str) -> None:
    """Close the questions about a return, and say anew where the submission it came in stands."""
    close_tasks(tx, "return", returned.id, by=by)
    submission = tx.submissions.get(returned.submission_id)
    if submission.state != "attention":
        return
    returns = tx.returns.of_submission(submission.id)
    state, reason = outcome(submission, tx.documents.of(submission.id), returns)
    if (state, reason) == (submission.state, submission.reason):
        return
    tx.submissions.set_state(submission.id, state, reason)
    tx.audit.record(by, f"submission.{state}", submission=submission.id)
    if state == "done":
        close_tasks(tx, "submission", submission.id, by=by)
    elif not any(one.state == "needs_person" for one in returns):
        ask_a_person(tx, "submission", submission.id, reason)


def _answer(submission_id: str, parts: Parts) -> tuple[str, ...]:
    """The acknowledgement and queries that were held back until it was known who answered; ids of the new ones."""
    with parts.store.reading() as tx:
        before = {one.id for one in tx.letters.all() if one.submission_id == submission_id}
    return send_all((one for one in answer_submission(submission_id, parts) if one not in before), parts)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("A decision needs its reason.", hint="Add --reason with a few words.")
    return reason.strip()

"""Letters into the outbox: one occasion, one letter, written once, with the Message-ID it will always have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generators.written_dates import long_date
from mailbox_config.calendar import add_working_days
from mailbox_config.directory import contact_for
from records.cases import Agency, Case, ContactRole, Request
from records.errors import Refused
from records.results import Finding, Severity
from records.submissions import Document, FiledReturn, Letter, LetterKind, Submission
from service.chasing import DueLetter, recipients, step_date
from service.parts import ACTOR, LetterOrder, Parts, id_of
from service.tasks import ask_a_person
from store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Why a letter is written and to whom it goes. `key` makes it one letter."""

    key: str
    order: LetterOrder
    to: tuple[str, ...]
    copy_to: tuple[str, ...] = ()
    in_reply_to: str = ""


def put_in_outbox(occasion: Occasion, parts: Parts) -> Letter | None:
    """The letter of this occasion, written now or before; None when it could not be written, and a person is asked."""
    with parts.store.reading() as tx:
        before = tx.letters.by_key(occasion.key)
    if before is not None:
        return before
    order = occasion.order
    try:
        if not occasion.to:
            raise Refused(f"{order.agency.name} has no contact in the directory.", hint="Add one, then try again.")
        written = parts.write_letter(order)
    except Refused as refused:
        with parts.store.transaction() as tx:
            _ask_about_unwritten(tx, occasion, str(refused))
        return None
    held = parts.settings.letters.sending(order.kind) == "hold"
    with parts.store.transaction() as tx:
        enclosed = ((written.file_name, written.docx), *written.enclosures)
        letter = tx.letters.add(
            Letter(
                id=id_of("L", occasion.key),
                key=occasion.key,
                kind=order.kind,
                case_reference=order.case.reference if order.case else None,
                agency_id=order.agency.id,
                request_id=order.requests[0].id if order.requests else None,
                submission_id=order.submission.id if order.submission else None,
                to=occasion.to,
                copy_to=tuple(address for address in occasion.copy_to if address not in occasion.to),
                subject=written.subject,
                body_text=written.body_text,
                message_id=_message_id(occasion, parts),
                in_reply_to=occasion.in_reply_to,
                attachments=tuple((name, tx.originals.put(data)) for name, data in enclosed),
                dated=order.dated,
                state="held" if held else "outbox",
                reason="The settings hold letters of this kind until a person lets them go." if held else "",
            )
        )
        tx.audit.record(ACTOR, "letter.written", letter=letter.id, case=letter.case_reference, kind=letter.kind)
        if held:
            ask_a_person(tx, "letter", letter.id, letter.reason, case_reference=letter.case_reference)
    return letter


def request_letters(reference: str, parts: Parts) -> list[str]:
    """The letters that ask for what a case wants: one an agency and day, with its blanks. Their ids.

    What a letter has asked for already is not asked for in another one.
    """
    with parts.store.reading() as tx:
        case, requests, letters = tx.cases.get(reference), tx.requests.of_case(reference), tx.letters.of_case(reference)
    open_requests = [request for request in requests if request.state == "outstanding"]
    asked_agencies = tuple(dict.fromkeys(one.agency_id for one in requests if one.state != "withdrawn"))
    written, occasions = [], []
    for agency in parts.directory.agencies:
        for day in sorted({one.requested_on for one in open_requests if one.agency_id == agency.id}):
            key = f"request/{reference}/{agency.id}/{day.isoformat()}"
            before = [one for one in letters if one.key == key or one.key.startswith(f"{key}/")]
            written += [one.id for one in before]
            asked = tuple(
                one
                for one in open_requests
                if (one.agency_id, one.requested_on) == (agency.id, day)
                and not any(one.token in letter.message_id for letter in before)
            )
            if not asked:
                continue
            order = LetterOrder(
                kind="request",
                agency=agency,
                dated=parts.today(),
                case=case,
                requests=asked,
                reply_by=asked[0].due_on,
                asked_agencies=asked_agencies,
            )
            more = f"/{len(before) + 1}" if before else ""
            occasions.append(Occasion(key=f"{key}{more}", order=order, to=addresses(agency, "author")))
    return written + _written(occasions, parts)


def answer_submission(submission_id: str, parts: Parts) -> list[str]:
    """The acknowledgement of a submission, one an agency, and a query for each return with errors. Their ids."""
    with parts.store.reading() as tx:
        submission = tx.submissions.get(submission_id)
        returns = tx.returns.of_submission(submission_id)
        documents = tx.documents.of(submission_id)
        wrapped = not returns and _is_wrapper(tx, submission, documents, parts)
        answered = Answered(submission, returns, documents, wrapped)
        agencies = _agencies_to_answer(answered, parts)
        occasions = [occasion for agency in agencies for occasion in _answers(tx, agency, answered, parts)]
    return _written(occasions, parts)


def chase_letter(due: DueLetter, case: Case, parts: Parts) -> Letter | None:
    """The reminder or escalation that the ladder says; None when it could not be written, and a person is asked."""
    agency = parts.directory.get(due.agency_id)
    if agency is None:
        with parts.store.transaction() as tx:
            reason = "A reminder is due to an agency that is not in the directory: add it, then run the chase again."
            ask_a_person(tx, "case", case.reference, reason, case_reference=case.reference)
        return None
    to, copies = recipients(due.step, agency)
    with parts.store.reading() as tx:
        reminded = _reminded_on(tx, due)
    order = LetterOrder(
        kind=due.step.letter,
        agency=agency,
        dated=due.on,
        case=case,
        requests=due.requests,
        reply_by=due.requests[0].due_on,
        step=due.step.name,
        next_step=_what_follows(due, case, parts),
        reminded_on=reminded,
    )
    occasion = Occasion(
        key=due.key,
        order=order,
        to=tuple(contact.email for contact in to),
        copy_to=tuple(contact.email for contact in copies),
    )
    return put_in_outbox(occasion, parts)


def _reminded_on(tx: Transaction, due: DueLetter) -> tuple[date, ...]:
    """The days on which the agency was reminded of these requests, by their date in force."""
    same = due.key.removesuffix(due.step.name)
    gone = ("sent", "written_unsent", "outbox")
    letters = (one for one in tx.letters.of_case(due.case_reference) if one.key.startswith(same))
    return tuple(one.dated for one in letters if one.kind == "reminder" and one.state in gone and one.dated < due.on)


def _what_follows(due: DueLetter, case: Case, parts: Parts) -> str:
    """What the ladder does next if nothing comes, with its day; nothing before the due date, for nothing is late."""
    if due.step.working_days <= 0:
        return ""
    steps, clock = parts.settings.chasing.ladder(case.kind).steps, parts.settings.clock
    later = steps[steps.index(due.step) + 1 :]
    if not later:
        return "The safeguarding partners will be told at their next meeting which returns are missing."
    day = max(step_date(due.requests[0], later[0], clock), add_working_days(due.on, 1, clock.office_closed))
    roles = " and ".join(_ROLE_WORDS[role] for role in later[0].to)
    copies = " and ".join(_ROLE_WORDS[role] for role in later[0].copy_to)
    copied = f", with a copy to your {copies}" if copies else ""
    return f"If it has not arrived by then, we will write to your {roles}{copied} on {long_date(day)}."


_ROLE_WORDS: dict[ContactRole, str] = {
    "author": "author",
    "sub_group_representative": "sub group representative",
    "safeguarding_lead": "safeguarding lead",
    "chief_officer": "chief officer",
}


def questions_in(filed: FiledReturn, parts: Parts) -> tuple[Finding, ...]:
    """The findings of a return that its agency can put right, when at least one of them is an error."""
    findings = [Finding(**{**one, "severity": Severity(one["severity"])}) for one in filed.result.get("findings", ())]
    theirs = tuple(one for one in findings if one.severity != Severity.INFORMATION and parts.concerns_agency(one))
    return theirs if any(one.severity == Severity.ERROR for one in theirs) else ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A submission with everything that was made of it."""

    submission: Submission
    returns: tuple[FiledReturn, ...]
    documents: tuple[Document, ...]
    wrapped: bool = False
    """It is only the notice of a secure e-mail system, or a link: the form is not in it."""


def _answers(tx: Transaction, agency: Agency, answered: Answered, parts: Parts) -> Iterator[Occasion]:
    submission = answered.submission
    returns = tuple(one for one in answered.returns if one.agency_id == agency.id)
    references = {one.case_reference for one in returns if one.state != "needs_person"}
    case = tx.cases.get(next(iter(references)) or "") if len(references) == 1 and None not in references else None
    message = submission.message
    reply = message.message_id if message else ""
    author = parts.directory.by_contact(message.sender) if message else None
    to = (message.sender,) if message and author == agency else addresses(agency, "author")
    policy, closed = parts.settings.letters, parts.settings.clock.office_closed
    due = add_working_days(parts.today(), policy.query_due_in_working_days, closed)
    late_for = _late_for(tx, returns)
    acknowledgement = LetterOrder(
        kind=_kind_of_answer(answered, late_for),
        reply_by=late_for or (None if returns else due),
        agency=agency,
        dated=parts.today(),
        case=case,
        requests=still_awaited(tx, case, agency),
        returns=returns,
        documents=answered.documents,
        submission=submission,
    )
    yield Occasion(key=f"acknowledgement/{submission.id}/{agency.id}", order=acknowledgement, to=to, in_reply_to=reply)
    for filed in returns:
        if filed.state == "filed" and questions_in(filed, parts):
            query = LetterOrder(
                kind="query",
                agency=agency,
                dated=parts.today(),
                case=case,
                returns=(filed,),
                documents=answered.documents,
                submission=submission,
                reply_by=due,
            )
            yield Occasion(key=f"query/{filed.id}", order=query, to=to, in_reply_to=reply)


def _kind_of_answer(answered: Answered, late_for: date | None) -> LetterKind:
    if answered.wrapped:
        return "secure_wrapper"
    if not answered.returns:
        return "unreadable"
    return "late_thanks" if late_for is not None else "acknowledgement"


def _late_for(tx: Transaction, returns: tuple[FiledReturn, ...]) -> date | None:
    """The date that these returns, all of them filed, came after; None when one came in time or waits for a person."""
    if not returns or any(one.state != "filed" or one.request_id is None or one.version > 1 for one in returns):
        return None
    requests = [tx.requests.get(one.request_id or "") for one in returns]
    late = [one.answered_on is not None and one.answered_on > one.due_on for one in requests]
    return max(one.due_on for one in requests) if all(late) else None


def _is_wrapper(tx: Transaction, submission: Submission, documents: tuple[Document, ...], parts: Parts) -> bool:
    """Whether the message only says where the form can be fetched."""
    if submission.message is None or any(one.role == "file" for one in documents):
        return False
    return parts.open(tx.originals.get(submission.sha256), submission.name).wrapper is not None


def _agencies_to_answer(answered: Answered, parts: Parts) -> tuple[Agency, ...]:
    """Whom to answer: the agencies of the returns; without a return the sender's, when nothing in it can be read."""
    submission, returns, documents = answered.submission, answered.returns, answered.documents
    message = submission.message
    if message is not None and message.mail_class != "person":
        return ()
    ids = dict.fromkeys(one.agency_id for one in returns if one.agency_id)
    if (
        not returns
        and message is not None
        and (answered.wrapped or any(_could_not_be_opened(one) for one in documents))
    ):
        sender = parts.directory.by_sender(message.sender)
        ids = dict.fromkeys([sender.id]) if sender else {}
    return tuple(agency for agency in (parts.directory.get(one) for one in ids) if agency is not None)


def _could_not_be_opened(document: Document) -> bool:
    return document.outcome == "rejected" and document.role == "file" and document.code not in NO_FORM


NO_FORM = frozenset(("E-UNRECOGNISED", "E-UNSUPPORTED", "E-AMBIGUOUS"))
"""A file that was read and is no form says nothing about what the agency should do."""


def still_awaited(tx: Transaction, case: Case | None, agency: Agency) -> tuple[Request, ...]:
    """What the agency still owes the case."""
    if case is None:
        return ()
    asked = tx.requests.of_case(case.reference)
    return tuple(one for one in asked if one.agency_id == agency.id and one.state == "outstanding")


def _written(occasions: list[Occasion], parts: Parts) -> list[str]:
    letters = [put_in_outbox(occasion, parts) for occasion in occasions]
    return [letter.id for letter in letters if letter is not None]


def addresses(agency: Agency, *roles: ContactRole) -> tuple[str, ...]:
    """The addresses of these contacts, each once."""
    contacts = (contact_for(agency, role) for role in roles)
    return tuple(dict.fromkeys(contact.email for contact in contacts if contact is not None))


def _ask_about_unwritten(tx: Transaction, occasion: Occasion, why: str) -> None:
    order = occasion.order
    reason = f"The {order.kind} to {order.agency.name} could not be written: {why}"
    reference = order.case.reference if order.case else None
    if order.submission is not None:
        ask_a_person(tx, "submission", order.submission.id, reason, case_reference=reference)
    elif reference is not None:
        ask_a_person(tx, "case", reference, reason, case_reference=reference)


def _message_id(occasion: Occasion, parts: Parts) -> str:
    """Fixed from the occasion, with the requests' tokens, so that an answer to the letter is known by itself."""
    domain = parts.settings.partnership.contact_email.rpartition("@")[2]
    words = [id_of("L", occasion.key), *(request.token for request in occasion.order.requests)]
    return f"<{'.'.join(words)}@{domain}>"

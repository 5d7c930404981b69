"""Writes the letters of the service: from an order (who, what about) to the letter's own words and enclosures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from forms.registry import form
from generators.annotated_word import By
from generators.blanks import prefill
from generators.letters.context import LetterContext, Point, ReceivedItem, Recipient
from generators.letters.write import write_letter
from generators.personal_data import Personal
from generators.written_dates import long_date
from mailbox_config.directory import Directory, contact_for
from mailbox_config.settings import Settings
from records.cases import ContactRole, Request
from records.results import Finding
from records.submissions import Document, FiledReturn
from rules.wording import place_words, plain_name
from service.annotating import own_document_back
from service.letters import NO_FORM, questions_in
from service.parts import LetterOrder, Parts, WrittenLetter
from service.prefilling import facts_of

ROLES: dict[ContactRole, str] = {
    "author": "Author of the return",
    "sub_group_representative": "Practice review sub group representative",
    "safeguarding_lead": "Safeguarding lead",
    "chief_officer": "Chief officer",
}
_UNREAD = {
    "E-ENCRYPTED": ("The file is protected with a password.", "Please send a copy without a password."),
}
"""What an agency is told of a file that could not be read, by the reader's code."""
_UNOPENED = ("The file cannot be opened.", "Please send it again as a Word document.")


def letter_writer(
    settings: Settings,
    directory: Directory,
    questions: Callable[[FiledReturn], tuple[Finding, ...]],
    original: Callable[[str], bytes],
) -> Callable[[LetterOrder], WrittenLetter]:
    """What `Parts.write_letter` is in the real service."""

    def write(order: LetterOrder) -> WrittenLetter:
        enclosures = _enclosures(order) if order.kind in ("request", "wrong_form") else ()
        if order.kind == "query":
            by = By(author=settings.partnership.short_name, on=order.dated)
            enclosures = tuple(_with_notes(order, questions, original, by))
        context = _context(order, settings, directory, [name for name, _ in enclosures])
        points = _points(order, questions)
        context = _with(context, points=points)
        letter = write_letter(order.kind, context, templates=settings.folders.letter_templates)
        return WrittenLetter(
            docx=letter.docx,
            subject=letter.subject,
            body_text=letter.body_text,
            body_html=letter.body_html,
            file_name=letter.file_name,
            enclosures=enclosures,
        )

    return write


def _with_notes(
    order: LetterOrder,
    questions: Callable[[FiledReturn], tuple[Finding, ...]],
    original: Callable[[str], bytes],
    by: By,
) -> Iterator[tuple[str, bytes]]:
    """The agency's own documents with a note at each point."""
    documents = {one.id: one for one in order.documents}
    for filed in order.returns:
        if filed.document_id in documents:
            yield from own_document_back(filed, documents[filed.document_id], questions(filed), original, by)


def questions_of(parts: Parts) -> Callable[[FiledReturn], tuple[Finding, ...]]:
    return lambda filed: questions_in(filed, parts)


def _with(context: LetterContext, *, points: tuple[Point, ...]) -> LetterContext:
    return LetterContext(**{**{name: getattr(context, name) for name in context.__slots__}, "points": points})


def _context(order: LetterOrder, settings: Settings, directory: Directory, enclosed: list[str]) -> LetterContext:
    case = order.case
    children = case.children if case else ()
    first = order.requests[0] if order.requests else None
    return LetterContext(
        partnership=settings.partnership,
        dated=order.dated,
        recipient=_recipient(order),
        case_reference=case.reference if case else "",
        case_kind=case.kind if case else "rapid_review",
        due_on=order.reply_by or (first.due_on if first else None),
        requested_on=first.requested_on if first else None,
        extended_from=_before_extension(first) if first else None,
        received=_received(order),
        asked=tuple(_form_title(request.form) for request in order.requests),
        enclosures=tuple(enclosed),
        agencies_asked=_names(order.asked_agencies, directory),
        review_from=case.review_from if case else None,
        review_to=case.review_to if case else None,
        not_filed=_not_filed(order),
        next_step=order.next_step,
        reminded_on=order.reminded_on,
        decision=order.decision,
        reasons=order.reasons,
        secure_method=order.agency.secure_method,
        language=order.agency.language,
        personal=Personal(
            names=tuple(child.name for child in children),
            dates_of_birth=tuple(child.date_of_birth for child in children if child.date_of_birth),
            nhs_numbers=tuple(child.nhs_number for child in children if child.nhs_number),
        ),
    )


def _recipient(order: LetterOrder) -> Recipient:
    role: ContactRole = "chief_officer" if order.kind == "escalation" else "author"
    contact = contact_for(order.agency, role)
    if contact is None:
        return Recipient(agency=order.agency.name)
    return Recipient(agency=order.agency.name, role=ROLES[contact.role], name=contact.name)


def _before_extension(request: Request) -> date | None:
    """The date that was due first, where the request was extended and it is known."""
    return request.extensions[0].before if request.extensions else None


def _form_title(form_id: str) -> str:
    return form(form_id).title


def _received(order: LetterOrder) -> tuple[ReceivedItem, ...]:
    """What arrived: the returns with their files, else the files that could not be read."""
    documents = {one.id: one for one in order.documents}
    items = [
        ReceivedItem(
            form=_form_title(one.form),
            file_name=_file_name(documents.get(one.document_id)),
            received_at=one.received_at,
            version=one.version,
        )
        for one in order.returns
    ]
    if order.kind == "secure_wrapper" and order.submission is not None:
        return (ReceivedItem(form="Notice", file_name="none", received_at=order.submission.received_at),)
    if not items and order.submission is not None:
        files = [one for one in order.documents if one.role == "file"]
        items = [
            ReceivedItem(
                form="File that could not be opened" if one.outcome == "rejected" else "File",
                file_name=_file_name(one),
                received_at=order.submission.received_at,
            )
            for one in files
        ]
    return tuple(items)


def _file_name(document: Document | None) -> str:
    return document.path.rpartition(" > ")[2] if document is not None else ""


def _points(order: LetterOrder, questions: Callable[[FiledReturn], tuple[Finding, ...]]) -> tuple[Point, ...]:
    """What is missing: the agency's own findings in a query; in an acknowledgement what could not be opened."""
    if order.kind == "query":
        return tuple(
            Point(where=_where(filed, finding), message=finding.message, remedy=finding.remedy)
            for filed in order.returns
            for finding in questions(filed)
        )
    if order.kind in ("acknowledgement", "unreadable"):
        unread = [one for one in order.documents if one.role == "file" and one.outcome == "rejected"]
        return (
            *(
                Point(where=_file_name(one), message=message, remedy=remedy)
                for one in unread
                if one.code not in NO_FORM
                for message, remedy in (_UNREAD.get(one.code, _UNOPENED),)
            ),
            *(
                Point(
                    where=_form_title(one.form),
                    message="It has not arrived yet.",
                    remedy=f"Please send it by {long_date(one.due_on)}.",
                )
                for one in order.requests
            ),
        )
    return ()


def _not_filed(order: LetterOrder) -> str:
    """What an acknowledgement says of something that is not filed; "" when all of it is."""
    if order.kind != "acknowledgement":
        return ""
    if any(one.state == "needs_person" for one in order.returns):
        return (
            "A member of our team looks at what you sent before it is filed, and writes to you if there is a question."
        )
    return ""


def _where(filed: FiledReturn, finding: Finding) -> str:
    """The place of a finding in the agency's own words: the label on its form, and the row of a list.

    Where nothing was filled in no label was met: then the field's plain name, with its block.
    """
    if not finding.field:
        return _form_title(filed.form)
    labels = filed.result.get("labels") or {}
    name = str(labels.get(finding.field, "")) or plain_name(filed.form, finding.field)
    return f"{_form_title(filed.form)}: {place_words(name, finding.field)}"


def _enclosures(order: LetterOrder) -> tuple[tuple[str, bytes], ...]:
    """The blanks of a request, pre-filled, each carrying case, agency, form and token."""
    return tuple((f"{_safe(request)}.docx", _blank(order, request)) for request in order.requests)


def _safe(request: Request) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", f"{request.case_reference}-{request.form.replace('_', '-')}")


def _blank(order: LetterOrder, request: Request) -> bytes:
    assert order.case is not None  # a request has a case
    return prefill(request.form, facts_of(order.case, request, order.agency))


def _names(agency_ids: tuple[str, ...], directory: Directory) -> tuple[str, ...]:
    return tuple(agency.name for one in agency_ids if (agency := directory.get(one)) is not None)

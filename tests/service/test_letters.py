"""Which letter answers what: thanks for a late return, unreadable, only a notice, the wrong form, a decision."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from forms.word_package import open_package
from generators.render import text_of_package
from records.cases import Case, Request
from records.errors import Refused
from records.submissions import Document, FiledReturn, Letter, Message, SourceIdentity, Submission
from service.bootstrap import Service
from service.chasing import DueLetter, letter_key
from service.deciding import decide_referral, set_aside
from service.decision_letters import Decision
from service.letters import answer_submission, chase_letter, questions_in
from service.waiving import Waived, waive

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RECORD: dict[str, Any] = {"child_name": "Invented Childname", "agency": "x", "events": []}


def arrive(
    service: Service, *, sender: str = "", data: bytes = b"bytes", documents: tuple[Document, ...] = ()
) -> Submission:
    with service.store.transaction() as tx:
        sha256 = tx.originals.put(data)
        message = Message(message_id="<m1@agency.example>", subject="x", sender=sender) if sender else None
        submission = Submission(
            id="S-1",
            identity=SourceIdentity(source="upload", key="1"),
            sha256=sha256,
            name="mail.eml" if sender else "return.docx",
            received_at=NOON,
            size=len(data),
            message=message,
        )
        tx.submissions.add(submission)
        for document in documents:
            tx.documents.put(document.model_copy(update={"sha256": sha256}))
    return submission


def document(**changes: Any) -> Document:
    one = Document(
        id="D-1", submission_id="S-1", path="return.docx", sha256="", kind="docx", size=5, outcome="read", role="file"
    )
    return one.model_copy(update=changes)


def filed(service: Service, request: Request, **changes: Any) -> FiledReturn:
    draft = FiledReturn(
        id="F-1",
        document_id="D-1",
        submission_id="S-1",
        case_reference=request.case_reference,
        agency_id=request.agency_id,
        request_id=request.id,
        form=request.form,
        version=1,
        received_at=NOON,
        state="filed",
        result={"record": RECORD, "places": {}, "review": [], "unplaced": [], "findings": []},
    )
    with service.store.transaction() as tx:
        return tx.returns.file(draft.model_copy(update=changes))


def first_request(service: Service, case: Case) -> Request:
    with service.store.reading() as tx:
        return tx.requests.of_case(case.reference)[0]


def author_of(service: Service, agency_id: str) -> str:
    agency = service.parts.directory.get(agency_id)
    assert agency is not None
    contact = agency.contact("author")
    assert contact is not None
    return contact.email


def letters(service: Service, *kinds: str) -> list[Letter]:
    with service.store.reading() as tx:
        return [one for one in tx.letters.all() if one.kind in kinds]


def words(service: Service, letter: Letter) -> str:
    with service.store.reading() as tx:
        return text_of_package(open_package(tx.originals.get(letter.attachments[0][1])))


@pytest.mark.parametrize(("answered", "kind"), [(30, "late_thanks"), (2, "acknowledgement")])
def test_a_late_return_is_thanked_for_and_one_in_time_acknowledged(
    service: Service, case: Case, answered: int, kind: str
) -> None:
    """One letter in either case; the late one names the date, and what is still awaited."""
    request = first_request(service, case)
    arrive(service, documents=(document(),))
    filed(service, request)
    with service.store.transaction() as tx:
        tx.requests.settle(request.id, "answered", date(2026, 3, answered))
    answer_submission("S-1", service.parts)
    answer_submission("S-1", service.parts)
    (letter,) = letters(service, "acknowledgement", "late_thanks")
    assert letter.kind == kind
    assert ("It was due by" in words(service, letter)) == (kind == "late_thanks")
    assert "Invented" not in words(service, letter)


def test_what_cannot_be_read_is_answered_with_what_to_do(service: Service, case: Case) -> None:
    """To the agency that sent it, without a case, by the agency's own file name and time."""
    sender = author_of(service, first_request(service, case).agency_id)
    locked = document(outcome="rejected", code="E-ENCRYPTED", reason="locked")
    arrive(service, sender=sender, documents=(locked,))
    answer_submission("S-1", service.parts)
    (letter,) = letters(service, "unreadable")
    assert (letter.to, letter.case_reference, letter.in_reply_to) == ((sender,), None, "<m1@agency.example>")
    text = words(service, letter)
    assert "return.docx" in text
    assert "Monday 2 March 2026 at 12 noon" in text
    assert "protected with a password" in text
    assert case.reference not in text


def test_a_notice_of_a_secure_system_is_held_as_a_polite_letter(service: Service, case: Case) -> None:
    """It asks for an attachment, and waits for a person, who may be able to fetch the form; a stranger gets nothing."""
    sender = author_of(service, first_request(service, case).agency_id)
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = sender, "Secure", "<m1@agency.example>"
    mail.set_content("The form is here: https://agency.sharepoint.com/:w:/s/forms/EabcDEF?e=1")
    arrive(service, sender=sender, data=mail.as_bytes())
    answer_submission("S-1", service.parts)
    (letter,) = letters(service, "secure_wrapper")
    assert letter.state == "held"
    assert "as an attachment" in words(service, letter)


def test_the_wrong_form_is_set_aside_with_a_letter_and_the_right_blank(service: Service, case: Case) -> None:
    """The letter names what is awaited; without anything awaited it is refused and nothing changes."""
    request = first_request(service, case)
    sender = author_of(service, request.agency_id)
    arrive(service, sender=sender, documents=(document(),))
    filed(service, request, form="action_plan", request_id=None, state="needs_person")
    decided = set_aside("F-1", "Wrong form", service.parts, by="robin", wrong_form=True)
    (letter,) = letters(service, "wrong_form")
    assert decided.letters == (letter.id,)
    assert [name for name, _ in letter.attachments[1:]]
    assert "the request is still open" in words(service, letter)
    with pytest.raises(Refused):
        set_aside("F-1", "Again", service.parts, by="robin", wrong_form=True)


def test_a_decision_is_told_to_the_agency_that_referred_and_never_names_the_child(service: Service, case: Case) -> None:
    """Held for a person; reasons that name the child are refused and put to a person."""
    request = first_request(service, case)
    arrive(service, documents=(document(),))
    filed(service, request, form="referral", request_id=None)
    decided = Decision("A rapid review will be held.", "The criteria are met.", "Agencies are asked this week.")
    letter = decide_referral(case.reference, decided, service.parts, by="robin")
    assert letter is not None
    assert (letter.state, letter.agency_id) == ("held", request.agency_id)
    assert "Monday 16 March 2026, 5 pm" in words(service, letter)
    naming = Decision("A rapid review will be held.", "Invented Childname was harmed.")
    assert decide_referral(case.reference, naming, service.parts, by="robin") is None
    with service.store.reading() as tx:
        assert any("decision" in task.reason for task in tx.tasks.waiting())


def test_a_letter_of_the_chase_says_what_follows_and_when(service: Service, case: Case) -> None:
    """The next rung with its day and whom it goes to; the last letter names the days of the reminders before it."""
    request = first_request(service, case)
    steps = service.parts.settings.chasing.ladder(case.kind).steps
    told = {}
    for step, day in zip(steps, (12, 17, 18, 19), strict=True):
        moved = request.model_copy(update={"due_on": date(2026, 3, 16)})
        letter = chase_letter(
            DueLetter(letter_key(moved, step), date(2026, 3, day), step, (moved,), "why"), case, service.parts
        )
        assert letter is not None
        with service.store.transaction() as tx:
            tx.letters.set_state(letter.id, "sent")
        told[step.name] = words(service, letter)
    assert "we will write" not in told["before"]
    assert "on Wednesday 18 March 2026" in told["overdue"]
    assert "we will write to your chief officer" in told["second"]
    assert "on Thursday 19 March 2026" in told["second"]
    assert "We reminded your agency on 12 March 2026, 17 March 2026 and 18 March 2026" in told["escalation"]


def test_a_finding_that_is_waived_is_not_asked_about(service: Service, case: Case) -> None:
    """The query asks about what is left; the finding stays with who and why."""
    request = first_request(service, case)
    finding = {"rule": "Q031", "severity": "error", "field": "quality_assurance", "message": "m", "remedy": "r"}
    arrive(service, documents=(document(),))
    result = {"record": RECORD, "places": {}, "review": [], "unplaced": [], "findings": [finding]}
    before = filed(service, request, result=result)
    assert len(questions_in(before, service.parts)) == 1
    assert waive(Waived("F-1", "q031"), "Signed copy seen", service.parts, by="robin") == 1
    with service.store.reading() as tx:
        after = tx.returns.get("F-1")
    assert questions_in(after, service.parts) == ()
    assert after.result["waived"] == [finding | {"by": "robin", "reason": "Signed copy seen", "on": "2026-03-02"}]
    with pytest.raises(Refused, match="no open finding"):
        waive(Waived("F-1", "Q031"), "Again", service.parts, by="robin")

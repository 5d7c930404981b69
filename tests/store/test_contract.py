"""What the store promises, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from records.cases import Case, Extension, Request, SubjectChild
from records.errors import Refused
from records.ledger import Task
from records.submissions import Document, Edition, FiledReturn, Letter, Message, Signal, SourceIdentity, Submission
from store import Store, Transaction

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def submission(tx: Transaction, number: int = 1, **changes: object) -> Submission:
    data = f"bytes {number}".encode()
    given = Submission(
        id=f"S{number}",
        identity=SourceIdentity(source="folder", key=f"key {number}"),
        sha256=tx.originals.put(data),
        name="return.docx",
        received_at=NOW,
        size=len(data),
        folder_hint=("Sampleford Police",),
    )
    return given.model_copy(update=changes)


def document(tx: Transaction, of: Submission, number: int = 0) -> Document:
    made = Document(
        id=f"{of.id}-{number:03}",
        submission_id=of.id,
        path=f"return {number}.docx",
        sha256=of.sha256,
        kind="docx",
        size=of.size,
        outcome="read",
    )
    tx.documents.put(made)
    return made


def case(reference: str = "PR-2026-001") -> Case:
    return Case(
        reference=reference,
        kind="rapid_review",
        children=(SubjectChild(code="Child 1", name="Ash Example", date_of_birth="2014-07-03"),),
        incident_on=date(2026, 2, 20),
        opened_on=TODAY,
    )


def asked(agency: str = "police", **changes: object) -> Request:
    made = Request(
        id=f"R-{agency}",
        case_reference="PR-2026-001",
        agency_id=agency,
        form="agency_summary",
        requested_on=TODAY,
        due_on=date(2026, 3, 16),
        token=f"token-of-{agency}",
    )
    return made.model_copy(update=changes)


def draft(of: Document, **changes: object) -> FiledReturn:
    made = FiledReturn(
        id=f"F-{of.id}",
        document_id=of.id,
        submission_id=of.submission_id,
        case_reference="PR-2026-001",
        agency_id="police",
        request_id=None,
        form="agency_summary",
        version=0,
        received_at=NOW,
        state="filed",
        result={"z": 1, "a": {"text": "It’s fine – really", "n": None}},
        signals=(Signal(name="token in the file", points_to="request R-police", weight=100, guessable=False),),
    )
    return made.model_copy(update=changes)


def letter(key: str = "ack/S1", **changes: object) -> Letter:
    made = Letter(
        id=f"L-{key}",
        key=key,
        kind="acknowledgement",
        case_reference=None,
        agency_id="police",
        to=("robin@police.example",),
        subject="Received",
        body_text="Thank you.",
        message_id=f"<{key}@sscp.example>",
        attachments=(("letter.docx", "0" * 64),),
        dated=TODAY,
        state="outbox",
    )
    return made.model_copy(update=changes)


def entered(tx: Transaction, number: int = 1) -> Document:
    """A submission in the ledger with one document."""
    one = submission(tx, number)
    tx.submissions.add(one)
    return document(tx, one)


def test_bytes_come_back_unchanged_and_are_kept_once(store: Store) -> None:
    """What was put in comes out byte for byte, and the same bytes have the same name."""
    data = bytes(range(256)) * 3
    with store.transaction() as tx:
        assert tx.originals.put(data) == tx.originals.put(data)
    with store.reading() as tx:
        assert data == tx.originals.get(tx.originals.put(data))


def test_a_submission_comes_back_as_it_went_in(store: Store) -> None:
    """Every field of the noun survives, also times with a zone and a message's head."""
    message = Message(message_id="<1@x.example>", subject="Return", sender="a@x.example", sent_at=NOW)
    with store.transaction() as tx:
        given = submission(tx, message=message)
        tx.submissions.add(given)
    with store.reading() as tx:
        assert given == tx.submissions.get("S1")


def test_text_no_database_can_hold_is_made_holdable(store: Store) -> None:
    """A file name with a NUL and half a surrogate pair neither fails nor differs between databases."""
    with store.transaction() as tx:
        tx.submissions.add(submission(tx, name="a\x00b\ud800.docx"))
    with store.reading() as tx:
        assert tx.submissions.get("S1").name == "a\ufffdb?.docx"


def test_the_same_arrival_is_one_submission(store: Store) -> None:
    """A second arrival with the same source identity changes nothing and says so."""
    with store.transaction() as tx:
        assert tx.submissions.add(submission(tx))
        tx.submissions.set_state("S1", "done")
        assert not tx.submissions.add(submission(tx))
        assert not tx.submissions.add(submission(tx, id="another id"))
    with store.reading() as tx:
        assert [one.state for one in tx.submissions.all()] == ["done"]


def test_alike_finds_the_same_bytes_and_the_same_message(store: Store) -> None:
    """A copy is found by its bytes or by its Message-ID, and a submission is not like itself."""
    message = Message(message_id="<1@x.example>", subject="", sender="a@x.example")
    with store.transaction() as tx:
        first = submission(tx, 1, message=message)
        same_message = submission(tx, 2, message=message)
        same_bytes = submission(tx, 3, sha256=first.sha256)
        for one in (first, same_message, same_bytes):
            tx.submissions.add(one)
        assert [one.id for one in tx.submissions.alike(first)] == ["S2", "S3"]
        assert [one.id for one in tx.submissions.alike(same_message)] == ["S1"]


def test_attempts_are_counted(store: Store) -> None:
    """Each attempt is one more, and a person can set the count back."""
    with store.transaction() as tx:
        tx.submissions.add(submission(tx))
    for expected in (1, 2, 3):
        with store.transaction() as tx:
            assert expected == tx.submissions.count_attempt("S1")
    with store.transaction() as tx:
        tx.submissions.set_state("S1", "failed", "three attempts")
        tx.submissions.try_again("S1")
    with store.reading() as tx:
        again = tx.submissions.get("S1")
        assert (again.state, again.attempts, again.reason) == ("received", 0, "")


def test_an_exception_undoes_the_whole_transaction(store: Store) -> None:
    """Nothing of a transaction that fails stays: not the bytes, not the ledger row, not the audit entry."""
    given: list[Submission] = []

    def fail() -> None:
        with store.transaction() as tx:
            given.append(submission(tx))
            tx.submissions.add(given[0])
            tx.audit.record("service", "arrived", submission="S1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.reading() as tx:
        assert tx.submissions.all() == ()
        assert tx.audit.entries() == ()
        assert not tx.originals.has(given[0].sha256)


def test_a_return_is_filed_once(store: Store) -> None:
    """Filing the same return of the same document again gives the version that is there."""
    with store.transaction() as tx:
        tx.cases.add(case())
        made = draft(entered(tx))
        first = tx.returns.file(made)
        again = tx.returns.file(made.model_copy(update={"id": "another id"}))
        other = tx.returns.file(made.model_copy(update={"id": "second in file"}), position=1)
    assert first == again
    assert (first.version, other.version) == (1, 2)


def test_versions_supersede_and_nothing_is_overwritten(store: Store) -> None:
    """A newer filed version supersedes the one before it; the earlier content stays as it was."""
    with store.transaction() as tx:
        tx.cases.add(case())
        first = tx.returns.file(draft(entered(tx, 1)))
        second = tx.returns.file(draft(entered(tx, 2), result={"corrected": True}))
        waiting = tx.returns.file(draft(entered(tx, 3), state="needs_person", reason="which child?"))
        elsewhere = tx.returns.file(draft(entered(tx, 4), agency_id="school"))
    with store.reading() as tx:
        assert first.model_copy(update={"state": "superseded"}) == tx.returns.get(first.id)
        assert (2, first.id, "filed") == (second.version, second.supersedes, tx.returns.get(second.id).state)
        assert (waiting.version, waiting.supersedes) == (3, None)
        assert (elsewhere.version, elsewhere.supersedes) == (1, None)
        assert list(first.result) == list(tx.returns.get(first.id).result)


def test_a_return_that_needed_a_person_is_filed_by_one(store: Store) -> None:
    """A person's decision places the return and supersedes what was filed before it; once only."""
    with store.transaction() as tx:
        tx.cases.add(case())
        first = tx.returns.file(draft(entered(tx, 1)))
        lost = tx.returns.file(draft(entered(tx, 2), case_reference=None, agency_id=None, state="needs_person"))
        decided = lost.model_copy(update={"case_reference": "PR-2026-001", "agency_id": "police", "state": "filed"})
        filed = tx.returns.settle(decided)
        with pytest.raises(Refused):
            tx.returns.settle(decided)
        assert ("filed", 2, first.id) == (filed.state, filed.version, filed.supersedes)
        assert tx.returns.get(first.id).state == "superseded"


def test_a_return_set_aside_gives_way_to_the_version_before_it(store: Store) -> None:
    """The earlier version counts again; one that does not count cannot be set aside, one that was can be filed."""
    with store.transaction() as tx:
        tx.cases.add(case())
        first = tx.returns.file(draft(entered(tx, 1)))
        second = tx.returns.file(draft(entered(tx, 2)))
        with pytest.raises(Refused):
            tx.returns.set_aside(first.id, "an old one")
        aside, restored = tx.returns.set_aside(second.id, "another child")
        assert (aside.state, aside.reason) == ("set_aside", "another child")
        assert restored == first == tx.returns.get(first.id)
        with pytest.raises(Refused):
            tx.returns.set_aside(second.id, "twice")
        again = tx.returns.settle(aside.model_copy(update={"state": "filed"}))
        assert (again.state, again.supersedes, tx.returns.get(first.id).state) == ("filed", first.id, "superseded")


def test_a_return_that_needs_a_person_is_set_aside_alone(store: Store) -> None:
    """It had superseded nothing, so nothing comes back."""
    with store.transaction() as tx:
        tx.cases.add(case())
        first = tx.returns.file(draft(entered(tx, 1)))
        waiting = tx.returns.file(draft(entered(tx, 2), state="needs_person", reason="which child?"))
        aside, restored = tx.returns.set_aside(waiting.id, "not ours")
        assert (aside.state, restored, tx.returns.get(first.id).state) == ("set_aside", None, "filed")


def test_a_case_is_opened_once_by_the_same_return(store: Store) -> None:
    """A step that is run again finds the case it opened, and two cases never share a reference."""
    with store.transaction() as tx:
        assert case() == tx.cases.add(case(), opened_from="F1")
        assert case() == tx.cases.add(case("PR-2026-002"), opened_from="F1")
        with pytest.raises(Refused):
            tx.cases.add(case(), opened_from="F2")
        tx.cases.update(case().model_copy(update={"closed_on": TODAY}))
    with store.reading() as tx:
        assert [one.closed_on for one in tx.cases.all()] == [TODAY]
        assert case().children == tx.cases.get("PR-2026-001").children


def test_running_numbers_are_not_given_twice(store: Store) -> None:
    """Each number of a name comes once; a number of a transaction that failed comes again."""
    with store.transaction() as tx:
        assert (tx.cases.next_number("a"), tx.cases.next_number("a"), tx.cases.next_number("b")) == (1, 2, 1)

    def fail() -> None:
        with store.transaction() as tx:
            tx.cases.next_number("a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.transaction() as tx:
        assert tx.cases.next_number("a") == 3


def test_requests_are_asked_once_extended_and_answered(store: Store) -> None:
    """A request is made once; an extension keeps its reason and moves the date; the first day of an answer stays."""
    later = Extension(due_on=date(2026, 3, 23), reason="author on leave", by="Robin Sample", on=TODAY)
    with store.transaction() as tx:
        tx.cases.add(case())
        assert tx.requests.add(asked())
        assert not tx.requests.add(asked(form="chronology"))
        tx.requests.extend("R-police", later)
        tx.requests.settle("R-police", "answered", date(2026, 3, 10))
        tx.requests.settle("R-police", "answered", date(2026, 3, 12))
    with store.reading() as tx:
        now = tx.requests.get("R-police")
        assert ((later,), later.due_on) == (now.extensions, now.due_on)
        assert ("answered", date(2026, 3, 10)) == (now.state, now.answered_on)


def test_a_request_needs_its_case(store: Store) -> None:
    """Foreign keys hold on both databases."""
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.requests.add(asked())


def test_one_occasion_gives_one_letter(store: Store) -> None:
    """A second letter with the same key is not written; the first is given back as it was."""
    with store.transaction() as tx:
        first = tx.letters.add(letter())
        tx.letters.set_state(first.id, "sent")
        again = tx.letters.add(letter(id="another", subject="Received again", message_id="<2@sscp.example>"))
    assert first.model_copy(update={"state": "sent"}) == again
    with store.reading() as tx:
        assert again == tx.letters.by_message_id("<ack/S1@sscp.example>")
        assert tx.letters.all(("outbox", "held")) == ()


def test_editions_go_out_of_date(store: Store) -> None:
    """A new edition puts the earlier ones out of date, and so does a change of the case."""
    with store.transaction() as tx:
        tx.cases.add(case())
        for number in (1, 2):
            tx.editions.add(
                Edition(case_reference="PR-2026-001", number=number, built_on=TODAY, files=(("pack.pdf", "0" * 64),))
            )
        assert [one.up_to_date for one in tx.editions.of_case("PR-2026-001")] == [False, True]
        assert (tx.editions.mark_out_of_date("PR-2026-001"), tx.editions.mark_out_of_date("PR-2026-001")) == (1, 0)


def test_a_task_is_asked_once_and_settled_once(store: Store) -> None:
    """One occasion is one task; whoever settles it first has settled it."""
    task = Task(
        id="T1",
        key="return/F1",
        about="return",
        about_id="F1",
        reason="Choose the case.",
        command="intake file F1 --case CASE",
        opened_at=NOW,
    )
    with store.transaction() as tx:
        tx.tasks.add(task)
        assert task == tx.tasks.add(task.model_copy(update={"id": "T2", "reason": "other"}))
        assert (task,) == tx.tasks.waiting()
        tx.tasks.settle("T1", "Robin Sample", NOW)
        tx.tasks.settle("T1", "Somebody Else", NOW)
        assert tx.tasks.waiting() == ()
        assert [one.settled_by for one in tx.tasks.about("return", "F1")] == ["Robin Sample"]


def test_what_is_not_there_is_refused_with_what_to_do(store: Store) -> None:
    """Asking for something unknown is an answer with a hint, not a crash."""
    with store.reading() as tx:
        for ask in (
            tx.submissions.get,
            tx.documents.get,
            tx.cases.get,
            tx.requests.get,
            tx.returns.get,
            tx.letters.get,
        ):
            with pytest.raises(Refused) as refused:
                ask("nothing")
            assert refused.value.hint


def test_writers_at_the_same_time_lose_nothing(store: Store) -> None:
    """Many threads that write at once all get through, one after the other, and the audit chain stays whole."""
    ready = threading.Barrier(4)

    def work(worker: int) -> None:
        ready.wait()
        for step in range(10):
            with store.transaction() as tx:
                number = tx.cases.next_number("all")
                tx.originals.put(f"{worker} {step}".encode())
                tx.audit.record("service", "counted", number=str(number))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    with store.transaction() as tx:
        assert tx.cases.next_number("all") == 41
        assert [str(number) for number in range(1, 41)] == [entry.ids["number"] for entry in tx.audit.entries()]
    assert store.verify_audit() == ()


def test_a_reader_sees_one_view_and_waits_for_nobody(store: Store) -> None:
    """What a writer commits meanwhile does not change what a reader sees, and an open writer does not hold it up."""
    with store.transaction() as tx:
        tx.submissions.add(submission(tx, 1))
    with store.reading() as view:
        assert len(view.submissions.all()) == 1
        with store.transaction() as tx:
            tx.submissions.add(submission(tx, 2))
            assert len(view.submissions.all()) == 1
        assert len(view.submissions.all()) == 1
    with store.reading() as view:
        assert len(view.submissions.all()) == 2


def test_a_reader_cannot_write(store: Store) -> None:
    """What is opened for reading refuses to change anything."""
    with pytest.raises(DBAPIError), store.reading() as tx:
        tx.originals.put(b"new")
    with store.transaction() as tx:
        tx.originals.put(b"new")

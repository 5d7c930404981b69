"""What the chase takes from the store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailbox_config.directory import Directory
from mailbox_config.settings import Chasing
from records.cases import Agency, Case, Request
from records.submissions import FiledReturn, Letter, Message, SourceIdentity, Submission
from service.arrivals import situation_of
from service.chasing import ChaseRules, due_letters
from service.status import Everything

CASE = Case(reference="PR-2026-001", kind="rapid_review", opened_on=date(2026, 3, 2))
REQUEST = Request(
    id="r1",
    case_reference="PR-2026-001",
    agency_id="police",
    form="chronology",
    requested_on=date(2026, 3, 3),
    due_on=date(2026, 3, 17),
)
DIRECTORY = Directory((Agency(id="police", name="Sampleshire Police", domains=("police.example",)),))
OVERDUE = date(2026, 3, 18)


def submission(state: str, *, sender: str = "", folder: tuple[str, ...] = (), at: datetime | None = None) -> Submission:
    return Submission(
        id="s1",
        identity=SourceIdentity(source="folder", key="1"),
        sha256="0" * 64,
        name="x",
        received_at=at or datetime(2026, 3, 17, 9, tzinfo=UTC),
        size=1,
        message=Message(message_id="<m>", subject="", sender=sender) if sender else None,
        folder_hint=folder,
        state=state,  # type: ignore[arg-type]
    )


def returned(**changes: Any) -> FiledReturn:
    one = FiledReturn(
        id="f1",
        document_id="d1",
        submission_id="s1",
        case_reference=None,
        agency_id="police",
        request_id=None,
        form="chronology",
        version=1,
        received_at=datetime(2026, 3, 17, 9, tzinfo=UTC),
        state="needs_person",
        result={},
    )
    return one.model_copy(update=changes)


def is_chased(submissions: tuple[Submission, ...] = (), returns: tuple[FiledReturn, ...] = (), **more: Any) -> bool:
    everything = Everything((CASE,), (REQUEST,), returns, submissions, more.get("letters", ()))
    return bool(due_letters(OVERDUE, situation_of(everything, DIRECTORY), ChaseRules(Chasing())))


@pytest.mark.parametrize("state", ["received", "attention", "failed"])
@pytest.mark.parametrize(
    "how", [{"sender": "someone@police.example"}, {"folder": ("Sampleshire Police",)}, {"folder": ("police",)}]
)
def test_whatever_lands_from_an_agency_holds_its_reminder_back(state: str, how: dict[str, Any]) -> None:
    """By sender or by folder, in every state that nobody has settled, even one that failed to be read."""
    assert not is_chased((submission(state, **how),))


@pytest.mark.parametrize("state", ["done", "ignored"])
def test_what_is_settled_does_not(state: str) -> None:
    """A newsletter, or a return already filed to another request, does not stop the chase."""
    assert is_chased((submission(state, sender="someone@police.example"),))


def test_a_doubtful_return_holds_back_by_the_agency_it_names() -> None:
    """A file without sender whose form names the agency counts, also when its submission is otherwise done."""
    assert not is_chased((submission("done"),), (returned(),))
    assert is_chased((submission("done"),), (returned(case_reference="PR-2026-009"),))
    assert is_chased((submission("done"),), (returned(state="filed"),))


def test_the_day_of_arrival_is_the_day_in_england() -> None:
    """Half past eleven at night by London's summer clock belongs to that day, not to the next one elsewhere."""
    late = submission("attention", sender="a@police.example", at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    later = submission("attention", sender="a@police.example", at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    days = [
        situation_of(Everything((CASE,), (REQUEST,), (), (one,), ()), DIRECTORY).arrivals[0].arrived_on
        for one in (late, later)
    ]
    assert days == [date(2026, 6, 30), date(2026, 7, 1)]


def test_a_letter_of_the_chase_is_not_made_twice() -> None:
    """A reminder in the outbox, held or bounced, is a reminder made."""
    gone = Letter(
        id="l1",
        key="chase/PR-2026-001/police/2026-03-17/overdue",
        kind="reminder",
        case_reference="PR-2026-001",
        agency_id="police",
        to=("a@police.example",),
        subject="s",
        body_text="b",
        message_id="<m>",
        dated=OVERDUE,
        state="held",
    )
    assert is_chased()
    assert not is_chased(letters=(gone,))

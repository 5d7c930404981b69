"""The status tells where every request stands and what needs a person, without a child's name."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailbox_config.directory import Directory
from mailbox_config.settings import Clock
from records.cases import Agency, Case, Request, SubjectChild
from records.ledger import Task
from records.submissions import FiledReturn, Letter, SourceIdentity, Submission
from service.status import Everything, Status, make_status, of_case

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
CASE = Case(
    reference="PR-2026-001",
    kind="rapid_review",
    opened_on=date(2026, 3, 2),
    notified_on=date(2026, 3, 2),
    children=(SubjectChild(code="Child 1", name="Grace Okafor"),),
)
DIRECTORY = Directory((Agency(id="police", name="Sampleshire Police"),))
REQUEST = Request(
    id="r1",
    case_reference="PR-2026-001",
    agency_id="police",
    form="chronology",
    requested_on=date(2026, 3, 3),
    due_on=date(2026, 3, 17),
)


def filed(**changes: Any) -> FiledReturn:
    one = FiledReturn(
        id="f1",
        document_id="d1",
        submission_id="s1",
        case_reference="PR-2026-001",
        agency_id="police",
        request_id="r1",
        form="chronology",
        version=1,
        received_at=NOON,
        state="filed",
        result={"findings": [{"severity": "error"}, {"severity": "warning"}]},
    )
    return one.model_copy(update=changes)


def submission(state: str, number: int = 1) -> Submission:
    return Submission(
        id=f"s{number}",
        identity=SourceIdentity(source="folder", key=str(number)),
        sha256="0" * 64,
        name="return.docx",
        received_at=NOON,
        size=1,
        state=state,  # type: ignore[arg-type]
        reason="Nothing says which case this belongs to: choose the case.",
    )


def letter(state: str) -> Letter:
    return Letter(
        id="l1",
        key="chase/r1/x/escalation",
        kind="escalation",
        case_reference="PR-2026-001",
        agency_id="police",
        to=("chief@police.example",),
        subject="s",
        body_text="b",
        message_id="<m@sscp.example>",
        dated=date(2026, 3, 20),
        state=state,  # type: ignore[arg-type]
    )


def status(today: date, **changes: Any) -> Status:
    parts: dict[str, Any] = {"requests": (REQUEST,), "returns": (), "submissions": (), "letters": ()}
    return make_status(Everything(cases=(CASE,), **parts | changes), DIRECTORY, Clock(), today)


@pytest.mark.parametrize(
    ("today", "change", "returns", "state", "left", "late"),
    [
        (date(2026, 3, 13), {}, (), "outstanding", 2, 0),
        (date(2026, 3, 17), {}, (), "outstanding", 0, 0),
        (date(2026, 3, 23), {}, (), "overdue", -4, 0),
        (date(2026, 3, 23), {"state": "answered", "answered_on": date(2026, 3, 19)}, (filed(),), "answered", 0, 2),
        (date(2026, 3, 23), {"state": "nil", "answered_on": date(2026, 3, 10)}, (), "nil", 0, 0),
        (date(2026, 3, 23), {}, (filed(state="needs_person"),), "to_look_at", -4, 0),
        (date(2026, 3, 23), {"state": "withdrawn"}, (), "withdrawn", 0, 0),
    ],
)
def test_each_request_has_its_state_and_its_days(
    today: date, change: dict[str, Any], returns: tuple[FiledReturn, ...], state: str, left: int, late: int
) -> None:
    """Waiting, overdue, answered in time or late, nil, to be looked at, withdrawn."""
    (row,) = status(today, requests=(REQUEST.model_copy(update=change),), returns=returns).rows
    assert (row.state, row.working_days_left, row.late_by) == (state, left, late)
    assert (row.agency, row.form_title) == ("Sampleshire Police", "Chronology of significant events")


def test_the_newest_version_counts() -> None:
    """Errors are those of the newest version; a version set aside does not count."""
    second = filed(id="f2", version=2, result={"findings": []})
    aside = filed(id="f3", version=3, state="set_aside")
    (row,) = status(date(2026, 3, 16), returns=(second, filed(state="superseded"), aside)).rows
    assert (row.version, row.errors) == (2, 0)
    (first,) = status(date(2026, 3, 16), returns=(filed(),)).rows
    assert first.errors == 1


def test_everything_that_needs_a_person_is_listed_once_with_its_reason() -> None:
    """Unmatched submissions, doubtful returns (each standing for its submission), held and bounced letters."""
    found = status(
        date(2026, 3, 16),
        submissions=(submission("attention", 1), submission("failed", 2), submission("done", 3)),
        returns=(filed(state="needs_person", reason="The child differs: compare the two."),),
        letters=(letter("held"), letter("bounced"), letter("sent")),
    )
    assert [(item.kind, item.id) for item in found.attention] == [
        ("submission", "s2"),
        ("return", "f1"),
        ("letter_held", "l1"),
        ("letter_bounced", "l1"),
    ]
    assert all(item.why.endswith(".") for item in found.attention)
    assert found.submissions == {"attention": 1, "done": 1, "failed": 1}


def test_an_open_task_says_what_settles_it_and_stands_for_what_it_is_about() -> None:
    """A task replaces the bare line about the same thing; a settled one is not shown."""

    def task(number: int, about: str, about_id: str, settled_at: datetime | None = None) -> Task:
        return Task(
            id=f"t{number}",
            key=str(number),
            about=about,  # type: ignore[arg-type]
            about_id=about_id,
            reason="The child differs: compare the two.",
            command=f"intake settle t{number}",
            opened_at=NOON,
            settled_at=settled_at,
        )

    found = status(
        date(2026, 3, 16),
        submissions=(submission("attention", 1), submission("attention", 2)),
        letters=(letter("held"),),
        tasks=(task(1, "submission", "s1"), task(2, "letter", "l1"), task(3, "case", "c", NOON)),
    )
    assert [(item.kind, item.id, item.command) for item in found.attention] == [
        ("submission", "s1", "intake settle t1"),
        ("letter", "l1", "intake settle t2"),
        ("submission", "s2", ""),
    ]


def test_one_case_can_be_looked_at_alone() -> None:
    """Nothing of another case is shown."""
    other = CASE.model_copy(update={"reference": "PR-2026-002"})
    theirs = REQUEST.model_copy(update={"id": "r2", "case_reference": "PR-2026-002"})
    everything = Everything(
        (CASE, other), (REQUEST, theirs), (filed(),), (submission("attention", 9),), (letter("held"),)
    )
    alone = of_case(everything, "PR-2026-002")
    assert [case.reference for case in alone.cases] == ["PR-2026-002"]
    assert [request.id for request in alone.requests] == ["r2"]
    assert (alone.returns, alone.submissions, alone.letters) == ((), (), ())


def test_the_json_has_clocks_and_dates_and_no_name_of_a_child() -> None:
    """What programs get names cases and agencies only."""
    text = json.dumps(status(date(2026, 3, 16), returns=(filed(),)).to_json())
    assert "Grace" not in text
    assert '"due_on": "2026-03-23"' in text  # the rapid review's fifteenth working day


@pytest.mark.parametrize(("form", "state"), [("chronology", "to_look_at"), ("agency_summary", "overdue")])
def test_a_held_return_without_a_request_is_shown_at_the_form_it_is(form: str, state: str) -> None:
    """It is known by agency and form; another form of the same agency stays awaited."""
    held = filed(state="needs_person", request_id=None, case_reference=None, form=form, result={})
    shown = status(date(2026, 3, 19), returns=(held,), submissions=(submission("attention"),))
    assert shown.rows[0].state == state

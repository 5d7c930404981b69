"""Where every case stands: who was asked for what, what came back, what needs a person and why. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from forms.registry import all_forms
from mailbox_config.calendar import ClockReading, clocks, working_days_between
from mailbox_config.directory import Directory
from mailbox_config.settings import Clock
from records.cases import Case, Request
from records.ledger import Task
from records.sightings import Counted
from records.submissions import FiledReturn, Letter, Submission
from service.standing import Waiting, waiting

RowState = Literal["answered", "nil", "outstanding", "overdue", "to_look_at", "withdrawn"]
STATE_WORDS: dict[RowState, str] = {
    "answered": "returned",
    "nil": "nil return",
    "outstanding": "waiting",
    "overdue": "overdue",
    "to_look_at": "arrived, needs a person",
    "withdrawn": "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Everything:
    """What the store holds, as far as a status needs it."""

    cases: tuple[Case, ...]
    requests: tuple[Request, ...]
    returns: tuple[FiledReturn, ...]
    submissions: tuple[Submission, ...]
    letters: tuple[Letter, ...]
    tasks: tuple[Task, ...] = ()
    """What waits for a person."""
    mailboxes: tuple[Counted, ...] = ()
    """Server and ledger side by side."""


@dataclass(frozen=True, slots=True)
class Row:
    """One request: what was asked of whom, and where it stands."""

    case_reference: str
    agency_id: str
    agency: str
    form: str
    form_title: str
    state: RowState
    due_on: date
    working_days_left: int
    """Until the due date; negative once it has passed. Nought when nothing is awaited any more."""
    version: int
    errors: int
    """Findings of the return's newest version that keep it from being complete."""
    late_by: int
    """Working days after the due date on which the answer came."""
    extended: bool


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that needs a person: what, and why with what to do."""

    kind: Literal["submission", "return", "case", "letter", "letter_held", "letter_bounced"]
    id: str
    case_reference: str | None
    why: str
    command: str = ""
    """What settles it."""


@dataclass(frozen=True, slots=True)
class Status:
    today: date
    cases: tuple[Case, ...]
    clocks: dict[str, tuple[ClockReading, ...]]
    rows: tuple[Row, ...]
    attention: tuple[Attention, ...]
    submissions: dict[str, int]
    """How many submissions are in each state; their sum is everything that ever arrived."""
    letters: dict[str, int] = field(default_factory=dict)
    """How many letters are in each state. What was written for staff to send is not called sent."""
    mailboxes: tuple[Counted, ...] = ()
    """Server and ledger side by side, as the running service last counted them."""

    def to_json(self) -> dict[str, Any]:
        """For programs. No names of children."""
        return {
            "today": self.today.isoformat(),
            "cases": [
                {
                    "reference": case.reference,
                    "kind": case.kind,
                    "title": case.title,
                    "opened_on": case.opened_on.isoformat(),
                    "closed_on": case.closed_on.isoformat() if case.closed_on else None,
                    "clocks": [_dated(asdict(reading)) for reading in self.clocks.get(case.reference, ())],
                }
                for case in self.cases
            ],
            "requests": [_dated(asdict(row)) for row in self.rows],
            "attention": [asdict(item) for item in self.attention],
            "submissions": self.submissions,
            "letters": self.letters,
            "mailboxes": [{**one.model_dump(mode="json"), "differs": one.differs} for one in self.mailboxes],
        }


def make_status(everything: Everything, directory: Directory, clock: Clock, today: date) -> Status:
    """Where everything stands on this day."""
    newest = _newest(everything.returns)
    held = waiting(everything.submissions, everything.returns, directory)
    asked = sorted(everything.requests, key=lambda one: (one.case_reference, one.due_on, one.agency_id, one.form))
    return Status(
        today=today,
        cases=everything.cases,
        clocks={case.reference: clocks(case, clock, today) for case in everything.cases},
        rows=tuple(_row(request, newest.get(request.id), directory, Day(today, held)) for request in asked),
        attention=tuple(_attention(everything)),
        submissions=dict(sorted(Counter(one.state for one in everything.submissions).items())),
        letters=dict(sorted(Counter(one.state for one in everything.letters).items())),
        mailboxes=everything.mailboxes,
    )


def of_case(everything: Everything, reference: str) -> Everything:
    """The part that belongs to one case."""
    returns = tuple(one for one in everything.returns if one.case_reference == reference)
    theirs = {one.submission_id for one in returns}
    return Everything(
        cases=tuple(case for case in everything.cases if case.reference == reference),
        requests=tuple(one for one in everything.requests if one.case_reference == reference),
        returns=returns,
        submissions=tuple(one for one in everything.submissions if one.id in theirs),
        letters=tuple(one for one in everything.letters if one.case_reference == reference),
        tasks=tuple(one for one in everything.tasks if one.case_reference == reference),
    )


@dataclass(frozen=True, slots=True)
class Day:
    """The day looked at, and what waits for a person on it."""

    today: date
    held: tuple[Waiting, ...]


def _newest(returns: tuple[FiledReturn, ...]) -> dict[str, FiledReturn]:
    """The newest version that counts, by request."""
    found: dict[str, FiledReturn] = {}
    for one in sorted(returns, key=lambda one: one.version):
        if one.request_id is not None and one.state in ("filed", "needs_person"):
            found[one.request_id] = one
    return found


def _row(request: Request, newest: FiledReturn | None, directory: Directory, day: Day) -> Row:
    agency = directory.get(request.agency_id)
    left = working_days_between(day.today, request.due_on)
    answered = request.answered_on if request.state in ("answered", "nil") else None
    return Row(
        case_reference=request.case_reference,
        agency_id=request.agency_id,
        agency=agency.name if agency else request.agency_id,
        form=request.form,
        form_title=all_forms()[request.form].title if request.form in all_forms() else request.form,
        state=_state(request, newest, day),
        due_on=request.due_on,
        working_days_left=left if request.state == "outstanding" else 0,
        version=newest.version if newest else 0,
        errors=_errors(newest),
        late_by=max(0, working_days_between(request.due_on, answered)) if answered else 0,
        extended=bool(request.extensions),
    )


def _state(request: Request, newest: FiledReturn | None, day: Day) -> RowState:
    if request.state != "outstanding":
        return request.state
    if newest is not None and newest.state == "needs_person":
        return "to_look_at"
    if any(one.may_answer(request) for one in day.held):
        return "to_look_at"
    return "overdue" if request.due_on < day.today else "outstanding"


def _errors(newest: FiledReturn | None) -> int:
    findings = newest.result.get("findings", ()) if newest else ()
    return sum(finding.get("severity") == "error" for finding in findings)


def _attention(everything: Everything) -> list[Attention]:
    """What needs a person: the open tasks first, then whatever waits without one, oldest first within each kind."""
    found = [
        Attention(task.about, task.about_id, task.case_reference, task.reason, task.command)
        for task in sorted(everything.tasks, key=lambda task: task.opened_at)
        if task.settled_at is None
    ]
    told = {(task.about, task.about_id) for task in everything.tasks if task.settled_at is None}
    waiting = _without_task(everything)
    return found + [one for one in waiting if (one.kind.partition("_")[0], one.id) not in told]


def _without_task(everything: Everything) -> list[Attention]:
    found: list[Attention] = []
    explained = {one.submission_id for one in everything.returns if one.state == "needs_person"}
    for submission in sorted(everything.submissions, key=lambda one: one.received_at):
        if submission.state in ("attention", "failed") and submission.id not in explained:
            found.append(Attention("submission", submission.id, None, submission.reason or "Look at the original."))
    for one in sorted(everything.returns, key=lambda one: one.received_at):
        if one.state == "needs_person":
            found.append(Attention("return", one.id, one.case_reference, one.reason or "Look at the original."))
    for letter in sorted(everything.letters, key=lambda one: (one.dated, one.id)):
        if letter.state == "held":
            why = letter.reason or f"This {letter.kind} is held until a person lets it go."
            found.append(Attention("letter_held", letter.id, letter.case_reference, why))
        elif letter.state == "bounced":
            why = letter.reason or "The letter came back: correct the address in the directory and send it again."
            found.append(Attention("letter_bounced", letter.id, letter.case_reference, why))
    return found


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}

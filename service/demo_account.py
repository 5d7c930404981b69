"""What the demonstration tells at its end, gathered from the store: what arrived, who answered, what went out. Pure
values; how they look is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forms.registry import all_forms
from mailbox_config.calendar import LONDON
from mailbox_config.directory import Directory
from mailbox_config.settings import Settings
from records.cases import Request
from records.fields import walk_asks
from records.submissions import FiledReturn, Letter, LetterKind, Submission
from service.matching import OPENING_FORMS
from service.snapshot import everything_in
from service.status import Everything, Row, Status, make_status
from store import Store

LETTERS: dict[LetterKind, str] = {
    "request": "request for information",
    "acknowledgement": "acknowledgement",
    "query": "query on a return",
    "reminder": "reminder",
    "escalation": "escalation",
    "late_thanks": "thanks for a late return",
    "unreadable": "document that cannot be read",
    "wrong_form": "wrong form",
    "secure_wrapper": "secure mail that cannot be fetched",
    "decision": "decision on a referral",
}
_WRITTEN = ("sent", "written_unsent", "outbox")


@dataclass(frozen=True, slots=True)
class Arrived:
    """One line on what arrived: when, how, from whom, for which case, what it was read as, what became of it."""

    day: date
    how: str
    sender: str
    case_reference: str
    read_as: str
    outcome: str
    needs_person: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What one agency was asked for, and where each form stands."""

    agency: str
    states: tuple[str, ...]
    """In the order of `Account.forms`."""
    complete: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Something that needs a person: about whom, why, and the command that settles it."""

    about: str
    why: str
    command: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Letters of one kind on one day, by the names of their agencies."""

    day: date
    kind: str
    agencies: tuple[str, ...]
    """Once for each letter."""
    held: bool


@dataclass(frozen=True, slots=True)
class Account:
    """Everything the summary says."""

    today: date
    cases: tuple[str, ...]
    forms: tuple[str, ...]
    arrived: tuple[Arrived, ...]
    answered: tuple[Answered, ...]
    questions: tuple[Question, ...]
    sent: tuple[Sent, ...]
    missing: tuple[str, ...]


def account_of(store: Store, settings: Settings, directory: Directory, today: date) -> Account:
    """The account of everything that is in the store."""
    everything = everything_in(store)
    status = make_status(everything, directory, settings.clock, today)
    forms = tuple(dict.fromkeys(row.form for row in status.rows))
    return Account(
        today=today,
        cases=tuple(case.reference for case in everything.cases),
        forms=tuple(title(form) for form in forms),
        arrived=tuple(
            dated(arrived(one, _returns_of(one, everything), directory), everything.submissions)
            for one in sorted(everything.submissions, key=lambda one: (one.received_at, one.id))
        ),
        answered=tuple(_answered(status.rows, forms)),
        questions=tuple(_questions(everything, status, directory)),
        sent=tuple(_sent(everything.letters, directory)),
        missing=tuple(_missing(everything.requests, status, directory)),
    )


def arrived(submission: Submission, returns: Sequence[FiledReturn], directory: Directory) -> Arrived:
    """The line on one submission."""
    waiting = any(one.state == "needs_person" for one in returns)
    references = dict.fromkeys(one.case_reference for one in returns if one.case_reference)
    return Arrived(
        day=submission.received_at.astimezone(LONDON).date(),
        how="e-mail" if submission.message else "file",
        sender=_from(submission, returns, directory),
        case_reference=", ".join(references),
        read_as=", ".join(map(_named, returns)),
        outcome=_outcome(submission, returns),
        needs_person=waiting or submission.state in ("attention", "failed"),
    )


def sender_of(submission: Submission, returns: Sequence[FiledReturn], directory: Directory) -> str:
    """The agency behind a submission; the sender's name, or a dash, where no agency is known."""
    message = submission.message
    agency = directory.by_sender(message.sender) if message else None
    for hint in submission.folder_hint:
        agency = agency or directory.get(hint)
    for one in returns:
        agency = agency or directory.get(one.agency_id)
    if agency is not None:
        return agency.name
    return (message.sender_name or message.sender) if message else "–"


def _returns_of(submission: Submission, everything: Everything) -> list[FiledReturn]:
    return [one for one in everything.returns if one.submission_id == submission.id]


def _from(submission: Submission, returns: Sequence[FiledReturn], directory: Directory) -> str:
    known = sender_of(submission, returns, directory)
    return submission.name if known == "–" else known


def dated(line: Arrived, submissions: Iterable[Submission]) -> Arrived:
    """The line with another submission it names told by its day, which says more to people than its number."""
    outcome = line.outcome
    for other in submissions:
        outcome = outcome.replace(f"as {other.id}", f"on {_when(other)}")
    return replace(line, outcome=outcome)


def _when(submission: Submission) -> str:
    day = submission.received_at.astimezone(LONDON).date()
    return f"{day.day} {day:%B}"


def title(form: str) -> str:
    """A form's title, or its id when this version does not know it."""
    return all_forms()[form].title if form in all_forms() else form


def _named(filed: FiledReturn) -> str:
    version = f" (version {filed.version})" if filed.version > 1 else ""
    nil = " (nil return)" if filed.result["record"].get("has_involvement") == "no" else ""
    return f"{title(filed.form)}{nil}{version}"


def _outcome(submission: Submission, returns: Sequence[FiledReturn]) -> str:
    if submission.state == "received":
        return "being worked on"
    if returns and submission.state == "done":
        errors = sum(one["severity"] == "error" for filed in returns for one in filed.result["findings"])
        opened = [one.case_reference for one in returns if one.form in OPENING_FORMS]
        words = f"filed, case {opened[0]} opened" if opened else "filed"
        return f"{words}; {errors} to correct" if errors else words
    return {"ignored": "left aside", "attention": "needs a person", "failed": "failed"}.get(
        submission.state, submission.state
    ) + (f": {submission.reason}" if submission.reason else "")


def _answered(rows: Sequence[Row], forms: Sequence[str]) -> Iterator[Answered]:
    for agency_id in dict.fromkeys(row.agency_id for row in rows):
        own = {row.form: row for row in rows if row.agency_id == agency_id}
        states = tuple(_state(own[form]) if form in own else "not asked" for form in forms)
        complete = all(row.state in ("answered", "nil", "withdrawn") and not row.errors for row in own.values())
        yield Answered(next(iter(own.values())).agency, states, complete)


def _state(row: Row) -> str:
    words = {
        "answered": "returned",
        "nil": "nil return",
        "outstanding": "awaited",
        "overdue": "overdue",
        "to_look_at": "arrived, needs a person",
        "withdrawn": "withdrawn",
    }[row.state]
    if row.version > 1:
        words += f", version {row.version}"
    if row.errors and row.state != "to_look_at":
        words += f", {row.errors} to correct"
    return words


def _questions(everything: Everything, status: Status, directory: Directory) -> Iterator[Question]:
    returns = {one.id: one for one in everything.returns}
    submissions = {one.id: one for one in everything.submissions}
    letters = {one.id: one for one in everything.letters}
    for item in status.attention:
        if item.kind == "return" and item.id in returns:
            filed = returns[item.id]
            submission = submissions[filed.submission_id]
            about = f"{sender_of(submission, [filed], directory)}: {_named(filed)}"
        elif item.kind == "submission" and item.id in submissions:
            submission = submissions[item.id]
            about = sender_of(submission, (), directory)
            about = submission.name if about == "–" else about
        elif item.id in letters:
            letter = letters[item.id]
            about = f"{_agency_name(letter.agency_id, directory)}: {LETTERS[letter.kind]}"
        else:
            about = item.case_reference or item.kind.replace("_", " ")
        why = item.why
        if item.kind == "return" and item.id in returns and returns[item.id].state == "filed":
            why = "\n".join((why, *_doubts(returns[item.id])))
        yield Question(about, why, item.command)


def _doubts(filed: FiledReturn, most: int = 3) -> Iterator[str]:
    """What the reader is unsure of, in the words of the form."""
    for item in filed.result["review"][:most]:
        words = f" ({item['text']})" if item["text"] else ""
        yield f"{_field(filed, item['field'])}: {item['why']}{words}"


def _field(filed: FiledReturn, path: str) -> str:
    """A field as the form prints it (as the record calls it where the form does not), with its row in a list."""
    label = (filed.result.get("labels") or {}).get(path)
    if not label and filed.form in all_forms():
        titles = {place: ask.title for place, ask in walk_asks(all_forms()[filed.form].record)}
        label = titles.get(re.sub(r"\[\d+\]", "[]", path))
    row = re.search(r"\[(\d+)\]", path)
    return f"{label or path}{f', row {int(row[1]) + 1}' if row else ''}"


def _sent(letters: Sequence[Letter], directory: Directory) -> Iterator[Sent]:
    groups: dict[tuple[date, LetterKind, bool], list[str]] = {}
    for letter in sorted(letters, key=lambda one: (one.dated, list(LETTERS).index(one.kind), one.agency_id or "")):
        held = letter.state not in _WRITTEN
        groups.setdefault((letter.dated, letter.kind, held), []).append(_agency_name(letter.agency_id, directory))
    for (day, kind, held), agencies in groups.items():
        yield Sent(day, LETTERS[kind], tuple(agencies), held)


def _agency_name(agency_id: str | None, directory: Directory) -> str:
    agency = directory.get(agency_id)
    return agency.name if agency else "–"


def _missing(requests: Sequence[Request], status: Status, directory: Directory) -> Iterator[str]:
    open_rows = [row for row in status.rows if row.state in ("outstanding", "overdue")]
    for agency_id in dict.fromkeys(row.agency_id for row in open_rows):
        agency = directory.get(agency_id)
        forms = " and ".join(row.form_title.lower() for row in open_rows if row.agency_id == agency_id)
        due = max(row.due_on for row in open_rows if row.agency_id == agency_id)
        name = agency.name if agency else agency_id
        never = not any(one.agency_id == agency_id and one.state != "outstanding" for one in requests)
        yield f"{name}: {forms}, due {due.day} {due:%B %Y}{' (nothing has arrived)' if never else ''}"

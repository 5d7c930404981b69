"""How cases, status and chase look on a terminal. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from forms.registry import all_forms
from mailbox_config.calendar import LONDON, ClockReading
from mailbox_config.directory import Directory
from records.cases import Case, Contact
from records.sightings import Counted
from service.chasing import Decision, DueLetter, recipients
from service.cli import speaking
from service.status import STATE_WORDS, Row, Status

KIND_WORDS = {
    "rapid_review": "rapid review",
    "local_review": "local review",
    "good_outcome_review": "good outcome review",
    "learning_review": "learning review",
}
LETTER_STATE_WORDS = {
    "sent": "sent",
    "outbox": "waiting to be sent",
    "held": "held",
    "unknown": "of which nobody knows whether they went",
    "written_unsent": "written into the outbox folder and not sent (no sending server is set: send them by hand)",
    "bounced": "that came back",
    "dropped": "dropped",
}
ATTENTION_WORDS = {
    "submission": "arrived",
    "return": "return",
    "case": "case",
    "letter": "letter",
    "letter_held": "letter held",
    "letter_bounced": "letter came back",
}


def day(value: date) -> str:
    """A date as people write it."""
    return f"{value.day} {value:%b %Y}"


def show_status(status: Status) -> None:
    """Cases with their clocks, requests with their days, then what needs a person."""
    show_cases(status.cases, status.clocks)
    if status.rows:
        show_requests(status.rows)
    arrived = ", ".join(f"{number} {state}" for state, number in status.submissions.items()) or "nothing yet"
    speaking.result(f"Arrived: {arrived}.")
    if status.letters:
        words = (f"{number} {LETTER_STATE_WORDS[state]}" for state, number in status.letters.items())
        speaking.result(f"Letters: {', '.join(words)}.")
    for one in status.mailboxes:
        speaking.result(_counted(one))
    if not status.attention:
        speaking.result("Nothing needs a person.")
        return
    speaking.table(
        f"Needs a person ({len(status.attention)})",
        ("What", "Case", "Why", "To settle it"),
        [
            (ATTENTION_WORDS[one.kind], one.case_reference or "–", one.why, one.command or one.id)
            for one in status.attention
        ],
    )


def _counted(one: Counted) -> str:
    when = f"{one.at.astimezone(LONDON):%d %b %H:%M}"
    line = (
        f"Mailbox {one.account} ({when}): {one.on_server} on the server ({one.copies} copies), {one.in_ledger} in the "
        f"ledger, {one.waiting} waiting"
    )
    if not one.differs:
        return f"{line}; no difference."
    return (
        f"{line}. ALARM: {one.only_on_server} only on the server, {one.only_in_ledger} only in the ledger. "
        "`intake mailbox compare` says what to do."
    )


def show_cases(cases: Iterable[Case], clocks: dict[str, tuple[ClockReading, ...]]) -> None:
    """The cases with how long their clocks still run."""
    rows = [
        (
            case.reference,
            KIND_WORDS[case.kind],
            day(case.opened_on),
            "\n".join(_clock(reading) for reading in clocks.get(case.reference, ())) or "–",
            f"closed {day(case.closed_on)}" if case.closed_on else "open",
        )
        for case in cases
    ]
    if rows:
        speaking.table("Cases", ("Case", "Kind", "Opened", "Clocks", ""), rows)
    else:
        speaking.result("There is no case yet.")


def show_requests(rows: Sequence[Row]) -> None:
    """Who was asked for what, and where it stands."""
    speaking.table(
        "Requests",
        ("Case", "Agency", "Form", "Due", "State"),
        [(row.case_reference, row.agency, row.form_title, day(row.due_on), _state(row)) for row in rows],
    )


def show_letters(letters: Sequence[DueLetter], directory: Directory) -> None:
    """The letters of the chase: when, to whom, about what and why."""
    if not letters:
        speaking.result("No reminder is due.")
        return
    rows = [
        (
            f"{day(one.on)}\n{one.step.letter}",
            one.case_reference,
            _addressees(one, directory),
            "\n".join(title_of(request.form) for request in one.requests),
            one.why,
        )
        for one in letters
    ]
    speaking.table("Letters", ("On", "Case", "To", "About", "Why"), rows)


def show_left_alone(decisions: Sequence[Decision], directory: Directory) -> None:
    """The requests to which nothing goes out, each with the reason."""
    rows = [
        (one.request.case_reference, agency_name(one.request.agency_id, directory), title_of(one.request.form), one.why)
        for one in decisions
        if one.step is None
    ]
    if rows:
        speaking.table("Left alone", ("Case", "Agency", "Form", "Why"), rows)


def letter_json(letter: DueLetter, directory: Directory) -> dict[str, Any]:
    """A letter of the chase for programs."""
    agency = directory.get(letter.agency_id)
    to, copies = recipients(letter.step, agency) if agency else ((), ())
    return {
        "on": letter.on.isoformat(),
        "case": letter.case_reference,
        "agency": letter.agency_id,
        "requests": [{"id": one.id, "form": one.form, "due_on": one.due_on.isoformat()} for one in letter.requests],
        "step": letter.step.name,
        "letter": letter.step.letter,
        "key": letter.key,
        "to": [contact.email for contact in to],
        "copy_to": [contact.email for contact in copies],
        "passed_over": list(letter.passed_over),
        "why": letter.why,
    }


def title_of(form: str) -> str:
    """A form's title, or its id when this version does not know it."""
    return all_forms()[form].title if form in all_forms() else form


def agency_name(agency_id: str, directory: Directory) -> str:
    """An agency's name, or its id when it has left the directory."""
    agency = directory.get(agency_id)
    return agency.name if agency else agency_id


def _addressees(letter: DueLetter, directory: Directory) -> str:
    agency = directory.get(letter.agency_id)
    to, copies = recipients(letter.step, agency) if agency else ((), ())
    lines = [agency_name(letter.agency_id, directory), *(_role(contact) for contact in to)]
    lines += [f"copy: {_role(contact)}" for contact in copies]
    return "\n".join(lines if to else [*lines, "nobody in the directory"])


def _role(contact: Contact) -> str:
    return contact.role.replace("_", " ")


def working_days(number: int) -> str:
    """So many working days, in words."""
    return f"{number} working day{'' if number == 1 else 's'}"


def _clock(reading: ClockReading) -> str:
    left = reading.working_days_left
    return f"{reading.title}: {day(reading.due_on)} ({working_days(abs(left))} {'left' if left >= 0 else 'over'})"


def _state(row: Row) -> str:
    words = STATE_WORDS[row.state]
    if row.state == "outstanding":
        words += f", {working_days(row.working_days_left)} left"
    elif row.state == "overdue":
        words += f" by {working_days(-row.working_days_left)}"
    if row.late_by:
        words += f", {working_days(row.late_by)} late"
    if row.version > 1:
        words += f", version {row.version}"
    if row.errors:
        words += f", {row.errors} to correct"
    return words + (", extended" if row.extended else "")

"""How cases, status and chase look on a terminal. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from mailbox_config.calendar import ClockReading
from mailbox_config.directory import Directory
from records.cases import Case
from service.chasing import Decision, recipients
from service.cli import speaking
from service.status import STATE_WORDS, Row, Status

KIND_WORDS = {
    "rapid_review": "rapid review",
    "local_review": "local review",
    "good_outcome_review": "good outcome review",
    "learning_review": "learning review",
}
ATTENTION_WORDS = {
    "submission": "arrived",
    "return": "return",
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
    if not status.attention:
        speaking.result("Nothing needs a person.")
        return
    speaking.table(
        f"Needs a person ({len(status.attention)})",
        ("What", "Case", "Why", "Id"),
        [(ATTENTION_WORDS[one.kind], one.case_reference or "–", one.why, one.id) for one in status.attention],
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


def show_chase(decisions: Sequence[Decision], directory: Directory, *, all_reasons: bool) -> None:
    """The letters that go out, to whom and why; with `all_reasons` also why nothing goes to the others."""
    going = [one for one in decisions if one.step is not None]
    if going:
        rows = [
            (
                day(one.on),
                one.request.case_reference,
                *_addressees(one, directory),
                one.step.letter if one.step else "",
                one.why,
            )
            for one in going
        ]
        speaking.table("Letters", ("On", "Case", "To", "Copy", "Letter", "Why"), rows)
    else:
        speaking.result("No reminder is due.")
    if all_reasons:
        left = [one for one in decisions if one.step is None]
        speaking.table(
            "Left alone",
            ("Case", "Agency", "Form", "Why"),
            [(one.request.case_reference, one.request.agency_id, one.request.form, one.why) for one in left],
        )


def chase_json(decision: Decision, directory: Directory) -> dict[str, Any]:
    """A decision for programs."""
    agency = directory.get(decision.request.agency_id)
    to, copies = recipients(decision.step, agency) if decision.step and agency else ((), ())
    return {
        "on": decision.on.isoformat(),
        "case": decision.request.case_reference,
        "agency": decision.request.agency_id,
        "form": decision.request.form,
        "request": decision.request.id,
        "due_on": decision.request.due_on.isoformat(),
        "step": decision.step.name if decision.step else None,
        "letter": decision.step.letter if decision.step else None,
        "key": decision.key or None,
        "to": [contact.email for contact in to],
        "copy_to": [contact.email for contact in copies],
        "passed_over": list(decision.passed_over),
        "why": decision.why,
    }


def _addressees(decision: Decision, directory: Directory) -> tuple[str, str]:
    agency = directory.get(decision.request.agency_id)
    if agency is None or decision.step is None:
        return f"{decision.request.agency_id} (not in the directory)", ""
    to, copies = recipients(decision.step, agency)
    names = [f"{agency.name}: {', '.join(one.role.replace('_', ' ') for one in to) or 'nobody in the directory'}"]
    return names[0], ", ".join(one.role.replace("_", " ") for one in copies)


def _clock(reading: ClockReading) -> str:
    left = reading.working_days_left
    days = f"{abs(left)} working day{'' if abs(left) == 1 else 's'}"
    return f"{reading.title}: {day(reading.due_on)} ({days} {'left' if left >= 0 else 'over'})"


def _state(row: Row) -> str:
    words = STATE_WORDS[row.state]
    if row.state == "outstanding":
        words += f", {row.working_days_left} working days left"
    elif row.state == "overdue":
        words += f" by {-row.working_days_left} working days"
    if row.late_by:
        words += f", {row.late_by} working days late"
    if row.version > 1:
        words += f", version {row.version}"
    if row.errors:
        words += f", {row.errors} to correct"
    return words + (", extended" if row.extended else "")

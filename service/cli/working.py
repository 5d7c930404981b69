"""What commands that change something need: the wired service, who acts, how letters and returns are shown."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from mailbox_config.checking import require
from records.cases import Request
from records.errors import Refused
from records.submissions import FiledReturn, Letter
from service.bootstrap import Service, build
from service.cli import speaking
from service.cli.invocation import Invocation
from service.cli.showing import agency_name, day, title_of

By = Annotated[str, typer.Option("--by", help="Who decides (default: your user name).", show_default=False)]
CaseReference = Annotated[str, typer.Argument(metavar="CASE", help="The case's reference.")]
AgencyId = Annotated[str, typer.Argument(metavar="AGENCY", help="The agency's id in the directory.")]
OneForm = Annotated[
    str, typer.Option("--form", help="Only this form (default: all that is awaited).", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]

LETTER_WORDS = {
    "sent": "sent",
    "outbox": "waits to be sent; the running service sends it",
    "held": "held",
    "unknown": "not known whether it went",
    "written_unsent": "written, to be sent by hand",
    "bounced": "came back",
    "dropped": "dropped",
}
RETURN_WORDS = {
    "filed": "filed",
    "needs_person": "needs a person",
    "superseded": "replaced by a later version",
    "set_aside": "set aside",
}


@contextmanager
def open_service(called: Invocation, *, durable: bool = False) -> Iterator[Service]:
    """The service behind the settings; `durable` for commands that work submissions off."""
    settings = called.settings()
    require(settings)
    with build(settings, durable=durable) as service:
        yield service


def who(by: str) -> str:
    """Whose decision it is."""
    if by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError) as error:
        raise Refused("It is not known who decides this.", hint="Add --by with your name.") from error


def letters_of(service: Service, ids: Iterable[str]) -> tuple[Letter, ...]:
    """The letters with these ids, as they stand now."""
    with service.store.reading() as tx:
        return tuple(tx.letters.get(one) for one in ids)


def letter_line(letter: Letter) -> dict[str, Any]:
    """A letter for programs."""
    return {
        "id": letter.id,
        "kind": letter.kind,
        "case": letter.case_reference,
        "agency": letter.agency_id,
        "state": letter.state,
        "reason": letter.reason,
    }


def return_line(returned: FiledReturn) -> dict[str, Any]:
    """A return for programs, without its answers."""
    return {
        "id": returned.id,
        "form": returned.form,
        "version": returned.version,
        "case": returned.case_reference,
        "agency": returned.agency_id,
        "state": returned.state,
        "reason": returned.reason,
        "to_review": len(returned.result.get("review", ())) + len(returned.result.get("unplaced", ())),
    }


def request_line(request: Request) -> dict[str, Any]:
    """A request for programs."""
    return {
        "id": request.id,
        "case": request.case_reference,
        "agency": request.agency_id,
        "form": request.form,
        "due_on": request.due_on.isoformat(),
        "state": request.state,
    }


def show_requests_settled(service: Service, requests: Iterable[Request], what: str, *, json: bool) -> None:
    """Requests that a person has just changed."""
    if json:
        speaking.as_json({"requests": [request_line(one) for one in requests]})
        return
    for one in requests:
        name = agency_name(one.agency_id, service.parts.directory)
        speaking.result(f"{name}, {title_of(one.form).lower()}: {what}, due {day(one.due_on)}.")


def show_written(service: Service, letters: Iterable[Letter]) -> None:
    """Letters that were just written: what, to whom, whether it went."""
    for letter in letters:
        to = agency_name(letter.agency_id, service.parts.directory) if letter.agency_id else "nobody"
        why = f": {letter.reason}" if letter.reason and letter.state != "sent" else ""
        speaking.result(f"  {letter.kind} to {to} – {LETTER_WORDS[letter.state]}{why}")
        if letter.state in ("held", "unknown"):
            speaking.result(f"    → `intake letter send {letter.id}`, or `intake letter drop {letter.id} --reason “…”`")


def show_return(service: Service, returned: FiledReturn) -> None:
    """A return in one line."""
    where = f", case {returned.case_reference}" if returned.case_reference else ""
    if returned.agency_id:
        where += f", {agency_name(returned.agency_id, service.parts.directory)}"
    speaking.result(f"  {title_of(returned.form)}, version {returned.version}{where} – {RETURN_WORDS[returned.state]}")


def show_tasks(service: Service, about: str, about_id: str) -> None:
    """What still waits for a person about this, each with its command."""
    with service.store.reading() as tx:
        waiting = [task for task in tx.tasks.about(about, about_id) if task.settled_at is None]
    for task in waiting:
        speaking.result(f"    {task.reason}")
        speaking.result(f"    → {task.command}")

"""intake chase: who is reminded on a day, and why; without --dry-run the reminders of today are written and sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from records.errors import Refused
from service.arrivals import situation_of
from service.chasing import decide, due_letters, looking_ahead
from service.cli import speaking
from service.cli.invocation import invocation, today
from service.cli.office import Office, open_office
from service.cli.showing import letter_json, show_left_alone, show_letters
from service.cli.working import letter_line, letters_of, open_service, show_written
from service.running import chase as chase_now
from service.snapshot import everything_in


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("chase")(chase)


def chase(
    context: typer.Context,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day (default: today).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go out, and why.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Writes and sends the reminders due today, each once. With --dry-run, for any day: what would go out, and why."""
    called = invocation(context)
    if dry_run:
        with open_office(called) as office:
            _show(office, as_of.date() if as_of else office.today, json=json)
        return
    if as_of is not None and as_of.date() != today(called.settings()):
        raise Refused(
            "Reminders are written on their own day only.", hint="Add --dry-run to see what another day would bring."
        )
    with open_service(called) as service:
        letters = letters_of(service, chase_now(service))
        if json:
            speaking.as_json([letter_line(one) for one in letters])
            return
        if not letters:
            speaking.result("No reminder is due, or all that were due today are written.")
            speaking.result("→ `intake chase --dry-run` says why for each request.")
            return
        speaking.result(f"{len(letters)} written:")
        show_written(service, letters)


def _show(office: Office, on: date, *, json: bool) -> None:
    known = situation_of(everything_in(office.store), office.directory)
    situation = looking_ahead(office.today, on, known, office.chase_rules)
    letters = due_letters(on, situation, office.chase_rules)
    if json:
        speaking.as_json([letter_json(letter, office.directory) for letter in letters])
        return
    show_letters(letters, office.directory)
    show_left_alone(decide(on, situation, office.chase_rules), office.directory)

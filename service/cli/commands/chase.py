"""intake chase: who is reminded on a day, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from records.errors import Refused
from service.arrivals import situation_of
from service.chasing import decide, due_letters, looking_ahead
from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.office import Office, open_office
from service.cli.showing import letter_json, show_left_alone, show_letters
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
    """Writes the reminders that are due. With --dry-run for any day: what would go out if nothing arrived before."""
    with open_office(invocation(context)) as office:
        on = as_of.date() if as_of else office.today
        if not dry_run:
            raise Refused(
                "Reminders are written by the running service only.", hint="Add --dry-run to see what would go out."
            )
        _show(office, on, json=json)


def _show(office: Office, on: date, *, json: bool) -> None:
    known = situation_of(everything_in(office.store), office.directory)
    situation = looking_ahead(office.today, on, known, office.chase_rules)
    letters = due_letters(on, situation, office.chase_rules)
    if json:
        speaking.as_json([letter_json(letter, office.directory) for letter in letters])
        return
    show_letters(letters, office.directory)
    show_left_alone(decide(on, situation, office.chase_rules), office.directory)

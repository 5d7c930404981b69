"""intake status: where every case stands and what needs a person."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.office import open_office
from service.cli.showing import show_status


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("status")(status)


def status(
    context: typer.Context,
    case: Annotated[str | None, typer.Argument(help="Only this case.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Shows who was asked for what, what came back, which days are left, and what needs a person."""
    with open_office(invocation(context)) as office:
        found = office.status(case)
    if json:
        speaking.as_json(found.to_json())
    else:
        show_status(found)

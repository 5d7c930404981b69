"""intake status: where every case stands and what needs a person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from records.errors import Refused
from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.office import open_office
from service.cli.showing import show_status
from service.status_files import status_calendar, status_workbook, write_whole


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("status")(status)


def status(
    context: typer.Context,
    case: Annotated[str | None, typer.Argument(help="Only this case.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it as a workbook, too.", show_default=False)
    ] = None,
    ics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the deadlines as a calendar, too.", show_default=False)
    ] = None,
) -> None:
    """Shows who was asked for what, what came back, which days are left, and what needs a person."""
    with open_office(invocation(context)) as office:
        found = office.status(case)
    files = [(path, make(found)) for path, make in ((xlsx, status_workbook), (ics, status_calendar)) if path]
    try:
        write_whole(files)
    except OSError as error:
        raise Refused("The file cannot be written.", hint="Name a file in a folder that is there.") from error
    for path, _ in files:
        speaking.note(f"Written: {path}")
    if json:
        speaking.as_json(found.to_json())
    else:
        show_status(found)

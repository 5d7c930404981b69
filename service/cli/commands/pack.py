"""intake pack: the consolidated pack of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.office import open_office
from service.packing import Packer, build_edition, edition_folder, write_files


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("pack")(pack)


def pack(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The case's reference.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The folder to write it to.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Builds the pack (PDF, Word, Excel, manifest); when nothing has changed since the last edition, gives that one."""
    with open_office(invocation(context)) as office:
        if not json:
            speaking.note(f"Building the pack of {case} …")
        built = build_edition(Packer(office.store, office.settings, office.directory, office.today), case)
        folder = out or edition_folder(office.settings, built.edition)
        paths = write_files(built, folder)
    if json:
        edition = built.edition
        speaking.as_json(
            {
                "case": edition.case_reference,
                "edition": edition.number,
                "built_on": edition.built_on.isoformat(),
                "new": built.is_new,
                "files": [str(path) for path in paths],
            }
        )
        return
    word = "built" if built.is_new else "nothing has changed since"
    speaking.result(f"Edition {built.edition.number}: {word}.")
    for path in paths:
        speaking.result(f"  {path}")

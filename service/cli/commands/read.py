"""intake read: what is in these files. Changes nothing; needs no database, no network, no settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from forms.registry import all_forms
from mailbox_config.policy import load_rule_policy
from mailbox_config.wordings import load_local_wordings
from records.limits import DEFAULT_LIMITS
from records.results import ReadResult
from service.cli import speaking
from service.cli.invocation import invocation, today
from service.document import reader_pool
from service.reading import Reading, read_files

OUTCOMES = {"read": "read", "needs_review": "needs a look", "rejected": "not read"}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("read")(read)


def read(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Documents, e-mails, archives.", metavar="FILE...")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line, one line a file.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Documents read at the same time.")] = 2,
) -> None:
    """Reads files and shows what is in them. Ends with 1 when any file could not be read."""
    settings = invocation(context).settings_if_any()
    limits = settings.limits if settings else DEFAULT_LIMITS
    policy = load_rule_policy(settings.files.rule_policy if settings else None)
    any_rejected = False
    wordings = load_local_wordings(settings.folders.wordings) if settings else None
    with reader_pool(limits, workers=workers, wordings=wordings) as pool, speaking.progress() as shown:
        task = shown.add_task("Reading", total=len(files))
        reading = Reading(reader=pool.read, today=today(settings), limits=limits, policy=policy)
        for path, result in zip(files, read_files(files, reading, threads=workers), strict=True):
            any_rejected |= result.outcome == "rejected"
            if json:
                speaking.as_json(result.to_json(str(path)))
            else:
                _show(str(path), result)
            shown.advance(task)
    if any_rejected:
        raise typer.Exit(1)


def _show(file: str, result: ReadResult) -> None:
    """The result for a person: outcome, forms, and each thing that needs a look."""
    speaking.result(f"{file}: {OUTCOMES[result.outcome]}")
    if result.reason:
        speaking.result(f"  {result.reason}")
    for returned in result.returns:
        answered = len(returned.places)
        speaking.result(f"  {all_forms()[returned.form].title}: {answered} answers")
        if result.outcome == "needs_review" and not (returned.review or returned.unplaced):
            sure = round(100 * returned.form_confidence)
            speaking.result(f"    that it is this form is {sure} % certain: look at its title and questions")
        _lines("to look at", [f"{item.field or 'the return'}: {item.why}" for item in returned.review])
        _lines("kept, no field took it", [f"{item.where}: {item.text}" for item in returned.unplaced])
        _lines("findings", [f"{one.rule} {one.severity}: {one.message} {one.remedy}" for one in returned.findings])


def _lines(title: str, lines: Sequence[str], most: int = 20) -> None:
    if not lines:
        return
    speaking.result(f"    {len(lines)} {title}:")
    for line in lines[:most]:
        speaking.result(f"      – {' '.join(line.split())[:300]}")
    if len(lines) > most:
        speaking.result(f"      … and {len(lines) - most} more (all of them with --json)")

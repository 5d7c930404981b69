"""intake letter: letters that wait for a person."""

from __future__ import annotations

from typing import Annotated

import typer

from records.submissions import Letter
from service.bootstrap import Service
from service.cli import speaking
from service.cli.app import FAILED
from service.cli.invocation import invocation
from service.cli.working import By, Json, letter_line, open_service, show_written, who
from service.letting_go import drop, let_go
from service.outbox import OUT

Id = Annotated[str, typer.Argument(metavar="LETTER", help="Its id, as `intake status` shows it.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(no_args_is_help=True, help="Letters that wait for a person: send, drop.")
    group.command("send")(send)
    group.command("drop")(drop_letter)
    app.add_typer(group, name="letter")


def send(context: typer.Context, letter: Id, by: By = "", json: Json = False) -> None:
    """Sends a letter that is held, came back, or may not have gone. Ends with 1 when it still must not go."""
    with open_service(invocation(context)) as service:
        after = let_go(letter, service.parts, by=who(by))
        _show(after, service, json=json)
    if after.state not in (*OUT, "outbox"):
        raise typer.Exit(FAILED)


def drop_letter(
    context: typer.Context,
    letter: Id,
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept in the audit log.")],
    by: By = "",
    json: Json = False,
) -> None:
    """Decides that a letter does not go. It stays on record."""
    with open_service(invocation(context)) as service:
        _show(drop(letter, reason, service.parts, by=who(by)), service, json=json)


def _show(letter: Letter, service: Service, *, json: bool) -> None:
    if json:
        speaking.as_json(letter_line(letter))
        return
    show_written(service, [letter])
    speaking.result("→ `intake status` shows what else needs a person.")

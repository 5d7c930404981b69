"""intake settle: nothing more is to be done about something that arrived."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.working import By, Json, open_service, who
from service.deciding import settle_submission


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("settle")(settle)


def settle(
    context: typer.Context,
    submission: Annotated[str, typer.Argument(help="Its id, as `intake status` shows it.")],
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept in the audit log.")],
    by: By = "",
    json: Json = False,
) -> None:
    """Closes what arrived and waits for a person: you have answered it, or it needs no answer. It stays on record."""
    with open_service(invocation(context)) as service:
        state = settle_submission(submission, reason, service.parts, by=who(by))
    if json:
        speaking.as_json({"submission": submission, "state": state})
        return
    speaking.result(f"{submission} is settled ({state}).")
    speaking.result("→ `intake status` shows what else needs a person.")

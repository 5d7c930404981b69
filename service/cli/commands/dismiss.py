"""intake dismiss: a question about a case needs nothing done."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.working import By, Json, open_service, who
from service.waiving import dismiss


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("dismiss")(dismiss_question)


def dismiss_question(
    context: typer.Context,
    task: Annotated[str, typer.Argument(metavar="QUESTION", help="Its id, as `intake status` shows it.")],
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept in the audit log.")],
    by: By = "",
    json: Json = False,
) -> None:
    """Closes a question about a case (an agency to ask, a letter not written) that needs nothing done."""
    with open_service(invocation(context)) as service:
        dismiss(task, reason, service.parts, by=who(by))
    if json:
        speaking.as_json({"question": task, "settled": True})
        return
    speaking.result("Settled.")
    speaking.result("→ `intake status` shows what else needs a person.")

"""intake retry: something that arrived goes its whole way again."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.commands.submit import STATE_WORDS
from service.cli.invocation import invocation
from service.cli.working import By, Json, open_service, return_line, show_return, show_tasks, who
from service.deciding import try_again


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("retry")(retry)


def retry(
    context: typer.Context,
    submission: Annotated[str, typer.Argument(help="Its id, as `intake status` shows it.")],
    by: By = "",
    json: Json = False,
) -> None:
    """Reads what arrived anew, once the cause is removed. What was filed of it stays filed; nothing is done twice."""
    with open_service(invocation(context), durable=True) as service:
        try_again(submission, service.parts, by=who(by))
        with service.store.reading() as tx:
            found, returns = tx.submissions.get(submission), tx.returns.of_submission(submission)
        if json:
            lines = [return_line(one) for one in returns]
            speaking.as_json({"submission": submission, "state": found.state, "reason": found.reason, "returns": lines})
            return
        speaking.result(f"{submission}: {STATE_WORDS[found.state]}")
        if found.reason and found.state not in ("attention", "failed"):
            speaking.result(f"  {found.reason}")
        for returned in returns:
            show_return(service, returned)
            show_tasks(service, "return", returned.id)
        show_tasks(service, "submission", submission)
        speaking.result("→ `intake status` shows what else needs a person.")

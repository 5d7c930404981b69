"""intake set-aside: a return that belongs to no case, or was filed wrongly."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.working import By, Json, open_service, return_line, show_return, who
from service.deciding import set_aside as put_aside


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("set-aside")(set_aside)


def set_aside(
    context: typer.Context,
    returned: Annotated[str, typer.Argument(metavar="RETURN", help="Its id, as `intake status` shows it.")],
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept in the audit log.")],
    wrong_form: Annotated[
        bool, typer.Option("--wrong-form", help="Tell the agency which form is needed, with its blank.")
    ] = False,
    by: By = "",
    json: Json = False,
) -> None:
    """Takes a return out of every case. It stays on record, and `intake file` puts it where it belongs."""
    with open_service(invocation(context)) as service:
        decided = put_aside(returned, reason, service.parts, by=who(by), wrong_form=wrong_form)
        request = decided.request
        if json:
            state = {"id": request.id, "state": request.state} if request else None
            speaking.as_json({"return": return_line(decided.returned), "request": state})
            return
        speaking.result("Set aside.")
        show_return(service, decided.returned)
        if request is not None and request.state == "outstanding":
            speaking.result("  What it answered is awaited from the agency.")
        speaking.result(f"→ `intake file {returned} --case CASE` files it after all.")

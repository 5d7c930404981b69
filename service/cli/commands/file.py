"""intake file: a person says where a return belongs."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.working import (
    By,
    Json,
    letter_line,
    letters_of,
    open_service,
    return_line,
    show_return,
    show_written,
    who,
)
from service.deciding import Decided, Place, file_return
from service.matching import OPENING_FORMS


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("file")(file)


def file(
    context: typer.Context,
    returned: Annotated[str, typer.Argument(metavar="RETURN", help="Its id, as `intake status` shows it.")],
    case: Annotated[str, typer.Option(help="The reference of the case it belongs to.")],
    agency: Annotated[
        str, typer.Option(help="The agency that answered, by its id (default: as recognised).", show_default=False)
    ] = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Files a return under a case and agency: its request is answered and it is acknowledged. Filed there: confirms."""
    with open_service(invocation(context)) as service:
        decided = file_return(returned, Place(case, agency or None), service.parts, by=who(by))
        letters = letters_of(service, decided.letters)
        if json:
            request = decided.request
            speaking.as_json(
                {
                    "return": return_line(decided.returned),
                    "confirmed": decided.confirmed,
                    "request": {"id": request.id, "state": request.state} if request else None,
                    "submission_state": decided.submission_state,
                    "letters": [letter_line(one) for one in letters],
                }
            )
            return
        speaking.result(_said(decided, case))
        show_return(service, decided.returned)
        show_written(service, letters)
        speaking.result("→ `intake status` shows what else needs a person.")


def _said(decided: Decided, case: str) -> str:
    if decided.confirmed:
        return "Confirmed: it stays where it is."
    if decided.request is not None:
        return f"Filed; the request is {decided.request.state}."
    if decided.returned.form in OPENING_FORMS:
        return f"Filed with case {case}."
    return "Filed. The case had not asked this agency for this form, so no request is answered by it."

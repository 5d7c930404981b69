"""intake request: ask agencies for forms in a case that is open."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from service.asking import Asked, Wanted, ask
from service.bootstrap import Service
from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.showing import agency_name, day, title_of
from service.cli.working import By, Json, letter_line, letters_of, open_service, request_line, show_written, who


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("request")(request)


def request(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The case's reference.")],
    form: Annotated[list[str], typer.Option(help="The form (such as chronology); once for each form.")],
    agencies: Annotated[list[str], typer.Option(help="Ids of the agencies, parted by commas.")],
    due: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="By when (default: as the settings say)."),
    ] = None,
    by: By = "",
    json: Json = False,
) -> None:
    """Asks agencies for forms: a letter each with the pre-filled forms. What was asked before is left as it is."""
    wanted = Wanted(
        case_reference=case,
        forms=tuple(form),
        agencies=tuple(one.strip() for text in agencies for one in text.split(",") if one.strip()),
        due_on=due.date() if due else None,
    )
    with open_service(invocation(context)) as service:
        asked = ask(wanted, service.parts, by=who(by))
        letters = letters_of(service, asked.letters)
        if json:
            speaking.as_json(
                {
                    "requests": [request_line(one) for one in asked.requests],
                    "asked_before": [request_line(one) for one in asked.asked_before],
                    "letters": [letter_line(one) for one in letters],
                }
            )
            return
        _show(service, asked)
        show_written(service, letters)
        speaking.result(f"→ `intake case show {case}` shows who was asked for what.")


def _show(service: Service, asked: Asked) -> None:
    for one in asked.requests:
        name = agency_name(one.agency_id, service.parts.directory)
        speaking.result(f"Asked {name} for {title_of(one.form).lower()}, due {day(one.due_on)}.")
    for one in asked.asked_before:
        name = agency_name(one.agency_id, service.parts.directory)
        speaking.result(f"{name} was asked for {title_of(one.form).lower()} before; nothing is sent again.")

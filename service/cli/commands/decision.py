"""intake decision: what was decided about a referral, told to the agency that referred."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.app import FAILED
from service.cli.invocation import invocation
from service.cli.working import By, CaseReference, Json, letter_line, open_service, show_written, who
from service.deciding import decide_referral
from service.decision_letters import Decision


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("decision")(decision)


def decision(
    context: typer.Context,
    case: CaseReference,
    decided: Annotated[str, typer.Option("--decision", help="What was decided, as a sentence.")],
    reasons: Annotated[str, typer.Option(help="Why, as sentences; no names, no details of the case.")],
    next_step: Annotated[str, typer.Option(help="What happens next, as a sentence.", show_default=False)] = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Writes the decision on a referral to the agency that referred; held until a person lets it go."""
    with open_service(invocation(context)) as service:
        letter = decide_referral(case, Decision(decided, reasons, next_step), service.parts, by=who(by))
        if letter is None:
            speaking.result("The letter could not be written; `intake status` says why.")
            raise typer.Exit(FAILED)
        if json:
            speaking.as_json(letter_line(letter))
        else:
            show_written(service, [letter])

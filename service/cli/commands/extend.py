"""intake extend: an agency gets more time."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from records.cases import Extension
from service.asking import Aim, extend
from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.working import AgencyId, By, CaseReference, Json, OneForm, open_service, show_requests_settled, who


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("extend")(extend_date)


def extend_date(
    context: typer.Context,
    case: CaseReference,
    agency: AgencyId,
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The new date.")],
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept, and shown in the pack.")],
    form: OneForm = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Moves the date by which an agency must answer; reminders count from the new date."""
    with open_service(invocation(context)) as service:
        parts = service.parts
        extension = Extension(due_on=until.date(), reason=reason, by=who(by), on=parts.today())
        moved = extend(Aim(case, agency, form or None), extension, parts)
        show_requests_settled(service, moved.requests, "extended", json=json)
    if not json:
        speaking.result("→ Tell the agency the new date; no letter goes out by itself.")

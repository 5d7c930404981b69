"""intake withdraw: nothing is awaited from an agency any more."""

from __future__ import annotations

from typing import Annotated

import typer

from service.asking import Aim, withdraw
from service.cli.invocation import invocation
from service.cli.working import AgencyId, By, CaseReference, Json, OneForm, open_service, show_requests_settled, who


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("withdraw")(withdraw_requests)


def withdraw_requests(
    context: typer.Context,
    case: CaseReference,
    agency: AgencyId,
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept in the audit log.")],
    form: OneForm = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Withdraws what an agency was asked for: it is not chased, and the pack says so. `intake request` asks again."""
    with open_service(invocation(context)) as service:
        settled = withdraw(Aim(case, agency, form or None), reason, service.parts, by=who(by))
        show_requests_settled(service, settled.requests, "withdrawn", json=json)

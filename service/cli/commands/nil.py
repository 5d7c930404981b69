"""intake nil: a nil return that a person was told of."""

from __future__ import annotations

from typing import Annotated

import typer

from service.asking import Aim, record_nil
from service.cli.invocation import invocation
from service.cli.working import AgencyId, By, CaseReference, Json, OneForm, open_service, show_requests_settled, who


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("nil")(nil_requests)


def nil_requests(
    context: typer.Context,
    case: CaseReference,
    agency: AgencyId,
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept in the audit log.")],
    form: OneForm = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Records that an agency told you it had no involvement (by telephone, in a message): that answers its requests."""
    with open_service(invocation(context)) as service:
        settled = record_nil(Aim(case, agency, form or None), reason, service.parts, by=who(by))
        show_requests_settled(service, settled.requests, "a nil return", json=json)

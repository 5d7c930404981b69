"""intake waive: a finding is let stand."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.working import By, Json, open_service, who
from service.waiving import Waived, waive


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("waive")(waive_finding)


def waive_finding(
    context: typer.Context,
    returned: Annotated[str, typer.Argument(metavar="RETURN", help="Its id, as `intake status` shows it.")],
    rule: Annotated[str, typer.Argument(help="The rule's code, such as Q051.")],
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept in the audit log.")],
    field: Annotated[
        str, typer.Option(help="Only at this field (default: wherever the rule found something).", show_default=False)
    ] = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Lets a finding stand: nobody is asked about it and the pack does not count it. It stays with name and reason."""
    with open_service(invocation(context)) as service:
        number = waive(Waived(returned, rule, field or None), reason, service.parts, by=who(by))
    if json:
        speaking.as_json({"return": returned, "rule": rule.upper(), "waived": number})
        return
    speaking.result(f"{number} finding{'' if number == 1 else 's'} of {rule.upper()} waived.")

"""intake audit: the log of who did what, when and why."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.cli.app import FAILED
from service.cli.invocation import invocation
from service.cli.office import open_office
from service.cli.working import Json


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(no_args_is_help=True, help="The log of who did what, when and why: look at it, check it.")
    group.command("verify")(verify)
    group.command("show")(show)
    app.add_typer(group, name="audit")


def verify(context: typer.Context, json: Json = False) -> None:
    """Checks that no entry of the log was changed, taken away or put in. Ends with 1 when one was."""
    with open_office(invocation(context)) as office:
        problems = office.store.verify_audit()
        with office.store.reading() as tx:
            newest = tx.audit.entries(1)
    number = newest[-1].number if newest else 0
    if json:
        digest = newest[-1].digest if newest else ""
        speaking.as_json({"entries": number, "digest": digest, "problems": list(problems)})
    elif problems:
        for problem in problems:
            speaking.result(problem)
        speaking.result("→ Keep the database as it is, and compare it with the last copy.")
    else:
        speaking.result(f"The log is whole: {number} entries, each chained to the one before it.")
        if newest:
            speaking.result(f"Its end: {newest[-1].digest}")
    if problems:
        raise typer.Exit(FAILED)


def show(
    context: typer.Context,
    case: Annotated[str, typer.Option(help="Only what concerns this case.", show_default=False)] = "",
    newest: Annotated[int, typer.Option(min=1, help="How many of the newest entries.")] = 50,
    json: Json = False,
) -> None:
    """The newest entries of the log: when, who, what, about what, why."""
    with open_office(invocation(context)) as office, office.store.reading() as tx:
        entries = tx.audit.entries(0 if case else newest)
    wanted = [one for one in entries if not case or one.ids.get("case") == case][-newest:]
    if json:
        speaking.as_json([one.model_dump(mode="json") for one in wanted])
        return
    rows = [
        (
            f"{one.at:%Y-%m-%d %H:%M}",
            one.actor,
            one.action,
            "\n".join(f"{key}: {value}" for key, value in one.ids.items()),
            one.reason,
        )
        for one in wanted
    ]
    speaking.table("Audit log", ("When (UTC)", "Who", "What", "About", "Why"), rows)

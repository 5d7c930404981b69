"""intake case: open a case, list the cases, look at one with its clocks, requests, letters and editions."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from service.cli import speaking
from service.cli.case_changes import close, dates, link, reopen
from service.cli.invocation import invocation
from service.cli.office import open_office
from service.cli.opening import open_a_case
from service.cli.showing import day, show_cases, show_status

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    case = typer.Typer(no_args_is_help=True, help="The cases: open one, list them, look at one, change it.")
    case.command("open")(open_a_case)
    case.command("list")(list_cases)
    case.command("show")(show)
    case.command("findings")(findings)
    case.command("dates")(dates)
    case.command("link")(link)
    case.command("close")(close)
    case.command("reopen")(reopen)
    app.add_typer(case, name="case")


def list_cases(context: typer.Context, json: Json = False) -> None:
    """Every case with its clocks."""
    with open_office(invocation(context)) as office:
        found = office.status()
    if json:
        speaking.as_json(found.to_json()["cases"])
    else:
        show_cases(found.cases, found.clocks)


def findings(
    context: typer.Context, case: Annotated[str, typer.Argument(help="The case's reference.")], json: Json = False
) -> None:
    """What the rules say of the returns of a case, with what was waived, by whom and why."""
    with open_office(invocation(context)) as office, office.store.reading() as tx:
        tx.cases.get(case)
        returns = [one for one in tx.returns.of_case(case) if one.state in ("filed", "needs_person")]
    told = [
        {"return": one.id, "agency": one.agency_id, "form": one.form, **finding}
        for one in returns
        for finding in (*one.result.get("findings", ()), *one.result.get("waived", ()))
    ]
    if json:
        speaking.as_json(told)
        return
    rows = [
        (
            f"{one['agency'] or '–'}\n{one['return']}",
            one["rule"],
            f"waived by {one['by']}: {one['reason']}" if "by" in one else one["severity"],
            one["field"] or "whole return",
            one["message"],
        )
        for one in told
    ]
    if rows:
        speaking.table("Findings", ("Return", "Rule", "", "Where", "What"), rows)
        speaking.result("→ `intake waive RETURN RULE --reason “…”` lets one stand.")
    else:
        speaking.result("The rules have found nothing.")


def show(
    context: typer.Context, case: Annotated[str, typer.Argument(help="The case's reference.")], json: Json = False
) -> None:
    """One case: who was asked for what, the letters, the editions of its pack, what needs a person."""
    with open_office(invocation(context)) as office:
        found = office.status(case)
        with office.store.reading() as tx:
            letters, editions = tx.letters.of_case(case), tx.editions.of_case(case)
    if json:
        more: dict[str, Any] = {
            "letters": [
                {
                    "id": one.id,
                    "kind": one.kind,
                    "agency": one.agency_id,
                    "dated": one.dated.isoformat(),
                    "state": one.state,
                }
                for one in letters
            ],
            "editions": [
                {"number": one.number, "built_on": one.built_on.isoformat(), "up_to_date": one.up_to_date}
                for one in editions
            ],
        }
        speaking.as_json(found.to_json() | more)
        return
    show_status(found)
    if letters:
        rows = [(day(one.dated), one.kind, one.agency_id or "–", one.state, one.id) for one in letters]
        speaking.table("Letters", ("Dated", "Kind", "Agency", "State", "Id"), rows)
    for edition in editions[-1:]:
        word = "up to date" if edition.up_to_date else f"out of date; build it with `intake pack {case}`"
        speaking.result(f"Pack: edition {edition.number} of {day(edition.built_on)}, {word}.")

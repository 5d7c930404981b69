"""intake case: open a case, list the cases, look at one with its clocks, requests, letters and editions."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.office import open_office
from service.cli.opening import open_a_case
from service.cli.showing import day, show_cases, show_status

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    case = typer.Typer(no_args_is_help=True, help="The cases: open one, list them, look at one.")
    case.command("open")(open_a_case)
    case.command("list")(list_cases)
    case.command("show")(show)
    app.add_typer(case, name="case")


def list_cases(context: typer.Context, json: Json = False) -> None:
    """Every case with its clocks."""
    with open_office(invocation(context)) as office:
        found = office.status()
    if json:
        speaking.as_json(found.to_json()["cases"])
    else:
        show_cases(found.cases, found.clocks)


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

"""intake doctor: what is installed, what is missing, what that costs; and the way into each mailbox, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from intake.mailbox_check import Step
from service.cli import speaking
from service.cli.invocation import invocation
from service.health import Item, examine_machine
from service.mailboxes import steps_of


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor")(doctor)


def doctor(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Shows which programs and fonts are there and what is lost without them; proves the way to each mail server."""
    settings = invocation(context).settings_if_any()
    items = (*examine_machine(), *(_as_item(*one) for one in (steps_of(settings) if settings else ())))
    if json:
        speaking.as_json([item.to_json() for item in items])
    else:
        _show(items)
    missing = [item for item in items if not item.present]
    if any(item.needed for item in missing):
        raise typer.Exit(1)


def _show(items: Sequence[Item]) -> None:
    speaking.table("", ("", "What", "Found", "Used for"), [_row(item) for item in items])
    missing = [item for item in items if not item.present]
    for item in missing:
        speaking.result(f"{item.name} is missing or not right: {item.cost}\n  → {item.install}")
    if not missing:
        speaking.result("Everything is there.")


def _as_item(of: str, step: Step) -> Item:
    """A step of the way to a mail server, as one of the things that must be there."""
    return Item(
        name=f"{of}: {step.name}",
        present=step.right,
        found=step.found,
        used_for="letters" if of == "sending" else "the mailbox",
        cost=f"{step.found}. The steps after it were not tried.",
        install=step.remedy,
        needed=True,
    )


def _row(item: Item) -> tuple[str, str, str, str]:
    sign = "✓" if item.present else ("✗" if item.needed else "–")
    return sign, item.name, item.found or "not found", item.used_for

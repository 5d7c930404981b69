"""intake doctor: what is installed, what is missing, what that costs, what to install."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import speaking
from service.health import Item, examine_machine


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor")(doctor)


def doctor(json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Shows which programs and fonts this service finds on the machine, and what is lost without them."""
    items = examine_machine()
    if json:
        speaking.as_json([item.to_json() for item in items])
        return
    speaking.table("", ("", "What", "Found", "Used for"), [_row(item) for item in items])
    missing = [item for item in items if not item.present]
    for item in missing:
        speaking.result(f"{item.name} is missing: {item.cost}\n  → {item.install}")
    if not missing:
        speaking.result("Everything is there.")
    if any(item.needed for item in missing):
        raise typer.Exit(1)


def _row(item: Item) -> tuple[str, str, str, str]:
    sign = "✓" if item.present else ("✗" if item.needed else "–")
    return sign, item.name, item.found or "not found", item.used_for

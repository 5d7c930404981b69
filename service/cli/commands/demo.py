"""intake demo: the whole job on fictional samples."""

from __future__ import annotations

from importlib import import_module

import typer


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("demo")(demo)


def demo() -> None:
    """Runs the service on the fictional samples and shows what a coordinator would see. Sends nothing."""
    import_module("service.demo").run_demo()

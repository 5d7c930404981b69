"""How the command line speaks: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from records.errors import ServiceError


def result(text: str = "") -> None:
    """A line of the result."""
    typer.echo(text)


def as_json(value: Any) -> None:
    """One JSON value on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for people. Cells are taken as they are, never as markup."""
    drawn = Table(title=Text(title) if title else None, title_justify="left", header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(drawn)


def note(text: str) -> None:
    """Something worth knowing beside the result."""
    typer.echo(text, err=True)


def problem(error: ServiceError) -> None:
    """What went wrong, and what to do next."""
    typer.echo(f"{error.message}", err=True)
    if error.hint:
        typer.echo(f"→ {error.hint}", err=True)


def progress() -> Progress:
    """A progress display on standard error that leaves nothing behind; silent where nobody watches."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )

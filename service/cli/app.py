"""Puts the commands together, and turns what goes wrong into a plain sentence and an exit status.

Exit statuses: 0 done; 1 something could not be done (the sentence says what); 2 wrong usage; 75 something outside is
down, try again later; 78 the settings are not right.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from records.errors import Misconfigured, ServiceError, Unavailable
from service.cli import speaking
from service.cli.invocation import Invocation

COMMANDS = Path(__file__).parent / "commands"
FAILED, TRY_AGAIN = 1, 75
_VALUED = ("--config", "-c")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; foreseeable errors end with their sentence and exit status, never with a traceback."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        build(words)(args=words, prog_name="intake")
    except ServiceError as error:
        speaking.problem(error)
        return exit_status(error)
    except KeyboardInterrupt:
        return 130
    return 0


def exit_status(error: ServiceError) -> int:
    """The status a foreseeable error ends with."""
    if isinstance(error, Misconfigured):
        return error.exit_status
    return TRY_AGAIN if isinstance(error, Unavailable) else FAILED


def command_names() -> tuple[str, ...]:
    """Every command, by the files in the folder."""
    return tuple(sorted(path.stem.replace("_", "-") for path in COMMANDS.glob("*.py") if path.stem != "__init__"))


def build(words: Sequence[str]) -> typer.Typer:
    """The application; when the words name a command, only that one is loaded, so that `intake read` starts quickly."""
    app = typer.Typer(
        name="intake",
        help="Form intake for a safeguarding children partnership: read, check, file, answer, chase, pack.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    names = command_names()
    asked = _asked(words, names)
    for name in (asked,) if asked else names:
        import_module(f"service.cli.commands.{name.replace('-', '_')}").register(app)
    return app


def _asked(words: Sequence[str], names: Sequence[str]) -> str | None:
    """The first word that is a command and not the value of an option before it."""
    before = ("", *words)
    return next(
        (word for word, last in zip(words, before, strict=False) if word in names and last not in _VALUED), None
    )


def _options(
    context: typer.Context,
    config: Annotated[
        Path, typer.Option("--config", "-c", envvar="INTAKE_CONFIG", help="The settings file.", show_default=True)
    ] = Path("intake.toml"),
) -> None:
    context.obj = Invocation(config=config, environment=dict(os.environ))

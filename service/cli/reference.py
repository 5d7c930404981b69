"""The page of commands, made from the commands: `python -m service.cli.reference` writes docs/commands.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from service.cli.app import build

TARGET = Path(__file__).parents[2] / "docs" / "commands.md"
_HEAD = """# Commands

Every command, made from the commands themselves by `python -m service.cli.reference`; change a command, not this page.

`intake --config FILE COMMAND` takes other settings than `intake.toml` in the folder you are in; the environment
variable `INTAKE_CONFIG` does the same. `--json` is for programs: its keys stay, the tables for people may change.

Exit statuses: 0 done; 1 something could not be done (the sentence on the screen says what, and what to do next);
2 wrong usage; 75 something outside is down, try again later; 78 the settings are not right.
"""


def commands() -> dict[tuple[str, ...], Any]:
    """Every command that does something, by the words it is called with, in alphabetical order."""
    return dict(sorted(_below(get_command(build(())), ())))


def page() -> str:
    """The page as it should stand in docs/."""
    return _HEAD + "".join(_section(words, command) for words, command in commands().items())


def _below(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield words, command
        return
    for name, child in inner.items():
        yield from _below(child, (*words, name))


def _section(words: tuple[str, ...], command: Any) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and not one.hidden]
    called = " ".join(["intake", *words, *(_shown(argument) for argument in arguments)])
    lines = [f"\n## intake {' '.join(words)}\n", f"{' '.join((command.help or '').split())}\n", f"`{called}`\n"]
    rows = [(f"`{_shown(one)}`", one.help or "") for one in arguments]
    rows += [(", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts)), one.help or "") for one in options]
    if rows:
        lines += ["| | |\n|---|---|", *(f"| {name} | {' '.join(text.split())} |" for name, text in rows), ""]
    return "\n".join(lines)


def _shown(argument: Any) -> str:
    name = (argument.metavar or argument.name or "").removesuffix("...").upper()
    name = f"{name}…" if argument.nargs == -1 else name
    return name if argument.required else f"[{name}]"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")

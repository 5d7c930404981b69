"""intake check-config: everything that is wrong with the settings, at once."""

from __future__ import annotations

from typing import Annotated

import typer

from forms.registry import all_forms
from mailbox_config.checking import Known, check
from mailbox_config.settings import Settings
from mailbox_config.wordings import load_local_wordings
from parsers.learned import forms_with
from records.errors import Misconfigured
from rules.engine import all_rules
from service.cli import speaking
from service.cli.invocation import invocation


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("check-config")(check_config)


def check_config(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """Checks settings, folders, directory, rule policy and letter templates; lists every problem with its remedy."""
    called = invocation(context)
    try:
        settings = called.settings()
        problems = [(one.message, one.hint) for one in check(settings, known_here())]
        problems += _wordings(settings) if not problems else []
    except Misconfigured as error:
        problems = [(error.message, error.hint)]
    if json:
        speaking.as_json([{"problem": message, "remedy": hint} for message, hint in problems])
    else:
        for number, (message, hint) in enumerate(problems, start=1):
            speaking.result(f"{number}. {message}\n   → {hint}")
        if not problems:
            speaking.result(f"{called.config} is right.")
    if problems:
        raise typer.Exit(Misconfigured.exit_status)


def known_here() -> Known:
    """The names that the settings may use."""
    return Known(forms=tuple(all_forms()), rules=tuple(all_rules()))


def _wordings(settings: Settings) -> list[tuple[str, str]]:
    """What is wrong with the wordings of own templates; proposals that wait for a person are only mentioned."""
    local = load_local_wordings(settings.folders.wordings)
    try:
        forms_with(local)
    except Misconfigured as error:
        return [(error.message, error.hint)]
    for path, wordings in local.items():
        waiting = sum(not item.confirmed for item in wordings.confirm)
        if waiting:
            speaking.note(f"{path}: proposals that wait for `confirmed = true`: {waiting}.")
    return []

"""What every command gets: where the settings are, and the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import typer

from mailbox_config.loading import load_settings
from mailbox_config.settings import Settings


@dataclass(frozen=True, slots=True)
class Invocation:
    config: Path
    environment: Mapping[str, str]

    def settings(self) -> Settings:
        """The settings; Misconfigured when they cannot be read."""
        return load_settings(self.config, self.environment)


def invocation(context: typer.Context) -> Invocation:
    """What this command was called with."""
    found = context.obj
    assert isinstance(found, Invocation)  # the application's callback sets it before any command runs
    return found

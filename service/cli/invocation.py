"""What every command gets: where the settings are, and the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import typer

from mailbox_config.calendar import LONDON
from mailbox_config.loading import load_settings
from mailbox_config.settings import Settings


@dataclass(frozen=True, slots=True)
class Invocation:
    config: Path
    environment: Mapping[str, str]

    def settings(self) -> Settings:
        """The settings; Misconfigured when they cannot be read."""
        return load_settings(self.config, self.environment)

    def settings_if_any(self) -> Settings | None:
        """The settings where there is a file; None where nobody has made one yet."""
        return self.settings() if self.config.exists() else None


def today(settings: Settings | None) -> date:
    """The day it is in England, or the day that the settings pretend it is."""
    pretended = settings.clock.today if settings is not None else None
    return pretended or datetime.now(LONDON).date()


def invocation(context: typer.Context) -> Invocation:
    """What this command was called with."""
    found = context.obj
    assert isinstance(found, Invocation)  # the application's callback sets it before any command runs
    return found

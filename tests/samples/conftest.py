"""The demonstration, run once for all tests that look at what it gave."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from service.demo import run_demo
from service.demo_account import Account
from service.demo_show import Screen

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Told:
    """A run of the demonstration: where it lies, what it told, what it printed."""

    folder: Path
    account: Account
    printed: str


def tell(folder: Path) -> Told:
    """Run the demonstration into the folder, away from a terminal."""
    out = StringIO()
    account = run_demo(folder, shown=Screen(Console(file=out, highlight=False)))
    return Told(folder, account, out.getvalue())


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The first run."""
    return tell(tmp_path_factory.mktemp("demonstration") / "demo")

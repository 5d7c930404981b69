"""Imports point down the house, and the rooms of the middle floor know nothing of each other."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.architecture.source import ROOMS, TOP, dotted, modules, tree_of

MIDDLE_FLOOR = {"intake", "parsers", "rules", "generators", "store"}


def settings() -> dict[str, Any]:
    return tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_contract_of_layers_is_kept() -> None:
    """import-linter, with the contract of pyproject.toml, finds no import that points up or across."""
    command = "from importlinter.cli import lint_imports_command as check; check()"
    run = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=TOP,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 kept, 0 broken" in run.stdout


def test_the_contract_names_every_room_on_its_floor() -> None:
    """A room that no contract knows would be bound by none."""
    linter = settings()["tool"]["importlinter"]
    layers = [set(layer.replace(" ", "").split("|")) for layer in linter["contracts"][0]["layers"]]
    assert MIDDLE_FLOOR in layers
    assert set(ROOMS) == set().union(*layers) == set(linter["root_packages"])
    packages = {path.parent.name for path in TOP.glob("*/__init__.py")}
    assert packages - {"tests", "benchmarks"} == set(ROOMS)


def test_nothing_that_ships_imports_tests_or_benchmarks() -> None:
    """What runs at a partnership leans on nothing that stays in the repository."""
    found = [f"{dotted(path)} imports {name}" for path in modules() for name in imported_rooms(tree_of(path))]
    assert [line for line in found if line.endswith((" tests", " benchmarks"))] == []


def imported_rooms(tree: ast.Module) -> set[str]:
    """The first names of everything a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_no_folder_of_tests_hides_a_room() -> None:
    """Whatever the tests put on the path, a room is imported from its own folder, not from the tests of its name."""
    folders = [Path(entry or ".").resolve() for entry in sys.path]
    assert [
        str(folder) for folder in folders if folder != TOP and any((folder / room).is_dir() for room in ROOMS)
    ] == []

"""The source of this repository as the architecture tests see it: files, modules, syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TOP = Path(__file__).parents[2]
ROOMS = (
    *("records", "forms", "mailbox_config", "intake", "parsers", "rules"),
    *("generators", "store", "service", "samples"),
)
"""The rooms of the house, from the ground floor up."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> tuple[Path, ...]:
    """Every module of the rooms, relative to the top, sorted. Migrations are generated steps, not modules."""
    found = (path.relative_to(TOP) for room in ROOMS for path in (TOP / room).rglob("*.py"))
    return tuple(sorted(path for path in found if "versions" not in path.parts))


def dotted(path: Path) -> str:
    """The name a module is imported by."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def text_of(path: Path) -> str:
    return (TOP / path).read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=path.as_posix())


def functions_of(path: Path) -> Iterator[Function]:
    """Every function and method of a module."""
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def is_within(path: Path, place: str) -> bool:
    """Whether a module is this file, or lies in this folder."""
    return path.as_posix() == place or path.as_posix().startswith(place.rstrip("/") + "/")

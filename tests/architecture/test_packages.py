"""What is installed is used, what is used is installed, and all of it is pinned and goes into the wheel."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from fnmatch import fnmatch
from typing import Any

from tests.architecture.source import ROOMS, TOP, modules, tree_of

IMPORTED_AS = {
    "imapclient": "imapclient",
    "jinja2": "jinja2",
    "mail-parser": "mailparser",
    "pillow": "PIL",
    "pydantic-settings": "pydantic_settings",
    "python-docx": "docx",
    "python-stdnum": "stdnum",
}
NOT_IMPORTED = {"tzdata": "time zones for machines that have none; the standard library finds it"}
COMES_WITH = {
    "click": "typer",
    "markupsafe": "jinja2",
    "pdfminer": "pdfplumber",
}
"""Imported, and sure to be there because of another package."""


def project() -> dict[str, Any]:
    return tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))


def plain(requirement: str) -> str:
    """The name of a package in a requirement, as an index compares names."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def imported() -> set[str]:
    """The first names of everything from outside that the rooms import."""
    names: set[str] = set()
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(ROOMS) - set(sys.stdlib_module_names) - {"__future__"}


def test_every_package_that_is_asked_for_is_used() -> None:
    """No package is installed for nothing."""
    asked = {plain(one) for one in project()["project"]["dependencies"]}
    names = imported()
    assert {one for one in asked if IMPORTED_AS.get(one, one.replace("-", "_")) not in names} == set(NOT_IMPORTED)


def test_every_package_that_is_used_is_asked_for() -> None:
    """Nothing is there by chance, because something else needed it."""
    asked = {plain(one) for one in project()["project"]["dependencies"]}
    given = {IMPORTED_AS.get(one, one.replace("-", "_")) for one in asked}
    assert {name for name in imported() - given if COMES_WITH.get(name) not in asked} == set()


def test_every_package_is_pinned() -> None:
    """constraints.txt names an exact version of everything that pyproject.toml asks for."""
    lines = (TOP / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.!+]+", line)] == []
    data = project()
    extras = [one for group in data["project"]["optional-dependencies"].values() for one in group]
    asked = {plain(one) for one in (*data["project"]["dependencies"], *extras, *data["dependency-groups"]["dev"])}
    assert asked - {plain(line) for line in lines} == set()


def test_every_file_of_a_room_goes_into_the_wheel() -> None:
    """A template or table that is left behind would be missed only on somebody else's machine."""
    patterns = project()["tool"]["setuptools"]["package-data"]["*"]
    files = [path for room in ROOMS for path in (TOP / room).rglob("*") if path.is_file()]
    left = {
        path.relative_to(TOP).as_posix()
        for path in files
        if path.suffix not in (".py", ".pyc") and not any(fnmatch(path.name, pattern) for pattern in patterns)
    }
    assert left == set()

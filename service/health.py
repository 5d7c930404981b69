"""What this service finds on the machine, and what each thing is for. Only looks; changes nothing."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import Any

SECONDS = 15


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the machine. `needed`: the service does not work without it."""

    name: str
    present: bool
    found: str
    used_for: str
    cost: str
    """What is lost without it."""
    install: str
    needed: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def examine_machine() -> tuple[Item, ...]:
    """Everything, in the order of its weight."""
    return (_python(), _sqlite(), _cores(), _libreoffice(), _tesseract(), _postgres(), _fonts())


def _python() -> Item:
    return Item(
        name="Python",
        present=sys.version_info >= (3, 11),
        found=platform.python_version(),
        used_for="everything",
        cost="the service does not run.",
        install="Install Python 3.11 or newer.",
        needed=True,
    )


def _sqlite() -> Item:
    return Item(
        name="SQLite",
        present=sqlite3.sqlite_version_info >= (3, 35),
        found=sqlite3.sqlite_version,
        used_for="the database, unless PostgreSQL is set",
        cost="the database cannot be opened.",
        install="Install a Python whose SQLite is 3.35 or newer.",
        needed=True,
    )


def _cores() -> Item:
    count = os.cpu_count() or 1
    return Item(
        name="Processor cores",
        present=True,
        found=str(count),
        used_for="documents read at the same time (working.workers)",
        cost="",
        install="",
    )


def _libreoffice() -> Item:
    path = shutil.which("soffice") or shutil.which("libreoffice")
    return Item(
        name="LibreOffice",
        present=path is not None,
        found=path or "",
        used_for="old formats (.doc, .odt, .rtf) and letters as PDF",
        cost="a .doc, .odt or .rtf goes to a person unread, and letters are made as .docx only.",
        install="apt install libreoffice-writer libreoffice-calc --no-install-recommends (or from libreoffice.org).",
    )


def _tesseract() -> Item:
    path = shutil.which("tesseract")
    languages = _output([path, "--list-langs"]) if path else ""
    english = "eng" in languages.split()
    return Item(
        name="Tesseract",
        present=english,
        found=(f"{path} (English)" if english else f"{path}, without English") if path else "",
        used_for="scanned and photographed forms",
        cost="a scan goes to a person unread; Word forms and text PDFs are read as ever.",
        install="apt install tesseract-ocr tesseract-ocr-eng.",
    )


def _postgres() -> Item:
    present = importlib.util.find_spec("psycopg") is not None
    return Item(
        name="PostgreSQL driver",
        present=present,
        found="psycopg" if present else "",
        used_for="several workers or machines on one database",
        cost="only the built-in SQLite can be used, which suits one machine.",
        install="pip install 'practice-review-intake[postgres]'.",
    )


def _fonts() -> Item:
    listed = _output([path, ":", "family"]) if (path := shutil.which("fc-list")) else ""
    wanted = ("Arial", "Liberation Sans", "Carlito", "Calibri")
    found = [name for name in wanted if name in listed]
    return Item(
        name="Fonts",
        present=bool(found),
        found=", ".join(found),
        used_for="letters as PDF that look as they do in Word",
        cost="letters as PDF come out in a substitute font and may break their lines elsewhere.",
        install="apt install fonts-liberation fonts-crosextra-carlito.",
    )


def _output(command: list[str]) -> str:
    """What a program prints; "" when it cannot be run."""
    try:
        run = subprocess.run(  # noqa: S603 - a fixed program found by its own name, no outside words
            command, capture_output=True, text=True, timeout=SECONDS, check=False, encoding="utf-8", errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout

"""Stands in for `parsers.read.read_document` in the tests of the worker pool: each kind misbehaves in its own way."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from records.errors import Encrypted
from records.limits import Limits
from records.results import ReadResult


class _Foreign:
    pass


def misbehave(data: bytes, kind: str, *, limits: Limits, wordings: Any = None) -> ReadResult:
    """Read the document, or do what its text says."""
    word = data.decode("utf-8")
    notices = [str(_deed(word, wordings))]
    return ReadResult(sha256(data).hexdigest(), "read", kind=kind, notices=notices)


def _deed(word: str, wordings: Any) -> Any:
    deeds = {
        "sleep": lambda: time.sleep(600),
        "spin": _spin,
        "crash": lambda: ctypes.string_at(0),
        "exit": lambda: os._exit(3),
        "eat memory": lambda: len(bytearray(50_000_000_000)),
        "eat memory slowly": lambda: [bytearray(10_000_000) for _ in range(10_000)],
        "recurse": _recurse,
        "refuse": _refuse,
        "write": lambda: Path("/tmp/written-by-a-reader").write_text("x", encoding="utf-8"),
        "run": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "run converter": lambda: subprocess.run(["tesseract", "--version"], check=True, capture_output=True).returncode,
        "shell": lambda: os.system("true"),
        "connect": lambda: socket.create_connection(("192.0.2.1", 80), timeout=2),
        "resolve": lambda: socket.getaddrinfo("agency.example", 80),
        "interfaces": lambda: sorted(name for _, name in socket.if_nameindex()),
        "environment": lambda: sorted(os.environ),
        "huge": lambda: "x" * 50_000_000,
        "print": lambda: os.write(1, b"Canary Child"),
        "say wordings": lambda: wordings,
        "process": os.getpid,
        "leave a converter": _leave_a_converter,
        "prepared": lambda: len(PREPARED) == 1 and PREPARED[0] == os.getppid(),
    }
    return deeds.get(word, lambda: "")()


def _spin() -> None:
    while True:
        pass


def _leave_a_converter() -> None:
    """Start a "converter" in a session of its own, leave a file, and hang."""
    program = Path(tempfile.mkdtemp()) / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 613\n", encoding="utf-8")
    program.chmod(0o700)
    subprocess.Popen([str(program)], start_new_session=True)
    time.sleep(600)


def _recurse() -> None:
    _recurse()


def _refuse() -> None:
    raise Encrypted


PREPARED: list[int] = []


def prepare() -> None:
    """Fill the cache that the workers share."""
    PREPARED.append(os.getpid())


def foreign(data: bytes, kind: str, *, limits: Limits, wordings: Any = None) -> Any:
    """Give back something that is no result."""
    return _Foreign()

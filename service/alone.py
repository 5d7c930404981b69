"""One service at a time over one data folder: the lock is the kernel's, so a killed process leaves none behind."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from records.errors import Misconfigured

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "running.lock"


@contextlib.contextmanager
def alone_in(data: Path) -> Iterator[None]:
    """Holds the data folder while it lasts; Misconfigured, naming the process, while another service has it."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / NAME).open("a+", encoding="ascii") as file:
        if not _lock(file):
            file.seek(0)
            number = file.read().strip()
            who = f"process {number}" if number.isdigit() else "another process"
            raise Misconfigured(
                f"The service runs already over this data folder, as {who}.",
                hint=f"Stop it first ({_how_to_stop(number)}), or give this one a data folder of its own. "
                "Several workers at one time want PostgreSQL.",
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


def _how_to_stop(number: str) -> str:
    return f"kill {number}" if number.isdigit() else "end it where it was started"


def _lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(1_000)  # not the number itself, which must stay readable
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

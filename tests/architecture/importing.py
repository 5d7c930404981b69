"""Imports the modules named as arguments and prints whatever one of them does beside being imported.

Run as a program of its own: `importing.py TOP MODULE...`, in an interpreter that has imported nothing yet.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from importlib import import_module
from typing import Any

WATCHED = ("socket.connect", "socket.bind", "subprocess.Popen", "os.system", "sqlite3.connect", "os.mkdir", "os.remove")
current = "nothing yet"
told: list[str] = []


def is_a_library_being_imported() -> bool:
    """Whether it is a library's own module that acts while it is imported (one asks the system for its bits)."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "<module>" and "site-packages" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def listen(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: notes what touches the world."""
    if event not in ("open", *WATCHED) or is_a_library_being_imported():
        return
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(mode, str) and any(sign in mode for sign in "wax+")
        if writes or (mode is None and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            told.append(f"{current}: writes a file")
    else:
        told.append(f"{current}: {event}")


sys.path.insert(0, sys.argv[1])
os.chdir(tempfile.mkdtemp())
sys.addaudithook(listen)
for current in sys.argv[2:]:
    try:
        import_module(current)
    except Exception as error:  # noqa: BLE001 - whatever the module does wrong is what this program is to tell
        told.append(f"{current}: {type(error).__name__}: {error}")
if threading.active_count() > 1:
    told.append("a thread is running")
for line in dict.fromkeys(told):
    sys.stdout.write(f"{line}\n")
sys.stdout.write(f"{len(sys.argv) - 2} imported\n")

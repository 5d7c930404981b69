"""The names of the processes that work, and whether one of them still runs."""

from __future__ import annotations

import os
import platform

_own: set[str] = set()
"""The names this process has given itself. Another name with our own process number is a dead one's, as after a restart
of a container, where numbers begin anew."""


def this_worker(token: str) -> str:
    """The name of this process as a holder: machine, process, and a word that is its own."""
    name = f"{platform.node()}|{os.getpid()}|{token}"
    _own.add(name)
    return name


def has_ended(holder: str) -> bool:
    """Whether a holder was a process of this machine that certainly runs no more."""
    node, _, rest = holder.partition("|")
    process = rest.partition("|")[0]
    if os.name != "posix" or node != platform.node() or not process.isdigit():
        return False
    if int(process) == os.getpid():
        return holder not in _own
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False

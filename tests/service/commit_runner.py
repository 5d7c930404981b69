"""The real service that dies right after its n-th commit: "FOLDER N" lines on standard input, N = 0 for never.

Every life is a process of its own, forked from one that has only imported the program. Says "commits N" when a life
ends by itself, and "ended" after each.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailbox_config.loading import load_settings
from service.bootstrap import build
from service.running import run_until_idle
from store.store import Store


def live(folder: Path, die_after: int) -> None:
    """Two rounds over the folder; dies by SIGKILL after so many commits that changed something."""
    commits = 0
    transaction = Store.transaction

    @contextmanager
    def counted(store: Store) -> Iterator[Any]:
        nonlocal commits
        with transaction(store) as tx:
            yield tx
        commits += 1
        if commits == die_after:
            os.kill(os.getpid(), signal.SIGKILL)

    Store.transaction = counted  # type: ignore[method-assign] # the point of this program
    settings = load_settings(folder / "intake.toml", {k: v for k, v in os.environ.items() if k.startswith("INTAKE__")})
    with build(settings, now=lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC)) as service:
        run_until_idle(service)
        run_until_idle(service)
    say(f"commits {commits}")


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def main() -> None:
    """A life for each line."""
    for line in sys.stdin:
        folder, _, number = line.strip().rpartition(" ")
        process = os.fork()
        if process == 0:
            try:
                live(Path(folder), int(number))
            except BaseException:  # noqa: BLE001 - the parent's loop must never run in the child
                traceback.print_exc()
            os._exit(0)
        os.waitpid(process, 0)
        say("ended")


if __name__ == "__main__":
    main()

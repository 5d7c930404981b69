"""The real service over a mailbox, for being killed: each line on standard input names a folder to work over.

Every life is a process of its own, forked from one that has only imported the program, as importing takes longer than
the storm leaves between two deaths.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from mailbox_config.loading import load_settings
from service.bootstrap import build
from service.running import run_until_idle


def live(folder: Path) -> None:
    """Says when it is ready and when it is done; works two rounds, as the second sees the copies of the letters."""
    settings = load_settings(folder / "intake.toml", {k: v for k, v in os.environ.items() if k.startswith("INTAKE__")})
    with build(settings) as service:
        say("ready")
        downs = [code for _ in range(2) for code in run_until_idle(service).down]
        say(f"finished {' '.join(downs)}")


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def main() -> None:
    """A life for each line; says when it has ended."""
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            say(f"process {os.getpid()}")
            try:
                live(Path(line.strip()))
            except BaseException:  # noqa: BLE001 - the parent's loop must never run in the child
                traceback.print_exc()
            os._exit(0)
        os.waitpid(process, 0)
        say("ended")


if __name__ == "__main__":
    main()

"""The real service over a mailbox, for being killed: `storm_worker FOLDER` works until nothing is left to do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mailbox_config.loading import load_settings
from service.bootstrap import build
from service.running import run_until_idle


def main(folder: Path) -> None:
    """Says when it is ready, works two rounds (the second sees the copies of the letters), says when it is done."""
    settings = load_settings(folder / "intake.toml", {k: v for k, v in os.environ.items() if k.startswith("INTAKE__")})
    with build(settings) as service:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        downs = [code for _ in range(2) for code in run_until_idle(service).down]
        sys.stdout.write(f"finished {' '.join(downs)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

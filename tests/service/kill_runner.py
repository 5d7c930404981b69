"""Runs the service once over a folder and kills itself at a named point: `kill_runner FOLDER POINT` (POINT "" = never).

A point is "before NAME" or "after NAME", NAME one of the functions that the steps are made of. It kills once: the
restarted service finds a mark and goes on.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailbox_config.loading import load_settings
from service import finishing, in_hand, running, workflow
from service.bootstrap import build

STEPS = {
    "receive": running,
    "open_documents": workflow,
    "read_into_store": workflow,
    "file_document": workflow,
    "request_letters": workflow,
    "answer_submission": workflow,
    "send_letter": workflow,
    "finish": finishing,
    "tell_source": finishing,
    "take": in_hand,
    "put_down": in_hand,
}


def with_fault(function: Callable[..., Any], when: str, mark: Path) -> Callable[..., Any]:
    """The function, killing the process before its work or after it, the first time only."""

    def wrapped(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            die_once(mark)
        result = function(*arguments, **named)
        if when == "after":
            die_once(mark)
        return result

    return wrapped


def die_once(mark: Path) -> None:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, point: str) -> None:
    """One round of the service over the folder."""
    if point:
        when, _, name = point.partition(" ")
        module = STEPS[name]
        setattr(module, name, with_fault(getattr(module, name), when, folder / "killed"))
    settings = load_settings(folder / "intake.toml", {})
    for watched in settings.folders.watched:
        watched.mkdir(parents=True, exist_ok=True)
    with build(settings, now=lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC)) as service:
        running.run_until_idle(service)
        running.run_until_idle(service)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

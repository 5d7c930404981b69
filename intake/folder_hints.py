"""Wakes the folder's scan early when something happens in the folder. A hint only: without events it just waits."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver


class FolderHints(FileSystemEventHandler):
    """Watches a folder while it is entered. Where the system gives no events (network shares), `wait` only waits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._something = threading.Event()
        self._observer: BaseObserver | None = None

    def __enter__(self) -> FolderHints:
        observer = Observer()
        try:
            observer.schedule(self, str(self._folder), recursive=True)
            observer.start()
        except OSError:
            return self  # No events here; the scan is the truth anyway.
        self._observer = observer
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write"):
            self._something.set()

    def wait(self, seconds: float) -> bool:
        """Wait for an event, at most this long; whether there was one."""
        happened = self._something.wait(seconds)
        self._something.clear()
        return happened

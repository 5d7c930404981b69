"""Decides when a file in a shared folder is whole: when it has not changed for a while. Pure; the clock comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What changes when a file is written or replaced."""

    size: int
    modified_ns: int
    inode: int
    device: int


class StabilityTracker:
    """Remembers since when each path has looked the same."""

    def __init__(self, wait_seconds: float) -> None:
        self._wait = wait_seconds
        self._since: dict[str, tuple[Fingerprint, float]] = {}

    def observe(self, now: float, seen: Mapping[str, Fingerprint]) -> tuple[str, ...]:
        """The paths that have looked the same for the whole wait, oldest change first. Paths not seen are forgotten."""
        since: dict[str, tuple[Fingerprint, float]] = {}
        for path, fingerprint in seen.items():
            before = self._since.get(path)
            since[path] = before if before is not None and before[0] == fingerprint else (fingerprint, now)
        self._since = since
        whole = [path for path, (_, start) in since.items() if now - start >= self._wait]
        return tuple(sorted(whole, key=lambda path: (since[path][0].modified_ns, path)))

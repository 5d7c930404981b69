"""The one small protocol behind which everything arrives: the shared folder, an upload, later the mailbox.

A source brings bytes in and decides nothing. The order is always the same: `scan` gives an arrival without touching
where it came from; the service commits its bytes and its ledger row; only then it calls `settle`, and again when the
state changes. Both may be repeated after a crash: the same arrival keeps the same identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from records.submissions import SourceIdentity, SubmissionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One thing that arrived, whole, with its bytes. `name` and `folder_hint` are personal data: never logged."""

    identity: SourceIdentity
    name: str
    data: bytes
    settle: Callable[[SubmissionState], None]
    """Tells the source the submission's state once that is committed. Idempotent; may raise `Unavailable`."""
    folder_hint: tuple[str, ...] = ()
    """Names of the sub-folders it lay in, outermost first."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was seen and not taken, and why; it stays where it is and is shown to a person."""

    where: str
    reason: str


class Source(Protocol):
    """Where submissions come from."""

    def scan(self) -> Iterator[Arrival]:
        """Everything that waits there now, oldest first. `Unavailable` when the source does not answer."""
        ...

    def refusals(self) -> tuple[Refusal, ...]:
        """What the last scan saw and did not take."""
        ...

    def settle(self, identity: SourceIdentity, state: SubmissionState) -> None:
        """As `Arrival.settle`, for an arrival of an earlier run."""
        ...

"""The way letters go out, as the rest of the service sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from records.submissions import Letter


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt."""

    kind: Literal["accepted", "not_now", "refused", "unknown"]
    reason: str = ""


class Post(Protocol):
    """The way letters go."""

    def ready(self, letter_id: str) -> bool:
        """Whether it makes sense to try this letter now; False for a while after it, or the server, failed."""
        ...

    def send(self, letter: Letter, mail: bytes) -> Outcome:
        """One attempt. Raises nothing for what can go wrong on the way."""
        ...

"""Where a message of a mailbox was seen. The mailbox reads and writes these, the store keeps them."""

from __future__ import annotations

from datetime import datetime

from records.cases import Noun
from records.submissions import SubmissionState


class Location(Noun):
    """A message's place on the server. It stands for one message only as long as the UIDVALIDITY does."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


class Sighting(Noun):
    """One message at one place, and the ledger's key for it (account and SHA-256 of the bytes)."""

    location: Location
    key: str
    message_id: str
    """As the server gives it; "" where it has none. Untrusted."""
    sha256: str
    fingerprint: str
    """The server's own size and arrival time: a place whose fingerprint differs holds another message."""


class Counted(Noun):
    """Server and ledger of one mailbox side by side, by identity, as they were last counted."""

    account: str
    at: datetime
    on_server: int
    in_ledger: int
    waiting: int
    only_on_server: int
    only_in_ledger: int
    copies: int

    @property
    def differs(self) -> bool:
        """Whether one side has something that the other has not: an alarm."""
        return bool(self.only_on_server or self.only_in_ledger)


class Noted(Noun):
    """A sighting with the state of its submission."""

    sighting: Sighting
    state: SubmissionState

"""Where a message of a mailbox was seen. The mailbox reads and writes these, the store keeps them."""

from __future__ import annotations

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


class Noted(Noun):
    """A sighting with the state of its submission."""

    sighting: Sighting
    state: SubmissionState

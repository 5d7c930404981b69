"""Takes in what a source brings: bytes and ledger row are committed first, only then the source is told."""

from __future__ import annotations

import hashlib

from intake.sources import Arrival
from records.submissions import Submission
from service.parts import ACTOR, id_of
from store import Store


def receive(arrival: Arrival, store: Store) -> tuple[Submission, bool]:
    """The submission behind an arrival, and whether it is new. The same arrival again changes nothing."""
    identity = arrival.identity
    sha256 = hashlib.sha256(arrival.data).hexdigest()
    with store.transaction() as tx:
        known = tx.submissions.by_identity(identity)
        if known is None:
            submission = Submission(
                id=id_of("S", identity.source, identity.key, sha256),
                identity=identity,
                sha256=tx.originals.put(arrival.data),
                name=arrival.name,
                received_at=tx.at,
                size=len(arrival.data),
                folder_hint=arrival.folder_hint,
            )
            tx.submissions.add(submission)
            tx.audit.record(ACTOR, "submission.received", submission=submission.id, source=identity.source)
    arrival.settle("received")
    if known is None:
        return submission, True
    if known.state != "received":
        arrival.settle(known.state)  # a crash came between the last step and telling the source
    return known, False

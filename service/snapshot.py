"""One view of everything the store holds, for deciding and showing."""

from __future__ import annotations

from service.status import Everything
from store import Store


def everything_in(store: Store) -> Everything:
    """What is in the store at one moment."""
    with store.reading() as tx:
        return Everything(
            cases=tx.cases.all(),
            requests=tx.requests.all(),
            returns=tx.returns.all(),
            submissions=tx.submissions.all(),
            letters=tx.letters.all(),
            tasks=tx.tasks.waiting(),
            mailboxes=tx.sightings.counts(),
        )

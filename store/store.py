"""The way in: a store, and the transactions through which everything is read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from store.arrivals import Documents, Originals, Readings, Submissions
from store.asking import Cases, Requests
from store.audit import Audit
from store.engine import beginning, make_engine
from store.filing import Editions, Returns
from store.in_hand import InHand
from store.mailboxes import Leases, Sightings
from store.migrating import migrate
from store.outgoing import Letters
from store.tasks import Tasks


class Transaction:
    """Every table through its own small door. Valid inside its `with` only."""

    def __init__(self, session: Session, at: datetime) -> None:
        self.at = at
        """The moment of this transaction."""
        self.originals = Originals(session)
        self.submissions = Submissions(session)
        self.documents = Documents(session)
        self.readings = Readings(session)
        self.cases = Cases(session)
        self.requests = Requests(session)
        self.returns = Returns(session)
        self.editions = Editions(session)
        self.letters = Letters(session)
        self.tasks = Tasks(session)
        self.sightings = Sightings(session)
        self.leases = Leases(session, at)
        self.in_hand = InHand(session, at)
        self.audit = Audit(session, at)


class Store:
    """A database that is open and up to date. Safe to use from several threads."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One step of work: committed as a whole at the end, undone as a whole by any exception.

        StoreBusy when the database could not be had; the same work may then be tried again.
        """
        with beginning(self._engine, write=True) as connection, Session(connection, autoflush=True) as session:
            tx = Transaction(session, self._clock())
            yield tx
            tx.audit.write()
            session.flush()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One view of everything, for reading only; waits for no writer."""
        with beginning(self._engine, write=False) as connection, Session(connection) as session:
            yield Transaction(session, self._clock())

    def verify_audit(self) -> tuple[str, ...]:
        """What is wrong with the audit log, in plain words; empty when it is whole."""
        with self.reading() as tx:
            return tuple(tx.audit.problems())

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def open_store(
    url: str,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    password: str | None = None,
    may_migrate: bool = True,
) -> Store:
    """The store at this address, brought up to date first; Misconfigured when that cannot be."""
    engine = make_engine(url, password)
    try:
        migrate(engine, allowed=may_migrate)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, clock)

"""The connection to the database: how a transaction begins on each kind, and what its troubles are called here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from records.errors import Misconfigured, StoreBusy

BUSY_SECONDS = 30
_WRITER_LOCK = 0x707261637469  # "practi": one number that every process of this program knows
_BUSY_STATES = frozenset(("40001", "40P01", "55P03", "57014"))
"""PostgreSQL: serialisation failure, deadlock, lock not available, statement timeout."""


def make_engine(url: str, password: str | None = None) -> Engine:
    """An engine for this address; Misconfigured when it is no address of a database that can be used here."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise Misconfigured(
            "The database's address is not one.", hint="See [database] in the example settings."
        ) from error
    if password is not None:
        address = address.set(password=password)
    kind = address.get_backend_name()
    if kind == "sqlite":
        return _sqlite(address)
    if kind == "postgresql":
        return _postgres(address.set(drivername="postgresql+psycopg"))
    raise Misconfigured(f"The database “{kind}” is not supported.", hint="Use SQLite or PostgreSQL.")


@contextmanager
def beginning(engine: Engine, *, write: bool) -> Iterator[Connection]:
    """One transaction: writers one at a time on both kinds of database, readers on one unchanging view."""
    with _named_troubles(), engine.connect() as connection:
        postgres = connection.dialect.name == "postgresql"
        connection.info["write"] = write
        if postgres and not write:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            if postgres and write:
                connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
            yield connection


def _sqlite(address: URL) -> Engine:
    if not address.database or address.database == ":memory:":
        raise Misconfigured("The database must be a file.", hint="Write sqlite:///data/intake.sqlite, or leave it out.")
    file = Path(address.database)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)  # it holds what nobody else may read; the files beside it take their mode from it
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        # Transactions are begun below, by name; the driver must not begin its own.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        write = connection.info.get("write", True)
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if write else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _postgres(address: URL) -> Engine:
    try:
        return create_engine(address, pool_pre_ping=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise Misconfigured(
            "PostgreSQL cannot be used: its driver is not installed.",
            hint="Install practice-review-intake[postgres].",
        ) from error


@contextmanager
def _named_troubles() -> Iterator[None]:
    """What a caller may retry is StoreBusy; everything else is as it was."""
    try:
        yield
    except DBAPIError as error:
        if _is_passing(error):
            raise StoreBusy from error
        raise


def _is_passing(error: DBAPIError) -> bool:
    """Whether the same work can succeed later: a lock that was not had, or a server that does not answer now."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    state = getattr(cause, "sqlstate", None)
    return state in _BUSY_STATES or error.connection_invalidated or (isinstance(error, OperationalError) and not state)

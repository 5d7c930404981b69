"""The shape of the database: all migrations together are the tables, and a database we do not know is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from records.errors import Misconfigured
from store import open_store
from store.engine import beginning, make_engine
from store.migrating import migrate
from store.tables import Base


def test_all_migrations_give_the_tables(url: str) -> None:
    """A database brought up by the migrations has exactly the tables, columns, keys and indexes of the models."""
    open_store(url).close()
    engine = make_engine(url)
    with beginning(engine, write=False) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "intake_schema", "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_failed_migration_leaves_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables and the record of the migration come in one transaction or not at all."""
    engine = make_engine(url)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", fail)
    with pytest.raises(ZeroDivisionError):
        migrate(engine)
    with beginning(engine, write=False) as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


def test_a_pending_migration_is_refused_where_it_may_not_run(url: str) -> None:
    """A program that may not change the database says what to do instead of running wrong."""
    with pytest.raises(Misconfigured, match="brought up to date"):
        open_store(url, may_migrate=False)
    open_store(url).close()
    open_store(url, may_migrate=False).close()


def test_a_newer_database_is_refused(url: str) -> None:
    """A database that a newer version has used is not touched."""
    open_store(url).close()
    engine = make_engine(url)
    with beginning(engine, write=True) as connection:
        connection.execute(text("UPDATE intake_schema SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(Misconfigured, match="newer version"):
        open_store(url)


def test_a_stranger_s_database_is_refused(url: str) -> None:
    """Tables of somebody else are never taken over."""
    engine = make_engine(url)
    with beginning(engine, write=True) as connection:
        connection.execute(text("CREATE TABLE submissions (id INTEGER)"))
    engine.dispose()
    with pytest.raises(Misconfigured, match="did not make"):
        open_store(url)


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://here/there", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """What cannot be a database here is said at start."""
    with pytest.raises(Misconfigured):
        open_store(address)


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    """Every connection writes ahead, waits for the disk, and holds foreign keys; nobody else may read the file."""
    path = tmp_path / "new" / "intake.sqlite"
    open_store(f"sqlite:///{path}").close()
    engine = make_engine(f"sqlite:///{path}")
    with beginning(engine, write=True) as connection:
        values = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    engine.dispose()
    assert values == ["wal", 2, 1, 30_000]
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0

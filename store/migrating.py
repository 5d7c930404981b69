"""Brings the database to the shape this program knows, in one transaction, or refuses."""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from records.errors import Misconfigured
from store.engine import beginning

_SCRIPTS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "intake_schema"


def scripts() -> ScriptDirectory:
    """The migrations that come with this program."""
    return ScriptDirectory(str(_SCRIPTS))


def migrate(engine: Engine, *, allowed: bool = True) -> None:
    """Run what is pending; Misconfigured when something is and it is not allowed, or the database is newer than we."""
    known = scripts()
    head = known.get_current_head()
    with beginning(engine, write=False) as connection:
        if _standing(connection, known) == head:
            return
    with beginning(engine, write=True) as connection:
        now = _standing(connection, known)
        if now == head:
            return
        if not allowed:
            raise Misconfigured(
                "The database has not been brought up to date for this version.",
                hint="Make a copy of the database, then start `intake run` once; it migrates by itself.",
            )
        if now is None and "submissions" in inspect(connection).get_table_names():
            raise Misconfigured(
                "The database holds tables that this program did not make.", hint="Give it a database of its own."
            )
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": _VERSION_TABLE,
                "transactional_ddl": True,
                "fn": lambda standing, _context: known._upgrade_revs(head or "head", standing),
            },
        )
        with Operations.context(context):
            context.run_migrations()


def _standing(connection: Connection, known: ScriptDirectory) -> str | None:
    """The migration the database stands at; None for an empty one; Misconfigured for one we do not know."""
    standing = MigrationContext.configure(connection, opts={"version_table": _VERSION_TABLE}).get_current_revision()
    if standing is not None and standing not in {script.revision for script in known.walk_revisions()}:
        raise Misconfigured(
            "The database was used by a newer version of this program.",
            hint="Install that version again, or restore the copy from before the update.",
        )
    return standing

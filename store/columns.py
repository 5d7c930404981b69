"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class PlainText(TypeDecorator[str]):
    """Text that any database can hold: a NUL or half a surrogate pair in an untrusted name becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its protocol
        """The text as it is kept."""
        return None if value is None else plain_text(value)


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite has no time zones, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002 - its protocol
        """The moment in UTC; a moment without a time zone is a fault of this program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def plain_text(value: str) -> str:
    """The text without what UTF-8 or PostgreSQL cannot hold."""
    return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")

"""What the mailboxes need: where messages were seen, and which worker is at work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class SightingRow(Base):
    """A message at a place of a mailbox. It may be noted before or after; the submission is found by its key."""

    __tablename__ = "sightings"
    account: Mapped[str] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    uid: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(index=True)
    message_id: Mapped[str]
    sha256: Mapped[str]
    fingerprint: Mapped[str]


class MailboxCountRow(Base):
    """The last count of a mailbox."""

    __tablename__ = "mailbox_counts"
    account: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]


class LeaseRow(Base):
    """Who may work at a thing, and until when unless it is renewed."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]

"""What the ledger keeps beside what arrived and went out: tasks for a person, and the record of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from records.cases import Noun

TaskAbout = Literal["submission", "return", "letter", "case"]


class Task(Noun):
    """Something a person must decide: why, and the command that settles it. Open while `settled_at` is None."""

    id: str
    key: str
    """One occasion, one task."""
    about: TaskAbout
    about_id: str
    case_reference: str | None = None
    reason: str
    """May name a person or an agency: shown to staff, never logged."""
    command: str
    opened_at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""


class AuditEntry(Noun):
    """One line of the audit log. `digest` covers the entry and the digest before it, so that a change shows."""

    number: int
    at: datetime
    actor: str
    action: str
    ids: dict[str, str]
    """Ids and codes only; no personal data."""
    reason: str
    digest: str

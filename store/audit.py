"""Who did what, when and why: append-only, each entry chained to the one before it by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.ledger import AuditEntry
from store.columns import plain_text
from store.rows import to_noun, to_row
from store.tables import AuditHeadRow, AuditRow

START = "0" * 64


class Audit:
    """The log of one transaction: what is recorded is written when the transaction commits, and only then."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self._at = at
        self._waiting: list[tuple[str, str, dict[str, str], str]] = []

    def record(self, actor: str, action: str, *, reason: str = "", **ids: str | None) -> None:
        """Note what this transaction does. Ids and codes only: no names, no dates of birth, no answers."""
        kept = {name: plain_text(value) for name, value in sorted(ids.items()) if value}
        self._waiting.append((plain_text(actor), action, kept, plain_text(reason)))

    def entries(self, newest: int = 0) -> tuple[AuditEntry, ...]:
        """The log from its start, or only its newest entries."""
        query = select(AuditRow).order_by(AuditRow.number.desc())
        rows = self._session.scalars(query.limit(newest) if newest else query)
        return tuple(reversed([to_noun(AuditEntry, row) for row in rows]))

    def write(self) -> None:
        """Append what was recorded; called once, at the end of the transaction."""
        if not self._waiting:
            return
        head = self._session.get(AuditHeadRow, 1)
        if head is None:
            head = AuditHeadRow(id=1, number=0, digest=START)
            self._session.add(head)
        for actor, action, ids, reason in self._waiting:
            entry = AuditEntry(
                number=head.number + 1, at=self._at, actor=actor, action=action, ids=ids, reason=reason, digest=""
            )
            entry = entry.model_copy(update={"digest": digest_of(entry, head.digest)})
            self._session.add(to_row(AuditRow, entry))
            head.number, head.digest = entry.number, entry.digest
        self._waiting.clear()
        self._session.flush()

    def problems(self) -> Iterator[str]:
        """What is wrong with the chain, in plain words; nothing when it is whole."""
        before, expected = START, 1
        for row in self._session.scalars(select(AuditRow).order_by(AuditRow.number)):
            entry = to_noun(AuditEntry, row)
            if entry.number != expected:
                yield f"Entries {expected} to {entry.number - 1} of the audit log are missing."
            elif entry.digest != digest_of(entry, before):
                yield f"Entry {entry.number} of the audit log was changed after it was written."
            before, expected = entry.digest, entry.number + 1
        head = self._session.get(AuditHeadRow, 1)
        number, digest = (head.number, head.digest) if head else (0, START)
        if (number, digest) != (expected - 1, before):
            yield f"The audit log ends with entry {expected - 1}, but entry {number} was the last that was written."


def digest_of(entry: AuditEntry, before: str) -> str:
    """The digest of an entry that follows the one with the digest `before`."""
    said: Mapping[str, object] = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "ids": entry.ids,
        "reason": entry.reason,
        "before": before,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()

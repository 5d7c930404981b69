"""Second step: each file is read in a limited worker, and what it gave is kept."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from records.results import ReadResult
from service.parts import Parts
from store import Transaction

_READING: TypeAdapter[ReadResult] = TypeAdapter(ReadResult)
_NOTHING_IN_A_TEXT = "The text of the message; it stays with it."


def read_into_store(document_id: str, parts: Parts) -> int:
    """Read a document and keep the result; how many returns are in it."""
    with parts.store.reading() as tx:
        document = tx.documents.get(document_id)
        data = tx.originals.get(document.sha256)
    result = parts.read(data, document.kind)
    outcome, reason = result.outcome, result.reason or ""
    update: dict[str, Any] = {"outcome": outcome, "reason": reason, "code": result.code}
    if document.role == "body" and not result.returns:
        update = {"outcome": "skipped", "reason": _NOTHING_IN_A_TEXT, "code": ""}
    with parts.store.transaction() as tx:
        tx.documents.put(document.model_copy(update=update))
        tx.readings.put(document_id, _READING.dump_python(result, mode="json"))
    return len(result.returns)


def reading_of(tx: Transaction, document_id: str) -> ReadResult | None:
    """What reading this document gave; None when it was not read."""
    kept = tx.readings.get(document_id)
    return None if kept is None else _READING.validate_python(kept)

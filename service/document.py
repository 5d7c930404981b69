"""What a reader process runs for one document. The pool knows no forms, the parser knows no pool; they meet here."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.read import read_document
from parsers.wording import FormIndex
from parsers.worker import ReaderPool
from records.limits import DEFAULT_LIMITS, Limits
from records.results import ReadResult

TARGET = "service.document:read"


def reader_pool(limits: Limits = DEFAULT_LIMITS, *, workers: int = 2) -> ReaderPool:
    """A pool of reader processes for the forms of this service; close it after use."""
    return ReaderPool(limits, workers=workers, target=TARGET)


def read(data: bytes, kind: str, *, limits: Limits, wordings: Mapping[str, FormIndex] | None = None) -> ReadResult:
    """The returns in one document, with the wordings that came with the program unless others are given."""
    return read_document(data, kind, limits=limits, indexes=wordings)

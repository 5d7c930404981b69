"""What a reader process runs for one document. The pool knows no forms, the parser knows no pool; they meet here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mailbox_config.wordings import LocalWordings
from parsers.learned import forms_with
from parsers.read import indexes_of, read_document
from parsers.wording import FormIndex
from parsers.worker import ReaderPool
from records.limits import DEFAULT_LIMITS, Limits
from records.results import ReadResult

TARGET = "service.document:read"
PREPARE = "parsers.read:default_indexes"
"""What every reader process needs is made once, in the process that they are forked from."""


def reader_pool(
    limits: Limits = DEFAULT_LIMITS, *, workers: int = 2, wordings: Mapping[Path, LocalWordings] | None = None
) -> ReaderPool:
    """A pool of reader processes for the forms of this service; close it after use.

    `wordings` are what the partnership's own templates print, by file; Misconfigured names a file that fits no form.
    """
    indexes = indexes_of(forms_with(wordings)) if wordings else None
    prepare = "" if indexes else PREPARE
    return ReaderPool(limits, workers=workers, target=TARGET, prepare=prepare, wordings=indexes)


def read(data: bytes, kind: str, *, limits: Limits, wordings: Mapping[str, FormIndex] | None = None) -> ReadResult:
    """The returns in one document, with the wordings that came with the program unless others are given."""
    return read_document(data, kind, limits=limits, indexes=wordings)

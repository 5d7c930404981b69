"""Reads a text PDF into the document tree."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.readers.pdf_flow import join_pages
from parsers.readers.pdf_layout import PageBlocks, Placed, lay_out, spaces_tell_wrapping
from parsers.readers.pdf_page import Painted, painted
from records.errors import Empty, Encrypted, TooLarge, Unreadable
from records.limits import Limits
from records.tree import DocumentTree

KINDS = ("pdf",)
SAMPLE = 12
"""Pages looked at before the first is laid out."""


def read(data: bytes, limits: Limits) -> DocumentTree:
    """The tree of a PDF. Raises a named InputProblem for what cannot be read."""
    if not data.strip():
        raise Empty
    if len(data) > limits.file_bytes:
        raise TooLarge
    document = _open(data)
    try:
        count = len(document)
        if count == 0:
            raise Unreadable("The PDF has no pages.")
        if count > limits.pages:
            raise TooLarge(f"The PDF has {count} pages; the limit is {limits.pages}.")
        pages = _pages(document, count)
    finally:
        document.close()
    blocks, asides = join_pages(pages)
    notices = [f"scanned_page:{page.number}" for page in pages if page.scanned]
    return DocumentTree("pdf", blocks, asides, notices, {}, pages=count)


def _open(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Encrypted from None
        raise Unreadable from None


def _pages(document: Any, count: int) -> list[PageBlocks]:
    """Every page laid out. The first pages show how this file writes spaces at line ends."""
    sample = [_placed(document, number) for number in range(1, min(count, SAMPLE) + 1)]
    trust = spaces_tell_wrapping(sample)
    pages = [lay_out(placed, trust_spaces=trust) for placed in sample]
    for number in range(len(sample) + 1, count + 1):
        pages.append(lay_out(_placed(document, number), trust_spaces=trust))
    return pages


def _placed(document: Any, number: int) -> Placed:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return Placed(Painted(number, 595.0, 842.0))
    try:
        return Placed(painted(page.raw, number))
    finally:
        page.close()

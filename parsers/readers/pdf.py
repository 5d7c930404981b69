"""Reads a text PDF into the document tree."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.readers.pdf_fields import OnTop, attached_files, read_on_top
from parsers.readers.pdf_flow import join_pages
from parsers.readers.pdf_layout import PageBlocks, Placed, lay_out
from parsers.readers.pdf_line_ends import line_ends
from parsers.readers.pdf_overlay import put_on_page
from parsers.readers.pdf_page import is_scan, painted
from parsers.readers.pdf_painted import Painted
from records.errors import Empty, Encrypted, TooLarge, Unreadable
from records.limits import DEFAULT_LIMITS, Limits
from records.tree import Aside, DocumentTree, Paragraph

KINDS = ("pdf",)
SAMPLE = 12
"""Pages looked at before the first is laid out."""


def read(data: bytes, limits: Limits) -> DocumentTree:
    """The tree of a PDF. Raises a named InputProblem for what cannot be read."""
    document = _open(data, limits)
    try:
        on_top = read_on_top(data)
        reader = _Pages(document, on_top)
        pages = reader.read(limits)
    finally:
        document.close()
    blocks, asides = join_pages(pages)
    notices = list(dict.fromkeys(on_top.notices + [code for page in pages for code in page.notices]))
    properties = dict(on_top.properties)
    if on_top.attachments:
        properties["attachments"] = "\n".join(on_top.attachments)
        notices.append("attachments")
    kinds = {aside.kind for aside in reader.asides}
    if "comment" in kinds:
        notices.append("comments")
    if "hidden" in kinds and "hidden_text" not in notices:
        notices.append("hidden_text")
    return DocumentTree("pdf", blocks, asides + reader.asides, notices, properties, pages=len(pages))


def attachments(data: bytes) -> list[tuple[str, bytes]]:
    """The files inside the PDF, by name. Empty when there are none or they cannot be read."""
    return attached_files(data)


def scanned_pages(data: bytes) -> list[int]:
    """The numbers (from 1) of pages that are a picture without text."""
    document = _open(data, DEFAULT_LIMITS)
    try:
        return [page.number for page in (_paint(document, n) for n in range(1, len(document) + 1)) if is_scan(page)]
    finally:
        document.close()


def _open(data: bytes, limits: Limits) -> Any:
    if not data.strip():
        raise Empty
    if len(data) > limits.file_bytes:
        raise TooLarge
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise Encrypted from None
        raise Unreadable from None
    count = len(document)
    if 0 < count <= limits.pages:
        return document
    document.close()
    if count:
        raise TooLarge(f"The PDF has {count} pages; the limit is {limits.pages}.")
    raise Unreadable("The PDF has no pages.")


def _paint(document: Any, number: int) -> Painted:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return Painted(number, 595.0, 842.0, notices=[f"unreadable_page:{number}"])
    try:
        return painted(page.raw, number)
    finally:
        page.close()


class _Pages:
    """Reads the pages of one open document in order and keeps what stood beside the flow."""

    def __init__(self, document: Any, on_top: OnTop) -> None:
        self.document = document
        self.on_top = on_top
        self.asides: list[Aside] = []

    def read(self, limits: Limits) -> list[PageBlocks]:
        """Every page laid out. The first pages show how this file writes spaces at line ends."""
        count = len(self.document)
        sample = [self._placed(number) for number in range(1, min(count, SAMPLE) + 1)]
        ends = line_ends([entry.page.pieces for entry in sample], [entry.cell_ends() for entry in sample])
        pages = [lay_out(placed, ends) for placed in sample]
        characters = rows = 0
        for number in range(len(sample) + 1, count + 1):
            pages.append(lay_out(self._placed(number), ends))
            characters += pages[-1].characters
            rows += sum(len(entry.table.rows) for entry in pages[-1].tables)
            if characters > limits.text_characters or rows > limits.rows:
                raise TooLarge
        return pages

    def _placed(self, number: int) -> Placed:
        page = _paint(self.document, number)
        if page.frame is not None:
            self.asides += put_on_page(page, page.frame, self.on_top)
        if page.hidden:
            self.asides.append(_hidden(page))
        return Placed(page)


def _hidden(page: Painted) -> Aside:
    from_page = Paragraph([], page=page.number, part="hidden")
    return Aside("hidden", " ".join(piece.text for piece in page.hidden), from_page.place())

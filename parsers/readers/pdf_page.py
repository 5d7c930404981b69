"""One PDF page as a person sees it: turned upright, invisible words set aside."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf_painted import Frame, Painted, Piece
from parsers.readers.pdf_shapes import add_path, bounds, painted_objects
from parsers.readers.pdf_words import read_pieces


def painted(page: Any, number: int) -> Painted:
    """What is painted on this page. Sideways text turns the whole page upright."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        frame = Frame(page)
        return Painted(number, frame.width, frame.height, frame=frame)
    try:
        return _painted(page, text_page, number)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _painted(page: Any, text_page: Any, number: int) -> Painted:
    frame = Frame(page)
    pieces = read_pieces(text_page, frame)
    extra = _sideways(pieces)
    if extra:
        frame = Frame(page, extra)
        pieces = read_pieces(text_page, frame)
    result = Painted(number, frame.width, frame.height, pieces, frame=frame)
    for kind, shape, matrix in painted_objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            add_path(result, shape, matrix, frame)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = bounds(shape, matrix, frame)
            if box is not None:
                result.pictures.append(box)
    _see(result)
    return result


def is_scan(page: Painted) -> bool:
    """A big picture and next to no text."""
    return _big_picture(page) and sum(len(piece.text) for piece in page.pieces) < 40


def _big_picture(page: Painted) -> bool:
    area = page.width * page.height
    return any((x1 - x0) * (bottom - top) > 0.5 * area for x0, top, x1, bottom in page.pictures)


def _see(page: Painted) -> None:
    """Sets invisible words aside, unless they are the text layer of a scanned page."""
    if any("\ufffd" in piece.text for piece in page.pieces):
        page.notices.append(f"unreadable_signs:{page.number}")
    unseen = [p for p in page.pieces if p.style.hidden or (p.style.white and not _on_colour(page, p))]
    if is_scan(page):
        page.notices.append(f"scanned_page:{page.number}")
    elif unseen and _big_picture(page):
        page.notices.append(f"text_layer:{page.number}")
    elif unseen:
        gone = {id(piece) for piece in unseen}
        page.hidden = unseen
        page.pieces = [piece for piece in page.pieces if id(piece) not in gone]
        page.notices.append("hidden_text")


def _on_colour(page: Painted, piece: Piece) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
    shapes = [fill.box for fill in page.fills if fill.colour != "FFFFFF"] + page.pictures + page.strokes
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in shapes)


def _sideways(pieces: list[Piece]) -> int:
    """The quarter turns that set most of the text upright."""
    counts = [0, 0, 0, 0]
    for piece in pieces:
        counts[piece.style.turn] += len(piece.text)
    most = counts.index(max(counts))
    return (-most) % 4 if counts[most] > 0.7 * sum(counts) else 0

"""What is drawn on and around words: underline, strike, highlight, tick boxes, rings, pictures."""

from __future__ import annotations

from parsers.readers.pdf_page import Painted


def mark(page: Painted) -> None:
    """Turns drawings into marks on words; drawings that were marks are taken off the page's ruled lines."""
    _stroked_boxes(page)


def _stroked_boxes(page: Painted) -> None:
    for x0, top, x1, bottom in page.boxes:
        page.across += [(top, x0, x1), (bottom, x0, x1)]
        page.down += [(x0, top, bottom), (x1, top, bottom)]

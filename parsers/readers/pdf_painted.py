"""What is painted on a page, as values: words with their look, lines, shapes; and the frame that measures them.

All coordinates are points from the top left of the page as a person sees it, whatever its /Rotate, crop box or sideways
text.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pypdfium2.raw as pdfium

from records.tree import Box, Run


@dataclass(slots=True)
class Style:
    """How a text object looks. One per text object, shared by its pieces."""

    font: str = ""
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    grey: bool = False
    hidden: bool = False
    white: bool = False
    pitch: float = 0.0
    """How far apart lines that were wrapped stand in this size, where the file has shown it."""
    signs: dict[int, str] | None = None
    """What the codes of a picture font show."""
    turn: int = 0
    """Quarter turns of the writing direction, clockwise, as seen on the page."""


class Cut(Enum):
    """Whether a word goes on in the next line, as far as the words of the document tell."""

    NO = 0
    PERHAPS = 1
    YES = 2


@dataclass(slots=True)
class Piece:
    """A word, or the part of a word that has one look, or something that stands like a word (`run`)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    style: Style
    spaced: bool = True
    """White space stands before it in the file."""
    tail: bool | None = False
    """At a line's end: a real space follows it in the file, so the line was wrapped here and nobody ended it.

    None where the file writes spaces in a way that does not tell.
    """
    cut: Cut = Cut.NO
    """At a line's end: whether the page's words say that this is the first part of a word cut in two."""
    strike: bool = False
    underline: bool = False
    highlight: bool = False
    run: Run | None = None


@dataclass(slots=True)
class Fill:
    box: Box
    colour: str


@dataclass(slots=True)
class Painted:
    """Everything on one page that reading needs."""

    number: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    """Horizontal lines: y, x0, x1."""
    down: list[tuple[float, float, float]] = field(default_factory=list)
    """Vertical lines: x, top, bottom."""
    fills: list[Fill] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    """Rectangles drawn as one stroked shape."""
    curves: list[Box] = field(default_factory=list)
    """Closed round shapes without fill."""
    strokes: list[Box] = field(default_factory=list)
    """Slanted lines and pen strokes."""
    pictures: list[Box] = field(default_factory=list)
    frame: Frame | None = None
    hidden: list[Piece] = field(default_factory=list)
    """Words that nobody can see: painted invisibly, or white on white."""
    notices: list[str] = field(default_factory=list)


class Frame:
    """Turns pdfium's user-space coordinates into points from the top left of the page as seen."""

    def __init__(self, page: Any, extra: int = 0) -> None:
        box = _crop(page)
        self.left, self.low, self.right, self.high = box
        self.turn = (pdfium.FPDFPage_GetRotation(page) + extra) % 4
        wide, tall = self.right - self.left, self.high - self.low
        self.width, self.height = (tall, wide) if self.turn % 2 else (wide, tall)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, self.high - y
        if self.turn == 1:
            return y - self.low, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.low
        return self.high - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        a, b = self.point(x0, y0), self.point(x1, y1)
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _crop(page: Any) -> Box:
    rect = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, rect) and rect.right > rect.left and rect.top > rect.bottom:
        return rect.left, rect.bottom, rect.right, rect.top
    return 0.0, 0.0, 612.0, 792.0


def colour_of(handle: Any, *, stroke: bool) -> tuple[int, int, int, int] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    call = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    if not call(handle, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha

"""One PDF page as it was painted: words with their look, ruled lines, filled and stroked shapes, pictures.

pdfium does the parsing and this module does the measuring; all coordinates come out in points from the top left of the
page as a person sees it, whatever the page's /Rotate, crop box or sideways text. Nothing here knows what a table is.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf_glyphs import symbol
from records.tree import Box, Run

THIN = 2.6
"""A filled shape no thicker than this is a ruled line."""
MAX_OBJECTS = 60_000
"""Painted objects looked at on one page; a drawing with more is not a form."""
MAX_SEGMENTS = 4_000
_WORD = re.compile(r"[^\s\x00\ufeff]+")
_INVISIBLE = 3


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
    turn: int = 0
    """Quarter turns of the writing direction, clockwise, as seen on the page."""


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
    tail: bool = False
    """At a line's end: a real space follows it in the file, so the line was wrapped here and nobody ended it."""
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
    for kind, shape, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(result, shape, matrix, frame)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(shape, matrix, frame)
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


# --- text ---------------------------------------------------------------------------------------------------------


def read_pieces(text_page: Any, frame: Frame) -> list[Piece]:
    """The words of the page in the file's order, split where the look changes."""
    text = _whole_text(text_page)
    reader = _Pieces(text_page, frame)
    result: list[Piece] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        tail = text[end : end + 1] == " " and text[end + 1 : end + 2] in {"\r", "\n", ""}
        result += reader.word(match.group(), start, tail and pdfium.FPDFText_IsGenerated(text_page, end) != 1)
    return result


def _whole_text(text_page: Any) -> str:
    """The text, one code unit a character index, so that an index into it is an index into pdfium's characters."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer).decode("utf-16-le", "surrogatepass")[:count]
        if len(text) == count:
            return text
    get = pdfium.FPDFText_GetUnicode
    return "".join([chr(code) if (code := get(text_page, i)) < 0x110000 else "\ufffd" for i in range(count)])


class _Pieces:
    """Measures the words of one page; keeps the looks it has met."""

    def __init__(self, text_page: Any, frame: Frame) -> None:
        self.page = text_page
        self.frame = frame
        self.styles: dict[int, Style] = {}
        self.fonts: dict[int, tuple[str, int, int]] = {}
        self.rect = pdfium.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()

    def word(self, text: str, start: int, tail: bool) -> list[Piece]:
        last = start + len(text) - 1
        cuts = [start]
        if last > start and self._object(start)[0] != self._object(last)[0]:
            key = self._object(start)[0]
            for index in range(start + 1, last + 1):
                now = self._object(index)[0]
                if now != key:
                    cuts.append(index)
                    key = now
        cuts.append(last + 1)
        pieces = []
        for begin, end in pairwise(cuts):
            piece = self._piece(text[begin - start : end - start], begin, end - 1)
            piece.spaced = begin == start
            piece.tail = tail and end == last + 1
            if piece.text:
                pieces.append(piece)
        return pieces

    def _object(self, index: int) -> tuple[int, Any]:
        handle = pdfium.FPDFText_GetTextObject(self.page, index)
        return (ctypes.cast(handle, ctypes.c_void_p).value or 0), handle

    def _piece(self, text: str, first: int, last: int) -> Piece:
        key, handle = self._object(first)
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._style(handle, first)
        box = self._box(first)
        if last != first:
            other = self._box(last)
            box = min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
        base = box[3]
        if style.turn == 0 and pdfium.FPDFText_GetCharOrigin(self.page, first, self.x, self.y):
            base = self.frame.point(self.x.value, self.y.value)[1]
        return Piece(symbol(text, style.font), *box, base, style)

    def _box(self, index: int) -> Box:
        rect = self.rect
        pdfium.FPDFText_GetLooseCharBox(self.page, index, rect)
        return self.frame.box(rect.left, rect.bottom, rect.right, rect.top)

    def _style(self, handle: Any, index: int) -> Style:
        if not handle:
            return Style()
        font = pdfium.FPDFTextObj_GetFont(handle)
        name, flags, weight = self._font(font)
        size = pdfium.FPDFText_GetFontSize(self.page, index)
        matrix = pdfium.FS_MATRIX()
        turn = 0
        if pdfium.FPDFText_GetMatrix(self.page, index, matrix):
            size *= math.hypot(matrix.c, matrix.d) or 1.0
            turn = _quarter(matrix.a, matrix.b, self.frame.turn)
        low = name.lower()
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        colour = _colour(handle, stroke=False)
        return Style(
            font=name,
            size=round(size, 1),
            bold=bool(flags & 0x40000)
            or weight >= 600
            or any(w in low for w in ("bold", "black", "heavy"))
            or mode == 2,
            italic=bool(flags & 0x40) or "italic" in low or "oblique" in low,
            grey=colour is not None and _greyish(colour),
            hidden=mode in (_INVISIBLE, 7),
            white=colour is not None and min(colour[:3]) >= 250,
            turn=turn,
        )

    def _font(self, font: Any) -> tuple[str, int, int]:
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self.fonts:
            buffer = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
            self.fonts[key] = (name, max(0, pdfium.FPDFFont_GetFlags(font)), pdfium.FPDFFont_GetWeight(font))
        return self.fonts[key]


def _quarter(a: float, b: float, page_turn: int) -> int:
    return (round(-math.degrees(math.atan2(b, a)) / 90) + page_turn) % 4


def _colour(handle: Any, *, stroke: bool) -> tuple[int, int, int, int] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    call = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    if not call(handle, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _greyish(colour: tuple[int, int, int, int]) -> bool:
    """Light grey: near-equal parts, neither black nor white."""
    low, high = min(colour[:3]), max(colour[:3])
    return high - low <= 24 and 0x50 <= low <= 0xDC


# --- shapes -------------------------------------------------------------------------------------------------------

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _objects(page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """Painted objects of the page and of the forms in it, each with the matrix of what holds it."""
    stack: list[tuple[Any, Matrix, int]] = [(None, _IDENTITY, 0)]
    seen = 0
    while stack:
        holder, matrix, depth = stack.pop()
        count = pdfium.FPDFPage_CountObjects(page) if holder is None else pdfium.FPDFFormObj_CountObjects(holder)
        for index in range(min(count, MAX_OBJECTS - seen)):
            seen += 1
            shape = (
                pdfium.FPDFPage_GetObject(page, index)
                if holder is None
                else pdfium.FPDFFormObj_GetObject(holder, index)
            )
            kind = pdfium.FPDFPageObj_GetType(shape)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 12:
                stack.append((shape, _times(_matrix(shape), matrix), depth + 1))
            elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
                yield kind, shape, matrix


def _matrix(shape: Any) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, raw):
        return _IDENTITY
    return raw.a, raw.b, raw.c, raw.d, raw.e, raw.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(shape: Any, matrix: Matrix, frame: Frame) -> Box | None:
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(shape, left, low, right, high):
        return None
    if matrix is _IDENTITY:
        return frame.box(left.value, low.value, right.value, high.value)
    corners = [_apply(matrix, x, y) for x in (left.value, right.value) for y in (low.value, high.value)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return frame.box(min(xs), min(ys), max(xs), max(ys))


def _add_path(page: Painted, shape: Any, matrix: Matrix, frame: Frame) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, mode, stroked)
    if not mode.value and not stroked.value:
        return
    paint = _colour(shape, stroke=False) if mode.value else None
    if mode.value and (paint is None or paint[3] == 0):
        mode.value = 0
    pen = _colour(shape, stroke=True) if stroked.value else None
    if pen is not None and (pen[3] == 0 or min(pen[:3]) >= 250):
        stroked.value = 0
    colour = f"{paint[0]:02X}{paint[1]:02X}{paint[2]:02X}" if mode.value and paint else ""
    if not colour and not stroked.value:
        return
    for points, curved in _subpaths(shape, matrix, frame):
        _add_shape(page, points, curved, colour, bool(stroked.value))


def _subpaths(shape: Any, matrix: Matrix, frame: Frame) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The points of each closed or open part, and whether it has curves."""
    inner = _matrix(shape)
    whole = inner if matrix is _IDENTITY else _times(inner, matrix)
    plain = whole == _IDENTITY
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(shape), MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        spot = (x.value, y.value) if plain else _apply(whole, x.value, y.value)
        points.append(frame.point(*spot))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1 and points[0] != points[-1]:
            points.append(points[0])
    if points:
        yield points, curved


def _add_shape(page: Painted, points: list[tuple[float, float]], curved: bool, colour: str, stroked: bool) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
    wide, tall = x1 - x0, bottom - top
    box = (x0, top, x1, bottom)
    if tall <= THIN and wide > THIN:
        if colour != "FFFFFF" or stroked:
            page.across.append(((top + bottom) / 2, x0, x1))
    elif wide <= THIN and tall > THIN:
        if colour != "FFFFFF" or stroked:
            page.down.append(((x0 + x1) / 2, top, bottom))
    elif curved:
        _add_curve(page, points, box, colour)
    elif _is_rectangle(points, box):
        if colour:
            page.fills.append(Fill(box, colour))
        if stroked:
            page.boxes.append(box)
    elif wide > THIN or tall > THIN:
        _add_polyline(page, points, box, stroked)


def _add_curve(page: Painted, points: list[tuple[float, float]], box: Box, colour: str) -> None:
    """A ring, a pen stroke or dot, or a rectangle with rounded corners."""
    x0, top, x1, bottom = box
    corners = sum(
        1 for x, y in points if min(abs(x - x0), abs(x - x1)) < 0.1 or min(abs(y - top), abs(y - bottom)) < 0.1
    )
    closed = abs(points[0][0] - points[-1][0]) < 1 and abs(points[0][1] - points[-1][1]) < 1
    if closed and len(points) > 14 and corners >= 8:
        (page.fills.append(Fill(box, colour)) if colour else page.boxes.append(box))
    elif closed and not colour:
        page.curves.append(box)
    else:
        page.strokes.append(box)


def _is_rectangle(points: list[tuple[float, float]], box: Box) -> bool:
    if not 4 <= len(points) <= 6:
        return False
    x0, top, x1, bottom = box
    corners = {(abs(x - x0) < 0.5, abs(y - top) < 0.5) for x, y in points}
    on_corner = all(min(abs(x - x0), abs(x - x1)) < 0.5 and min(abs(y - top), abs(y - bottom)) < 0.5 for x, y in points)
    return on_corner and len(corners) == 4


def _add_polyline(page: Painted, points: list[tuple[float, float]], box: Box, stroked: bool) -> None:
    slanted = False
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ay - by) <= 0.6:
            if stroked and abs(ax - bx) > THIN:
                page.across.append(((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= 0.6:
            if stroked and abs(ay - by) > THIN:
                page.down.append(((ax + bx) / 2, min(ay, by), max(ay, by)))
        else:
            slanted = True
    if slanted:
        page.strokes.append(box)

"""The words that pdfium finds on a page, measured, with their look."""

from __future__ import annotations

import ctypes
import math
import re
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf_glyphs import sign_table, symbol
from parsers.readers.pdf_painted import Frame, Piece, Style, colour_of
from records.tree import Box

_WORD = re.compile(r"[^\s\ufeff]+")
_INVISIBLE = 3


def read_pieces(text_page: Any, frame: Frame) -> list[Piece]:
    """The words of the page in the file's order, split where the look changes."""
    text = _whole_text(text_page)
    reader = _Pieces(text_page, frame)
    result: list[Piece] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        tail = text[end : end + 1] == " " and text[end + 1 : end + 2] in {"\r", "\n", ""}
        result += reader.word(match.group(), start, tail and pdfium.FPDFText_IsGenerated(text_page, end) != 1)
    return [piece for piece in result if piece.text]


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
        key, handle = self._object(start)
        if last == start or key == self._object(last)[0]:
            return [self._piece(text, start, (key, handle), spaced=True, tail=tail)]
        cuts = [start]
        for index in range(start + 1, last + 1):
            now = self._object(index)[0]
            if now != key:
                cuts.append(index)
                key = now
        pieces = []
        for begin, end in pairwise([*cuts, last + 1]):
            part = text[begin - start : end - start]
            spaced, ends = begin == start, end == last + 1
            pieces.append(self._piece(part, begin, self._object(begin), spaced=spaced, tail=tail and ends))
        return pieces

    def _object(self, index: int) -> tuple[int, Any]:
        handle = pdfium.FPDFText_GetTextObject(self.page, index)
        return (ctypes.addressof(handle.contents) if handle else 0), handle

    def _piece(self, text: str, first: int, owner: tuple[int, Any], *, spaced: bool, tail: bool) -> Piece:
        style = self.styles.get(owner[0])
        if style is None:
            style = self.styles[owner[0]] = self._style(owner[1], first)
        x0, top, x1, bottom = self._box(first)
        if len(text) > 1:
            a0, b0, a1, b1 = self._box(first + len(text) - 1)
            x0, top, x1, bottom = min(x0, a0), min(top, b0), max(x1, a1), max(bottom, b1)
        base = self._baseline(first, bottom) if style.turn == 0 else bottom
        shown = symbol(text, style.signs)
        return Piece(shown, x0, top, x1, bottom, base, style, spaced, tail)

    def _baseline(self, index: int, bottom: float) -> float:
        """Where the letters stand; boxes of some fonts end with each letter's own ink."""
        if not pdfium.FPDFText_GetCharOrigin(self.page, index, self.x, self.y):
            return bottom
        return self.frame.point(self.x.value, self.y.value)[1]

    def _box(self, index: int) -> Box:
        rect = self.rect
        pdfium.FPDFText_GetLooseCharBox(self.page, index, rect)
        frame = self.frame
        if frame.turn == 0:
            return rect.left - frame.left, frame.high - rect.top, rect.right - frame.left, frame.high - rect.bottom
        return frame.box(rect.left, rect.bottom, rect.right, rect.top)

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
        colour = colour_of(handle, stroke=False)
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
            signs=sign_table(name),
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


def _greyish(colour: tuple[int, int, int, int]) -> bool:
    """Light grey: near-equal parts, neither black nor white."""
    low, high = min(colour[:3]), max(colour[:3])
    return high - low <= 24 and 0x50 <= low <= 0xDC

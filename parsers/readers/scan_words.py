"""Reads the words of a page cell by cell with few calls of the engine: cells are stacked under each other like lines.

In a stack no word of one cell can run into its neighbour's, and the engine never guesses at columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from PIL import Image

from parsers.ocr import Word, read_words
from parsers.readers.pdf_painted import Piece, Style
from parsers.readers.scan_picture import DPI, POINT, Area
from records.tree import Run

SURE = 75.0
"""A word the engine is less sure of than this is marked for a person."""
_PAD, _APART, _TALLEST = 16, 30, 9_000
_ONE_BLOCK = 6
"""Tesseract's page segmentation for one block of lines."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A region of the page in a stack: where it was cut and how far down it was pasted."""

    area: Area
    down: int


def words_of(clean: Image.Image, ink: Image.Image, regions: list[Area], *, seconds: float) -> list[Word]:
    """The words of the regions, in page pixels. `ink` tells which regions hold anything."""
    words: list[Word] = []
    cut = [area for region in regions if (area := _inked(ink, region))]
    for number, (sheet, placed) in enumerate(_stacks(clean, cut)):
        for word in read_words(sheet, layout=_ONE_BLOCK, dpi=DPI, seconds=seconds):
            home = _home(placed, word)
            if home is not None and not _is_speck(word):
                words.append(_moved(word, home, number))
    return words


def _inked(ink: Image.Image, region: Area) -> Area | None:
    """The part of a region that holds ink, with a margin; None for an empty one."""
    inside = ink.crop(region)
    box = inside.getbbox()
    if box is None or inside.histogram()[255] < 25:
        return None
    left, top, right, bottom = region
    return left, max(top, top + box[1] - 3), right, min(bottom, top + box[3] + 3)


def _stacks(clean: Image.Image, areas: list[Area]) -> Iterator[tuple[Image.Image, list[Placed]]]:
    group: list[Placed] = []
    down = _PAD
    for area in areas:
        tall = area[3] - area[1]
        if group and down + tall > _TALLEST:
            yield _sheet(clean, group, down), group
            group, down = [], _PAD
        group.append(Placed(area, down))
        down += tall + _APART
    if group:
        yield _sheet(clean, group, down), group


def _sheet(clean: Image.Image, group: list[Placed], tall: int) -> Image.Image:
    wide = max(placed.area[2] - placed.area[0] for placed in group) + 2 * _PAD
    sheet = Image.new("L", (wide, tall + _PAD), 255)
    for placed in group:
        sheet.paste(clean.crop(placed.area), (_PAD, placed.down))
    return sheet


def _home(placed: list[Placed], word: Word) -> Placed | None:
    middle = (word.top + word.bottom) / 2
    for region in placed:
        if region.down - _APART / 2 <= middle <= region.down + region.area[3] - region.area[1] + _APART / 2:
            return region
    return None


def _moved(word: Word, home: Placed, sheet: int) -> Word:
    across, down = home.area[0] - _PAD, home.area[1] - home.down
    return replace(
        word,
        left=word.left + across,
        right=word.right + across,
        top=word.top + down,
        bottom=word.bottom + down,
        line=(sheet * 10_000 + home.down, word.line[1], word.line[2]),
    )


def _is_speck(word: Word) -> bool:
    """Dust that was read as a sign."""
    tiny = word.right - word.left < 11 and word.bottom - word.top < 11
    thin = word.text in ("|", "_", "—", "-", "~", "'", "‘", "’", "`", ".", ",", ":", ";") and word.sure < 60
    return not any(char.isalnum() for char in word.text) and (tiny or thin)


def pieces_of(words: list[Word]) -> list[Piece]:
    """The words as pieces of a painted page, those of one line on one baseline and in one size."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    pieces: list[Piece] = []
    for line in lines.values():
        size = float(max(4, round(median(_size(word) for word in line) / POINT)))
        base = median(_base(word, size * POINT) for word in line) / POINT
        first = min(line, key=lambda word: word.left)
        if _COUNTED.fullmatch(first.text) and len(line) > 1:
            line = [replace(word, text=word.text[:-1] + ".") if word is first else word for word in line]
        pieces += [_piece(word, base, Style(size=size)) for word in _postcodes_checked(line)]
    return pieces


def _postcodes_checked(line: list[Word]) -> list[Word]:
    """The words of a line; the first half of a postcode that has a letter where a figure must stand is doubted."""
    ranked = sorted(line, key=lambda word: word.left)
    wrong = {
        word
        for word, after in pairwise(ranked)
        if _INWARD.fullmatch(after.text) and _OUTWARD_LIKE.fullmatch(word.text) and not _OUTWARD.fullmatch(word.text)
    }
    return [replace(word, sure=min(word.sure, SURE - 1)) if word in wrong else word for word in line]


_INWARD = re.compile(r"[0-9OISZB][A-Z]{2}[.,;]?")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_OUTWARD_LIKE = re.compile(r"[A-Z0-9]{1,2}[0-9A-Zl][0-9A-Zl]?")
"""The halves of a postcode; the last is what a misread first half looks like."""
_COUNTED = re.compile(r"\d{1,2}[a-z]?,")
"""The number of a question whose full stop was taken for a comma."""
_ASCENDS = set("bdfhklitABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'’“”()[]/?!&£@")
_DESCENDS = set("gjpqyQ,;()[]@/")


def _size(word: Word) -> float:
    letters = [char for char in word.text if char.isalnum()]
    up, down = bool(_ASCENDS & set(letters)), bool(_DESCENDS & set(word.text))
    tall = word.bottom - word.top
    return tall / {(True, True): 0.93, (True, False): 0.72, (False, True): 0.73, (False, False): 0.53}[up, down]


def _base(word: Word, size: float) -> float:
    return word.bottom - (0.2 * size if _DESCENDS & set(word.text) else 0.0)


_DASH = re.compile(r"[—–](?=[^\W\d_])")
_DOUBTFUL = re.compile(r"^[OISZB][A-Z]{2}[.,;]?$|\d[OoIlSBZ]\d|^[OoIl]\d+$|[\d/][OoIl][\d/]")
"""A letter where only a figure can stand: the end of a postcode, the middle of a number or a date."""


def _mended(text: str) -> str:
    """What the engine writes otherwise than a keyboard does: the dash of running text, a stray opening quote."""
    if text.lower() == "xx":
        return "X"  # one cross, seen twice by the engine
    text = (_DASH.sub("– ", text) if text[:1] in "—–" else text).replace("—", "–")
    return text.replace("‘", "’") if not text.startswith("‘") or text.count("‘") > 1 else text


def _piece(word: Word, base: float, style: Style) -> Piece:
    text = _mended(word.text)
    run = Run(text, unsure=True, font_size=style.size) if word.sure < SURE or _DOUBTFUL.search(text) else None
    box = (word.left / POINT, word.top / POINT, word.right / POINT, word.bottom / POINT)
    return Piece(text, *box, base, style, run=run)

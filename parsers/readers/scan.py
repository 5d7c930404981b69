"""Reads scans: the picture of each page is straightened, its ruled lines found, and the words of each cell read.

The page then is what a painted PDF page is, and is laid out and joined by the same code. Every word the engine is not
sure of is a run marked `unsure`.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageSequence, UnidentifiedImageError

from parsers.ocr import Word, read_turn, require_engine
from parsers.readers.pdf_flow import join_pages
from parsers.readers.pdf_grid import Grid, find_grids
from parsers.readers.pdf_layout import Placed, lay_out
from parsers.readers.pdf_line_ends import LineEnds
from parsers.readers.pdf_painted import Fill, Painted, Piece, Style
from parsers.readers.scan_picture import (
    DPI,
    POINT,
    Area,
    Stroke,
    black_and_white,
    dark_bands,
    ink_of,
    ruled_lines,
    straightened,
    turned_light,
    without_lines,
)
from parsers.readers.scan_shapes import rings, shapes, squares
from parsers.readers.scan_words import pieces_of, words_of
from records.errors import Empty, TooLarge, Unreadable
from records.limits import Limits
from records.tree import Block, Box, Control, DocumentTree, Run, walk_paragraphs

KINDS = ("scan", "png", "jpg", "tiff")

_MOST_PIXELS = 60_000_000
_EMPTY_BOX, _FULL_BOX = 0.035, 0.085
"""Parts of the inside of a tick box that are ink: below the first it is empty, above the second marked."""


def read(data: bytes, limits: Limits, *, only: frozenset[int] = frozenset()) -> DocumentTree:
    """The tree of a picture (.png, .jpg, .tiff) or of a PDF whose pages are pictures; `only` these pages where given.

    ConverterUnavailable without Tesseract; InputProblem when the file cannot be read.
    """
    require_engine()
    if not data.strip():
        raise Empty
    pages = []
    for number, (picture, size) in enumerate(_pictures(data, limits, only), 1):
        if only and number not in only:
            continue
        pages.append(paint(picture, number, size=size, limits=limits))
    return tree_of(pages)


def tree_of(pages: list[Painted]) -> DocumentTree:
    """The tree of painted pages that were read from pictures."""
    _level_edges(pages)
    laid = [lay_out(Placed(page), LineEnds()) for page in pages]
    blocks, asides = join_pages(laid)
    notices = sorted({"ocr", *(notice for page in laid for notice in page.notices)})
    tree = DocumentTree("scan", blocks, asides, notices, pages=len(pages))
    unsure = [run.text for run in _runs(blocks) if run.unsure]
    if unsure:
        tree.properties["low_confidence"] = "\n".join(unsure)
    return tree


def _level_edges(pages: list[Painted]) -> None:
    """Running headers and footers to one height: the paper lay a little differently on the glass each time."""
    seen: dict[str, list[Piece]] = {}
    for page in pages:
        for piece in page.pieces:
            if 0.13 * page.height < piece.base < 0.87 * page.height or len(piece.text) < 2:
                continue
            twin = next((p for p in seen.get(piece.text, ()) if _stands_like(p, piece)), None)
            if twin is None:
                seen.setdefault(piece.text, []).append(piece)
                continue
            shift = twin.base - piece.base
            piece.base, piece.top, piece.bottom = twin.base, piece.top + shift, piece.bottom + shift


def _stands_like(one: Piece, other: Piece) -> bool:
    return abs(one.base - other.base) <= 9 and abs(one.x0 - other.x0) <= 14


def _runs(blocks: list[Block]) -> Iterator[Run]:
    for paragraph in walk_paragraphs(blocks):
        yield from paragraph.runs


def _pictures(data: bytes, limits: Limits, only: frozenset[int]) -> Iterator[tuple[Image.Image, tuple[float, float]]]:
    """Each page as a grey picture at our resolution, with its size in points."""
    if data[:1024].lstrip().startswith(b"%PDF"):
        yield from _pdf_pictures(data, limits, only)
        return
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")) as picture:
            for count, frame in enumerate(ImageSequence.Iterator(picture), 1):
                if count > limits.pages or frame.width * frame.height > _MOST_PIXELS:
                    raise TooLarge("The picture is larger than this service accepts.")
                yield _scaled(frame)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("The picture is damaged and cannot be opened.") from error
    except Image.DecompressionBombError as error:
        raise TooLarge("The picture is larger than this service accepts.") from error


def _scaled(frame: Image.Image) -> tuple[Image.Image, tuple[float, float]]:
    """A photograph or scan of a page brought to our resolution: the long side of A4 where it does not say its own."""
    grey = _flat(frame)
    dpi = float((frame.info.get("dpi") or (0, 0))[0] or 0)
    long_side = max(grey.size)
    if not 100 <= dpi <= 1200 or not 7 <= long_side / dpi <= 20:
        dpi = long_side / 11.69
    scale = DPI / dpi
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS), (size[0] / POINT, size[1] / POINT)


def _flat(frame: Image.Image) -> Image.Image:
    """Grey on white, with no see-through parts."""
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        over = Image.new("RGBA", frame.size, "white")
        over.alpha_composite(frame.convert("RGBA"))
        return over.convert("L")
    return frame.convert("L")


def _pdf_pictures(
    data: bytes, limits: Limits, only: frozenset[int]
) -> Iterator[tuple[Image.Image, tuple[float, float]]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("The PDF is damaged and cannot be opened.") from error
    try:
        if len(document) > limits.pages:
            raise TooLarge(f"The PDF has {len(document)} pages; the limit is {limits.pages}.")
        for index in range(len(document)):
            wanted = not only or index + 1 in only
            yield picture_of_page(document, index) if wanted else (Image.new("L", (1, 1)), (1.0, 1.0))
    finally:
        document.close()


def picture_of_page(document: pypdfium2.PdfDocument, index: int) -> tuple[Image.Image, tuple[float, float]]:
    """One page of an open PDF as a grey picture, and its size in points."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(POINT, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
        bitmap = page.render(scale=scale, grayscale=True)
        picture: Image.Image = bitmap.to_pil().convert("L")
    except pypdfium2.PdfiumError as error:
        raise Unreadable("A page of the PDF is damaged and cannot be opened.") from error
    finally:
        page.close()
    if scale != POINT:
        picture = picture.resize((round(width * POINT), round(height * POINT)), Image.Resampling.BICUBIC)
    return picture, (width, height)


@dataclass(slots=True)
class _Page:
    """A page on its way from picture to painted page."""

    grey: Image.Image
    bands: list[Area]
    grids: list[Grid] = field(default_factory=list)
    across: list[Stroke] = field(default_factory=list)
    down: list[Stroke] = field(default_factory=list)
    boxes: list[tuple[Area, float]] = field(default_factory=list)
    rings: list[Area] = field(default_factory=list)
    clean: Image.Image = field(default_factory=lambda: Image.new("L", (1, 1)))
    """What is left for the engine: black words on white, no lines, no boxes, no rings."""
    ink: Image.Image = field(default_factory=lambda: Image.new("L", (1, 1)))


def paint(picture: Image.Image, number: int, *, size: tuple[float, float], limits: Limits) -> Painted:
    """The painted page of a picture."""
    page, words, turned = _read_upright(picture, limits)
    width, height = size if turned % 180 == 0 else (size[1], size[0])
    _forget_frames(page, words)
    words = [_doubted(word, page) for word in words]
    painted = Painted(number, width, height)
    painted.across = [(stroke.place / POINT, stroke.start / POINT, stroke.end / POINT) for stroke in page.across]
    painted.down = [(stroke.place / POINT, stroke.start / POINT, stroke.end / POINT) for stroke in page.down]
    painted.curves = [_points(area) for area in page.rings]
    painted.pictures, scribbles = _unread_ink(page, words)
    painted.pieces = pieces_of([word for word in words if word not in scribbles])
    painted.pieces += [_tick(area, part) for area, part in page.boxes]
    painted.fills = _shadings(page)
    if turned:
        painted.notices.append("turned")
    return painted


def _doubted(word: Word, page: _Page) -> Word:
    """An address on an underline may have lost the tails of its letters with the line: "y" then reads as "v"."""
    if "@" not in word.text:
        return word
    wide = word.right - word.left
    on_line = any(
        -6 <= word.bottom - line.place <= 16 and line.start < word.right and line.end > word.left
        for line in page.across
        if line.end - line.start <= 1.3 * wide
    )
    return replace(word, sure=min(word.sure, 60.0)) if on_line else word


def _forget_frames(page: _Page, words: list[Word]) -> None:
    """Takes away the lines of grids inside a cell that hold no word: the frame of a signature or a stamp."""
    for grid in page.grids:
        kept = []
        for host, inner in grid.inside:
            area = _pixels(inner.box)
            if any(word.sure >= 60 and _within(word, area) for word in words):
                kept.append((host, inner))
                continue
            page.across = [line for line in page.across if not _stands_in(line.place, line, area[1::2], area[0::2])]
            page.down = [line for line in page.down if not _stands_in(line.place, line, area[0::2], area[1::2])]
        grid.inside = kept


def _stands_in(place: float, line: Stroke, across: tuple[int, ...], along: tuple[int, ...]) -> bool:
    return across[0] - 9 <= place <= across[1] + 9 and along[0] - 12 <= line.start and line.end <= along[1] + 12


def _read_upright(picture: Image.Image, limits: Limits) -> tuple[_Page, list[Word], int]:
    """The page and its words; a page that reads badly is tried the way up that the engine thinks it is."""
    page = _seen(picture)
    words = _words(page, limits)
    if _quality(words) >= 60 and len(words) >= 5:
        return page, words, 0
    turn, sure = read_turn(picture.reduce(2), seconds=limits.wall_seconds)
    if not turn or sure < 1.0:
        return page, words, 0
    upright = picture.rotate(-turn, expand=True)
    again = _seen(upright)
    better = _words(again, limits)
    return (again, better, turn) if _quality(better) > _quality(words) else (page, words, 0)


def _quality(words: list[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / letters if letters else 0.0


def _seen(picture: Image.Image) -> _Page:
    grey, _ = straightened(picture)
    page = _Page(grey, dark_bands(grey))
    light = turned_light(grey, page.bands)
    ink = black_and_white(ink_of(light))
    page.across, page.down = ruled_lines(light, ink)
    page.down = [line for line in page.down if not _is_letter_in_band(line, page)]
    for left, top, right, bottom in page.bands:
        page.across += [Stroke(top, left, right, 2), Stroke(bottom, left, right, 2)]
        page.down += [Stroke(left, top, bottom, 2), Stroke(right, top, bottom, 2)]
    without = without_lines(ink, page.across, page.down)
    _find_shapes(page, ink, without)
    page.ink = without
    page.clean = Image.composite(light, Image.new("L", light.size, 255), _grown(without))
    page.grids = find_grids(
        [(s.place / POINT, s.start / POINT, s.end / POINT) for s in page.across],
        [(s.place / POINT, s.start / POINT, s.end / POINT) for s in page.down],
    )
    return page


def _is_letter_in_band(line: Stroke, page: _Page) -> bool:
    """An upright line inside a dark band that goes on neither above nor below it."""
    inside = any(band[1] - 12 <= line.start and line.end <= band[3] + 12 for band in page.bands)
    return inside and not any(abs(other.place - line.place) < 7 and other is not line for other in page.down)


def _find_shapes(page: _Page, ink: Image.Image, without: Image.Image) -> None:
    """Takes tick boxes, rings and dust out of the ink, and keeps the boxes and rings."""
    pen = ImageDraw.Draw(without)
    dust = []
    found = shapes(without)
    for shape in found:
        if shape.size < 6:
            dust.append(shape.box)
            continue
        for box in squares(shape):
            page.boxes.append((box, _filled(ink, box)))
            mark = shape.box if shape.box[2] - shape.box[0] < 2 * (box[2] - box[0]) else box
            pen.rectangle((mark[0] - 2, mark[1] - 2, mark[2] + 2, mark[3] + 2), fill=0)
        for left, top, right, bottom in rings(shape, found):
            page.rings.append((left, top, right, bottom))
            pen.ellipse((left - 3, top - 3, right + 2, bottom + 2), outline=0, width=13)
    coarse = without.reduce(24)
    for box in dust:
        if _lonely(coarse, box):
            pen.rectangle((box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2), fill=0)


def _lonely(coarse: Image.Image, box: Area) -> bool:
    """Whether a speck stands far from anything."""
    x, y = box[0] // 24, box[1] // 24
    near = coarse.crop((x - 1, y - 1, x + 2, y + 2)).tobytes()
    return sum(near) < 36


def _filled(ink: Image.Image, box: Area) -> float:
    """The part of a box's inside that is ink."""
    left, top, right, bottom = box
    edge = max(6, (right - left) // 4)
    inside = ink.crop((left + edge, top + edge, right - edge, bottom - edge))
    return inside.histogram()[255] / max(1, inside.width * inside.height)


def _tick(area: Area, part: float) -> Piece:
    box = _points(area)
    checked = part >= (_EMPTY_BOX + _FULL_BOX) / 2
    unsure = _EMPTY_BOX < part < _FULL_BOX
    sign = "☒" if checked else "☐"
    run = Run(sign, control=Control("check", checked=checked), unsure=unsure)
    return Piece(sign, *box, box[3] - 1.0, Style(size=box[3] - box[1]), run=run)


def _points(area: Area) -> Box:
    return area[0] / POINT, area[1] / POINT, area[2] / POINT, area[3] / POINT


def _grown(mask: Image.Image) -> Image.Image:
    return mask.filter(ImageFilter.BoxBlur(2)).point([255 if level > 12 else 0 for level in range(256)])


def _words(page: _Page, limits: Limits) -> list[Word]:
    """The words of every cell, and of the bands of running text outside the tables."""
    cells = list(_cells(page.grids))
    outside_ink, outside = page.ink.copy(), page.clean.copy()
    regions = []
    for area, inner in cells:
        regions.append(area)
        for hole in inner:
            page.ink.paste(0, hole)
    for grid in page.grids:
        outside_ink.paste(0, _pixels(grid.box))
        outside.paste(255, _pixels(grid.box))
    words = words_of(page.clean, page.ink, regions, seconds=limits.wall_seconds)
    words += words_of(outside, outside_ink, list(_bands(outside_ink)), seconds=limits.wall_seconds)
    return words


def _cells(grids: list[Grid]) -> Iterator[tuple[Area, list[Area]]]:
    """The inside of every cell, the smallest last, and the grids that stand in it."""
    for grid in grids:
        for at, cell in enumerate(grid.cells):
            left, top, right, bottom = _pixels(cell.box)
            inner = [_pixels(nested.box) for host, nested in grid.inside if host == at]
            if right - left > 20 and bottom - top > 20:
                yield (left + 6, top + 5, right - 6, bottom - 5), inner
        yield from _cells([nested for _, nested in grid.inside])


def _pixels(box: Box) -> Area:
    return round(box[0] * POINT), round(box[1] * POINT), round(box[2] * POINT), round(box[3] * POINT)


def _bands(ink: Image.Image) -> Iterator[Area]:
    """The stretches of rows that hold ink outside tables."""
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    wide, start, gap = ink.width, -1, 0
    for row, level in enumerate([*rows, *[0] * 40]):
        if level:
            start = row if start < 0 else start
            gap = 0
        elif start >= 0:
            gap += 1
            if gap >= 30:
                yield (0, max(0, start - 4), wide, min(ink.height, row - gap + 5))
                start, gap = -1, 0


def _unread_ink(page: _Page, words: list[Word]) -> tuple[list[Box], list[Word]]:
    """Where a cell holds ink that is no word (a signature, a stamp), and what the engine made of it.

    Three or more bad words are writing that a person must see; one or two are what a signature looks like to it.
    """
    found: list[Box] = []
    scribbles: list[Word] = []
    for area, _ in _cells(page.grids):
        read = [word for word in words if _within(word, area)]
        if any(word.sure >= 45 for word in read):
            continue
        ink = page.ink.crop(area)
        box = ink.getbbox()
        if box and ink.histogram()[255] >= 220 and box[3] - box[1] >= 5 * POINT and box[2] - box[0] >= 5 * POINT:
            left, top = area[0], area[1]
            found.append(_points((left + box[0], top + box[1], left + box[2], top + box[3])))
            scribbles += read if len(read) <= 2 else []
    return found, scribbles


def _within(word: Word, area: Area) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return area[0] <= across <= area[2] and area[1] <= down <= area[3]


def _shadings(page: _Page) -> list[Fill]:
    """The grey of cells that are shaded."""
    fills = []
    small = page.grey.reduce(4)
    counts = small.histogram()
    paper = max(range(200, 256), key=lambda level: counts[level])
    for (left, top, right, bottom), _ in _cells(page.grids):
        across, down = left // 4 + 1, top // 4 + 1
        inside = small.crop((across, down, max(across + 1, right // 4 - 1), max(down + 1, bottom // 4 - 1)))
        levels = inside.histogram()
        level = max(range(256), key=lambda value: levels[value])
        if level < paper - 9:
            fills.append(Fill(_points((left - 6, top - 5, right + 6, bottom + 5)), f"{level:02X}" * 3))
    return fills

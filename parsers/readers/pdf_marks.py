"""What is drawn on and around words: underline, strike, highlight, tick boxes, rings, pictures, pen strokes."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.readers.pdf_grid import Grid
from parsers.readers.pdf_painted import Fill, Painted, Piece, Style
from records.tree import Box, Run

TICK_SIZE = (4.5, 20.0)
PEN = "pen stroke"
"""The font name of a piece that stands for a drawing; outside tables such pieces are dropped."""
_CROSSES = frozenset("xX✓✗☒/vV+*")
_BUCKET = 8.0
MAX_SQUARES = 1_000
"""A page with more small squares is a drawing, not a form."""


def mark(page: Painted) -> None:
    """Turns drawings into marks on words; drawings that were marks are taken off the page's ruled lines."""
    words = _Shelf(page.pieces)
    _tick_boxes(page)
    page.across = [line for line in page.across if not _decorates(line, words)]
    page.fills = [fill for fill in page.fills if not _highlights(fill, words)]
    _rings(page, words)
    for x0, top, x1, bottom in page.boxes:
        page.across += [(top, x0, x1), (bottom, x0, x1)]
        page.down += [(x0, top, bottom), (x1, top, bottom)]
    _pictures(page)


class _Shelf:
    """The words of a page by height, so that a drawing meets only the words beside it."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.rows: dict[int, list[Piece]] = {}
        for piece in pieces:
            if piece.style.turn == 0 and piece.run is None:
                self.rows.setdefault(int(piece.base // _BUCKET), []).append(piece)

    def near(self, top: float, bottom: float) -> list[Piece]:
        """Words whose baseline lies between these heights."""
        found = []
        for key in range(int(top // _BUCKET), int(bottom // _BUCKET) + 1):
            found += [piece for piece in self.rows.get(key, ()) if top <= piece.base <= bottom]
        return found


# --- lines through and under words --------------------------------------------------------------------------------


def _decorates(line: tuple[float, float, float], words: _Shelf) -> bool:
    """This line is an underline or a strike of words, which are marked as such."""
    y, x0, x1 = line
    hit = []
    for piece in words.near(y - 4.5, y + 20):
        size = piece.style.size
        if min(piece.x1, x1) - max(piece.x0, x0) < 0.5 * (piece.x1 - piece.x0):
            continue
        if -0.24 * size <= piece.base - y <= 0.5 * size:
            hit.append(piece)
    if not hit:
        return False
    first, last = min(p.x0 for p in hit), max(p.x1 for p in hit)
    size = hit[0].style.size
    if x0 < first - 0.45 * size or x1 > last + 0.9 * size:
        return False
    for piece in hit:
        if piece.base - y > 0.12 * piece.style.size:
            piece.strike = True
        else:
            piece.underline = True
    return True


def _highlights(fill: Fill, words: _Shelf) -> bool:
    """This coloured shape fits tightly behind words, which are marked as highlighted."""
    red, green, blue = (int(fill.colour[at : at + 2], 16) for at in (0, 2, 4))
    if max(red, green, blue) - min(red, green, blue) < 40:
        return False
    x0, top, x1, bottom = fill.box
    hit = [
        piece
        for piece in words.near(top, bottom + 1)
        if piece.x0 > x0 - 2 and piece.x1 < x1 + 2 and bottom - top < 2.0 * piece.style.size
    ]
    if not hit:
        return False
    size = hit[0].style.size
    if min(p.x0 for p in hit) - x0 > 0.35 * size or x1 - max(p.x1 for p in hit) > 0.45 * size:
        return False
    for piece in hit:
        piece.highlight = True
    return True


# --- tick boxes ---------------------------------------------------------------------------------------------------


def _tick_boxes(page: Painted) -> None:
    _drop_frames_of_fields(page)
    squares = _alone([box for box in page.boxes + page.curves if is_tick_size(box)])
    taken = set()
    for box in squares:
        if id(box) not in taken and tick(page, box):
            taken.add(id(box))
    page.boxes = [box for box in page.boxes if id(box) not in taken]
    page.curves = [box for box in page.curves if id(box) not in taken]


def _is_check(piece: Piece) -> bool:
    return piece.run is not None and piece.run.control is not None and piece.run.control.checked is not None


def _drop_frames_of_fields(page: Painted) -> None:
    """Squares and rings painted around check box fields say nothing of their own."""
    middles = [((p.x0 + p.x1) / 2, (p.top + p.bottom) / 2) for p in page.pieces if _is_check(p)]

    def frames(box: Box) -> bool:
        return box[2] - box[0] < 32 and box[3] - box[1] < 32 and any(_holds(box, middle) for middle in middles)

    if middles:
        page.boxes = [box for box in page.boxes if not frames(box)]
        page.curves = [box for box in page.curves if not frames(box)]


def is_tick_size(box: Box) -> bool:
    wide, tall = box[2] - box[0], box[3] - box[1]
    return TICK_SIZE[0] <= wide <= TICK_SIZE[1] and TICK_SIZE[0] <= tall <= TICK_SIZE[1] and 0.7 <= wide / tall <= 1.43


def _alone(squares: list[Box]) -> list[Box]:
    """Squares without those drawn twice and without rows of touching squares (one letter each)."""
    result: list[Box] = []
    for box in squares if len(squares) <= MAX_SQUARES else []:
        twin = any(abs(box[0] - b[0]) < 2.5 and abs(box[1] - b[1]) < 2.5 for b in result)
        if not twin:
            result.append(box)
    return [
        box
        for box in result
        if sum(1 for b in result if abs(b[1] - box[1]) < 2 and abs(abs(b[0] - box[0]) - (box[2] - box[0])) < 2) < 1
    ]


def tick(page: Painted, box: Box) -> bool:
    """Puts a tick box where this square is, ticked if something is drawn or typed in it. False if words stand in it.

    A square around a check box field is only its frame.
    """
    inside = [p for p in page.pieces if _holds(box, ((p.x0 + p.x1) / 2, (p.top + p.bottom) / 2))]
    if inside and all(_is_check(p) for p in inside):
        return True
    if any(p.run is not None or p.text not in _CROSSES for p in inside):
        return False
    drawn = [s for s in page.strokes if _mostly_in(s, box)]
    dots = [f for f in page.fills if _mostly_in(f.box, box) and _part(f.box, box) < 0.8 and _dark(f.colour)]
    checked = bool(inside or drawn or dots)
    gone = {id(p) for p in inside}
    page.pieces = [p for p in page.pieces if id(p) not in gone]
    page.strokes = [s for s in page.strokes if not _mostly_in(s, box)]
    base = _beside(page, box)
    size = box[3] - box[1]
    sign = "☒" if checked else "☐"
    page.pieces.append(Piece(sign, *box, base, Style(font="drawn", size=round(size, 1))))
    return True


def tick_grids(page: Painted, grids: list[Grid]) -> list[Grid]:
    """Grids without the small single squares drawn as four lines, which become tick boxes."""
    kept = []
    for grid in grids:
        grid.inside = [(at, inner) for at, inner in grid.inside if inner in tick_grids(page, [inner])]
        if len(grid.cells) == 1 and is_tick_size(grid.box) and tick(page, grid.box):
            continue
        kept.append(grid)
    return kept


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] - 1 <= point[0] <= box[2] + 1 and box[1] - 1 <= point[1] <= box[3] + 1


def _mostly_in(inner: Box, box: Box) -> bool:
    middle = ((inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2)
    return (
        _holds(box, middle)
        and inner[2] - inner[0] < 2.2 * (box[2] - box[0])
        and inner[3] - inner[1] < 2.2 * (box[3] - box[1])
    )


def _part(inner: Box, box: Box) -> float:
    return (inner[2] - inner[0]) * (inner[3] - inner[1]) / ((box[2] - box[0]) * (box[3] - box[1]))


def _dark(colour: str) -> bool:
    return sum(int(colour[at : at + 2], 16) for at in (0, 2, 4)) < 450


def _beside(page: Painted, box: Box) -> float:
    """The baseline of the words beside this box, or its own lower edge."""
    best, nearest = box[3] - 1.0, 60.0
    for piece in page.pieces:
        if piece.style.turn or not box[1] < piece.base < box[3] + 0.5 * piece.style.size:
            continue
        away = max(box[0] - piece.x1, piece.x0 - box[2], 0.0)
        if away < nearest:
            best, nearest = piece.base, away
    return best


# --- rings --------------------------------------------------------------------------------------------------------


def _rings(page: Painted, words: _Shelf) -> None:
    """Closed round shapes around a word or two, and lone rectangles around one of several words of a line."""
    taken = set()
    for box in page.curves + page.boxes:
        ringed = [p for p in words.near(box[1], box[3]) if _holds(box, ((p.x0 + p.x1) / 2, (p.top + p.bottom) / 2))]
        if not ringed or len(ringed) > 4:
            continue
        size = ringed[0].style.size
        if box[3] - box[1] > 3.6 * size or max(p.base for p in ringed) - min(p.base for p in ringed) > 1:
            continue
        wide = max(p.x1 for p in ringed) - min(p.x0 for p in ringed)
        if box[2] - box[0] > wide + 4 * size:
            continue
        if any(box is other for other in page.boxes) and not _picks_out(page, words, box, ringed):
            continue
        taken.add(id(box))
        end = max(ringed, key=lambda p: p.x1)
        spot = (end.x1 + 0.01, end.top, end.x1 + 0.02, end.bottom)
        page.pieces.append(Piece("", *spot, end.base, end.style, spaced=False, run=Run("", ring=True)))
    page.curves = [box for box in page.curves if id(box) not in taken]
    page.boxes = [box for box in page.boxes if id(box) not in taken]


def _picks_out(page: Painted, words: _Shelf, box: Box, ringed: list[Piece]) -> bool:
    """Other words stand close by on the same line, and the rectangle touches no ruled line."""
    base, size = ringed[0].base, ringed[0].style.size
    beside = [p for p in words.near(base - 1, base + 1) if p not in ringed]
    if not any(-1 < p.x0 - box[2] < 2.5 * size or -1 < box[0] - p.x1 < 2.5 * size for p in beside):
        return False
    near_line = any(
        abs(y - edge) < 2.5 and x0 < box[2] and x1 > box[0] for y, x0, x1 in page.across for edge in (box[1], box[3])
    )
    near_box = any(
        b is not box and abs(b[1] - box[1]) < 2.5 and b[0] < box[2] + 2.5 and b[2] > box[0] - 2.5 for b in page.boxes
    )
    return not near_line and not near_box


# --- pictures -----------------------------------------------------------------------------------------------------


def _pictures(page: Painted) -> None:
    area = page.width * page.height
    for box in page.pictures:
        wide, tall = box[2] - box[0], box[3] - box[1]
        if min(wide, tall) >= 5 and wide * tall < 0.5 * area:
            page.pieces.append(_picture(box, ""))
    for box in _together(page.strokes):
        if box[2] - box[0] >= 4 and box[3] - box[1] >= 4 and (box[2] - box[0]) * (box[3] - box[1]) < 0.1 * area:
            page.pieces.append(_picture(box, PEN))


def _picture(box: Box, font: str) -> Piece:
    return Piece("", *box, box[3], Style(font=font, size=10.0), run=Run("", picture=True))


def _together(strokes: list[Box]) -> list[Box]:
    """Strokes that overlap or nearly touch, as one."""
    result: list[Box] = []
    for stroke in sorted(strokes)[:2000]:
        for index, box in enumerate(result):
            if (
                stroke[0] <= box[2] + 6
                and stroke[2] >= box[0] - 6
                and stroke[1] <= box[3] + 6
                and stroke[3] >= box[1] - 6
            ):
                result[index] = (
                    min(stroke[0], box[0]),
                    min(stroke[1], box[1]),
                    max(stroke[2], box[2]),
                    max(stroke[3], box[3]),
                )
                break
        else:
            result.append(stroke)
    return result

"""Lone boxes with their label printed beside them: one row of a table, label | box."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from parsers.readers.pdf_grid import Grid
from parsers.readers.pdf_painted import Piece
from parsers.readers.pdf_text import make_paragraphs
from records.tree import Block, Box, Cell, Row, Table

COMB = 26.0
"""Cells no wider than this in one row are the places of single letters."""


@dataclass(slots=True)
class Slot:
    """A box to be filled: a cell of a grid (all its cells, for a row of places for single letters)."""

    grid: Grid
    cells: tuple[int, ...]
    box: Box


@dataclass(slots=True)
class Band:
    """Boxes that stand level with each other, and the words level with them."""

    slots: list[Slot]
    words: list[Piece]
    top: float
    bottom: float


def _slots(grid: Grid) -> list[Slot]:
    """The boxes of a lone box, a stack of boxes, or a row of places for single letters; none for a real table."""
    if grid.inside:
        return []
    if len(grid.xs) == 2:
        return [Slot(grid, (at,), cell.box) for at, cell in enumerate(grid.cells)]
    if is_comb(grid):
        return [Slot(grid, tuple(range(len(grid.cells))), grid.box)]
    return []


def is_comb(grid: Grid) -> bool:
    """A row of places for single letters."""
    return len(grid.ys) == 2 and len(grid.cells) > 1 and all(c.box[2] - c.box[0] <= COMB for c in grid.cells)


def comb_table(grid: Grid, inside: dict[tuple[int, int], list[Piece]], page: int) -> Table:
    """A long row of places for single letters as one cell."""
    slot = Slot(grid, tuple(range(len(grid.cells))), grid.box)
    return band_table(Band([slot], [], grid.box[1], grid.box[3]), inside, page)[0]


def field_rows(loose: list[Piece], page: int) -> tuple[list[tuple[Table, Box]], list[Piece]]:
    """Text and choice fields outside tables whose label stands above them, as rows label | field; and what is left."""
    rows: list[tuple[Table, Box]] = []
    gone: set[int] = set()
    for piece in loose:
        if piece.run is None or piece.run.control is None or piece.run.control.kind not in {"text", "choice"}:
            continue
        label = _label_above(piece, [p for p in loose if id(p) not in gone])
        if not label:
            continue
        gone |= {id(piece), *(id(p) for p in label)}
        frame = (piece.x0, min(p.top for p in label), piece.x1, piece.top)
        cells: list[Cell] = []
        _text_cell(cells, label, frame, page)
        box = (piece.x0, piece.top, piece.x1, piece.bottom)
        blocks: list[Block] = list(make_paragraphs([piece], box, page))
        cells.append(Cell(blocks, column=2, page=page, box=box))
        rows.append((Table([Row(cells, page=page)], page=page), (frame[0], frame[1], box[2], box[3])))
    return rows, [p for p in loose if id(p) not in gone]


def _label_above(field: Piece, loose: list[Piece]) -> list[Piece]:
    """The printed words just above this field, None level with it."""
    for piece in loose:
        if piece is not field and abs(piece.base - field.base) < 2 and -250 < piece.x1 - field.x0 < 3:
            return []
    size = field.style.size
    above = [p for p in loose if p.run is None and field.top - 1.7 * size <= p.base <= field.top + 2]
    label = [p for p in above if field.x0 - 5 <= p.x0 <= field.x1]
    if not label:
        return []
    base, start = label[0].base, min(p.x0 for p in label)
    before = [p for p in loose if abs(p.base - base) < 2 and -3 * size < p.x1 - start <= 1]
    return [] if any(p.run is not None for p in before) else before + label


def bands(grids: list[Grid], loose: list[Piece]) -> list[Band]:
    """Boxes with words beside them, level by level. Grids with no words on their left are left alone."""
    levels: list[list[Slot]] = []
    for slot in sorted((s for g in grids for s in _slots(g)), key=lambda s: s.box[1]):
        top, bottom = slot.box[1], slot.box[3]
        last = levels[-1][-1].box if levels else None
        if last is not None and min(bottom, last[3]) - max(top, last[1]) > 0.5 * min(bottom - top, last[3] - last[1]):
            levels[-1].append(slot)
        else:
            levels.append([slot])
    found = [_band(level, loose) for level in levels]
    labelled = {id(s.grid) for band in found for s in band.slots if any(p.x1 <= s.box[0] + 2 for p in band.words)}
    return _apart([band for band in found if any(id(slot.grid) in labelled for slot in band.slots)])


def _band(level: list[Slot], loose: list[Piece]) -> Band:
    level.sort(key=lambda s: s.box[0])
    top, bottom = min(s.box[1] for s in level), max(s.box[3] for s in level)
    words = [p for p in loose if p.style.turn == 0 and top - 2 <= p.base <= bottom + 3]
    return Band(level, _with_rest_of_label(words, level, loose), top, bottom)


def _with_rest_of_label(words: list[Piece], level: list[Slot], loose: list[Piece]) -> list[Piece]:
    """The words, and the lines of the label that go on below a box that is lower than its label."""
    edge = level[0].box[0]
    label = [p for p in words if p.x1 <= edge + 2]
    if not label:
        return words
    words = list(words)
    while True:
        low = max(p.base for p in label)
        size = label[-1].style.size
        under = [p for p in loose if low + 0.5 * size < p.base <= low + 1.35 * size and p.style.turn == 0]
        if not under or any(p.x1 > edge + 2 or p.style.bold != label[-1].style.bold for p in under):
            return words
        words += under
        label = under


def _apart(found: list[Band]) -> list[Band]:
    """Each word in one band only: the first that has it."""
    seen: set[int] = set()
    for band in found:
        band.words = [p for p in band.words if id(p) not in seen]
        seen |= {id(p) for p in band.words}
    return found


def band_table(band: Band, inside: dict[tuple[int, int], list[Piece]], page: int) -> tuple[Table, Box]:
    """One row: words and boxes in turn, from left to right. `inside` has the words of each cell."""
    cells: list[Cell] = []
    rest = sorted(band.words, key=lambda p: p.x0)
    left = min([p.x0 for p in rest] + [band.slots[0].box[0]])
    for slot in band.slots:
        before = [p for p in rest if p.x1 <= slot.box[0] + 2]
        rest = [p for p in rest if p.x1 > slot.box[0] + 2]
        _text_cell(cells, before, (left, band.top, slot.box[0], band.bottom), page)
        pieces = [p for at in slot.cells for p in inside.get((id(slot.grid), at), [])]
        blocks: list[Block] = list(make_paragraphs(_joined(slot, pieces), slot.box, page))
        cells.append(Cell(blocks, column=len(cells) + 1, page=page, box=slot.box))
        left = slot.box[2]
    right = max([p.x1 for p in rest], default=left)
    _text_cell(cells, rest, (left, band.top, right, band.bottom), page)
    box = (cells[0].box or band.slots[0].box)[0], band.top, max(right, left), band.bottom
    return Table([Row(cells, page=page)], page=page), box


def _text_cell(cells: list[Cell], pieces: list[Piece], frame: Box, page: int) -> None:
    if pieces:
        blocks: list[Block] = list(make_paragraphs(pieces, frame, page))
        cells.append(Cell(blocks, column=len(cells) + 1, page=page, box=frame))


def _joined(slot: Slot, pieces: list[Piece]) -> list[Piece]:
    """Single letters in their places read as one word."""
    if len(slot.cells) == 1 or any(len(p.text) > 1 or p.run is not None for p in pieces):
        return pieces
    pieces = sorted(pieces, key=lambda p: p.x0)
    for before, piece in pairwise(pieces):
        piece.spaced = False
        piece.x0 = min(piece.x0, before.x1)
    return pieces

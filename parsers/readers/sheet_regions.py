"""Finds the separate tables and headings on one sheet: people put a label block above the table of events."""

from __future__ import annotations

from dataclasses import dataclass, field

from records.tree import Run


@dataclass(slots=True)
class SheetCell:
    """A cell that holds something, or that is drawn as a place for something."""

    runs: list[Run]
    shade: str = ""
    bordered: bool = False

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])

    @property
    def filled(self) -> bool:
        return any(run.text.strip() or run.picture or run.ring or run.control for run in self.runs)


@dataclass(slots=True)
class Grid:
    """One sheet as written: cells by row and column from 1, and the merged areas (top, left, bottom, right)."""

    cells: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def filled_columns(self, row: int) -> list[int]:
        return [column for column, cell in sorted(self.cells.get(row, {}).items()) if cell.filled]


@dataclass(frozen=True, slots=True)
class Region:
    """Rows and columns of one table; `heading` when it is a line of text that stands by itself."""

    first_row: int
    last_row: int
    columns: tuple[int, ...]
    heading: bool = False


_WIDEST_GAP = 30
"""Blank rows inside a table; what stands further down is another."""


def regions(grid: Grid) -> list[Region]:
    """The tables and lone lines of a sheet, from the top. Blank rows inside a table stay inside it."""
    found: list[Region] = []
    for band in _bands(grid):
        for piece in _pieces(grid, band):
            if found and not piece.heading and _goes_on(grid, found[-1], piece):
                columns = tuple(sorted({*found[-1].columns, *piece.columns}))
                found[-1] = Region(found[-1].first_row, piece.last_row, columns)
            else:
                found.append(piece)
    return found


def _bands(grid: Grid) -> list[tuple[int, int]]:
    """Stretches of rows without a blank row; a row under a merged cell is not blank."""
    covered = {row for top, _, bottom, _ in grid.merges if bottom - top < 500 for row in range(top, bottom + 1)}
    held = covered if len(covered) < 100_000 else set()
    filled = sorted(row for row in grid.cells if grid.filled_columns(row))
    bands: list[tuple[int, int]] = []
    for row in filled:
        if bands and (row == bands[-1][1] + 1 or all(between in held for between in range(bands[-1][1] + 1, row))):
            bands[-1] = (bands[-1][0], row)
        else:
            bands.append((row, row))
    return bands


def _pieces(grid: Grid, band: tuple[int, int]) -> list[Region]:
    """A band with its leading lines of text set apart, and cut where a label block turns into a wide table."""
    first, last = band
    pieces: list[Region] = []
    while first <= last and _is_line(grid, first, last):
        pieces.append(Region(first, first, tuple(grid.filled_columns(first)), heading=True))
        first += 1
    if first > last:
        return pieces
    cut = _turn(grid, first, last)
    if cut:
        pieces.append(Region(first, cut - 1, _columns(grid, first, cut - 1)))
        first = cut
    pieces.append(Region(first, last, _columns(grid, first, last)))
    return pieces


def _is_line(grid: Grid, row: int, last: int) -> bool:
    """A line of text by itself: one cell, and nothing beside it that waits for an answer."""
    filled = grid.filled_columns(row)
    if len(filled) != 1 or any(cell.bordered for column, cell in grid.cells[row].items() if column > filled[0]):
        return False
    beside = [m for m in grid.merges if m[0] <= row <= m[2] and m[1] > filled[0]]
    tall = any(m[0] == row and m[2] > row and m[1] == filled[0] for m in grid.merges)
    return not beside and not tall and (row == last or not _same_shape(grid, row))


def _same_shape(grid: Grid, row: int) -> bool:
    """Whether the next row is the same kind of row: an unanswered label among labels is no heading."""
    cell = grid.cells[row][grid.filled_columns(row)[0]]
    below = grid.filled_columns(row + 1)
    if len(below) != 2 or not any(run.bold for run in cell.runs):
        return False
    under = grid.cells[row + 1][below[0]]
    label = grid.cells[row + 1][below[1]]
    return any(run.bold for run in under.runs) and not any(run.bold for run in label.runs)


def _turn(grid: Grid, first: int, last: int) -> int:
    """The row where pairs of label and value end and a table of three or more columns begins; 0 for nowhere."""
    for row in range(first, last + 1):
        if len(grid.filled_columns(row)) >= 3:
            return row if row > first else 0
    return 0


def _columns(grid: Grid, first: int, last: int) -> tuple[int, ...]:
    """Columns with content, with a border in a row of content, or under a merged cell."""
    columns: set[int] = set()
    for row in range(first, last + 1):
        filled = grid.filled_columns(row)
        columns.update(filled)
        if filled:
            columns.update(column for column, cell in grid.cells[row].items() if cell.bordered and column < 200)
    for top, left, bottom, right in grid.merges:
        if top <= last and bottom >= first:
            columns.update(range(left, min(right, left + 100) + 1))
    return tuple(sorted(columns))


def _goes_on(grid: Grid, before: Region, piece: Region) -> bool:
    """Whether a band after a blank row is more of the table above: no heading row of its own, and columns that fit."""
    if (
        before.heading
        or piece.first_row - before.last_row > _WIDEST_GAP
        or not set(piece.columns) <= set(before.columns)
    ):
        return False
    wide_before, wide = _width(grid, before), _width(grid, piece)
    if (wide_before <= 2) != (wide <= 2) and wide > wide_before:
        return False
    return not (_looks_like_head(grid, piece) and piece.last_row > piece.first_row)


def _width(grid: Grid, region: Region) -> int:
    return max(len(grid.filled_columns(row)) for row in range(region.first_row, region.last_row + 1))


def _looks_like_head(grid: Grid, region: Region) -> bool:
    """Whether the first row is drawn as a heading and the second is not."""
    marks = []
    for row in (region.first_row, region.first_row + 1):
        cells = [grid.cells[row][column] for column in grid.filled_columns(row)] if row in grid.cells else []
        marks.append(bool(cells) and all(cell.shade or any(run.bold for run in cell.runs) for cell in cells))
    return marks[0] and not marks[1]

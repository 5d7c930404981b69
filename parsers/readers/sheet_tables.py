"""Makes the tables and lines of the document tree out of the regions of a sheet."""

from __future__ import annotations

from parsers.readers.sheet_regions import Grid, Region, SheetCell
from records.errors import TooLarge
from records.tree import Block, Cell, Paragraph, Row, Run, Table, column_letters

MOST_CELLS = 6_000_000
"""Cells of one sheet, empty ones between full ones counted."""


def region_block(grid: Grid, region: Region, lead: str, number: int) -> Block:
    """The table, or the line of text, that stands in a region; rows and columns keep the sheet's own numbers."""
    if region.heading:
        cell = grid.cells[region.first_row][region.columns[0]]
        where = f"{lead}, cell {column_letters(region.columns[0])}{region.first_row}"
        return Paragraph(cell.runs, part=where)
    merges = _Merges(grid, region)
    if (region.last_row - region.first_row + 1) * len(region.columns) > MOST_CELLS:
        raise TooLarge("A sheet of the workbook is larger than this service accepts.")
    rows = [_row(grid, row, region, merges) for row in range(region.first_row, region.last_row + 1)]
    return Table(rows, str(number), part=lead, first_row=region.first_row)


class _Merges:
    """The merged areas that touch a region, by their cells."""

    def __init__(self, grid: Grid, region: Region) -> None:
        self.starts: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in grid.merges:
            if top > region.last_row or bottom < region.first_row:
                continue
            columns = [column for column in region.columns if left <= column <= right]
            if not columns:
                continue
            self.starts[top, left] = (bottom, right)
            for row in range(max(top, region.first_row), min(bottom, region.last_row) + 1):
                for column in columns:
                    self.covered[row, column] = (top, left)


def _row(grid: Grid, row: int, region: Region, merges: _Merges) -> Row:
    held = grid.cells.get(row, {})
    cells: list[Cell] = []
    for column in region.columns:
        start = merges.covered.get((row, column))
        if start is None:
            cells.append(_cell(held.get(column), column))
            continue
        top, left = start
        if column != left:
            continue
        bottom, right = merges.starts[start]
        cell = _cell(held.get(column) if row == top else None, column)
        cell.span = right - left + 1
        cell.merge = "" if bottom == top else "start" if row == top else "continue"
        cells.append(cell)
    return Row(cells)


def _cell(held: SheetCell | None, column: int) -> Cell:
    if held is None:
        return Cell([Paragraph([])], column=column)
    return Cell(_paragraphs(held.runs), column=column, shade=held.shade)


def _paragraphs(runs: list[Run]) -> list[Block]:
    """The lines of a cell as paragraphs."""
    if not any("\n" in run.text for run in runs):
        return [Paragraph(runs)]
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1].append(_with_text(run, first))
        for text in more:
            lines.append([_with_text(run, text)])
    return [Paragraph([run for run in line if run.text or run.picture or run.ring]) for line in lines]


def _with_text(run: Run, text: str) -> Run:
    return Run(
        text,
        bold=run.bold,
        italic=run.italic,
        strike=run.strike,
        underline=run.underline,
        grey=run.grey,
        picture=run.picture,
        ring=run.ring,
        control=run.control,
    )

"""One painted page to blocks: tables from its grids, paragraphs from what stands outside them, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.readers.pdf_boxes import band_table, bands, comb_table, field_rows, is_comb
from parsers.readers.pdf_columns import Rule, borderless
from parsers.readers.pdf_grid import Grid, find_grids
from parsers.readers.pdf_line_ends import LineEnds, mark_cuts
from parsers.readers.pdf_marks import PEN, mark, tick_grids
from parsers.readers.pdf_painted import Fill, Painted, Piece
from parsers.readers.pdf_text import TextLine, make_lines, make_paragraphs
from records.tree import Block, Box, Cell, Paragraph, Row, Table

PAGE_FRAME = 0.8
"""A single box that covers this part of the page is a page border, not a table."""


@dataclass(slots=True)
class PageTable:
    """A table of one page with the measures that joining over pages needs."""

    table: Table
    box: Box
    xs: list[float]
    open_bottom: bool = False
    wrapped: set[int] = field(default_factory=set)
    """The ids of cells whose last line was wrapped: their text goes on after the page break."""


@dataclass(slots=True)
class PageBlocks:
    """One page in reading order; lines outside tables are kept apart until headers and footers are known."""

    number: int
    width: float
    height: float
    tables: list[PageTable]
    lines: list[TextLine]
    notices: list[str] = field(default_factory=list)
    characters: int = 0
    rules: list[Rule] = field(default_factory=list)
    """Horizontal lines that belong to no grid."""
    loose: list[Piece] = field(default_factory=list)


class Placed:
    """A page with each word in its cell, before words become paragraphs."""

    def __init__(self, page: Painted) -> None:
        mark(page)
        self.page = page
        grids = [grid for grid in find_grids(page.across, page.down) if not _is_page_frame(grid, page)]
        grids = tick_grids(page, grids)
        self.homes = _Homes(grids, page)
        if any(_runs_off(grid, page) for grid in grids):
            page.notices.append(f"cut_off:{page.number}")
        for piece in page.pieces:
            self.homes.put(piece)

    def cell_ends(self) -> tuple[int, int]:
        """How many cells have text, and in how many of them a space follows the very last word."""
        ends = [max(pieces, key=lambda p: (p.base, p.x1)) for pieces in self.homes.words.values()]
        return len(ends), sum(1 for piece in ends if piece.tail)


def lay_out(placed: Placed, ends: LineEnds) -> PageBlocks:
    """The tables of a page and the text lines outside them."""
    page, homes = placed.page, placed.homes
    if ends.spaces_written:
        mark_cuts(page.pieces, ends.words)
    for piece in page.pieces:
        piece.style.pitch = ends.pitches.get(piece.style.size, 0.0)
        if not ends.spaces_tell:
            piece.tail = None
    tables, taken = _boxes_with_labels(homes, page.number)
    for grid in homes.top:
        if id(grid) in taken:
            continue
        comb = is_comb(grid) and len(grid.cells) > 3
        table = comb_table(grid, homes.words, page.number) if comb else homes.table(grid)
        if table.rows:
            tables.append(PageTable(table, grid.box, list(grid.xs), grid.open_bottom, homes.wrapped))
    tables.sort(key=lambda entry: (entry.box[1], entry.box[0]))
    return PageBlocks(
        page.number,
        page.width,
        page.height,
        tables,
        make_lines([p for p in homes.loose if p.style.turn == 0]),
        notices=page.notices,
        rules=[line for line in page.across if not any(_within(line, grid.box) for grid in homes.top)],
        characters=sum(len(piece.text) for piece in page.pieces),
        loose=[p for p in homes.loose if p.style.turn],
    )


def _boxes_with_labels(homes: _Homes, page: int) -> tuple[list[PageTable], set[int]]:
    """Tables made of lone boxes and the words beside them, and the ids of the grids that went into them."""
    tables: list[PageTable] = []
    taken: set[int] = set()
    for band in bands(homes.top, homes.loose):
        table, box = band_table(band, homes.words, page)
        taken |= {id(slot.grid) for slot in band.slots}
        gone = {id(piece) for piece in band.words}
        homes.loose = [piece for piece in homes.loose if id(piece) not in gone]
        edges = [cell.box[0] for cell in table.rows[0].cells if cell.box]
        last = tables[-1] if tables else None
        if last is not None and _same_form(last, edges, box, homes.loose):
            last.table.rows += table.rows
            last.box = (min(last.box[0], box[0]), last.box[1], max(last.box[2], box[2]), box[3])
        else:
            tables.append(PageTable(table, box, [*edges, box[2]]))
    fields, homes.loose = field_rows(homes.loose, page)
    for table, box in fields:
        tables.append(PageTable(table, box, [box[0], box[2]]))
    return tables, taken


def _same_form(last: PageTable, edges: list[float], box: Box, loose: list[Piece]) -> bool:
    """The next row of the same form: as many places, the box at the same edge, nothing between."""
    row = [cell.box[0] for cell in last.table.rows[-1].cells if cell.box]
    if len(row) != len(edges) or abs(row[-1] - edges[-1]) > 4:
        return False
    return not any(last.box[3] < piece.base < box[1] for piece in loose)


def _within(rule: Rule, box: Box) -> bool:
    return box[1] - 2 <= rule[0] <= box[3] + 2 and box[0] - 4 <= rule[1] and rule[2] <= box[2] + 4


def _is_page_frame(grid: Grid, page: Painted) -> bool:
    x0, top, x1, bottom = grid.box
    big = (x1 - x0) * (bottom - top) > PAGE_FRAME * page.width * page.height
    return big and len(grid.cells) == 1 and not grid.inside


class _Homes:
    """Finds the cell in which a word stands, and builds the tables once all words are home."""

    def __init__(self, grids: list[Grid], page: Painted) -> None:
        self.top = grids
        self.page = page
        self.words: dict[tuple[int, int], list[Piece]] = {}
        self.loose: list[Piece] = []
        self.wrapped: set[int] = set()

    def put(self, piece: Piece) -> None:
        across, down = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
        home = _home(self.top, across, down)
        if home is None and across > self.page.width - 1 and not piece.style.turn:
            home = _home(self.top, self.page.width - 2, down)  # the last cell of a table that runs off the page
        if home is None:
            if piece.style.font != PEN:
                self.loose.append(piece)
        else:
            self.words.setdefault(home, []).append(piece)

    def table(self, grid: Grid) -> Table:
        rows: list[Row] = []
        for r in range(len(grid.ys) - 1):
            cells = []
            seen = -1
            for at in grid.lookup[r]:
                if at < 0 or at == seen:
                    continue
                seen = at
                cells.append(self.cell(grid, at, r))
            if cells and any(cell.merge != "continue" for cell in cells):
                rows.append(Row(cells, page=self.page.number))
        return Table(_without_slivers(rows), page=self.page.number)

    def cell(self, grid: Grid, at: int, row: int) -> Cell:
        spot = grid.cells[at]
        cell = Cell([], column=spot.left + 1, span=spot.right - spot.left, page=self.page.number, box=spot.box)
        if spot.bottom - spot.top > 1:
            cell.merge = "start" if row == spot.top else "continue"
        cell.shade = _shade(self.page.fills, spot.box)
        if cell.merge == "continue":
            return cell
        pieces = self.words.get((id(grid), at), [])
        if pieces and max(pieces, key=lambda p: (p.base, p.x1)).tail:
            self.wrapped.add(id(cell))
        own: list[Block] = list(make_paragraphs(pieces, spot.box, self.page.number))
        for inner_at, inner in grid.inside:
            if inner_at == at:
                nested = self.table(inner)
                _insert(own, nested, inner.box[1])
        cell.blocks = own or [Paragraph([], page=self.page.number, box=spot.box)]
        return cell


def _runs_off(grid: Grid, page: Painted) -> bool:
    """A table whose right edge is beyond the paper: columns may be missing. Scans have edges of their own."""
    return page.frame is not None and grid.box[2] > page.width - 1.5 and len(grid.xs) > 3 and len(grid.ys) > 2


def _home(grids: list[Grid], x: float, y: float) -> tuple[int, int] | None:
    for grid in grids:
        x0, top, x1, bottom = grid.box
        if x0 <= x <= x1 and top <= y <= bottom:
            at = grid.cell_at(x, y)
            if at >= 0:
                deeper = _home([inner for host, inner in grid.inside if host == at], x, y)
                return deeper or (id(grid), at)
    return None


def _insert(blocks: list[Block], table: Table, top: float) -> None:
    """Puts a nested table where it stands among the paragraphs of its cell."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.box is not None and block.box[1] > top:
            blocks.insert(index, table)
            return
    blocks.append(table)


def _without_slivers(rows: list[Row]) -> list[Row]:
    """Rows without the thin strips that double rules leave."""
    kept = []
    for row in rows:
        if all(not cell.text and cell.box is not None and cell.box[3] - cell.box[1] < 5 for cell in row.cells):
            continue
        kept.append(row)
    return kept


def _shade(fills: list[Fill], box: Box) -> str:
    """The colour that fills most of this cell; the last painted counts."""
    x0, top, x1, bottom = box
    area = max((x1 - x0) * (bottom - top), 1.0)
    for fill in reversed(fills):
        a0, b0, a1, b1 = fill.box
        wide, tall = min(x1, a1) - max(x0, a0), min(bottom, b1) - max(top, b0)
        if wide > 0 and tall > 0 and wide * tall > 0.6 * area:
            return "" if fill.colour == "FFFFFF" else fill.colour
    return ""


def page_flow(page: PageBlocks) -> list[Block | PageTable]:
    """Paragraphs and tables of one page in reading order."""
    result: list[Block | PageTable] = []
    rest = list(page.lines)
    for entry in page.tables:
        above = [line for line in rest if line.base < entry.box[1] + 2]
        rest = rest[len(above) :]
        result += body_blocks(above, page)
        result.append(entry)
    result += body_blocks(rest, page)
    if page.loose:
        result += make_paragraphs(page.loose, (0.0, 0.0, page.width, page.height), page.number)
    return result


def body_blocks(lines: list[TextLine], page: PageBlocks) -> list[Block | PageTable]:
    """Running text outside ruled tables: paragraphs, and tables that stand in columns without lines."""
    if not lines:
        return []
    result: list[Block | PageTable] = []
    right = max(max(line.x1 for line in page.lines), page.width * 0.5)
    for part in borderless(lines, page.rules, page.number):
        if isinstance(part, tuple):
            table, box = part
            edges = [cell.box[0] for cell in table.rows[0].cells if cell.box]
            result.append(PageTable(table, box, [*edges, box[2]]))
        else:
            pieces = [piece for line in part for piece in line.pieces]
            left = min(piece.x0 for piece in pieces)
            result += make_paragraphs(pieces, (left, part[0].top, right, part[-1].bottom), page.number)
    return result

"""Pages to one flow: running headers and footers set aside, tables and sentences carried over page breaks joined."""

from __future__ import annotations

import re
from collections import Counter

from parsers.readers.pdf_layout import PageBlocks, PageTable, page_flow
from parsers.readers.pdf_text import TextLine
from records.tree import Aside, Block, Box, Cell, Paragraph, Place, Row, Table

EDGE_LINES = 6
"""At most this many lines at the top or bottom of a page can be a running header or footer."""
_PAGE_NUMBER = re.compile(r"^(page\s*)?[-–]?\s*\d{1,4}\s*[-–]?(\s*(of|/)\s*\d{1,4})?$", re.IGNORECASE)
_COUNTED = re.compile(r"\b(page|pg|p)\b\.?\s*\d+(\s*(of|/)\s*\d+)?|\b\d+\s*(of|/)\s*\d+\b|^\s*\d+\s*$", re.IGNORECASE)
"""The part of a line that counts pages: Page 3 of 9, p. 3, 3/9, or a lone number."""


_OPTION = re.compile(r"^\s*(?:\[[ xX]?\]|[☐☒✓✗])|(?:\[[ xX]?\]|[☐☒])\s*$")
"""An option of a list: its box stands before or behind it."""


def line_text(line: TextLine) -> str:
    return " ".join([piece.text for piece in line.pieces])


def join_pages(pages: list[PageBlocks]) -> tuple[list[Block], list[Aside]]:
    """The whole document in reading order, and its running headers and footers once each."""
    asides = _take_running_lines(pages)
    flow: list[Block] = []
    last: PageTable | None = None
    """The table that ended the page before, None when text came after it."""
    bottom = _body_bottom(pages)
    for page in pages:
        parts = page_flow(page)
        for index, part in enumerate(parts):
            if isinstance(part, PageTable):
                if index == 0 and last is not None and _continues(last, part, bottom.get(last.table.page or 0, 0.0)):
                    _carry_on(last, part)
                    part = PageTable(last.table, part.box, last.xs, part.open_bottom, last.wrapped)
                else:
                    flow.append(part.table)
                last = part
            else:
                if index == 0 and flow and isinstance(part, Paragraph) and _same_sentence(flow[-1], part):
                    _append_paragraph(flow[-1], part)
                else:
                    flow.append(part)
                last = None
    number(flow)
    return flow, asides


def _body_bottom(pages: list[PageBlocks]) -> dict[int, float]:
    """Where each page's body ends: the lowest end seen on pages of that shape."""
    lowest: dict[tuple[int, int], float] = {}
    for page in pages:
        ends = [entry.box[3] for entry in page.tables] + [line.bottom for line in page.lines]
        key = (round(page.width), round(page.height))
        lowest[key] = max([lowest.get(key, 0.0), *ends])
    return {page.number: lowest[(round(page.width), round(page.height))] for page in pages}


# --- running headers and footers ----------------------------------------------------------------------------------


def _take_running_lines(pages: list[PageBlocks]) -> list[Aside]:
    asides: dict[tuple[str, str], Aside] = {}
    for kind in ("header", "footer"):
        edges = [_edge(page, kind) for page in pages]
        seen = Counter(key for edge in edges for key in {_key(line, kind, page) for page, line in edge})
        for edge in edges:
            for page, line in edge:
                text = line_text(line)
                times = seen[_key(line, kind, page)]
                repeated = times >= 3 or (times == 2 and len(pages) <= 5)
                if not repeated and not (kind == "footer" and _PAGE_NUMBER.match(text)):
                    break
                page.lines = [kept for kept in page.lines if kept is not line]
                place = Place(kind, page.number, _line_box(line))
                asides.setdefault((kind, _COUNTED.sub("#", text)), Aside(kind, text, place))
    return [aside for aside in asides.values() if not _PAGE_NUMBER.match(aside.text)]


def _edge(page: PageBlocks, kind: str) -> list[tuple[PageBlocks, TextLine]]:
    """The lines above the first table (or below the last), outermost first."""
    if kind == "header":
        stop = min((entry.box[1] for entry in page.tables), default=page.height)
        lines = [line for line in page.lines if line.base < min(stop + 2, page.height * 0.3)]
        return [(page, line) for line in lines[:EDGE_LINES]]
    start = max((entry.box[3] for entry in page.tables), default=0.0)
    lines = [line for line in page.lines if line.top > max(start - 2, page.height * 0.7)]
    return [(page, line) for line in reversed(lines[-EDGE_LINES:])]


def _key(line: TextLine, kind: str, page: PageBlocks) -> tuple[str, int]:
    """Text without what counts pages, and the distance from the edge of the page."""
    distance = line.base if kind == "header" else page.height - line.base
    return _COUNTED.sub("#", line_text(line)), round(distance / 3)


def _line_box(line: TextLine) -> Box:
    return line.x0, line.top, line.x1, line.bottom


# --- sentences over a page break ----------------------------------------------------------------------------------


def _same_sentence(before: Block, after: Paragraph) -> bool:
    if not isinstance(before, Paragraph) or before.page == after.page or after.listed:
        return False
    return _runs_on(before.text, after.text)


def _runs_on(before: str, after: str) -> bool:
    """The first text stops in mid-sentence and the second takes it up."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return False
    return before[-1] == "," or (before[-1] not in ".!?:;…”\"')" and after[0].islower())


def _append_paragraph(before: Block, after: Paragraph) -> None:
    assert isinstance(before, Paragraph)
    text = before.text
    hyphen = text[-1:] == "-" and text[-2:-1].isalnum() and after.text[:1].isalnum()
    if before.runs and text[-1:] != " " and not hyphen and before.runs[-1].control is None:
        before.runs[-1].text += " "
    before.runs += after.runs


# --- tables over a page break -------------------------------------------------------------------------------------


def _continues(before: PageTable, after: PageTable, body_bottom: float) -> bool:
    """The second table is the rest of the first: same edges, at the end of one page and the start of the next."""
    if abs(before.box[0] - after.box[0]) > 3 or abs(before.box[2] - after.box[2]) > 3:
        return False
    old, new = _edges(before.table.rows[-1]), _edges(after.table.rows[0])
    head = before.table.rows[0]
    if (
        len(head.cells) > 1
        and _can_repeat(head)
        and _texts(head) == _texts(after.table.rows[0])
        and _subset(new, before.xs)
    ):
        return True
    if before.box[3] < 0.6 * body_bottom:
        return False
    if _is_heading(after.table.rows[0]) and len(before.xs) != len(after.xs):
        return False
    if len(after.table.rows[0].cells) > 2 and _is_heading(after.table.rows[0]) and not _is_heading(head):
        return False
    return _subset(new, before.xs) or _subset(old, after.xs)


def _edges(row: Row) -> list[float]:
    return [cell.box[0] for cell in row.cells if cell.box]


def _subset(some: list[float], edges: list[float]) -> bool:
    return all(any(abs(x - edge) <= 3 for edge in edges) for x in some)


def _is_heading(row: Row) -> bool:
    """Every cell is bold or shaded."""
    return all(
        cell.shade or (cell.text and all(r.bold for p in cell.paragraphs for r in p.runs if r.text.strip()))
        for cell in row.cells
    )


def _can_repeat(row: Row) -> bool:
    """No cell is left open for an answer, so the same row again is a repeated header and not another blank form."""
    return any(_texts(row)) and all(cell.shade or cell.text.strip() for cell in row.cells)


def _texts(row: Row) -> list[str]:
    return [" ".join(cell.text.split()) for cell in row.cells]


def _carry_on(before: PageTable, after: PageTable) -> None:
    """Adds the rows of the second part to the first; a repeated header goes, a row cut in two is one again."""
    rows = list(after.table.rows)
    heads = _repeated_heads(before.table, rows)
    rows = rows[heads:]
    _align(rows, before)
    if rows and len(before.table.rows) > heads:
        if _cut_in_two(before, rows[0]):
            _mend(before.table.rows[-1], rows.pop(0), before.wrapped)
        elif _is_left_over(rows[0]):
            rows.pop(0)
    before.table.rows += rows
    before.wrapped |= after.wrapped
    before.open_bottom = after.open_bottom


def _repeated_heads(table: Table, rows: list[Row]) -> int:
    """How many of these rows repeat the header of the table, whose own header rows are marked."""
    old = table.rows
    starts = [0]
    if len(rows[0].cells) > 1 and _is_heading(rows[0]) and _texts(old[0]) != _texts(rows[0]):
        starts = [at for at, row in enumerate(old) if len(row.cells) == len(rows[0].cells) and _is_heading(row)]
    for start in starts:
        heads = 0
        while heads < min(3, len(rows), len(old) - start):
            one, two = old[start + heads], rows[heads]
            if _texts(one) != _texts(two) or not _can_repeat(two):
                break
            if heads and not one.header and not _is_heading(two):
                break
            heads += 1
        if heads:
            for row in old[start : start + heads]:
                row.header = True
            return heads
    return 0


def _align(rows: list[Row], before: PageTable) -> None:
    """Grid columns of the second part counted as in the first."""
    edges = sorted(before.xs)
    for row in rows:
        for cell in row.cells:
            if cell.box is None:
                continue
            left = min(range(len(edges)), key=lambda k: abs(edges[k] - cell.box[0]))  # type: ignore[index]
            right = min(range(len(edges)), key=lambda k: abs(edges[k] - cell.box[2]))  # type: ignore[index]
            cell.column, cell.span = left + 1, max(1, right - left)


def _cut_in_two(before: PageTable, first: Row) -> bool:
    """The first row of the new page is the rest of the last row of the old page. When unsure it is not."""
    last = before.table.rows[-1]
    if len(last.cells) != len(first.cells) or not _subset(_edges(first), _edges(last)):
        return False
    pairs = list(zip(last.cells, first.cells, strict=True))
    carried = [(old, new) for old, new in pairs if new.text.strip()]
    sentence = any(_runs_on(old.text, new.text) for old, new in carried)
    if not carried or any(not old.text.strip() or not _full(old, 3.0 if sentence else 1.6) for old, new in carried):
        return False
    if any(old.shade != new.shade for old, new in pairs):
        return False
    if before.open_bottom or any(id(old) in before.wrapped for old, _ in carried):
        return True
    if len(carried) == 1 and (
        _same_list(*carried[0]) or (_lines(carried[0][0]) > 2 and not first.cells[0].text.strip())
    ):
        return True
    if len(pairs) > 1 and first.cells[0].text.strip():
        return sentence and all(_runs_on(old.text, new.text) for old, new in carried)
    if len(pairs) == 1:
        return sentence or (_lines(last.cells[0]) > 2 and not _bold(first.cells[0]) and not _bold(last.cells[0]))
    label = _bold(last.cells[0]) or bool(last.cells[0].shade)
    return sentence or (label and len(carried) == 1)


def _same_list(old: Cell, new: Cell) -> bool:
    """Options with a box each, the last of the one cell and the first of the other."""
    return bool(_OPTION.search(old.text.split("\n")[-1]) and _OPTION.search(new.text.split("\n")[0]))


def _bold(cell: Cell) -> bool:
    runs = [run for p in cell.paragraphs for run in p.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _lines(cell: Cell) -> float:
    boxes = [p.box for p in cell.paragraphs if p.box]
    return (boxes[-1][3] - boxes[0][1]) / 10 if boxes else 0


def _full(cell: Cell, lines: float) -> bool:
    """Its text goes down to its lower edge, as it does where a page break cut it."""
    last = cell.paragraphs[-1] if cell.paragraphs else None
    if last is None or last.box is None or cell.box is None:
        return False
    size = max((run.font_size or 10 for run in last.runs), default=10)
    return cell.box[3] - last.box[3] < lines * size


def _is_left_over(row: Row) -> bool:
    """An empty strip: the spacing below a row that ended with the page before."""
    return all(not cell.text and cell.box is not None and cell.box[3] - cell.box[1] < 12 for cell in row.cells)


def _mend(last: Row, rest: Row, wrapped: set[int]) -> None:
    """Puts the cells of the second part under those of the first."""
    for old, new in zip(last.cells, rest.cells, strict=True):
        added = [block for block in new.blocks if not isinstance(block, Paragraph) or block.runs]
        if not added:
            continue
        end = old.blocks[-1] if old.blocks else None
        start = added[0]
        if (
            isinstance(end, Paragraph)
            and isinstance(start, Paragraph)
            and (id(old) in wrapped or _runs_on(end.text, start.text))
        ):
            _append_paragraph(end, start)
            added = added[1:]
        old.blocks += added


# --- numbers ------------------------------------------------------------------------------------------------------


def number(flow: list[Block]) -> None:
    """Numbers paragraphs and tables as the coordinator would count them."""
    paragraphs = tables = 0
    for block in flow:
        if isinstance(block, Paragraph):
            paragraphs += 1
            block.number = paragraphs
        else:
            tables += 1
            _number_table(block, str(tables))


def _number_table(table: Table, name: str) -> None:
    table.number = name
    inner = 0
    for row in table.rows:
        for cell in row.cells:
            for block in cell.blocks:
                if isinstance(block, Table):
                    inner += 1
                    _number_table(block, f"{name}.{inner}")

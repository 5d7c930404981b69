"""Lays the tables of a form out one way: a cell for each label, and the cell of its answer beside it.

Forms put the answer below its label, in the same cell or in the next row; they number their questions in a column of
their own. Which way a table goes is told by the looks of its cells (labels bold or shaded, answers plain) or, where all
looks alike, by where the labels that the form knows stand. Then the labels that nobody knows are told from answers too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from parsers.content import is_blank, is_emphatic, is_guidance_look, raw_text, typed_text
from parsers.labels import split_lines
from parsers.tables import column_hits, looks_like_label
from parsers.wording import LIKELY, SURE, FormIndex
from records.tree import Block, Cell, Paragraph, Row, Table

_LONGEST_TABLE = 300
"""Rows; a longer table is a list, whatever it looks like."""
_LONGEST_LABEL = 240
_LONGEST_HEAD = 60
_COUNTER = re.compile(r"\(?(?:q|no)?\.?\s*\d{1,3}(?:\.\d{1,2})*\s*[a-h]?[.):]?", re.IGNORECASE)
_COUNTED = re.compile(r"(?:no|nos|number|ref|q|#)?\W*", re.IGNORECASE)
_QUESTION_HEADS = frozenset(("question", "questions", "item", "information required", "information requested"))


def lay_out(blocks: Sequence[Block], index: FormIndex) -> list[Block]:
    """The blocks with their tables laid out one way; tables that need nothing stay the same objects.

    What two tables show of their labels is taken for the way of the whole form.
    """
    made = [block if isinstance(block, Paragraph) else lay_out_table(block, index) for block in blocks]
    told = [block for block in made if isinstance(block, Table) and _is_told(block)]
    habits = {len(row.cells) for table in told for row in table.rows if len(row.cells) % 2 == 0 and len(told) >= 2}
    if not habits:
        return made
    return [
        lay_out_table(block, index, habits) if isinstance(block, Table) and not _is_told(block) else block
        for block in made
    ]


def _is_told(table: Table) -> bool:
    return any(cell.role == "question" for row in table.rows for cell in row.cells)


def lay_out_table(table: Table, index: FormIndex, habits: Collection[int] = ()) -> Table:
    """The table with each answer beside its label; the very same table where it is so, or cannot be told.

    `habits` are the numbers of cells in the rows of this form that are known to be labels and answers by turns.
    """
    if len(table.rows) > _LONGEST_TABLE:
        return table
    shape = _Shape(table, index, habits)
    rows = shape.rows()
    if all(new is old for new, old in zip(rows, table.rows, strict=True)):
        return table
    return replace(table, rows=rows)


def as_pairs(table: Table) -> Table:
    """Only the labels and answers of a table that is laid out; any other table as it is."""
    cells = [[cell for cell in row.cells if cell.role in ("question", "answer")] for row in table.rows]
    rows = [replace(row, cells=kept) for row, kept in zip(table.rows, cells, strict=True) if kept]
    return replace(table, rows=rows) if rows else table


class _Shape:
    """What one table looks like."""

    def __init__(self, table: Table, index: FormIndex, habits: Collection[int] = ()) -> None:
        self.table = table
        self.index = index
        self.habits = habits
        self.cells = [[cell for cell in row.cells if cell.merge != "continue"] for row in table.rows]

    def rows(self) -> list[Row]:
        if self._is_stacked():
            rows = [self._unstack(at, row) for at, row in enumerate(self.table.rows)]
        else:
            rows = self._join(self._by_look() or self._by_turns())
        return _with_roles(rows, self)

    def _join(self, asking: set[int]) -> list[Row]:
        """The rows with those that ask and the rows below them made one."""
        if not asking:
            return self.table.rows
        rows = []
        for at, row in enumerate(self.table.rows):
            if at in asking:
                rows.append(self._beside(at, at + 1))
            elif at - 1 not in asking:
                rows.append(replace(row, cells=[self._placed(at, cell) for cell in row.cells]))
        return rows

    def _placed(self, at: int, cell: Cell) -> Cell:
        """The cell, knowing where it stood although rows before it are gone."""
        return replace(cell, origin=self.table.cell_place(at, cell))

    def has_head(self, cells: Sequence[Cell]) -> bool:
        """Whether a row may be the head of a list: cells where answers would stand look like labels or word columns."""
        return any(
            looks_like_label(cell)
            or any(hit.score >= LIKELY and hit.part == "column" for hit in self.index.find(_text(cell)))
            for cell in cells[1::2]
        )

    def knows(self, text: str) -> bool:
        return any(hit.score >= SURE and hit.part in ("label", "inside", "negated") for hit in self.index.find(text))

    # The answer below its label in the same cell

    def _is_stacked(self) -> bool:
        stacked = [cell for cells in self.cells for cell in cells if _halves(cell) is not None]
        if len(stacked) < 3:
            return False
        known = sum(1 for cell in stacked if self.knows(_first_line(cell)))
        whole = sum(1 for cells in self.cells for cell in cells if len(_lines(cell)) > 1)
        return known >= 2 and 4 * len(stacked) >= 3 * whole - 4

    def _unstack(self, at: int, row: Row) -> Row:
        cells = self.cells[at]
        halves = [_halves(cell) for cell in cells]
        if not any(halves) and (len(cells) == 1 or self._heads(at)):
            return row
        if not any(halves) and not all(looks_like_label(cell) for cell in cells):
            return row
        made: list[Cell] = []
        for cell, parts in zip(cells, halves, strict=True):
            label, value = parts or (list(cell.blocks), [])
            if is_blank(label):
                continue
            place = self.table.cell_place(at, cell)
            made.append(replace(cell, blocks=label, origin=place, role="question"))
            made.append(replace(cell, blocks=value, origin=place, role="answer", shade=""))
        return replace(row, cells=made)

    def _heads(self, at: int) -> bool:
        """Whether a row of labels stands above a row of the same cells that are none: the head of a list."""
        if at + 1 >= len(self.cells):
            return False
        below = self.cells[at + 1]
        return _columns(below) == _columns(self.cells[at]) and not any(map(_halves, below))

    # The answer in the row below its label

    def _by_look(self) -> set[int]:
        """The rows whose answers are the row below, when bold or shading tells labels from answers."""
        found: set[int] = set()
        for at in range(len(self.cells) - 1):
            if at - 1 not in found and self._asks_below(at):
                found.add(at)
        known = sum(1 for at in found for cell in self.cells[at] if self.knows(_text(cell)))
        single = sum(1 for at in found if len(self.cells[at]) == 1)
        if len(found) < 3 or known < 2 or 3 * single < len(found):
            return set()
        return {at for at in found if not self._is_list_head(at, found)}

    def _asks_below(self, at: int) -> bool:
        above, below = self.cells[at], self.cells[at + 1]
        if not above or _columns(above) != _columns(below):
            return False
        if not all(_text(cell) and looks_like_label(cell) and len(_text(cell)) <= _LONGEST_LABEL for cell in above):
            return False
        if any(looks_like_label(cell) for cell in below):
            return False
        after = self.cells[at + 2] if at + 2 < len(self.cells) else []
        return len(above) == 1 or not after or _columns(after) != _columns(below) or all(map(looks_like_label, after))

    def _is_list_head(self, at: int, asking: set[int]) -> bool:
        """A head with one row below it looks like labels with their answers; what it asks tells, and what stands near.

        No other row of labels stands with it under one banner, its heads are columns of a list, and few are questions
        of their own.
        """
        cells = self.cells[at]
        if len(cells) < 2 or any(other != at and len(self.cells[other]) > 1 for other in self._section(at, asking)):
            return False
        counts = Counter(
            block for cell in cells for block in column_hits(_text(cell), self.index) if block in self.index.tabular
        )
        found = [self.index.find(_text(cell)) for cell in cells]
        own = sum(1 for hits in found if any(hit.part == "label" and hit.score >= SURE for hit in hits))
        return 2 * own < len(cells) and any(count >= 0.6 * len(cells) for count in counts.values())

    def _section(self, at: int, asking: set[int]) -> list[int]:
        """The rows that ask, between the banners around a row."""

        def is_banner(row: int) -> bool:
            return len(self.cells[row]) == 1 and row not in asking and row - 1 not in asking

        first = next((row for row in range(at, -1, -1) if is_banner(row)), -1)
        last = next((row for row in range(at, len(self.cells)) if is_banner(row)), len(self.cells))
        return [row for row in range(first + 1, last) if row in asking]

    def _by_turns(self) -> set[int]:
        """Rows over the whole width that ask and answer by turns, when the known labels say which of them ask."""
        found: set[int] = set()
        known = at = 0
        while at < len(self.cells):
            stop = at
            while stop < len(self.cells) and len(self.cells[stop]) == 1 and not self._is_banner(stop):
                stop += 1
            asking = [n for n in range(at, stop) if self._is_known_label(n)]
            if stop - at >= 2 and (stop - at) % 2 == 0 and all((n - at) % 2 == 0 for n in asking):
                found.update(range(at, stop, 2))
                known += len(asking)
            at = max(stop, at + 1)
        told = (self.habits or (known and 4 * known >= len(found) - 2)) and all(
            _is_line(self.cells[n][0]) for n in found
        )
        return found if told else set()

    def _is_known_label(self, at: int) -> bool:
        return self.knows(_text(self.cells[at][0])) or self.knows(_first_line(self.cells[at][0]))

    def _is_banner(self, at: int) -> bool:
        cell = self.cells[at][0]
        hits = self.index.find(_text(cell))
        return any(hit.score >= SURE and hit.part in ("heading", "title") for hit in hits) and not self.knows(
            _text(cell)
        )

    def _beside(self, at: int, below: int) -> Row:
        made = []
        for label, value in zip(self.cells[at], self.cells[below], strict=True):
            made.append(replace(self._placed(at, label), role="question"))
            made.append(replace(self._placed(below, value), role="answer", shade=""))
        return replace(self.table.rows[at], cells=made)


def _with_roles(rows: list[Row], shape: _Shape) -> list[Row]:
    """Marks the cells of the columns in which labels stand, and of the column that only counts them."""
    wide = [at for at, row in enumerate(rows) if len(row.cells) >= 2 and not any(cell.role for cell in row.cells)]
    if not wide:
        return rows
    numbers = _counting_column([rows[at] for at in wide])
    asking = _asking_rows([rows[at].cells[numbers:] for at in wide], shape)
    if not asking:
        return _with_plain_head(rows, shape)
    made = list(rows)
    for position, at in enumerate(wide):
        made[at] = _with_role(rows[at], numbers, position in asking)
    return made


def _with_plain_head(rows: list[Row], shape: _Shape) -> list[Row]:
    """Marks a head that looks no other than the rows below it, when its words are columns of a list of the form."""
    cells = shape.cells[0] if shape.cells else []
    below = [other for other in shape.cells[1:] if _columns(other) == _columns(cells)]
    if len(cells) < 3 or not below or len(below) < len(rows) - 1 or any(map(looks_like_label, cells)):
        return rows
    if any(not 0 < len(_text(cell)) <= _LONGEST_HEAD for cell in cells):
        return rows
    hits = [column_hits(_text(cell), shape.index) for cell in cells]
    lists = {block for found in hits for block in found if block.endswith("[]")}
    fits = [sum(1 for found in hits if block in found and found[block][0].score >= SURE) for block in lists]
    labelled = sum(1 for other in below for cell in other if len(_text(cell)) <= 60 and shape.knows(_text(cell)))
    if max(fits, default=0) < max(2, 0.5 * len(cells)) or labelled > 0.1 * len(cells) * len(below):
        return rows
    return [replace(rows[0], cells=[replace(cell, role="head") for cell in rows[0].cells]), *rows[1:]]


def _with_role(row: Row, numbers: int, asks: bool) -> Row:
    cells = [replace(cell, role="number") for cell in row.cells[:numbers]]
    for position, cell in enumerate(row.cells[numbers:]):
        role = ("question", "answer")[position % 2] if asks else ""
        cells.append(replace(cell, role=role) if role else cell)
    return replace(row, cells=cells)


def _counting_column(rows: list[Row]) -> int:
    """1 when the first column holds nothing but the numbers of the questions, else 0."""
    first = [_text(row.cells[0]) for row in rows if len(row.cells) >= 3]
    counters = [text for text in first if _COUNTER.fullmatch(text)]
    rest = [text for text in first if text and text not in counters]
    if len(first) != len(rows) or not counters or len(rest) > 1 or (rest and not _COUNTED.fullmatch(rest[0])):
        return 0
    return 1 if rest or len(counters) >= 3 else 0


def _asking_rows(rows: list[list[Cell]], shape: _Shape) -> set[int]:
    """The rows in which labels and answers stand by turns, when the labels that are known all stand in their turn."""
    start = 1 if _text(rows[0][0]).casefold() in _QUESTION_HEADS else 0
    body = {at: cells for at, cells in enumerate(rows) if at >= start and len(cells) % 2 == 0}
    if len(body) < len(rows) - start:
        return set()
    labels = [(at, _text(cell)) for at, cells in body.items() for cell in cells[::2] if _text(cell)]
    values = [_text(cell) for cells in body.values() for cell in cells[1::2] if _text(cell)]
    if not labels or any(len(text) > _LONGEST_LABEL for _, text in labels):
        return set()
    if any(shape.knows(text) for text in values if len(text) <= _LONGEST_LABEL):
        return set()
    known = [at for at, text in labels if shape.knows(text)]
    told = start or (len(set(known)) >= min(2, len(body)) and len(known) >= 0.3 * len(labels))
    if not told and shape.habits and start == 0:
        told = all(len(cells) in shape.habits for cells in body.values()) and not shape.has_head(rows[0])
    return set(body) if told else set()


def _columns(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    return [(cell.column, cell.span) for cell in cells]


def _text(cell: Cell) -> str:
    return " ".join(raw_text(cell).split())


def _lines(cell: Cell) -> list[Paragraph]:
    paragraphs = [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]
    if len(paragraphs) == 1 and "\n" in paragraphs[0].text.strip():
        return split_lines(paragraphs[0])
    return paragraphs


def _first_line(cell: Cell) -> str:
    lines = _lines(cell)
    return " ".join(lines[0].text.split()) if lines else ""


def _is_line(cell: Cell) -> bool:
    """Whether a cell holds no more than a label does: a line or two, and guidance."""
    plain = [line for line in _lines(cell) if not is_guidance_look(line)]
    return len(plain) <= 2 and sum(len(line.text) for line in plain) <= _LONGEST_LABEL


def _halves(cell: Cell) -> tuple[list[Block], list[Block]] | None:
    """The label of a cell and the answer below it: a first line in bold, and plain lines; None when it is not so."""
    lines = _lines(cell)
    if len(lines) < 2 or not is_emphatic(lines[0]) or len(lines[0].text) > _LONGEST_LABEL:
        return None
    label: list[Block] = [lines[0]]
    rest: list[Block] = list(lines[1:])
    if len(cell.paragraphs) != len(cell.blocks):
        rest = [block for block in cell.blocks if block is not lines[0]]
        if len(rest) == len(cell.blocks):
            return None
    while rest and isinstance(rest[0], Paragraph) and (is_guidance_look(rest[0]) or is_emphatic(rest[0])):
        label.append(rest.pop(0))
    if not any(isinstance(block, Paragraph) and typed_text(block) for block in rest):
        return None
    return label, rest

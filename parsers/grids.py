"""Tables of labels and values: beside, below, in the same cell; in two columns or four."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from parsers import marks
from parsers.by_values import guesses
from parsers.content import has_picture, is_blank, is_guidance_look, raw_text, text_of, typed_text
from parsers.labels import Label, inline_pairs, label_of_cell
from parsers.layout import as_pairs
from parsers.tables import looks_like_label
from parsers.wording import Hit
from records.fields import Kind
from records.tree import Cell, Paragraph, Row, Table

if TYPE_CHECKING:
    from parsers.locate import Locator


@dataclass(slots=True)
class _Open:
    """A label whose value has not been met: it may stand in the row below."""

    label: Label
    column: int
    alone: bool
    """The label had its row to itself, so the row below is its answer."""


class Grid:
    """Reads rows [start, stop) of a table as labels and values."""

    def __init__(self, locator: Locator, table: Table, start: int, stop: int, question: Label | None) -> None:
        self.to = locator
        self.table = table
        self.start, self.stop = start, stop
        self._open: _Open | None = None
        self._question = question
        self._by_values: dict[int, Label] | None = None
        rows = table.rows[start:stop]
        texts = [" ".join(raw_text(cell).split()) for row in rows for cell in row.cells]
        if rows and len(rows[0].cells) == 1 and len(rows) > 1:
            self._banner_opens(rows[0])
        locator.scope.narrow([locator.index.find(text) for text in texts if text])
        self._styled = self._label_style(rows)

    def _banner_opens(self, row: Row) -> None:
        """A first row of one cell may name the block before its labels are looked at."""
        text = " ".join(raw_text(row.cells[0]).split())
        hits = self.to.heading_hits(text)
        if hits and len(self.table.rows[self.start + 1].cells) > 1:
            self.to.enter_heading(hits)

    def _label_style(self, rows: list[Row]) -> bool:
        """Whether this table's labels are told by their look (shaded or bold), so that plain cells are answers."""
        styles: Counter[bool] = Counter()
        for row in rows:
            for cell in row.cells:
                if cell.role != "answer" and label_of_cell(cell, self.to.index, self.to.scope):
                    styles[looks_like_label(cell)] += 1
        return styles[True] >= 2 and styles[True] >= 0.7 * styles.total()

    def read(self) -> None:
        for at in range(self.start, self.stop):
            row = self.table.rows[at]
            cells = [cell for cell in row.cells if cell.merge != "continue"]
            if len(cells) == 1:
                self._single(at, cells[0])
            elif cells:
                self._pairs(at, cells)
        self._close()

    # Rows of one cell: banners, labels with the answer below, answers

    def _single(self, at: int, cell: Cell) -> None:
        text = " ".join(raw_text(cell).split())
        if is_blank(cell.blocks) and not has_picture(cell.blocks):
            self.to.ledger.mark("printed", *cell.blocks)
            return
        headings = self.to.heading_hits(text)
        next_row = self.table.rows[at + 1] if at + 1 < self.stop else None
        label = self._label(cell)
        if label is not None and self._is_banner(cell, label):
            label = None
        if headings and not (label and next_row is not None and len(next_row.cells) == 1):
            self._close()
            self.to.ledger.mark("printed", *cell.blocks)
            if at != self.start or not self.to.scope.open:
                self.to.enter_heading(headings)
            return
        if label is not None:
            self._close()
            self._take_label(at, cell, label, alone=True)
        elif self._open is not None and not self._is_another_question(cell):
            self._fill(at, cell)
        elif self._question is not None:
            question, self._question = self._question, None
            self.to.answer(question, list(cell.blocks), self.table.cell_place(at, cell), cell)
        else:
            self._unknown_banner(at, cell, text)
            self._lines(at, cell)

    def _is_banner(self, cell: Cell, label: Label) -> bool:
        """Where every question has been told from its answer, a lone bold line is a heading, whatever it words."""
        if cell.role or label.typed or not looks_like_label(cell):
            return False
        return any(other.role == "question" for row in self.table.rows for other in row.cells)

    def _unknown_banner(self, at: int, cell: Cell, text: str) -> None:
        """A heading over the whole width that nobody knows: it says whose details follow, or ends what was open."""
        last = at + 1 == len(self.table.rows)
        if len(text) > 160 or last or not looks_like_label(cell) or inline_pairs_in(cell, self.to):
            return
        self._close()
        if not self.to.says_whose(text, [as_pairs(replace(self.table, rows=self._section(at)))]):
            self.to.leave_heading()

    def _section(self, at: int) -> list[Row]:
        """The rows below a banner, to the next one."""
        rows = self.table.rows[at + 1 :]
        return list(takewhile(lambda row: len(row.cells) > 1, rows))

    def _take_label(self, at: int, cell: Cell, label: Label, *, alone: bool) -> None:
        self.to.ledger.mark("printed", *label.printed)
        if label.typed:
            self.to.ledger.mark("value", *cell.blocks)
            self.to.ledger.mark("printed", *label.printed)
            self.to.open_or_answer(label, self.table.cell_place(at, cell), cell)
            return
        self.to.ledger.mark("printed", *[block for block in cell.blocks if isinstance(block, Paragraph)])
        self.to.found.labels_seen += 1
        self._close()
        self._open = _Open(label, cell.column, alone)

    def _is_another_question(self, cell: Cell) -> bool:
        """Whether a cell below a label is no answer to it: it looks as labels look here, or is guidance."""
        if cell.role:
            return cell.role == "question"
        paragraphs = [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]
        if all(is_guidance_look(paragraph) for paragraph in paragraphs) and paragraphs:
            return True
        return self._styled and looks_like_label(cell)

    def _fill(self, at: int, cell: Cell) -> None:
        assert self._open is not None
        label, self._open = self._open.label, None
        self.to.answer(label, list(cell.blocks), self.table.cell_place(at, cell), cell)

    def _close(self) -> None:
        if self._open is not None:
            self.to.found.asked.add(self.to.scope.take(self._open.label.path))
            self._open = None

    def _lines(self, at: int, cell: Cell) -> None:
        """A cell without a label of its own may hold lines of "Label: answer"; everything else is kept."""
        for block in cell.blocks:
            if not isinstance(block, Paragraph):
                self.to._table(block)
                continue
            pairs = inline_pairs(block, self.to.index, self.to.scope)
            if pairs:
                self.to.ledger.mark("value" if any(label.typed for label in pairs) else "printed", block)
            for label in pairs:
                self.to.open_or_answer(label, self.table.cell_place(at, cell), cell)
            if not pairs and self.to.is_printed(" ".join(block.text.split())):
                self.to.ledger.mark("printed", block)

    # Rows of several cells

    def _label(self, cell: Cell) -> Label | None:
        if cell.role == "answer":
            return None
        label = label_of_cell(cell, self.to.index, self.to.scope)
        if label is None or (self._styled and cell.role != "question" and not looks_like_label(cell)):
            return None
        return label

    def _pairs(self, at: int, cells: list[Cell]) -> None:
        if cells[0].role == "number":
            self.to.ledger.mark("printed", *cells[0].blocks)
            cells = cells[1:]
        opened = self._open
        self._open = None
        if opened is not None:
            cells = self._answer_from_above(at, cells, opened)
        position = 0
        first = cells[0] if cells else None
        if first is not None and first.merge == "start" and len(cells) >= 3:
            hits = self.to.heading_hits(" ".join(raw_text(first).split()))
            if hits:
                self.to.ledger.mark("printed", *first.blocks)
                self.to.enter_heading(hits)
                self.to.scope.narrow(self._labels_beside_merged(at))
                position = 1
        while position < len(cells):
            position += self._pair(at, cells, position)

    def _labels_beside_merged(self, at: int) -> list[tuple[Hit, ...]]:
        """What the labels may ask for in the rows that a merged cell in front covers."""
        found = []
        for number in range(at, self.stop):
            row = self.table.rows[number]
            if number > at and row.cells[0].merge != "continue":
                break
            found += [self.to.index.find(" ".join(raw_text(cell).split())) for cell in row.cells[1:]]
        return found

    def _answer_from_above(self, at: int, cells: list[Cell], opened: _Open) -> list[Cell]:
        """A label that had its row to itself is answered by the row below, if that is no label."""
        filled = [cell for cell in cells if not is_blank(cell.blocks) or has_picture(cell.blocks)]
        if (
            opened.alone
            and len(filled) == 1
            and filled[0].column == opened.column
            and self._label(filled[0]) is None
            and not self._is_another_question(filled[0])
        ):
            self._open = opened
            self._fill(at, filled[0])
            return [cell for cell in cells if cell is not filled[0]]
        self._open = opened
        self._close()
        return cells

    def _pair(self, at: int, cells: list[Cell], position: int) -> int:
        """Reads the label at a position with the value beside it; gives how many cells that took."""
        cell = cells[position]
        beside = cells[position + 1] if position + 1 < len(cells) else None
        if is_blank(cell.blocks) and not has_picture(cell.blocks):
            self.to.ledger.mark("printed", *cell.blocks)
            return 1
        label = self._label(cell)
        if label is None:
            return self._unlabelled(at, cells, position)
        beside_is_label = beside is not None and not is_blank(beside.blocks) and self._label(beside) is not None
        if beside is None or (beside_is_label and not self._is_value(at, cells, position)):
            self._take_label(at, cell, label, alone=beside is None)
            return 1
        empty = is_blank(beside.blocks) and not has_picture(beside.blocks)
        if empty and self._alternatives(label, cells, position) > 2:
            empty = False
        if label.typed and empty:
            self.to.ledger.mark("printed", *beside.blocks)
            self._take_label(at, cell, label, alone=False)
            return 2
        if empty and not _has_marks(beside):
            self.to.ledger.mark("printed", *cell.blocks, *beside.blocks)
            self.to.found.labels_seen += 1
            self._close()
            self._open = _Open(label, beside.column, alone=position + 2 == len(cells))
            return 2
        taken = self._alternatives(label, cells, position)
        if taken > 2:
            spread = cells[position + 1 : position + taken]
            beside = replace(beside, blocks=[block for other in spread for block in other.blocks])
        self._answer_beside(at, cell, label, beside)
        return taken

    def _alternatives(self, label: Label, cells: list[Cell], position: int) -> int:
        """How many cells a choice takes with its question: its alternatives may stand in cells of their own."""
        if self.to.index.kinds.get(label.path) not in (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES):
            return 2
        end = position + 2
        while end < len(cells) and cells[end].role != "question" and self._label(cells[end]) is None:
            end += 1
        return end - position

    def _answer_beside(self, at: int, cell: Cell, label: Label, beside: Cell) -> None:
        self.to.ledger.mark("printed", *cell.blocks)
        for typed in label.typed:
            if isinstance(typed, Paragraph):
                self.to.ledger.keep(typed_text(typed), self.table.cell_place(at, cell).where)
        self.to.found.labels_seen += 1
        self.to.scope.implied = label.path.partition("+")[0].rpartition(".")[0] or self.to.scope.implied
        if not self._inner_pairs(at, label, beside):
            self.to.answer(label, list(beside.blocks), self.table.cell_place(at, beside), beside)

    def _inner_pairs(self, at: int, label: Label, beside: Cell) -> bool:
        """A value cell that holds its own small form ("Name: …", "Role: …")."""
        paragraphs = [paragraph for paragraph in beside.paragraphs if paragraph.text.strip()]
        if len(paragraphs) < 2 or "." not in label.path:
            return False
        block = label.path.partition("+")[0].rpartition(".")[0]
        found = [inline_pairs(paragraph, self.to.index, self.to.scope) for paragraph in paragraphs]
        inside = [pairs for pairs in found if pairs and all(pair.path.startswith(block + ".") for pair in pairs)]
        if len(inside) < 2 or len(inside) < len(paragraphs):
            return False
        for pairs in found:
            for pair in pairs:
                self.to.open_or_answer(pair, self.table.cell_place(at, beside), beside)
        self.to.ledger.mark("value", *beside.blocks)
        return True

    def _is_value(self, at: int, cells: list[Cell], position: int) -> bool:
        """Whether the cell beside a label, which words a label too, is its value: by its column, or by turns."""
        if self._is_value_column(cells[position + 1]):
            return True
        beside = self._label(cells[position + 1])
        if len(cells) % 2 or position % 2 or looks_like_label(cells[position + 1]) or (beside and beside.typed):
            return False
        following = cells[position + 2] if position + 2 < len(cells) else None
        if following is not None and self._label(following) is None:
            return False
        below = self.table.rows[at + 1] if at + 1 < self.stop else None
        # Labels in the next row too: then values do not stand below labels here.
        return below is None or (bool(below.cells) and self._label(below.cells[0]) is not None)

    def _is_value_column(self, cell: Cell) -> bool:
        """Whether a cell that words a label stands where this table keeps its values."""
        labels = values = 0
        for row in self.table.rows[self.start : self.stop]:
            for other in row.cells:
                if other.column == cell.column and not is_blank(other.blocks):
                    if label_of_cell(other, self.to.index, self.to.scope):
                        labels += 1
                    else:
                        values += 1
        return values > 2 * labels

    def _unlabelled(self, at: int, cells: list[Cell], position: int) -> int:
        cell = cells[position]
        text = " ".join(raw_text(cell).split())
        headings = self.to.heading_hits(text)
        if headings and is_blank([block for other in cells if other is not cell for block in other.blocks]):
            self.to.ledger.mark("printed", *cell.blocks)
            self.to.enter_heading(headings)
            return 1
        beside = cells[position + 1] if position + 1 < len(cells) else None
        asks = cell.role == "question" or (looks_like_label(cell) and not (beside and looks_like_label(beside)))
        if beside is not None and asks:
            return self._unknown_question(at, cell, beside)
        self._lines(at, cell)
        return 1

    def _guesses(self) -> dict[int, Label]:
        """What the unknown questions seem to ask, when the table stands under somebody's heading."""
        if self._by_values is None:
            open_blocks = self.to.scope.open or self.to.scope.guessed[:1]
            self._by_values = guesses(self.table.rows[self.start : self.stop], open_blocks, self.to.index)
        return self._by_values

    def _unknown_question(self, at: int, cell: Cell, beside: Cell) -> int:
        """A question that no field of the form asks: its answer is kept with it."""
        guess = self._guesses().get(id(cell))
        if guess is not None:
            self._answer_beside(at, cell, guess, beside)
            return 2
        path = marks.field_of_options(beside.paragraphs, self.to.free_choices())
        if path:
            label = Label(path, " ".join(raw_text(cell).split()), 1.0, printed=cell.paragraphs)
            self._answer_beside(at, cell, label, beside)
            return 2
        answer = " ".join(typed_text(paragraph) for paragraph in beside.paragraphs).strip()
        if not answer or (marks.YES_NO and marks.read_yes_no(beside.paragraphs).empty):
            self.to.ledger.mark("printed", *beside.blocks)
            self.to.ledger.mark("printed", *cell.blocks)
            return 2
        self.to.ledger.mark("printed", *cell.blocks)
        self.to.ledger.mark("kept", *beside.blocks)
        question = " ".join(raw_text(cell).split())
        text = text_of(beside.blocks)
        self.to.ledger.keep(f"{question}: {text}", self.table.cell_place(at, beside).where)
        return 2


def inline_pairs_in(cell: Cell, to: Locator) -> bool:
    return any(inline_pairs(paragraph, to.index, to.scope) for paragraph in cell.paragraphs)


def _has_marks(cell: Cell) -> bool:
    """Whether a cell without words still says something: a ring drawn in it, a ticked box."""
    return any(
        run.ring or run.picture or (run.control is not None and run.control.checked)
        for paragraph in cell.paragraphs
        for run in paragraph.runs
    )

"""Finds the answers of one form in its parts of a document: labels, the values beside or below them, tables of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from parsers import matrices
from parsers.answers import Answer, Ledger, ListRow, Located
from parsers.cards import Card, groups_of, read_cards
from parsers.columns import rows_below, settle
from parsers.content import (
    has_picture,
    is_blank,
    is_emphatic,
    is_guidance_look,
    raw_text,
    text_of,
    typed_text,
)
from parsers.dates import read_date
from parsers.grids import Grid
from parsers.heads import head_by_values
from parsers.labels import Label, doubt_of, inline_pairs, label_of_cell, label_of_text
from parsers.layout import as_pairs, lay_out, lay_out_table
from parsers.letters import letter_of
from parsers.lines import LineTable, lay_out_lines, settle_lines
from parsers.option_lines import options_below
from parsers.option_tables import read_option_table
from parsers.recognise import is_office_block
from parsers.scope import Blocks, Scope
from parsers.signoffs import whose
from parsers.tables import (
    Column,
    Head,
    head_of_row,
    is_blank_row,
    is_prompt_row,
    is_repeated_head,
    is_unknown_head,
    looks_like_label,
    may_be_head,
    width_of,
)
from parsers.wording import SURE, FormIndex, Hit, OptionIndex, block_of, plain
from records.fields import Kind
from records.tree import Block, Cell, Paragraph, Place, Row, Run, Table

_INLINE_QUESTION = re.compile(r"[A-Z][\w'’ /&()-]{1,50}:\s*\S")


class Locator:
    """Walks the blocks of a form once, in reading order."""

    def __init__(self, index: FormIndex, ledger: Ledger) -> None:
        self.index = index
        self.ledger = ledger
        self.scope = Scope(Blocks(index.form.record), index.tabular)
        self.found = Located()
        self._pending: Label | None = None
        self._pending_blocks: list[Block] = []
        self._pending_emphatic = False
        self._last_head: Head | None = None
        self._hint: tuple[str, ...] = ()
        self._titled = False
        self._cards: dict[str, ListRow] = {}
        self._groups: dict[int, list[Card]] = {}
        self._read: set[int] = set()
        self._following: list[Block] = []
        self._doubts: dict[str, str] = {}
        self._alive: list[list[Block]] = []
        """What was laid out anew: the ledger knows paragraphs by their identity, which must stay theirs."""

    def locate(self, blocks: Iterable[Block]) -> Located:
        """The answers in these blocks; may be called again for the form's next part."""
        blocks = list(blocks)
        blocks = blocks[len(letter_of(blocks)) :]
        blocks = lay_out(lay_out_lines(blocks, self.index), self.index)
        self._alive.append(blocks)
        self._groups |= groups_of(blocks)
        for at, block in enumerate(blocks):
            self._following = [b if isinstance(b, Paragraph) else as_pairs(b) for b in blocks[at + 1 : at + 12]]
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block)
        self._close()
        return self.found

    # Paragraphs

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = " ".join(paragraph.text.split())
        if not text:
            if has_picture([paragraph]) and self._pending is not None:
                self._pending_blocks.append(paragraph)
            return
        if id(paragraph) in self._read or self._option_lines(paragraph, text):
            return
        if self._is_heading(paragraph, text):
            self._pending_emphatic = is_emphatic(paragraph)
            return
        if self._inline(paragraph):
            return
        hit = label_of_text(text, self.index, self.scope)
        if hit is not None and _may_ask(paragraph, text, hit):
            self._close()
            self.ledger.mark("printed", paragraph)
            self._wait_for(
                Label(hit.path, text, hit.score, hit.part == "negated", why=doubt_of(hit, self.scope)), paragraph
            )
            return
        self._prose(paragraph, text)

    def _option_lines(self, paragraph: Paragraph, text: str) -> bool:
        """Reads the options, each with its Yes and No, that stand on lines of their own under a question."""
        path, lines = options_below(self._following, self.free_choices()) if self._following else ("", [])
        if not path or any(
            hit.score >= SURE and hit.part == "label" and hit.path != path for hit in self.index.find(text)
        ):
            return False
        self._close()
        self.ledger.mark("printed", paragraph)
        self._read |= {id(line) for line in lines}
        self.found.labels_seen += 1
        self._answer(Label(path, text, 1.0), list(lines), lines[0].place())
        return True

    def _inline(self, paragraph: Paragraph) -> bool:
        """Reads a line of "Label: answer" pairs; False when it is none."""
        pairs = inline_pairs(paragraph, self.index, self.scope)
        if not pairs:
            return False
        self._close()
        self.ledger.mark("value" if any(label.typed for label in pairs) else "printed", paragraph)
        if len(pairs) == 1 and not pairs[0].typed:
            # The question stands alone on its line: its answer is what follows.
            self._wait_for(pairs[0], paragraph)
            return True
        for label in pairs:
            self._open_or_answer(label, paragraph.place())
        return True

    def _wait_for(self, label: Label, paragraph: Paragraph) -> None:
        self._pending = label
        self._pending_emphatic = is_emphatic(paragraph)
        self.found.labels_seen += 1

    def _prose(self, paragraph: Paragraph, text: str) -> None:
        """A paragraph that is no label: printed, the answer to the question before it, or a heading nobody knows."""
        if self.index.is_prompt(text) or not typed_text(paragraph):
            self.ledger.mark("printed", paragraph)
        elif self._pending is not None and self._asks_something_else(paragraph, text):
            self._close()
            self._unknown_heading(paragraph, text)
        elif self._pending is not None and self._asks_shortly() and _INLINE_QUESTION.match(text):
            self._close()
        elif self._pending is not None and (self._pending_blocks or not is_guidance_look(paragraph)):
            self._pending_blocks.append(paragraph)
        elif self._pending is None and len(text) <= 120 and (is_emphatic(paragraph) or self._heads_a_table(text)):
            self._unknown_heading(paragraph, text)

    def _heads_a_table(self, text: str) -> bool:
        """Whether a plain short line stands right above a table, as headings do in forms without styles."""
        following = next((b for b in self._following if isinstance(b, Table) or b.text.strip()), None)
        return isinstance(following, Table) and len(text) <= 80 and text[-1] not in ".;,"

    def _unknown_heading(self, paragraph: Paragraph, text: str) -> None:
        """A heading that no wording knows closes what was open, unless what it heads says whose details they are."""
        if not self.says_whose(text, self._following) and is_emphatic(paragraph):
            self.leave_heading()

    def leave_heading(self) -> None:
        """An unknown heading: what the last one opened is closed."""
        self.scope.leave()
        self._hint = ()

    def says_whose(self, text: str, following: list[Block]) -> bool:
        """Opens the block of the person whose details an unknown heading heads; False when it is nobody's."""
        found = whose(text, following, self.index, self.found.answers)
        if found is None:
            return False
        self._hint = (found.block,)
        self.scope.enter(self._hint)
        self._last_head = None
        self._doubts[found.block] = found.why
        return True

    def _asks_shortly(self) -> bool:
        """Whether the question that waits asks for a few words only, so that "Label: words" is no answer to it."""
        assert self._pending is not None
        return self.index.kinds.get(self._pending.path) not in (Kind.LONG_TEXT, None)

    def _asks_something_else(self, paragraph: Paragraph, text: str) -> bool:
        """Whether a line under a question is the next question, one that no field asks: it looks as the first did."""
        if not is_emphatic(paragraph) or len(text) > 160 or not self._pending_emphatic:
            return False
        return bool(self._pending_blocks) or bool(paragraph.heading) or self._heads_a_table(text)

    def _is_heading(self, paragraph: Paragraph, text: str) -> bool:
        floor = SURE if is_emphatic(paragraph) else 0.96
        hits = [hit for hit in self.index.find(text) if hit.score >= floor]
        titles = [hit for hit in hits if hit.part == "title"]
        headings = [hit for hit in hits if hit.part == "heading"]
        labels = [hit for hit in hits if hit.part in ("label", "negated")]
        if titles and not labels and (not headings or not self._titled):
            self._close()
            self.ledger.mark("printed", paragraph)
            self.scope.leave()
            self._hint = tuple(hit.path for hit in headings)
            self._titled = True
            return True
        if not headings:
            return False
        if not is_emphatic(paragraph) and self._pending is not None and len(text.split()) > 6:
            return False
        self._close()
        self._enter(headings, text)
        self.ledger.mark("printed", paragraph)
        if labels:
            best = max(labels, key=lambda hit: hit.score)
            self._pending = Label(best.path, text, best.score, best.part == "negated")
        return True

    def _enter(self, headings: list[Hit], text: str = "") -> None:
        blocks = tuple(hit.path for hit in headings)
        signer = whose(text, self._following, self.index, self.found.answers) if text else None
        if signer is not None and f"{signer.block}.signed" in self.index.kinds:
            # "Referrer" over a signature is the referrer's sign-off, not his details once more.
            blocks = blocks if any(f"{block}.signed" in self.index.kinds for block in blocks) else (signer.block,)
        self._hint = blocks
        self.scope.enter(block for block in blocks if block in self.scope.blocks.fields)
        self._last_head = None

    def _close(self) -> None:
        """Ends the question that was waiting for its prose."""
        label, blocks = self._pending, self._pending_blocks
        self._pending, self._pending_blocks = None, []
        if label is None:
            return
        if blocks:
            first = blocks[0]
            place = first.place() if isinstance(first, Paragraph) else Place(f"table {first.number}", first.page)
            self._answer(label, blocks, place)
        else:
            self.found.asked.add(self.scope.concrete(label.path))

    def _open_or_answer(self, label: Label, place: Place, cell: Cell | None = None) -> None:
        self.found.labels_seen += 1
        self.found.words.add(label.text)
        if label.typed:
            self._answer(label, label.typed, place, cell)
        else:
            self.found.asked.add(self.scope.take(label.path))

    def _answer(
        self, label: Label, blocks: list[Block], place: Place, cell: Cell | None = None, codes: list[str] | None = None
    ) -> None:
        label.why = label.why or self._doubts.get(block_of(label.path), "")
        path = self.scope.take(label.path)
        self.found.asked.add(path)
        self.found.words.add(label.text)
        self.ledger.mark("value", *blocks)
        if block_of(label.path) in self.index.tabular:
            self._card(label, path, blocks, place)
            return
        self.found.answers.append(Answer(path, blocks, place, label.text, label.negated, label.why, codes, cell))

    def _card(self, label: Label, path: str, blocks: list[Block], place: Place) -> None:
        """An item of a list that stands as a small table of its own is a row like the others."""
        block = block_of(label.path)
        card = path.rpartition(".")[0]
        if card not in self._cards:
            self._cards[card] = ListRow({}, {}, {})
            self.found.lists.setdefault(block, []).append(self._cards[card])
        row = self._cards[card]
        if label.path in row.cells:
            row.extra.append((label.text, Cell(blocks), place))
            return
        row.cells[label.path] = Cell(blocks)
        row.places[label.path] = place
        row.labels[label.path] = label.text
        if label.why:
            row.unsure[label.path] = label.why

    # Tables

    def _table(self, table: Table) -> None:
        if self._is_container(table):
            self._close()
            for row in table.rows:
                for cell in row.cells:
                    self.locate_inside(cell)
            return
        if self._waits_for(table):
            self._pending_blocks.append(table)
            self._close()
            return
        label = self._pending
        self._pending = None
        kept, self._pending_blocks = self._pending_blocks, []
        if label is not None and kept:
            self._pending, self._pending_blocks = label, kept
            self._close()
        if id(table) not in self._read and not self._group(table):
            self._rows(table, label)
        if isinstance(table, LineTable):
            settle_lines(table, self.ledger)

    def _group(self, table: Table) -> bool:
        """Reads the cards that begin with a table as rows of their list; False when it begins none."""
        cards = self._groups.get(id(table))
        made = read_cards(cards, self.index, self._hint) if cards else None
        if not cards or made is None:
            return False
        self._read |= {id(card.table) for card in cards}
        for card in cards:
            self.ledger.mark("value", card.table)
        self.ledger.mark("printed", *made.printed)
        self.found.labels_seen += sum(1 for column in made.columns if column.path)
        self.found.asked |= {column.path for column in made.columns if column.path}
        self.found.lists.setdefault(made.block, []).extend(made.rows)
        return True

    def locate_inside(self, cell: Cell) -> None:
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block)
        self._close()

    def _is_container(self, table: Table) -> bool:
        """A table that only frames other tables."""
        cells = [cell for row in table.rows for cell in row.cells]
        return (
            len(cells) <= 2
            and any(
                isinstance(block, Table) and (len(block.rows) > 1 or len(block.rows[0].cells) > 1)
                for cell in cells
                for block in cell.blocks
            )
            and not (label_of_cell(cells[0], self.index, self.scope) and len(cells) == 2)
        )

    def _waits_for(self, table: Table) -> bool:
        """Whether a table of one unlabelled cell is the box for the answer to the heading above it."""
        cells = [cell for row in table.rows for cell in row.cells]
        if self._pending is None or len(cells) != 1:
            return False
        text = " ".join(raw_text(cells[0]).split())
        return label_of_cell(cells[0], self.index, self.scope) is None and not any(
            hit.score >= SURE and hit.part in ("title", "heading") for hit in self.index.find(text)
        )

    def _rows(self, table: Table, label: Label | None) -> None:
        """A table row by row: rows of a list under their head, options with their ticks, labels with their values."""
        table = lay_out_table(table, self.index)
        if isinstance(table, LineTable) and table.rows[0].cells[0].role:
            Grid(self, table, 0, len(table.rows), label).read()
            return
        self.scope.implied = ""
        if self._continues(table):
            self._list_rows(table, 0, self._last_head, continued=True)
            return
        if not matrices.yes_no_columns(table.rows[0]) and read_option_table(self, table, label):
            return
        at = 0
        while at < len(table.rows):
            matrix_stop = self._matrix(table, at)
            if matrix_stop:
                at = matrix_stop
                continue
            head = self._head_at(table, at)
            has_roles = any(cell.role == "question" for row in table.rows for cell in row.cells)
            if head is None and at == 0 and not has_roles and is_unknown_head(table, at, self.index):
                return
            if head is not None:
                self._last_head = head
                at = self._list_rows(table, at + 1, head, continued=False)
                continue
            stop = next(
                (i for i in range(at + 1, len(table.rows)) if self._head_at(table, i) is not None), len(table.rows)
            )
            Grid(self, table, at, stop, label if at == 0 else None).read()
            at = stop

    def _matrix(self, table: Table, at: int) -> int:
        """Reads a matrix that begins at a row; gives the row after its last, 0 when there is none."""
        if at + 1 >= len(table.rows) or len(table.rows[at].cells) < 2:
            return 0
        for read in matrices.READERS:
            matrix = read(table, at, self.index, self.scope)
            if matrix is None:
                continue
            self.ledger.mark("printed", *[block for cell in matrix.printed for block in cell.blocks])
            for found in matrix.answers:
                self.found.labels_seen += 1
                self.ledger.mark("value", *found.cell.blocks)
                self._answer(found.label, found.blocks, found.place, found.cell)
            for title, cell, place in matrix.left:
                self.ledger.mark("kept", *cell.blocks)
                self.ledger.keep(f"{title}: {text_of(cell.blocks)}" if title else text_of(cell.blocks), place.where)
            return matrix.stop
        return 0

    def _head_at(self, table: Table, at: int) -> Head | None:
        row = table.rows[at]
        if len(row.cells) < 2 or at + 1 >= len(table.rows):
            return None
        head = head_of_row(row, at, self.index, self.scope, self._hint)
        if head is None and at <= 2:
            head = head_by_values(table, at, self.index, self._hint)
        if head is None or not self._has_rows_below(table, at, head):
            return None
        settle(head, rows_below(table, at, head), self.index)
        self.ledger.mark("printed", *[block for cell in row.cells for block in cell.blocks])
        self.found.labels_seen += sum(1 for column in head.columns if column.path)
        return head

    def _has_rows_below(self, table: Table, at: int, head: Head) -> bool:
        """A head has rows of its own shape below it, and they are not labels themselves."""
        below = next((row for row in table.rows[at + 1 :] if len(row.cells) >= 2), None)
        if below is None:
            return False
        cells = [cell for cell in below.cells if raw_text(cell).strip()]
        labels = sum(1 for cell in cells if label_of_text(" ".join(raw_text(cell).split()), self.index, self.scope))
        return not (cells and labels >= 2 and labels >= 0.5 * len(cells) and not is_repeated_head(below, head))

    # Rows of a list

    def _continues(self, table: Table) -> bool:
        """Whether a table without a head goes on with the list before it."""
        head = self._last_head
        if head is None or width_of(table) != head.width or not table.rows or len(table.rows[0].cells) < 2:
            return False
        if head_of_row(table.rows[0], 0, self.index, self.scope, self._hint) is not None:
            return False
        first = [cell for cell in table.rows[0].cells if raw_text(cell).strip()]
        if first and all(looks_like_label(cell) for cell in first):
            return False
        labels = sum(1 for cell in first if label_of_text(" ".join(raw_text(cell).split()), self.index, self.scope))
        dated = next((column for column in head.columns if ".date" in column.path), None)
        if dated is not None and not self._mostly_dated(table, dated):
            return False
        return not labels

    def _mostly_dated(self, table: Table, column: Column) -> bool:
        """Whether the cells where the list has its dates hold dates (or nothing) in this table too."""
        cells = [cell for row in table.rows for cell in row.cells if column.start <= cell.column < column.end]
        filled = [cell for cell in cells if not is_blank(cell.blocks)]
        good = sum(1 for cell in filled if read_date(" ".join(text_of(cell.blocks).split())).value)
        return bool(filled) and good >= 0.5 * len(filled)

    def _list_rows(self, table: Table, start: int, head: Head | None, *, continued: bool) -> int:
        """Reads rows until the table ends or another head begins; gives the index of the row after the last."""
        assert head is not None
        many = head.block.endswith("[]")
        taken = 0
        fresh = continued
        prompts = True
        at = start
        while at < len(table.rows):
            row = table.rows[at]
            fresh = fresh or (taken > 0 and row.page != table.rows[at - 1].page)
            if is_repeated_head(row, head) or (prompts and is_prompt_row(row, self.index)):
                self._mark_row("printed", row)
                fresh = fresh or taken > 0
                at += 1
                continue
            if is_blank_row(row):
                self._mark_row("printed", row)
            elif (not continued and self._ends_list(row, head)) or self._is_new_head(table, at, start):
                break
            elif self._banner(table, at, row, head):
                fresh = True
            elif many or not taken:
                self._list_row(table, at, row, head, fresh)
                fresh = prompts = False
                taken += 1
            at += 1
        for column in head.columns:
            if column.path:
                self.found.asked.add(column.path)
        return at

    def _is_new_head(self, table: Table, at: int, start: int) -> bool:
        return at > start and may_be_head(table.rows[at], self.index) and self._head_at(table, at) is not None

    def _mark_row(self, state: str, row: Row) -> None:
        self.ledger.mark(state, *[block for cell in row.cells for block in cell.blocks])

    def _banner(self, table: Table, at: int, row: Row, head: Head) -> bool:
        """A row of one cell over the whole width inside a list: a year, a note; kept, but no event."""
        cells = [cell for cell in row.cells if raw_text(cell).strip() or has_picture(cell.blocks)]
        if not self._is_banner(row, head) or not cells:
            return False
        self.ledger.mark("kept", *cells[0].blocks)
        self.ledger.keep(text_of(cells[0].blocks), table.cell_place(at, cells[0]).where)
        return True

    @staticmethod
    def _is_banner(row: Row, head: Head) -> bool:
        return len(row.cells) == 1 and head.width >= 2

    def _ends_list(self, row: Row, head: Head) -> bool:
        """Whether a row is the form going on after its list: a heading over the whole width, or labels in its cells."""
        if any(cell.role == "question" for cell in row.cells):
            return True
        if self._is_banner(row, head):
            text = " ".join(raw_text(row.cells[0]).split())
            return looks_like_label(row.cells[0]) and read_date(text).value is None and bool(text)
        texts = [" ".join(raw_text(cell).split()) for cell in row.cells if raw_text(cell).strip()]
        words = [text for text in texts if self.index.exact(text, "label") or self.index.exact(text, "inside")]
        return len(words) >= 2 and 2 * len(words) >= len(texts)

    def _list_row(self, table: Table, at: int, row: Row, head: Head, fresh: bool) -> None:
        found = ListRow({}, {}, {}, starts_table=fresh)
        for cell in row.cells:
            column = head.column_at(cell)
            place = table.cell_place(at, cell)
            if column is not None and column.choice:
                self._choice_cell(found, column, cell, place)
            elif column is not None and column.path and column.path not in found.cells:
                found.cells[column.path] = cell
                found.places[column.path] = place
                found.labels[column.path] = column.head
                if column.why:
                    found.unsure[column.path] = column.why
                if cell.span > column.end - column.start and not is_blank(cell.blocks):
                    found.unsure[column.path] = "the cell spans more than one column"
            elif not is_blank(cell.blocks):
                found.extra.append((column.head if column else "", cell, place))
        self._mark_row("value", row)
        if head.block.endswith("[]"):
            self.found.lists.setdefault(head.block, []).append(found)
            return
        for path, cell in found.cells.items():
            label = Label(path, found.labels[path], 1.0, why=found.unsure.get(path, ""))
            if not is_blank(cell.blocks) or has_picture(cell.blocks):
                self._answer(label, cell.blocks, found.places[path], cell)
        for title, cell, place in found.extra:
            self.ledger.keep(f"{title}: {text_of(cell.blocks)}" if title else text_of(cell.blocks), place.where)

    def _choice_cell(self, found: ListRow, column: Column, cell: Cell, place: Place) -> None:
        """A cell under one of the answers of a field: a mark in it chooses the answer, words beside it stay."""
        if matrices.is_marked(cell):
            if column.path in found.cells:
                found.unsure[column.path] = "more than one answer is ticked"
                return
            found.cells[column.path] = replace(cell, blocks=[Paragraph([Run(column.choice)])])
            found.places[column.path] = place
            found.labels[column.path] = column.head
        elif not is_blank(cell.blocks):
            found.extra.append((column.head, cell, place))

    # For the grid

    def free_choices(self) -> dict[str, OptionIndex]:
        """The choice fields of the form itself (of no list) that have no answer yet, with their options."""
        answered = {answer.path for answer in self.found.answers}
        return {path: o for path, o in self.index.options.items() if "[]" not in path and path not in answered}

    def heading_hits(self, text: str) -> list[Hit]:
        return [hit for hit in self.index.find(text) if hit.score >= SURE and hit.part == "heading"]

    def enter_heading(self, hits: list[Hit]) -> None:
        self._enter(hits)

    def answer(self, label: Label, blocks: list[Block], place: Place, cell: Cell | None = None) -> None:
        self._answer(label, blocks, place, cell)

    def open_or_answer(self, label: Label, place: Place, cell: Cell | None = None) -> None:
        self._open_or_answer(label, place, cell)

    def is_printed(self, text: str) -> bool:
        """Whether a text without a field is known to be printed on the form."""
        return (
            not text.strip()
            or self.index.is_prompt(text)
            or is_office_block(text)
            or any(hit.part in ("title", "heading") and hit.score >= SURE for hit in self.index.find(text))
            or plain(text) in ("question", "response", "answer", "field", "details", "no", "n/a", "-")
        )


def _may_ask(paragraph: Paragraph, text: str, hit: Hit) -> bool:
    """Whether a paragraph that words a label looks like a question: emphatic, ending like one, or word for word."""
    looks = is_emphatic(paragraph) or any(run.underline for run in paragraph.runs)
    return looks or text.endswith((":", "?")) or hit.score >= 0.99

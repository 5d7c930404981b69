"""Tables that answer in two directions: Yes/No columns to tick, a block a row, an item a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import takewhile

from parsers.columns import settle
from parsers.content import has_picture, is_blank, raw_text
from parsers.labels import Label, label_of_cell, label_of_text
from parsers.marks import YES_NO, field_of_options
from parsers.readers.ticks import CROSSES, TICKED_BOXES, TICKS
from parsers.scope import Scope
from parsers.tables import column_hits, head_of_block
from parsers.wording import SURE, FormIndex, Hit, normal
from records.tree import Block, Cell, Control, Paragraph, Place, Row, Run, Table

_ANSWERS = frozenset(("yes", "no", "not_known"))
Give = Callable[[Label, list[Block], Place, Cell], None]


@dataclass(slots=True)
class Found:
    """One answer of a matrix."""

    label: Label
    blocks: list[Block]
    place: Place
    cell: Cell


@dataclass(slots=True)
class Matrix:
    """What a matrix holds: its answers in reading order, the cells that are print, the row after its last."""

    answers: list[Found]
    printed: list[Cell]
    left: list[tuple[str, Cell, Place]]
    """What no field takes: the words of its question, the cell, its place."""
    stop: int


def is_marked(cell: Cell) -> bool:
    """Whether a tick cell carries a mark: a tick, an X, a filled box, a ring, or a short word that says yes."""
    text = cell.text.strip()
    runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
    if any(run.ring or run.picture or (run.control is not None and run.control.checked) for run in runs):
        return True
    if any(char in TICKED_BOXES or char in TICKS or char in CROSSES for char in text):
        return True
    return normal(text) in ("x", "yes", "y")


def yes_no_columns(row: Row) -> dict[int, str]:
    """The columns headed Yes, No, Not known: grid column → the word; empty when it is no such head."""
    found: dict[int, str] = {}
    for cell in row.cells:
        code = YES_NO.code_of_form(normal(" ".join(raw_text(cell).split())))
        if code:
            found[cell.column] = {"yes": "Yes", "no": "No", "not_known": "Not known"}[code]
    words = set(found.values())
    return found if {"Yes", "No"} <= words and len(row.cells) > len(found) else {}


def read_option_matrix(table: Table, at: int, index: FormIndex, _scope: Scope) -> Matrix | None:
    """The options of one choice field under Yes and No columns, a row each; the head may word the question."""
    columns = yes_no_columns(table.rows[at])
    rows = list(takewhile(lambda row: row.cells[0].column not in columns and _text(row.cells[0]), table.rows[at + 1 :]))
    if not columns or len(rows) < 2 or table.rows[at].cells[0].column in columns:
        return None
    options = [Paragraph([Run(_text(row.cells[0]))]) for row in rows]
    path = field_of_options(options, {name: one for name, one in index.options.items() if "[]" not in name})
    if not path:
        return None
    matrix = Matrix([], list(table.rows[at].cells), [], at + 1 + len(rows))
    lines: list[Block] = []
    for number, row in enumerate(rows, at + 1):
        marked = [columns[cell.column] for cell in row.cells if cell.column in columns and is_marked(cell)]
        matrix.printed += [row.cells[0], *[cell for cell in row.cells if cell.column in columns]]
        lines.append(Paragraph([Run(f"{_text(row.cells[0])}: {' / '.join(marked) or 'Yes / No'}")]))
        matrix.left += [
            (_text(row.cells[0]), cell, table.cell_place(number, cell))
            for cell in row.cells[1:]
            if not is_blank(cell.blocks) and not (cell.column in columns and is_marked(cell))
        ]
    question = table.rows[at].cells[0]
    matrix.answers.append(
        Found(Label(path, _text(question), 1.0), lines, table.cell_place(at + 1, rows[0].cells[0]), question)
    )
    return matrix


def read_yes_no_matrix(table: Table, at: int, index: FormIndex, scope: Scope) -> Matrix | None:
    """Rows of questions under Yes and No columns; other columns hold the words beside the answer."""
    columns = yes_no_columns(table.rows[at])
    if not columns or any(label_of_cell(cell, index, scope) for cell in table.rows[at].cells):
        return None  # alternatives beside their question are no head
    matrix = Matrix([], list(table.rows[at].cells), [], at + 1)
    for number in range(at + 1, len(table.rows)):
        row = table.rows[number]
        cells = [cell for cell in row.cells if not is_blank(cell.blocks) and cell.column not in columns]
        question = next((cell for cell in cells if label_of_cell(cell, index, scope)), None)
        if len(row.cells) < 2 or not cells or not any(cell.column in columns for cell in row.cells):
            break
        label = label_of_cell(question, index, scope) if question else None
        if label is None or question is None:
            if len(table.rows[at].cells) > len(columns) + 1:
                break  # a list with answers among its columns
            _keep_ticked(matrix, table, number, columns, cells[0])
        else:
            _add_ticked(matrix, table, number, columns, label, question)
        matrix.stop = number + 1
    return matrix if matrix.stop > at + 1 else None


def _keep_ticked(matrix: Matrix, table: Table, number: int, columns: dict[int, str], question: Cell) -> None:
    """A question that no field asks: what was ticked, and the words beside, are kept with it."""
    matrix.printed.append(question)
    for cell in table.rows[number].cells:
        place = table.cell_place(number, cell)
        if cell.column in columns and is_marked(cell):
            word = replace(cell, blocks=[Paragraph([Run(columns[cell.column])])])
            matrix.printed.append(cell)
            matrix.left.append((_text(question), word, place))
        elif cell is not question and not is_blank(cell.blocks):
            matrix.left.append((_text(question), cell, place))


def _add_ticked(
    matrix: Matrix, table: Table, number: int, columns: dict[int, str], label: Label, question: Cell
) -> None:
    row = table.rows[number]
    marked = [cell for cell in row.cells if cell.column in columns and is_marked(cell)]
    matrix.printed.append(question)
    words = [columns[cell.column] for cell in marked]
    beside: list[Block] = [
        block for cell in row.cells if cell is not question and cell.column not in columns for block in cell.blocks
    ]
    if len(set(words)) > 1:
        label.why = "more than one answer is ticked"
    if words or not is_blank(beside):
        blocks: list[Block] = [_word(words[0])] if words else []
        cell = marked[0] if marked else question
        matrix.answers.append(Found(label, blocks + beside, table.cell_place(number, cell), cell))
    for cell in row.cells:
        if cell.column in columns and cell not in marked and not is_blank(cell.blocks):
            if normal(cell.text) in ("", "yes", "no", "not known", "n k", "n", "y", "na", "n a"):
                matrix.printed.append(cell)
            else:
                matrix.left.append(("", cell, table.cell_place(number, cell)))


def _word(word: str) -> Paragraph:
    return Paragraph([Run(word, control=Control("choice", value=word))])


def read_block_rows(table: Table, at: int, index: FormIndex, scope: Scope) -> Matrix | None:
    """A head of short questions ("Name | Role | Date") and a block's name in front of each row ("Author", …)."""
    head = table.rows[at].cells
    if len(head) < 3:
        return None
    questions = {cell.column: [hit for hit in index.find(_text(cell)) if hit.part == "inside"] for cell in head[1:]}
    if not all(questions.values()) or (_text(head[0]) and label_of_text(_text(head[0]), index, scope)):
        return None
    matrix = Matrix([], list(head), [], at + 1)
    for number in range(at + 1, len(table.rows)):
        row = table.rows[number]
        first = row.cells[0]
        blocks = [hit.path for hit in index.find(_text(first)) if hit.part == "heading" and hit.score >= SURE]
        block = _fitting(blocks, questions)
        if block is None:
            break
        matrix.printed.append(first)
        for cell in row.cells[1:]:
            hit = next((hit for hit in questions.get(cell.column, []) if hit.block == block), None)
            if hit is not None and (not is_blank(cell.blocks) or has_picture(cell.blocks)):
                label = Label(hit.path, _text(next(c for c in head if c.column == cell.column)), hit.score)
                matrix.answers.append(Found(label, list(cell.blocks), table.cell_place(number, cell), cell))
            elif not is_blank(cell.blocks):
                matrix.left.append(("", cell, table.cell_place(number, cell)))
        matrix.stop = number + 1
    return matrix if matrix.stop > at + 1 else None


def _fitting(blocks: list[str], questions: dict[int, list[Hit]]) -> str | None:
    """Of the blocks that a name may mean, the one that has a field for most of the questions."""
    counts = {block: sum(any(hit.block == block for hit in hits) for hits in questions.values()) for block in blocks}
    best = max(counts, key=lambda block: counts[block], default=None)
    return best if best is not None and counts[best] >= 2 else None


def read_item_columns(table: Table, at: int, index: FormIndex, scope: Scope) -> Matrix | None:
    """A head that names items ("Child 1 | Child 2") and a question in front of each row."""
    head = table.rows[at].cells
    if len(head) < 2:
        return None
    block = _items_of(head[1:], index)
    rows = list(takewhile(lambda row: len(row.cells) == len(head) and _text(row.cells[0]), table.rows[at + 1 :]))
    labels = [row.cells[0] for row in rows]
    asked = [column_hits(_text(cell), index) for cell in labels]
    known = sum(1 for hits in asked if block in hits and hits[block][0].score >= SURE)
    if not block or not known or known < min(2, len(rows)) or known < 0.4 * len(rows):
        return None
    stand_ins = [Cell(cell.blocks, column=number) for number, cell in enumerate(labels, 1)]
    columns = head_of_block(block, stand_ins, asked, index)
    items = [[row.cells[position] for row in rows] for position in range(1, len(head))]
    settle(columns, [dict(enumerate(cells, 1)) for cells in items], index)
    scope.enter((block,))
    matrix = Matrix([], [*head, *labels], [], at + 1 + len(rows))
    for cells in items:
        for number, (column, cell) in enumerate(zip(columns.columns, cells, strict=True), at + 1):
            place = table.cell_place(number, cell)
            if column.path:
                label = Label(column.path, column.head, 1.0, why=column.why)
                matrix.answers.append(Found(label, list(cell.blocks), place, cell))
            elif not is_blank(cell.blocks):
                matrix.left.append((column.head, cell, place))
    return matrix


def _items_of(heads: list[Cell], index: FormIndex) -> str:
    """The list whose items the cells of a head name, "" when they name none."""
    named = [[h.path for h in index.find(_text(c)) if h.part == "heading" and h.path.endswith("[]")] for c in heads]
    common = [path for path in (named[0] if named else []) if all(path in paths for paths in named)]
    return common[0] if common else ""


def _text(cell: Cell) -> str:
    return " ".join(raw_text(cell).split())


READERS = (read_option_matrix, read_yes_no_matrix, read_block_rows, read_item_columns)

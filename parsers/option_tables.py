"""Tables whose rows are the options of one question, each with a cell for its tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers import marks
from parsers.answers import Answer
from parsers.content import raw_text
from parsers.labels import Label
from parsers.wording import SURE
from records.tree import Row, Table

if TYPE_CHECKING:
    from parsers.locate import Locator


def read_option_table(to: Locator, table: Table, label: Label | None) -> bool:
    """A table whose rows are the options of one choice field, each with a cell for its tick."""
    if len(table.rows) < 2 or max(len(row.cells) for row in table.rows) < 2:
        return False
    for name, options in to.index.options.items():
        rows, where = [], []
        for at, row in enumerate(table.rows):
            found = marks.option_cells(row, options)
            if found:
                rows += found
                where.append(at)
        if len(where) >= 2 and len(where) >= 0.6 * len(table.rows) and "[]" not in name:
            _take_options(to, table, name, rows, where, label)
            return True
    return False


def _take_options(
    to: Locator, table: Table, name: str, rows: list[marks.OptionCells], where: list[int], label: Label | None
) -> None:
    reading = marks.read_option_cells(rows, to.index.options[name])
    for option in rows:
        to.ledger.mark("printed", *option.label.blocks)
        to.ledger.mark("value", *(option.tick.blocks if option.tick else []))
    first = rows[0].label
    question = Label(name, label.text if label else "", 1.0, why=reading.unsure)
    path = to.scope.take(name)
    to.found.asked.add(path)
    to.found.labels_seen += 2
    if reading.codes or reading.unsure:
        to.found.answers.append(
            Answer(path, [], table.cell_place(where[0], first), question.text, why=reading.unsure, codes=reading.codes)
        )
    if reading.details:
        to.ledger.keep(reading.details, table.cell_place(where[0], first).where)
    for at, row in enumerate(table.rows):
        if at not in where:
            _stray_row(to, row)


def _stray_row(to: Locator, row: Row) -> None:
    """A row among options that words no known option: read as label and value, else kept."""
    for cell in row.cells:
        text = " ".join(raw_text(cell).split())
        hits = [hit for hit in to.index.find(text) if hit.score >= SURE]
        if hits or to.index.is_prompt(text):
            to.ledger.mark("printed", *cell.blocks)

"""U and W: a chronology as one sheet or cards; plans as sheets and nested tables; verifications turned round."""

from __future__ import annotations

from itertools import groupby
from random import Random
from typing import Any

from docx.shared import Cm

from benchmarks.heldout import page
from benchmarks.heldout.cases import Case
from benchmarks.heldout.page import Line, Run
from benchmarks.heldout.shapes_blind import Blind, columns
from benchmarks.heldout.shapes_chronology import Row, merge_dates, prepared, record
from benchmarks.heldout.shapes_plans import DONE, Plans
from benchmarks.heldout.values import Filled, Return, Value

EVERY = 9  # rows between two heads where the head is typed again
PROMPTS = {
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy and 24 hour clock",
    "event": "Be brief. Facts only.",
    "source": "Name the record",
    "action": "How will it be made to happen?",
    "lead": "Post and organisation",
    "target_date": "From date of publication",
}


def chronology(form: Return, rng: Random, case: Case) -> Any:
    """A chronology as one sheet, or its opening and a card for each event."""
    return sheet(form, rng, case) if rng.random() < 0.65 else cards(form, rng, case)


class Sheet(Blind):
    """The opening as rows of the events' own table; lists of people and terms follow below it."""

    letter = "U"
    landscape = True
    heads: list[tuple[str, str]]

    def opening(self) -> None:
        count = len(self.heads)
        shares = [3.0 if k == "event" else 0.6 if k == "seq" else 1.2 for k, _ in self.heads]
        self.big = columns(self.doc, *(21.4 * s / sum(shares) for s in shares))
        first = 2 if self.heads[0][0] == "seq" else 1  # a number's column is too narrow for a label
        middle = max(first + 1, count // 2)
        self.edges = [0, first, middle, middle + 1, count] if count > 4 else [0, 1, count]
        self.later: list[Filled] = []
        self.bar([Run(self.form.title, "b")])
        for line in self.form.intro:
            self.bar([Run(line, "i")])

    def bar(self, line: Line, colour: str = "") -> None:
        cell = page.merged(self.big.add_row(), 0, len(self.heads) - 1)
        page.put(cell, [line])
        if colour:
            page.shade(cell, colour)

    def heading(self, words: str) -> None:
        self.bar([Run(words, "b")], "D9E2F3")

    def note(self, words: str) -> None:
        self.bar([Run(words, "i")])

    def group(self, heading: str, fields: list[Filled]) -> None:
        self.bar([Run(heading, "b")], "EAF1DD")
        self.fields(fields)

    def fields(self, run: list[Filled]) -> None:
        pairs = len(self.edges) // 2
        for i in range(0, len(run), pairs):
            row = self.big.add_row()
            for j, filled in enumerate(run[i : i + pairs]):
                a, b, c = self.edges[2 * j : 2 * j + 3]
                page.put(page.merged(row, a, b - 1), [[Run(filled.item.label, "b")]])
                self.fill(page.merged(row, b, c - 1), filled)

    def table(self, filled: Filled, **_: Any) -> None:
        self.later.append(filled)

    def section(self, section: Any) -> None:
        """A section of nothing but a list stands below the sheet, with its heading."""
        if all(f.item.kind == "rows" for f in section.items):
            self.later.extend(section.items)
        else:
            super().section(section)

    def lists(self) -> None:
        for filled in self.later:
            page.para(self.doc, "")
            super().table(filled)


def sheet(form: Return, rng: Random, case: Case) -> Any:
    """One table for everything; the head is typed again every few rows."""
    heads, rows, layout = prepared(form, rng, case)
    shape = type("Sheeted", (Sheet,), {"heads": heads})(form, rng)
    doc = shape.render()
    first = head(shape, prompts=rng.random() < 0.5)
    again, year = rng.random() < 0.5 and layout != "merged", ""
    for number, row in enumerate(rows):
        if again and number and number % EVERY == 0:
            head(shape, prompts=False)
        this = str(row.truth["date"] or "")[:4]
        if layout == "years" and this.isdigit() and this > year:
            shape.bar([Run(this, "b")])
            year = this
        event(shape.big.add_row(), heads, row)
    if layout == "merged" and ("date", dict(heads).get("date")) in heads:
        merge_dates(Below(shape.big, first), [k for k, _ in heads].index("date"), rows)
    shape.lists()
    record(form, [k for k, _ in heads], rows)
    form.mess.append("one_sheet" + ("_head_again" if again else ""))
    return doc


class Below:
    """A table as if it began at its head's row, for merging dates."""

    def __init__(self, table: Any, first: int) -> None:
        self.table, self.first = table, first

    def cell(self, row: int, column: int) -> Any:
        return self.table.cell(row + self.first, column)


def head(shape: Sheet, *, prompts: bool) -> int:
    """The head (and a row of prompts below it); the number of the last of these rows."""
    cells = shape.big.add_row().cells
    for cell, (_, label) in zip(cells, shape.heads, strict=True):
        page.put(cell, [[Run(label, "b")]])
        page.shade(cell, "BFBFBF")
    if prompts:
        for cell, (key, _) in zip(shape.big.add_row().cells, shape.heads, strict=True):
            page.put(cell, [[Run(PROMPTS.get(key, ""), "i8")]])
    return len(shape.big.rows) - 1


def event(row: Any, heads: list[tuple[str, str]], one: Row) -> None:
    for cell, (key, _) in zip(row.cells, heads, strict=True):
        page.put(cell, [[Run(line)] for line in one.cells.get(key, "").replace("!", "").split("\n")])


class Opening(Blind):
    """Two columns above the cards."""

    letter = "U"

    def fields(self, run: list[Filled]) -> None:
        table = columns(self.doc, 6, 10.5)
        for filled in run:
            cells = table.add_row().cells
            page.put(cells[0], [[Run(filled.item.label, "b")]])
            self.fill(cells[1], filled)
        page.para(self.doc, "")


def cards(form: Return, rng: Random, case: Case) -> Any:
    """A small table of label and value for each event; every card has its own date."""
    heads, rows, _ = prepared(form, rng, case, share=False)
    shape = Opening(form, rng)
    doc = shape.render()
    doc.add_heading("Events", 2)
    for one in rows[:14]:
        table = columns(doc, 5, 11.5)
        for key, label in heads:
            cells = table.add_row().cells
            page.put(cells[0], [[Run(label, "b")]])
            page.put(cells[1], [[Run(line)] for line in one.cells.get(key, "").split("\n")])
        page.para(doc, "")
    record(form, [k for k, _ in heads], rows[:14])
    form.mess.append("cards")
    return doc


class BlindPlans(Plans):
    """W: a plan as one wide sheet with prompts or nested tables; a verification turned round or in cards."""

    letter = "W"
    landscape = True

    def opening(self) -> None:
        super().opening()
        verifying = self.form.form.endswith("verification")
        self.layout = self.rng.choice(("across", "cards") if verifying else ("sheet", "nested", "sheet"))
        self.joint = self.rng.choice((" / ", "   "))
        self.form.mess[-1] = self.layout

    def many(self, filled: Filled) -> None:
        if filled.item.path == "actions":
            (self.sheet if self.layout == "sheet" else self.nested)(filled)
        elif filled.item.path == "items":
            (self.turned if self.layout == "across" else self.item_cards)(filled)
        elif filled.item.kind == "block":
            page.para(self.doc, [Run(filled.item.label, "b")])
            self.block(filled)
        else:
            super().many(filled)

    def block(self, filled: Filled) -> None:
        """Label, value, label, value in one row for each two questions."""
        parts = list(zip(filled.item.parts, filled.rows[0], strict=True))
        table = columns(self.doc, 4, 6.7, 4, 6.7)
        for i in range(0, len(parts), 2):
            cells = table.add_row().cells
            for j, ((key, label), value) in enumerate(parts[i : i + 2]):
                page.put(cells[2 * j], [[Run(label, "b")]])
                self.cell(cells[2 * j + 1], key, value)

    def head(self, table: Any, parts: tuple[tuple[str, str], ...]) -> None:
        for cell, (_, label) in zip(table.add_row().cells, parts, strict=True):
            page.put(cell, [[Run(label, "b")]])
            page.shade(cell, "C6E0B4")

    def sheet(self, filled: Filled) -> None:
        """As `plan`, with a row of prompts below the head and a repeated head."""
        parts = filled.item.parts
        super().plan(filled)
        table = self.doc.tables[-1]
        page.repeat_header(table.rows[0])
        if self.rng.random() < 0.6:
            row = table.add_row()
            for cell, (key, _) in zip(row.cells, parts, strict=True):
                page.put(cell, [[Run(PROMPTS.get(key, ""), "i8")]])
            table.rows[0]._tr.addnext(row._tr)
        for row in table.rows:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    for run in paragraph.runs:
                        run.font.size = Cm(0.28)

    def nested(self, filled: Filled) -> None:
        """A table for each recommendation; its actions in a table inside the last cell."""
        keys = [k for k, _ in filled.item.parts]
        labels = dict(filled.item.parts)
        rows = [dict(zip(keys, values, strict=True)) for values in filled.rows]
        rest = tuple((k, w) for k, w in filled.item.parts if k not in ("number", "recommendation"))
        for _, part in groupby(rows, lambda r: r["number"].truth):
            actions = list(part)
            table = columns(self.doc, 4, 17)
            for key in ("number", "recommendation"):
                cells = table.add_row().cells
                page.put(cells[0], [[Run(labels[key], "b")]])
                self.cell(cells[1], key, actions[0][key])
            inner = page.grid(page.merged(table.add_row(), 0, 1), 0, len(rest))
            self.head(inner, rest)
            for row in actions:
                for cell, (key, _) in zip(inner.add_row().cells, rest, strict=True):
                    self.cell(cell, key, row[key])
            page.para(self.doc, "")

    def done(self, value: Value) -> Line:
        """Yes, Partly, No on one line with brackets."""
        return [Run("  ".join(f"[{'x' if code == value.shown else ' '}] {name}" for code, name in DONE))]

    def turned(self, filled: Filled) -> None:
        """A column for each recommendation and a row for each question."""
        table = columns(self.doc, 5, *(16 / len(filled.rows) for _ in filled.rows))
        for c, (key, label) in enumerate(filled.item.parts):
            cells = table.add_row().cells
            page.put(cells[0], [[Run(label, "b")]])
            for cell, values in zip(cells[1:], filled.rows, strict=True):
                page.put(cell, [self.done(values[c])]) if key == "completed" else self.cell(cell, key, values[c])

    def item_cards(self, filled: Filled) -> None:
        """A table of four columns for each recommendation; its number in a bar above."""
        for values in filled.rows:
            row = dict(zip((k for k, _ in filled.item.parts), values, strict=True))
            table = columns(self.doc, 4, 6.7, 4, 6.7)
            number, *rest = filled.item.parts
            bar = page.merged(table.add_row(), 0, 3)
            page.put(bar, [[Run(f"{number[1]} ", "b"), Run(row["number"].shown or "")]])
            page.shade(bar, "FFF2CC")
            for i in range(0, len(rest), 2):
                cells = table.add_row().cells
                for j, (key, label) in enumerate(rest[i : i + 2]):
                    page.put(cells[2 * j], [[Run(label, "b")]])
                    one = cells[2 * j + 1]
                    page.put(one, [self.done(row[key])]) if key == "completed" else self.cell(one, key, row[key])
            page.para(self.doc, "")

"""D, E, F, H, K: forms made of tables."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from benchmarks.heldout import marks, page
from benchmarks.heldout.page import Run
from benchmarks.heldout.shape import Shape, singles
from benchmarks.heldout.values import Filled, Section


class Questions(Shape):
    """D: numbered Question | Response rows, prompts in small italics under the question."""

    letter = "D"

    def opening(self) -> None:
        super().opening()
        self.number = 0
        self.separate = self.rng.random() < 0.5

    def fields(self, run: list[Filled]) -> None:
        columns = 3 if self.separate else 2
        table = page.grid(self.doc, 1, columns)
        heads = ("No", "Question", "Response") if self.separate else ("Question", "Response")
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            page.put(cell, [[Run(head, "b")]])
            page.shade(cell, "D9E2F3")
        for filled in run:
            self.number += 1
            cells = table.add_row().cells
            lines = [[Run(filled.item.label if self.separate else f"{self.number}. {filled.item.label}")]]
            if filled.item.prompt:
                lines.append([Run(filled.item.prompt, "i8")])
            if self.separate:
                page.put(cells[0], [[Run(str(self.number))]])
            page.put(cells[-2], lines)
            self.fill(cells[-1], filled)


class Plain(Shape):
    """E: four-column grids with no shading and no bold; long answers under a full-width label."""

    letter = "E"
    font = "Times New Roman"

    def opening(self) -> None:
        page.para(self.doc, self.form.title)
        for line in self.form.intro:
            page.para(self.doc, line)

    def heading(self, words: str) -> None:
        page.para(self.doc, words)

    def head_look(self) -> str:
        return ""

    def group(self, heading: str, fields: list[Filled]) -> None:
        page.para(self.doc, heading)
        self.fields(fields)

    def fields(self, run: list[Filled]) -> None:
        table = page.grid(self.doc, 0, 4)
        waiting: list[Filled] = []
        for filled in run:
            if filled.item.kind in ("line", "yes_no"):
                waiting.append(filled)
                if len(waiting) == 2:
                    self.pair(table, waiting)
                    waiting = []
                continue
            self.pair(table, waiting)
            waiting = []
            self.wide(table, filled)
        self.pair(table, waiting)

    def pair(self, table: Any, waiting: list[Filled]) -> None:
        if not waiting:
            return
        row = table.add_row()
        if len(waiting) == 1:
            page.put(row.cells[0], [[Run(waiting[0].item.label)]])
            self.fill(page.merged(row, 1, 3), waiting[0])
            return
        for i, filled in enumerate(waiting):
            page.put(row.cells[2 * i], [[Run(filled.item.label)]])
            self.fill(row.cells[2 * i + 1], filled)

    def wide(self, table: Any, filled: Filled) -> None:
        lines = [[Run(filled.item.label)]]
        if filled.item.prompt:
            lines.append([Run(filled.item.prompt, "8")])
        page.put(page.merged(table.add_row(), 0, 3), lines)
        self.fill(page.merged(table.add_row(), 0, 3), filled)


class OneTable(Shape):
    """F: the whole form is one table of twelve thin columns, with banner rows; the value stands below its label."""

    letter = "F"
    grid_columns = 12

    def opening(self) -> None:
        page.para(self.doc, [Run(self.form.title, "b")])
        self.big = page.grid(self.doc, 0, self.grid_columns)
        self.same_cell = self.rng.random() < 0.5

    def banner(self, words: str, colour: str) -> None:
        cell = page.merged(self.big.add_row(), 0, 11)
        page.put(cell, [[Run(words, "b")]])
        page.shade(cell, colour)

    def heading(self, words: str) -> None:
        self.banner(words.upper(), "1F3864" if self.rng.random() < 0.1 else "BDD6EE")

    def note(self, words: str) -> None:
        page.put(page.merged(self.big.add_row(), 0, self.grid_columns - 1), [[Run(words, "i")]])

    def group(self, heading: str, fields: list[Filled]) -> None:
        self.banner(heading, "DEEAF6")
        self.fields(fields)

    def fields(self, run: list[Filled]) -> None:
        waiting: list[Filled] = []
        for filled in run:
            if filled.item.kind in ("line", "yes_no"):
                waiting.append(filled)
                if len(waiting) == 3:
                    self.across(waiting)
                    waiting = []
                continue
            self.across(waiting)
            waiting = []
            self.across([filled])
        self.across(waiting)

    def across(self, run: list[Filled]) -> None:
        """Cells side by side: label and value as two paragraphs of one cell, or in two rows."""
        if not run:
            return
        width = self.grid_columns // len(run)
        top = self.big.add_row()
        below = top if self.same_cell else self.big.add_row()
        for i, filled in enumerate(run):
            cell = page.merged(top, i * width, (i + 1) * width - 1)
            page.put(cell, [[Run(filled.item.label, "b")]])
            target = cell if self.same_cell else page.merged(below, i * width, (i + 1) * width - 1)
            if self.same_cell:
                for j, line in enumerate(self.lines(filled)):
                    page.para(target, line, "List Bullet" if filled.value.bullets and j else None)
            else:
                self.fill(target, filled)

    def table(self, filled: Filled, **_: Any) -> None:
        self.banner(filled.item.label, "DEEAF6")
        parts = filled.item.parts
        edges = [round(i * self.grid_columns / len(parts)) for i in range(len(parts) + 1)]
        head = self.big.add_row()
        for i, (_key, label) in enumerate(parts):
            page.put(page.merged(head, edges[i], edges[i + 1] - 1), [[Run(label, "b")]])
        for values in filled.rows:
            row = self.big.add_row()
            for i, ((key, label), value) in enumerate(zip(parts, values, strict=True)):
                part = Filled(type(filled.item)(key, label, self.cell_kind(key)), value)
                self.fill(page.merged(row, edges[i], edges[i + 1] - 1), part)


class Listed(Shape):
    """H: children as rows or columns of one table, professionals as cards, sign-offs as a head and one row."""

    letter = "H"

    def opening(self) -> None:
        super().opening()
        self.across = self.rng.random() < 0.5

    def fields(self, run: list[Filled]) -> None:
        table = page.grid(self.doc, 0, 2)
        for filled in run:
            cells = table.add_row().cells
            page.put(cells[0], [[Run(filled.item.label, "b")]])
            page.shade(cells[0], "F2F2F2")
            self.fill(cells[1], filled)

    def many(self, filled: Filled) -> None:
        if filled.item.kind == "block":
            self.table(filled, spare=0)
        elif filled.item.path == "children":
            wide = len(filled.item.parts) > 8
            self.columns(filled) if self.across or wide else self.table(filled, spare=2)
        elif filled.item.path in ("agencies_involved", "professionals"):
            self.cards(filled)
        else:
            self.table(filled)

    def columns(self, filled: Filled) -> None:
        """A column per child, a row per question, always with room for three."""
        table = page.grid(self.doc, len(filled.item.parts) + 1, 4)
        for i in range(3):
            page.put(table.cell(0, i + 1), [[Run(f"{filled.item.label} {i + 1}", "b")]])
        groups = singles(filled)
        for r, (_, label) in enumerate(filled.item.parts, 1):
            page.put(table.cell(r, 0), [[Run(label, "b")]])
            for c, (_, fields) in enumerate(groups, 1):
                self.fill(table.cell(r, c), fields[r - 1])

    def cards(self, filled: Filled) -> None:
        page.para(self.doc, [Run(filled.item.label, "b")])
        for _, fields in singles(filled):
            table = page.grid(self.doc, 0, 2)
            for one in fields:
                cells = table.add_row().cells
                page.put(cells[0], [[Run(one.item.label)]])
                self.fill(cells[1], one)
            page.para(self.doc, "")


class Ticks(Shape):
    """K: Yes | No | N/K columns with a tick in one; criteria with Yes/No each; "(please circle)"."""

    letter = "K"
    yes_no_styles = marks.CIRCLE
    list_styles = ("table", "bold", "highlight", "strike", "underline")

    def section(self, section: Section) -> None:
        self.columns = self.rng.random() < 0.65
        super().section(section)

    def fields(self, run: list[Filled]) -> None:
        """Runs of questions of one kind share a table; a list of options has its own."""
        for kind, part in groupby(run, self.layout):
            {"plain": self.two, "ticks": self.ticks, "options": self.each}[kind](list(part))

    def layout(self, filled: Filled) -> str:
        if filled.item.kind == "choice":
            return "options"
        return "ticks" if filled.item.kind == "yes_no" and self.columns else "plain"

    def each(self, run: list[Filled]) -> None:
        for filled in run:
            if self.ch == "table":
                self.options(filled)
                continue
            page.para(self.doc, [Run(f"{filled.item.label} (please circle Yes or No for each)", "b")])
            for line in self.lines(filled):
                page.para(self.doc, line)

    def two(self, run: list[Filled]) -> None:
        if not run:
            return
        table = page.grid(self.doc, 0, 2)
        for filled in run:
            cells = table.add_row().cells
            note = " (please circle)" if filled.item.kind == "yes_no" else ""
            page.put(cells[0], [[Run(filled.item.label + note, "b")]])
            self.fill(cells[1], filled)
        page.para(self.doc, "")

    def ticks(self, run: list[Filled]) -> None:
        """Yes | No | N/K columns; with a Comments column where somebody wrote beside an answer."""
        heads = ["", "Yes", "No", "N/K", *(["Comments"] if any(f.value.beside for f in run) else [])]
        table = page.grid(self.doc, 1, len(heads))
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            page.put(cell, [[Run(head, "b")]])
        mark = self.tick()
        for filled in run:
            cells = table.add_row().cells
            page.put(cells[0], [[Run(filled.item.label)]])
            for column, code in enumerate(("yes", "no", "not_known"), 1):
                if filled.value.shown == code:
                    page.put(cells[column], [[Run(mark)]])
            if filled.value.beside:
                page.put(cells[4], [[Run(filled.value.beside)]])
        page.para(self.doc, "")

    def tick(self) -> str:
        return self.rng.choice(("✓", "X", "x", "✔"))

    def options(self, filled: Filled) -> None:
        chosen = filled.value.truth or []
        chosen = [chosen] if isinstance(chosen, str) else chosen
        table = page.grid(self.doc, 1, 3)
        for cell, head in zip(table.rows[0].cells, (filled.item.label, "Yes", "No"), strict=True):
            page.put(cell, [[Run(head, "b")]])
        mark = self.tick()
        for code, name in filled.item.options:
            cells = table.add_row().cells
            page.put(cells[0], [[Run(name)]])
            if chosen:
                page.put(cells[1 if code in chosen else 2], [[Run(mark)]])
        page.para(self.doc, "")

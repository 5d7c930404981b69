"""M to R: section bars, boxes, merged numbers, an office column, bullets, tab stops."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_TAB_LEADER
from docx.shared import Cm, RGBColor

from benchmarks.heldout import marks, page
from benchmarks.heldout.page import Line, Run
from benchmarks.heldout.shape import Shape, singles
from benchmarks.heldout.values import Filled

OFFICE_NOTES = ("Chk'd against index, T.B.", "Rang back, no reply", "Copy to legal folder", "Query put to registry")
OPTION = {"inline_glyph": "{box} {name}", "inline_after": "{name} {box}", "inline_bracket": "[{x}] {name}"}
BOXED = {"initials": "{i} {box}", "paren": "({x}) {name}"}


def option_line(options: tuple[tuple[str, str], ...], chosen: list[Any], pattern: str) -> Line:
    """All the options of a question on one line, parted by spaces."""
    words = []
    for code, name in options:
        on = code in chosen
        initial = {"Yes": "Y", "No": "N", "Not known": "NK"}.get(name, name)
        words.append(pattern.format(box="☒" if on else "☐", x="x" if on else " ", name=name, i=initial))
    return [Run("     ".join(words))]


def chosen_of(filled: Filled) -> list[Any]:
    """The codes that are ticked."""
    if filled.item.kind == "yes_no":
        return [filled.value.shown]
    truth = filled.value.truth or []
    return [truth] if isinstance(truth, str) else truth


def columns(place: Any, *widths: float) -> Any:
    """An empty table with columns of these widths in centimetres."""
    table = page.grid(place, 0, len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


class Blind(Shape):
    """What the shapes of the blind set share: options on one line, also as check box controls."""

    yes_no_styles = ("glyph", "bracket", "word", "short", "strike", "highlight", "initials", "paren", "controls")
    list_styles = ("glyph", "bracket", "inline_glyph", "inline_after", "inline_bracket", "controls")

    def lines(self, filled: Filled) -> list[Line]:
        kind, style = filled.item.kind, self.yn if filled.item.kind == "yes_no" else self.ch
        if kind == "yes_no" and style in BOXED:
            line = option_line(marks.WORDS, chosen_of(filled), BOXED[style])
            return [[*line, *self.beside(filled)]]
        if kind == "choice" and style in OPTION:
            if len(filled.item.options) > 4:  # boxes behind many long names are hard to tell apart on a wrapped line
                style = style.replace("after", "glyph")
            return [option_line(filled.item.options, chosen_of(filled), OPTION[style])]
        if style == "controls" and kind in ("yes_no", "choice"):
            return marks.lines_of(filled, "glyph", "glyph")
        return super().lines(filled)

    @staticmethod
    def beside(filled: Filled) -> Line:
        return [Run(f" – {filled.value.beside}")] if filled.value.beside and filled.value.shown else []

    def fill(self, cell: Any, filled: Filled) -> None:
        kind = filled.item.kind
        if kind in ("yes_no", "choice") and (self.yn if kind == "yes_no" else self.ch) == "controls":
            self.controls(cell.paragraphs[-1], filled)
        else:
            super().fill(cell, filled)

    def controls(self, paragraph: Any, filled: Filled) -> None:
        """Check box controls, all in one paragraph."""
        chosen = chosen_of(filled)
        for code, name in marks.WORDS if filled.item.kind == "yes_no" else filled.item.options:
            paragraph._p.append(page.tick_control(ticked=code in chosen))
            page.write(paragraph, [Run(f" {name}     ")])
        page.write(paragraph, self.beside(filled))

    def label(self, filled: Filled, look: str = "b") -> list[Line]:
        """The printed question, with its prompt below."""
        lines = [[Run(filled.item.label, look)]]
        return [*lines, [Run(filled.item.prompt, "i8")]] if filled.item.prompt else lines


class Bars(Blind):
    """M: one two-column table, labels shaded on the left, a bar over both for each section; lists are nested tables."""

    letter = "M"

    def opening(self) -> None:
        super().opening()
        self.big = columns(self.doc, 5.5, 11)
        self.dark = self.rng.random() < 0.5

    def bar(self, words: str, *, colour: str, white: bool = False) -> None:
        cell = page.merged(self.big.add_row(), 0, 1)
        page.put(cell, [[Run(words, "b")]])
        page.shade(cell, colour)
        if white:
            cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)

    def heading(self, words: str) -> None:
        self.bar(words, colour="1F4E5F" if self.dark else "A8D5BA", white=self.dark)

    def note(self, words: str) -> None:
        page.put(page.merged(self.big.add_row(), 0, 1), [[Run(words, "i")]])

    def group(self, heading: str, fields: list[Filled]) -> None:
        self.bar(heading, colour="D9D9D9")
        self.fields(fields)

    def fields(self, run: list[Filled]) -> None:
        for filled in run:
            cells = self.big.add_row().cells
            page.put(cells[0], self.label(filled))
            page.shade(cells[0], "EDEDED")
            self.fill(cells[1], filled)

    def table(self, filled: Filled, **_: Any) -> None:
        cell = page.merged(self.big.add_row(), 0, 1)
        super().table(filled, place=cell)
        cell.add_paragraph()


class Boxes(Blind):
    """N: every answer in a box of its own; its label above the box or as the box's first line."""

    letter = "N"
    font = "Verdana"

    def opening(self) -> None:
        super().opening()
        self.inside = self.rng.random() < 0.5

    def fields(self, run: list[Filled]) -> None:
        for filled in run:
            if not self.inside:
                for line in self.label(filled):
                    page.para(self.doc, line)
            cell = page.grid(self.doc, 1, 1).cell(0, 0)
            if self.inside:
                page.put(cell, self.label(filled))
                cell.add_paragraph()
            self.fill(cell, filled)
            page.para(self.doc, "")

    def fill(self, cell: Any, filled: Filled) -> None:
        """Below a label the answer begins in the waiting paragraph."""
        last = cell.paragraphs[-1]
        controls = filled.item.kind in ("yes_no", "choice") and "controls" in (self.yn, self.ch)
        if len(cell.paragraphs) == 1 or controls:
            super().fill(cell, filled)
            return
        first, *rest = self.lines(filled) or [[]]
        page.write(last, first)
        for line in rest:
            page.para(cell, line, "List Bullet" if filled.value.bullets else None)


class Numbers(Blind):
    """O: No. | Question | Response; one number, merged down, for all the questions about one person."""

    letter = "O"

    def opening(self) -> None:
        super().opening()
        self.number = 0
        self.lettered = self.rng.random() < 0.6

    def start(self) -> Any:
        table = columns(self.doc, 1.5, 6.5, 8.5)
        for cell, head in zip(table.add_row().cells, ("No.", "Question", "Response"), strict=True):
            page.put(cell, [[Run(head, "b")]])
            page.shade(cell, "FFE699")
        return table

    def fields(self, run: list[Filled]) -> None:
        table = self.start()
        for filled in run:
            self.number += 1
            cells = table.add_row().cells
            page.put(cells[0], [[Run(str(self.number))]])
            page.put(cells[1], self.label(filled, ""))
            self.fill(cells[2], filled)
        page.para(self.doc, "")

    def group(self, heading: str, fields: list[Filled]) -> None:
        self.number += 1
        table = self.start()
        row = table.add_row()
        page.put(row.cells[0], [[Run(str(self.number))]])
        page.put(page.merged(row, 1, 2), [[Run(heading, "b")]])
        for i, filled in enumerate(fields):
            cells = table.add_row().cells
            lines = self.label(filled, "")
            page.put(cells[1], [[Run(f"({chr(97 + i)}) " if self.lettered else ""), *lines[0]], *lines[1:]])
            self.fill(cells[2], filled)
        page.merge_down(table, 0, 1, len(fields) + 1)
        page.para(self.doc, "")


class Office(Blind):
    """P: a third column at the right for the office, in which somebody there has begun to write."""

    letter = "P"

    def opening(self) -> None:
        super().opening()
        self.waiting = self.rng.sample(OFFICE_NOTES, 2)
        self.form.extra.extend(self.waiting)
        self.joined = self.rng.random() < 0.4

    def fields(self, run: list[Filled]) -> None:
        table = columns(self.doc, 5, 8.5, 3)
        for cell, head in zip(table.add_row().cells, ("Question", "Your answer", "Office use only"), strict=True):
            page.put(cell, [[Run(head, "b")]])
        for i, filled in enumerate(run):
            cells = table.add_row().cells
            page.put(cells[0], self.label(filled, ""))
            self.fill(cells[1], filled)
            page.shade(cells[2], "F2F2F2")
            if self.waiting and i == 0:
                page.put(cells[2], [[Run(self.waiting.pop())]])
        if self.joined and len(run) > 1:
            page.merge_down(table, 2, 1, len(run))
        page.para(self.doc, "")


class Bulleted(Blind):
    """Q: the form as a bulleted list; the people and children one step further in."""

    letter = "Q"
    font = "Arial"
    yes_no_styles = ("word", "short", "paren", "bracket", "strike", "glyph")
    list_styles = ("bracket", "inline_bracket", "tick_end", "inline_glyph")

    def opening(self) -> None:
        super().opening()
        self.joint = self.rng.choice((": ", " – "))
        self.step = "List Bullet"

    def fields(self, run: list[Filled]) -> None:
        for filled in run:
            label, lines = filled.item.label, self.lines(filled)
            joint = " " if label.endswith(("?", ".")) else self.joint
            if filled.item.kind in ("line", "yes_no"):
                words = [lines[0], *([Run("\n"), *line] for line in lines[1:])]
                page.para(self.doc, [Run(f"{label}{joint}", "b"), *(r for line in words for r in line)], self.step)
                continue
            page.para(self.doc, [Run(f"{label}{joint}".rstrip(" –"), "b")], self.step)
            if filled.item.prompt:
                page.para(self.doc, [Run(filled.item.prompt, "i8")], "List Continue")
            for i, line in enumerate(lines):
                page.para(self.doc, line, "List Bullet 2" if filled.value.bullets and i else "List Continue")

    def group(self, heading: str, fields: list[Filled]) -> None:
        page.para(self.doc, [Run(heading, "b")], "List Bullet")
        self.step = "List Bullet 2"
        self.fields(fields)
        self.step = "List Bullet"

    def table(self, filled: Filled, **_: Any) -> None:
        page.para(self.doc, [Run(filled.item.label, "b")], "List Bullet")
        for number, (_heading, fields) in enumerate(singles(filled), 1):
            page.para(self.doc, f"No. {number}", "List Bullet 2")
            self.step = "List Bullet 3"
            self.fields([self.short(one) for one in fields])
        self.step = "List Bullet"

    def short(self, filled: Filled) -> Filled:
        """Inside lists even long answers stand on their label's line."""
        item = filled.item
        return Filled(type(item)(item.path, item.label, self.cell_kind(item.path)), filled.value)


class Tabbed(Blind):
    """R: labels, tab stops and rules; two short answers on a line."""

    letter = "R"
    font = "Times New Roman"
    yes_no_styles = ("word", "short", "strike", "underline", "bracket")
    list_styles = ("bracket", "inline_bracket", "tick_end")

    def opening(self) -> None:
        super().opening()
        self.ruled = self.rng.random() < 0.5

    def heading(self, words: str) -> None:
        page.para(self.doc, [Run(words.upper(), "bu")])

    def at(self, line: Line, *stops: float) -> None:
        """A paragraph with tab stops; the last has a rule up to it."""
        paragraph = page.para(self.doc, line)
        for i, stop in enumerate(stops):
            ruled = self.ruled and i % 2 == 1
            leader = WD_TAB_LEADER.LINES if ruled else WD_TAB_LEADER.SPACES
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(stop), leader=leader)

    def fields(self, run: list[Filled]) -> None:
        waiting: list[Filled] = []
        for filled in run:
            shown = filled.value.shown or ""
            if filled.item.kind == "line" and len(shown) < 22 and len(filled.item.label) < 18:
                waiting.append(filled)
                if len(waiting) == 2:
                    self.pair(waiting)
                    waiting = []
                continue
            self.pair(waiting)
            waiting = []
            self.one(filled)
        self.pair(waiting)

    def pair(self, waiting: list[Filled]) -> None:
        if not waiting:
            return
        line: Line = []
        for i, filled in enumerate(waiting):
            line += [Run(("\t" if i else "") + f"{filled.item.label}\t", "b"), *self.typed(filled)]
        self.at([*line, Run("\t" if self.ruled else "")], 3.6, 8, 11.4, 16)

    def typed(self, filled: Filled) -> Line:
        shown = filled.value.shown
        return [Run(shown, "u" if self.ruled else "")] if shown else [Run("" if self.ruled else "________")]

    def one(self, filled: Filled) -> None:
        lines = self.lines(filled)
        if filled.item.kind in ("line", "yes_no") and len(filled.item.label) < 34:
            first = self.typed(filled) if filled.item.kind == "line" and len(lines) == 1 else lines[0]
            self.at([Run(f"{filled.item.label}\t", "b"), *first], 6.5)
            for line in lines[1:]:
                self.at([Run("\t"), *line], 6.5)
            return
        for line in self.label(filled):
            page.para(self.doc, line)
        for i, line in enumerate(lines):
            page.para(self.doc, line, "List Bullet" if filled.value.bullets and i else None)

    def table(self, filled: Filled, **_: Any) -> None:
        page.para(self.doc, [Run(filled.item.label, "b")])
        for number, (_heading, fields) in enumerate(singles(filled), 1):
            page.para(self.doc, f"({number})")
            self.fields([Bulleted.short(self, one) for one in fields])  # type: ignore[arg-type]

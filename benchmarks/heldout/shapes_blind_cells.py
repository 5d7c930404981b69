"""S, T and V: split dates, cells for options, drawings."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import parse_xml

from benchmarks.heldout import marks, page
from benchmarks.heldout.page import Run
from benchmarks.heldout.shapes_blind import Blind, chosen_of, columns
from benchmarks.heldout.values import Filled, Section

GENOGRAMS = (
    ("Nan, b. 1961", "Uncle Tev (USA)", "dotted line = not living there"),
    ("Great-aunt Ro", "half-brother, name not known", "double line = close"),
)


class SplitDates(Blind):
    """S: a day, a month and a year each in a cell of its own; other answers go over all three."""

    letter = "S"

    def opening(self) -> None:
        super().opening()
        self.headed = self.rng.random() < 0.5

    def fields(self, run: list[Filled]) -> None:
        table = columns(self.doc, 6.5, 2.5, 2.5, 5)
        for filled in run:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", str(filled.value.truth)) and filled.item.kind == "line":
                self.day(table, filled)
                continue
            row = table.add_row()
            page.put(row.cells[0], self.label(filled))
            self.fill(page.merged(row, 1, 3), filled)
        page.para(self.doc, "")

    def day(self, table: Any, filled: Filled) -> None:
        year, month, day = str(filled.value.truth).split("-")
        if self.headed:
            head = table.add_row().cells
            for cell, words in zip(head[1:], ("DD", "MM", "YYYY"), strict=True):
                page.put(cell, [[Run(words, "i8")]])
        cells = table.add_row().cells
        for cell, words in zip(cells[1:], (day, month, year), strict=True):
            page.put(cell, [[Run(words)]])
        if self.headed:
            page.put(head[0], [[Run(filled.item.label, "b")]])
            page.merge_down(table, 0, len(table.rows) - 2, len(table.rows) - 1)
        else:
            page.put(cells[0], [[Run(filled.item.label, "b"), Run(" (DD | MM | YYYY)")]])


class Cells(Blind):
    """T: a cell for each of Yes, No and Not known beside the question; lists of options two to a row, boxes apart."""

    letter = "T"
    list_styles = ("glyph",)
    yes_no_styles = ("glyph",)

    def opening(self) -> None:
        super().opening()
        self.mark = self.rng.choice(("☒", "✓", "X"))

    def fields(self, run: list[Filled]) -> None:
        table = columns(self.doc, 6.5, 3.3, 3.3, 3.4)
        for filled in run:
            row = table.add_row()
            if filled.item.kind == "choice":
                self.options(table, row, filled)
                continue
            page.put(row.cells[0], self.label(filled))
            if filled.item.kind == "yes_no" and not filled.value.beside:
                for cell, (code, name) in zip(row.cells[1:], marks.WORDS, strict=True):
                    page.put(cell, [[Run(f"{name} {self.box(on=code == filled.value.shown)}")]])
                continue
            self.fill(page.merged(row, 1, 3), filled)
        page.para(self.doc, "")

    def box(self, *, on: bool) -> str:
        return self.mark if on else ("☐" if self.mark == "☒" else "")

    def options(self, table: Any, row: Any, filled: Filled) -> None:
        """Label over the whole row; below it label, box, label, box."""
        cell = page.merged(row, 0, 3)
        page.put(cell, self.label(filled))
        chosen, options = chosen_of(filled), filled.item.options
        for i in range(0, len(options), 2):
            cells = table.add_row().cells
            for j, (code, name) in enumerate(options[i : i + 2]):
                page.put(cells[2 * j], [[Run(name)]])
                page.put(cells[2 * j + 1], [[Run(self.box(on=code in chosen))]])


class Drawn(Blind):
    """V: a two-column form with drawn boxes: how to return it, and a family tree that somebody has filled in."""

    letter = "V"

    def render(self) -> Any:
        doc = super().render()
        said = self.rng.choice(GENOGRAMS)
        doc.add_heading("Family tree (genogram)", 2)
        anchor = page.para(doc, "")
        for words in said:
            drawn(anchor, words)
        self.form.extra.extend(said)
        self.form.mess.append("text_box")
        return doc

    def section(self, section: Section) -> None:
        super().section(section)
        page.para(self.doc, "")

    def fields(self, run: list[Filled]) -> None:
        table = columns(self.doc, 6, 10.5)
        for filled in run:
            cells = table.add_row().cells
            page.put(cells[0], self.label(filled))
            self.fill(cells[1], filled)


def drawn(paragraph: Any, words: str) -> None:
    """A text box as Word writes it today, with the same words again for older programs."""
    inner = f"<w:txbxContent><w:p><w:r><w:t>{page.escape(words)}</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    number = next(page.NUMBERS)
    paragraph._p.append(
        parse_xml(
            f'<w:r {page.W} {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1800000" cy="540000"/>'
            f'<wp:docPr id="{number}" name="Text Box {number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
            'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
            '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="540000"/></a:xfrm><a:prstGeom prst="rect">'
            '<a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
            f"</wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
            '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:140pt;height:42pt"><v:textbox>'
            f"{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )

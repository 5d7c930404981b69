"""What all shapes share: a document, one habit for Yes/No and for lists, and questions taken apart."""

from __future__ import annotations

from random import Random
from typing import Any

from benchmarks.heldout import marks, page
from benchmarks.heldout.page import Line, Run
from benchmarks.heldout.templates import kind_of
from benchmarks.heldout.values import Filled, Item, Return, Section


def singles(filled: Filled) -> list[tuple[str, list[Filled]]]:
    """A block or a list of children as groups of single questions, each with its heading."""
    groups = []
    for number, row in enumerate(filled.rows, 1):
        heading = filled.item.label + (f" {number}" if len(filled.rows) > 1 else "")
        fields = []
        for (key, label), value in zip(filled.item.parts, row, strict=True):
            fields.append(Filled(Item(f"{filled.item.path}.{key}", label, kind_of(key)), value))
        groups.append((heading, fields))
    return groups


class Shape:
    """Base of all shapes. A shape overrides how single questions, groups, tables and headings look."""

    letter = "?"
    landscape = False
    font = "Calibri"
    yes_no_styles: tuple[str, ...] = marks.STYLES
    list_styles: tuple[str, ...] = marks.LISTS

    def __init__(self, form: Return, rng: Random) -> None:
        self.form, self.rng = form, rng
        self.yn = rng.choice(self.yes_no_styles)
        self.ch = rng.choice(self.list_styles)
        self.doc = page.new(landscape=self.landscape, font=self.font)
        form.mess.append(f"yn_{self.yn}")

    def render(self) -> Any:
        self.opening()
        for section in self.form.sections:
            self.section(section)
        return self.doc

    def opening(self) -> None:
        self.doc.add_heading(self.form.title, 0)
        for line in self.form.intro:
            page.para(self.doc, [Run(line, "i")])

    def section(self, section: Section) -> None:
        self.heading(section.heading)
        for words in section.notes:
            self.note(words)
        run: list[Filled] = []
        for filled in section.items:
            if filled.item.kind in ("rows", "block"):
                self.flush(run)
                run = []
                self.many(filled)
            else:
                run.append(filled)
        self.flush(run)

    def flush(self, run: list[Filled]) -> None:
        if run:
            self.fields(run)

    def many(self, filled: Filled) -> None:
        if filled.item.kind == "block" or filled.item.path == "children":
            for heading, fields in singles(filled):
                self.group(heading, fields)
        else:
            self.table(filled)

    def heading(self, words: str) -> None:
        self.doc.add_heading(words, 2)

    def note(self, words: str) -> None:
        """Guidance below a heading."""
        page.para(self.doc, [Run(words, "i")])

    def group(self, heading: str, fields: list[Filled]) -> None:
        page.para(self.doc, [Run(heading, "b")])
        self.fields(fields)

    def fields(self, run: list[Filled]) -> None:
        raise NotImplementedError

    def lines(self, filled: Filled) -> list[Line]:
        return marks.lines_of(filled, self.yn, self.ch)

    def fill(self, cell: Any, filled: Filled) -> None:
        page.put(cell, self.lines(filled), bullets=filled.value.bullets)

    def table(self, filled: Filled, *, place: Any = None, spare: int = 1) -> Any:
        """A header row and a row each, with `spare` empty rows below; the label stands above."""
        place = place if place is not None else self.doc
        page.para(place, [Run(filled.item.label, "b")])
        parts = filled.item.parts
        table = page.grid(place, 1 + len(filled.rows) + spare, len(parts))
        for cell, (_, label) in zip(table.rows[0].cells, parts, strict=True):
            page.put(cell, [[Run(label, self.head_look())]])
        for row, values in zip(table.rows[1:], filled.rows, strict=False):
            for cell, (key, label), value in zip(row.cells, parts, values, strict=True):
                self.fill(cell, Filled(Item(key, label, self.cell_kind(key)), value))
        return table

    def head_look(self) -> str:
        return "b"

    @staticmethod
    def cell_kind(key: str) -> str:
        """Inside tables long answers are ordinary cells."""
        kind = kind_of(key)
        return "line" if kind == "long" else kind

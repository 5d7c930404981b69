"""G: content controls whose titles say nothing, and legacy form fields."""

from __future__ import annotations

from typing import Any

from benchmarks.heldout import marks, page
from benchmarks.heldout.page import Run
from benchmarks.heldout.shape import Shape
from benchmarks.heldout.values import Filled


class Fields(Shape):
    letter = "G"
    yes_no_styles = ("glyph",)
    list_styles = ("glyph",)

    def opening(self) -> None:
        super().opening()
        self.legacy = self.rng.random() < 0.45
        self.form.mess.append("legacy_fields" if self.legacy else "content_controls")

    def fields(self, run: list[Filled]) -> None:
        table = page.grid(self.doc, 0, 2)
        for filled in run:
            cells = table.add_row().cells
            page.put(cells[0], [[Run(filled.item.label, "b")]])
            page.shade(cells[0], "E7E6E6")
            self.fill(cells[1], filled)

    def fill(self, cell: Any, filled: Filled) -> None:
        if filled.item.kind == "yes_no":
            self.boxes(cell.paragraphs[0], marks.WORDS, [filled.value.shown])
            if filled.value.beside:
                page.write(cell.paragraphs[0], [Run(f" – {filled.value.beside}")])
            return
        if filled.item.kind == "choice":
            chosen = filled.value.truth or []
            chosen = [chosen] if isinstance(chosen, str) else chosen
            for i, option in enumerate(filled.item.options):
                place = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                self.boxes(place, (option,), chosen)
            return
        if self.legacy:
            page.legacy_text(cell.paragraphs[0], filled.value.shown)
        else:
            cell.paragraphs[0]._p.append(page.control(filled.value.shown))

    def boxes(self, place: Any, options: tuple[tuple[str, str], ...], chosen: list[Any]) -> None:
        for code, name in options:
            if self.legacy:
                page.legacy_tick(place, ticked=code in chosen)
            else:
                place._p.append(page.tick_control(ticked=code in chosen))
            page.write(place, [Run(f" {name}   ")])

"""C: paragraphs only. Lines with a colon, tabs between short ones, rules typed over, headings with prose below."""

from __future__ import annotations

from benchmarks.heldout import page
from benchmarks.heldout.page import Run
from benchmarks.heldout.shape import Shape
from benchmarks.heldout.values import Filled


class Lines(Shape):
    letter = "C"
    font = "Arial"
    list_styles = ("glyph", "bracket", "tick_end")

    def heading(self, words: str) -> None:
        look = self.rng.choice(("b", "bu"))
        page.para(self.doc, [Run(words, look)])

    def fields(self, run: list[Filled]) -> None:
        waiting: list[Filled] = []
        for filled in run:
            if (
                filled.item.kind == "line"
                and len(filled.value.shown or "") < 32
                and "\n" not in (filled.value.shown or "")
            ):
                waiting.append(filled)
                if len(waiting) == 2:
                    self.short(waiting)
                    waiting = []
                continue
            self.short(waiting)
            waiting = []
            self.one(filled)
        self.short(waiting)

    def short(self, waiting: list[Filled]) -> None:
        """One or two short answers; two may share a line, parted by tabs."""
        if len(waiting) == 2 and self.rng.random() < 0.4:
            line = []
            for filled in waiting:
                line += [Run(f"{filled.item.label}: ", "b"), Run(f"{filled.value.shown or ''}\t\t")]
            page.para(self.doc, line)
            return
        for filled in waiting:
            self.ruled(filled) if self.rng.random() < 0.3 else self.one(filled)

    def ruled(self, filled: Filled) -> None:
        shown = filled.value.shown or ""
        page.para(self.doc, f"{filled.item.label}: ____{shown}{'_' * max(4, 30 - len(shown))}")

    def one(self, filled: Filled) -> None:
        label, lines = filled.item.label, self.lines(filled)
        colon = "" if label.endswith(("?", ")", ".")) else ":"
        if filled.item.kind in ("line", "yes_no"):
            page.para(self.doc, [Run(f"{label}{colon} ", "b"), *lines[0]])
            for line in lines[1:]:
                page.para(self.doc, line)
            return
        page.para(self.doc, [Run(f"{label}{colon}", "b")])
        if filled.item.prompt:
            page.para(self.doc, [Run(filled.item.prompt, "i8")])
        for i, line in enumerate(lines):
            page.para(self.doc, line, "List Bullet" if filled.value.bullets and i else None)

    def table(self, filled: Filled, **_: object) -> None:
        """Each row is a line of labels and answers, parted by semicolons or tabs."""
        page.para(self.doc, [Run(f"{filled.item.label}:", "b")])
        for number, values in enumerate(filled.rows):
            parts = []
            for (key, label), value in zip(filled.item.parts, values, strict=True):
                shown = (value.shown or "").replace("\n", ", ")
                if "\n" in (value.shown or ""):
                    self.form.either[f"{filled.item.path}[{number}].{key}"] = [shown, *value.either]
                if self.cell_kind(key) == "yes_no":
                    shown = {"yes": "Yes", "no": "No", "not_known": "Not known"}.get(shown, "")
                parts.append(f"{label}: {shown}")
            page.para(self.doc, self.rng.choice(("\t\t", ";  ")).join(parts))

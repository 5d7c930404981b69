"""L: the form inside a letter: words before and after, an e-mail below, notes in every place Word has for them."""

from __future__ import annotations

from random import Random
from typing import Any

from benchmarks.heldout import page, words
from benchmarks.heldout.page import Run
from benchmarks.heldout.shape import Shape
from benchmarks.heldout.shapes_lines import Lines
from benchmarks.heldout.shapes_tables import OneTable, Plain, Questions
from benchmarks.heldout.values import Filled, Return


def letter_like(form: Return, rng: Random) -> Shape:
    """A shape of class C, D, E or F with everything around it."""
    base = rng.choice((Lines, Plain, Questions, OneTable))
    return type("Letter", (Letter, base), {"letter": "L"})(form, rng)  # type: ignore[no-any-return]


class Letter(Shape):
    """Mixed in before a base shape."""

    def opening(self) -> None:
        said = self.rng.sample(words.LETTER, 2)
        self.form.extra.extend(said)
        for line in ("Safeguarding Office", "Our ref: admin/2", "Dear colleague,"):
            page.para(self.doc, line)
        for sentence in said:
            page.para(self.doc, sentence)
        page.para(self.doc, "Yours sincerely")
        page.para(self.doc, "The Safeguarding Office")
        self.doc.add_page_break()
        super().opening()
        self.asides = self.rng.sample(words.ASIDES, 3)
        self.tracked = False
        self.form.mess += ["cover_letter", "email_thread", "text_box", "comment", "footnote", "hidden_text"]

    def render(self) -> Any:
        doc = super().render()
        aside, comment, note = self.asides
        anchor = page.para(doc, "")
        page.text_box(anchor, aside)
        noted = page.para(doc, "Return ends.")
        doc.add_comment(noted.runs, text=comment, author="Line manager", initials="LM")
        page.para(doc, [Run("Template 7b: do not edit below this line.", "v")])
        page.footnote(doc, noted, note)
        self.form.extra.extend((aside, comment, note))
        self.form.absent |= {aside: "rtf", comment: "pdf"}  # LibreOffice writes neither there
        page.para(doc, "From: Duty desk <duty@hub.example>")
        page.para(doc, "Sent: 4 May 2024 09:12")
        page.para(doc, "Subject: RE: your form")
        for sentence in words.MAILS:
            page.para(doc, sentence)
        self.form.extra.extend(words.MAILS)
        return doc

    def fill(self, cell: Any, filled: Filled) -> None:
        super().fill(cell, filled)
        shown = filled.value.shown
        once = not self.tracked and filled.item.path in self.form.record
        if filled.item.kind == "long" and shown and once and not filled.value.bullets:
            self.tracked = True
            self.form.mess.append("tracked")
            late = "This was put right at once."
            page.track(cell.paragraphs[-1], deleted=" The matter is closed.", inserted=f" {late}")
            truth = self.form.record[filled.item.path]
            self.form.record[filled.item.path] = f"{truth} {late}"

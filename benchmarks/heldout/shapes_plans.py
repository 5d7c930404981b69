"""J: action plans as one block for each recommendation, verifications with tick columns; and plans as one table."""

from __future__ import annotations

from typing import Any

from benchmarks.heldout import page
from benchmarks.heldout.page import Run
from benchmarks.heldout.shapes_tables import Listed
from benchmarks.heldout.values import Filled, Item, Value

COLOURS = {"red": "FF0000", "amber": "FFC000", "green": "00B050", "blue": "0070C0"}
DONE = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))


class Plans(Listed):
    letter = "J"

    def opening(self) -> None:
        super().opening()
        self.layout = self.rng.choice(
            ("blocks", "blocks", "ticks" if self.form.form.endswith("verification") else "rows")
        )
        self.by_colour = self.rng.random() < 0.4
        self.form.mess.append(self.layout)

    def many(self, filled: Filled) -> None:
        if filled.item.path == "actions":
            self.plan(filled) if self.layout == "rows" else self.plan_blocks(filled)
        elif filled.item.path == "items":
            self.tick_table(filled) if self.layout == "ticks" else self.item_blocks(filled)
        else:
            super().many(filled)

    def status(self, cell: Any, value: Value) -> None:
        """A colour as a word, or (mess) only as the cell's shade."""
        if self.by_colour and value.truth:
            page.shade(cell, COLOURS[value.truth])
        else:
            page.put(cell, [[Run((value.shown or "").capitalize())]])

    def cell(self, cell: Any, key: str, value: Value) -> None:
        if key == "status":
            self.status(cell, value)
        elif key == "completed":
            page.put(cell, [[Run(dict(DONE).get(value.shown or "", ""))]])
        else:
            self.fill(cell, Filled(Item(key, "", self.cell_kind(key)), value))

    def plan(self, filled: Filled) -> None:
        """One table; a recommendation with two actions is merged down."""
        parts = filled.item.parts
        table = page.grid(self.doc, 1 + len(filled.rows), len(parts))
        for cell, (_, label) in zip(table.rows[0].cells, parts, strict=True):
            page.put(cell, [[Run(label, "b")]])
        number = [k for k, _ in parts].index("number")
        for r, values in enumerate(filled.rows, 1):
            for c, ((key, _), value) in enumerate(zip(parts, values, strict=True)):
                self.cell(table.cell(r, c), key, value)
        start = 1
        for r in range(2, len(filled.rows) + 2):
            if r > len(filled.rows) or filled.rows[r - 1][number].truth != filled.rows[start - 1][number].truth:
                for c, (key, _) in enumerate(parts):
                    if (
                        key in ("number", "recommendation", "scope")
                        and r - start > 1
                        and self.shared(filled, c, start, r)
                    ):
                        page.merge_down(table, c, start, r - 1)
                start = r

    @staticmethod
    def shared(filled: Filled, column: int, start: int, end: int) -> bool:
        return len({filled.rows[r - 1][column].truth for r in range(start, end)}) == 1

    def plan_blocks(self, filled: Filled) -> None:
        """A small table for each action: the recommendation as its banner, label and value below it."""
        parts = filled.item.parts
        keys = [k for k, _ in parts]
        for values in filled.rows:
            row = dict(zip(keys, values, strict=True))
            table = page.grid(self.doc, 0, 4)
            banner = page.merged(table.add_row(), 0, 3)
            page.put(
                banner, [[Run(f"Recommendation {row['number'].shown}: ", "b"), Run(row["recommendation"].shown or "")]]
            )
            page.shade(banner, "E2EFD9")
            rest = [(k, label) for k, label in parts if k not in ("number", "recommendation")]
            for i in range(0, len(rest), 2):
                cells = table.add_row().cells
                for j, (key, label) in enumerate(rest[i : i + 2]):
                    page.put(cells[2 * j], [[Run(label, "b")]])
                    self.cell(cells[2 * j + 1], key, row[key])
            page.para(self.doc, "")

    def item_blocks(self, filled: Filled) -> None:
        for values in filled.rows:
            table = page.grid(self.doc, 0, 2)
            for (key, label), value in zip(filled.item.parts, values, strict=True):
                cells = table.add_row().cells
                page.put(cells[0], [[Run(label, "b")]])
                if key == "completed":
                    signs = (f"{'☒' if code == value.shown else '☐'} {name}" for code, name in DONE)
                    page.put(cells[1], [[Run("  ".join(signs))]])
                else:
                    self.cell(cells[1], key, value)
            page.para(self.doc, "")

    def tick_table(self, filled: Filled) -> None:
        """A row for each recommendation, with three narrow columns for how far it is done."""
        parts: list[tuple[str, str]] = []
        for key, label in filled.item.parts:
            parts += [(f"completed={c}", name) for c, name in DONE] if key == "completed" else [(key, label)]
        table = page.grid(self.doc, 1, len(parts))
        for cell, (_, label) in zip(table.rows[0].cells, parts, strict=True):
            page.put(cell, [[Run(label, "b")]])
        for values in filled.rows:
            row = {k: v for (k, _), v in zip(filled.item.parts, values, strict=True)}
            cells = table.add_row().cells
            for cell, (key, _) in zip(cells, parts, strict=True):
                if key.startswith("completed="):
                    page.put(cell, [[Run("✓" if row["completed"].truth == key[10:] else "")]])
                else:
                    self.cell(cell, key, row[key])

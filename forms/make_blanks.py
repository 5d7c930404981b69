"""Makes the `blank.docx` of every form that has a `layout.toml`: `python -m forms.make_blanks`.

The questions are the record's own (titles, kinds, codes); the layout says only where they stand. Run it again after a
change of a record or a layout; the same sources give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document

from forms import word_tables as tables
from forms.controls import (
    Answer,
    choice_control,
    date_control,
    declare_spaces,
    long_control,
    number_controls,
    repeat,
    text_control,
)
from forms.layout import ENTER, OFFICE, PROMPTS, Layout, Part, asks_of, layout_of
from forms.page_setup import add_heading_bar, add_intro, add_note, finish, set_up
from forms.registry import Form, all_forms
from forms.ticks import add_ticks, option_wordings
from forms.word_package import BODY, open_package, parse_part, serialise_part, with_custom, write_package
from records.fields import Ask, Kind

_NARROW = 30  # characters of a label that fit the first column well
_SHORT = 5  # rows of a block that stays on one page
_QUIET = "\u00a0" * 5  # the prompt of further rows: there to be clicked, not to be read


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the parts of one blank are drawn with."""

    document: Any
    form: Form
    layout: Layout
    asks: dict[str, Ask]
    width: float

    def label(self, path: str) -> str:
        return self.layout.labels.get(path, self.asks[path].title)

    def answer(self, path: str, *, quiet: bool = False) -> Answer:
        ask = self.asks[path]
        usual = PROMPTS.get(ask.kind, _QUIET if "[]." in path and not path.startswith("children") else ENTER)
        options = tuple(option_wordings(self.layout, path, ask).values())
        return Answer(path, self.label(path), _QUIET if quiet else self.layout.prompts.get(path, usual), options)


def make_blank(form: Form) -> bytes:
    """The blank Word form."""
    layout = layout_of(form)
    document = Document()
    width = set_up(document, layout)
    drawing = Drawing(document, form, layout, asks_of(form), width)
    add_intro(document, layout, width)
    if layout.office:
        _block(drawing, Part(kind="block", heading=OFFICE, fields=layout.office))
    for part in layout.parts:
        _DRAW[part.kind](drawing, part)
        if part.kind != "section":
            _gap(document)
    number_controls(document.element)
    finish(document, layout)
    written = BytesIO()
    document.save(written)
    parts = open_package(written.getvalue())
    parts[BODY] = serialise_part(declare_spaces(parse_part(parts[BODY])))
    return write_package(with_custom(parts, {"intake_form": form.id, "intake_edition": layout.edition}))


def write_blanks() -> list[str]:
    """Write every form's blank beside its layout; gives the ids of the forms written."""
    written = []
    for form in all_forms().values():
        if form.blank.with_name("layout.toml").exists():
            form.blank.write_bytes(make_blank(form))
            written.append(form.id)
    return written


def _section(drawing: Drawing, part: Part) -> None:
    add_heading_bar(drawing.document, part.text, new_page=part.new_page)
    if part.note:
        add_note(drawing.document, part.note)


def _block(drawing: Drawing, part: Part, container: Any = None) -> Any:
    """Pairs of questions side by side, four columns, below a heading of their own; wide ones at the end."""
    share = 0.19 if drawing.width < 200 else 0.14
    side = [drawing.width * share, drawing.width * (0.5 - share)]
    table = tables.make_table(container or drawing.document, side * 2, part.heading or drawing.layout.title)
    if part.heading:
        tables.write_label(tables.merge_across(tables.add_row(table, header=True), 0, 3), part.heading, dark=True)
    for index in range(0, len(part.fields), 2):
        pair = part.fields[index : index + 2]
        row = tables.add_row(table)
        for column, path in enumerate(pair):
            tables.write_label(row.cells[2 * column], drawing.label(path))
            cell = row.cells[1] if len(pair) == 2 else tables.merge_across(row, 1, 3)
            _fill(drawing, row.cells[3] if column else cell, path)
    for path in part.wide:
        row = tables.add_row(table)
        split = 1 if len(drawing.label(path)) > _NARROW else 0
        tables.write_label(tables.merge_across(row, 0, split), drawing.label(path))
        _fill(drawing, tables.merge_across(row, split + 1, 3), path)
    if len(table.rows) <= _SHORT:
        tables.keep_together(table)
    return table


def _each(drawing: Drawing, part: Part) -> None:
    """A block that is there once for each child."""
    table = _block(drawing, part)._tbl
    place = table.getprevious()
    spacer = drawing.document.add_paragraph(style="Gap")._p
    place.addnext(repeat(part.heading, [[spacer, table]]))


def _pairs(drawing: Drawing, part: Part) -> None:
    """Question left, answer right."""
    table = tables.make_table(drawing.document, [drawing.width * 0.36, drawing.width * 0.64], drawing.layout.title)
    for path in part.fields:
        row = tables.add_row(table)
        tables.write_label(row.cells[0], drawing.label(path))
        _fill(drawing, row.cells[1], path)


def _long(drawing: Drawing, part: Part) -> None:
    """A heading, and one large cell below it, for each question."""
    for index, path in enumerate(part.fields):
        if index:
            _gap(drawing.document)
        table = tables.make_table(drawing.document, [drawing.width], drawing.label(path))
        heading = tables.add_row(table).cells[0]
        tables.write_label(heading, drawing.label(path))
        heading.paragraphs[0].paragraph_format.keep_with_next = True
        _fill(drawing, tables.add_row(table, whole=False, height=part.height).cells[0], path)


def _ticks(drawing: Drawing, part: Part) -> None:
    """A heading, and the options one below the other."""
    for path in part.fields:
        table = tables.make_table(drawing.document, [drawing.width], drawing.label(path))
        heading = tables.add_row(table).cells[0]
        tables.write_label(heading, drawing.label(path))
        heading.paragraphs[0].paragraph_format.keep_with_next = True
        options = option_wordings(drawing.layout, path, drawing.asks[path])
        add_ticks(tables.add_row(table).cells[0], path, options)


def _rows(drawing: Drawing, part: Part) -> None:
    """A table of repeating rows below marked column heads."""
    size = 8 if part.small else 9
    widths = [width * drawing.width / sum(part.widths) for width in part.widths]
    add_heading_bar(drawing.document, part.heading, level=2)
    table = tables.make_table(drawing.document, widths, part.heading)
    for cell, path in zip(tables.add_row(table, header=True).cells, part.fields, strict=True):
        tables.write_label(cell, drawing.label(path), size=size)
    items = []
    for index in range(part.rows):
        row = tables.add_row(table, whole=False, height=8)
        for cell, path in zip(row.cells, part.fields, strict=True):
            tables.write_control(cell, _control(drawing, path, quiet=index > 0), size=size)
        items.append([row._tr])
    last_head = items[0][0].getprevious()
    last_head.addnext(repeat(part.heading, items))


def _fill(drawing: Drawing, cell: Any, path: str) -> None:
    """The place for the answer, after the kind of question."""
    ask = drawing.asks[path]
    if ask.kind is Kind.YES_NO:
        add_ticks(cell, path, option_wordings(drawing.layout, path, ask), one_line=True)
    elif ask.kind is Kind.LONG_TEXT:
        cell._tc.replace(cell.paragraphs[0]._p, long_control(drawing.answer(path)))
    else:
        tables.write_control(cell, _control(drawing, path))


def _control(drawing: Drawing, path: str, *, quiet: bool = False) -> Any:
    kind = drawing.asks[path].kind
    make = {Kind.DATE: date_control, Kind.CHOICE: choice_control, Kind.YES_NO: choice_control}.get(kind, text_control)
    return make(drawing.answer(path, quiet=quiet))


def _gap(document: Any) -> None:
    document.add_paragraph(style="Gap")


_DRAW: dict[str, Callable[[Drawing, Part], Any]] = {
    "section": _section,
    "grid": _block,
    "block": _block,
    "each": _each,
    "pairs": _pairs,
    "long": _long,
    "ticks": _ticks,
    "rows": _rows,
}

if __name__ == "__main__":
    write_blanks()

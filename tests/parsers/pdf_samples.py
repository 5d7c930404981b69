"""Makes the PDFs that the reader's tests read: pages by typst, fields and notes by pikepdf."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

from parsers.readers.pdf import read
from records.limits import DEFAULT_LIMITS
from records.tree import Block, Box, Cell, DocumentTree, Paragraph, Table


def page_pdf(body: str, *, page: str = "width: 595pt, height: 842pt, margin: 50pt") -> bytes:
    """A PDF of this typst source, 10 pt type."""
    return typst.compile(f"#set page({page})\n#set text(size: 10pt)\n{body}".encode())


def tree_of(data: bytes) -> DocumentTree:
    return read(data, DEFAULT_LIMITS)


def tables(tree: DocumentTree) -> list[Table]:
    return [block for block in tree.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    """The text of each cell, row by row, paragraphs joined by a line break."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def outline(blocks: list[Block]) -> list[str]:
    """Each paragraph's text, and "table" for a table."""
    return [block.text if isinstance(block, Paragraph) else "table" for block in blocks]


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF after this change."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def rectangle(box: Box, height: float = 842.0) -> Array:
    """A box from the top left as a PDF rectangle."""
    return Array([box[0], height - box[3], box[2], height - box[1]])


def inside(cell: Cell) -> Array:
    """A rectangle well inside this cell."""
    assert cell.box is not None
    x0, top, x1, bottom = cell.box
    return rectangle((x0 + 3, top + 3, x1 - 3, bottom - 3))


def annotate(pdf: pikepdf.Pdf, *items: dict[str, object]) -> None:
    """Puts annotations on the first page, and the fields among them into the form."""
    page = pdf.pages[0].obj
    made = [pdf.make_indirect(Dictionary(Type=Name.Annot, **item)) for item in items]
    page.Annots = Array([*page.get("/Annots", []), *made])
    fields = [item for item in made if "/FT" in item]
    if fields:
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(fields), DA=String("/Helv 10 Tf 0 g")))


def text_field(name: str, rect: Array, value: str | None = None, flags: int = 0) -> dict[str, object]:
    """A text field; `value` None leaves it unfilled."""
    item: dict[str, object] = {"Subtype": Name.Widget, "FT": Name.Tx, "T": String(name), "Rect": rect, "Ff": flags}
    return item if value is None else {**item, "V": String(value)}


def typed_pdf(paragraphs: list[str], *, space_after_each: bool, apart: int = 0) -> bytes:
    """Paragraphs in one ruled cell, wrapped as word processors wrap: a space is painted after each wrapped line.

    Some word processors paint one after the last line of a paragraph too. A word too long for the cell is cut, without
    a space. `apart` is the space between paragraphs.
    """
    pdf = pikepdf.new()
    paint, top = [], 780
    for paragraph in paragraphs:
        at = 0
        for line in textwrap.wrap(paragraph, 46):
            at += len(line)
            end = " " if paragraph[at : at + 1] == " " or (space_after_each and at == len(paragraph)) else ""
            at += len(end)
            paint.append(f"BT /F 10 Tf 155.4 {top} Td ({line}{end}) Tj ET")
            top -= 12
        top -= apart
    low = top - 4
    for x, y, wide, high in (
        (150, 795, 287, 0.5),
        (150, low, 287, 0.5),
        (150, low, 0.5, 795 - low),
        (437, low, 0.5, 795 - low),
    ):
        paint.append(f"{x} {y} {wide} {high} re f")
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = pdf.make_stream("\n".join(paint).encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()

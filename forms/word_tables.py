"""Tables of our own Word forms: fixed widths, shaded labels, marked header rows, captions that a screen reader says."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

DARK, SHADE, LINE = "1D4F5C", "E4EEF0", "8AA5AB"
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
# Word refuses a table whose properties stand in another order than the schema's.
_ORDER = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption")


def element(tag: str, **attributes: str) -> Any:
    """A WordprocessingML element; attributes without prefix belong to the main namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def make_table(container: Any, widths: list[float], caption: str, rows: int = 0) -> Any:
    """An empty table with these column widths in millimetres."""
    table = container.add_table(rows, len(widths))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties = table._tbl.tblPr
    properties.append(_borders())
    properties.append(_margins())
    properties.append(element("w:tblCaption", val=caption))
    properties[:] = sorted(properties, key=lambda item: _ORDER.index(item.tag.partition("}")[2]))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def add_row(table: Any, *, header: bool = False, whole: bool = True, height: int = 0) -> Any:
    """A new row; `header` repeats it on every page, `whole` keeps it on one page."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    if whole:
        properties.append(element("w:cantSplit"))
    if height:
        row.height = Mm(height)
    if header:
        properties.append(element("w:tblHeader"))
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def shade(cell: Any, colour: str) -> None:
    """Fill the cell's ground."""
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    properties.append(element("w:shd", val="clear", color="auto", fill=colour))


def write_label(cell: Any, text: str, *, size: float = 10, dark: bool = False) -> None:
    """A printed label: bold on a shaded ground, or white on dark."""
    shade(cell, DARK if dark else SHADE)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = dark
    run = paragraph.add_run(text)
    run.bold = True
    run.font.size = Pt(size)
    if dark:
        run.font.color.rgb = WHITE


def write_control(cell: Any, control: Any, *, size: float = 10) -> None:
    """Put an inline control into the cell's paragraph."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    for run in control.iter(qn("w:rPr")):
        run.append(element("w:sz", val=str(int(size * 2))))
    paragraph._p.append(control)


def merge_across(row: Any, first: int, last: int) -> Any:
    """The cell that takes the columns `first` to `last` of the row."""
    return row.cells[first].merge(row.cells[last])


def keep_together(table: Any) -> None:
    """Keep the rows of a short table on one page."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _borders() -> Any:
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    return borders


def _margins() -> Any:
    margins = element("w:tblCellMar")
    for side, width in (("top", "50"), ("left", "90"), ("bottom", "50"), ("right", "90")):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    return margins

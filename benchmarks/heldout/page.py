"""Writing Word documents: paragraphs of runs, cells, and the marks of Word that python-docx has no name for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

W = nsdecls("w")
NUMBERS = count(100)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words with one look; `look` holds letters: b i u s (strike) h (highlight) v (vanish) 8 (small)."""

    words: str
    look: str = ""


Line = list[Run]


def new(*, landscape: bool = False, font: str = "Calibri", size: float = 10.5) -> Any:
    """An empty document."""
    doc = Document()
    doc.styles["Normal"].font.name = font
    doc.styles["Normal"].font.size = Pt(size)
    doc.styles["Normal"].paragraph_format.space_after = Pt(4)
    if landscape:
        section = doc.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    return doc


def write(paragraph: Any, line: Line) -> Any:
    """Append runs to a paragraph; a tab is a tab."""
    for part in line:
        run = paragraph.add_run(part.words)
        run.bold = True if "b" in part.look else None
        run.italic = True if "i" in part.look else None
        run.underline = True if "u" in part.look else None
        run.font.strike = True if "s" in part.look else None
        run.font.hidden = True if "v" in part.look else None
        if "h" in part.look:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if "8" in part.look:
            run.font.size = Pt(8)
    return paragraph


def para(place: Any, line: Line | str, style: str | None = None) -> Any:
    """A new paragraph in a document or cell."""
    paragraph = place.add_paragraph(style=style)
    return write(paragraph, [Run(line)] if isinstance(line, str) else line)


def put(cell: Any, lines: list[Line], *, bullets: bool = False) -> None:
    """Fill an empty cell; with `bullets`, lines after the first are list paragraphs."""
    for i, line in enumerate(lines):
        fresh = i == 0 and len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
        if bullets and i > 0:
            paragraph.style = cell.part.document.styles["List Bullet"]
        write(paragraph, line)


def grid(place: Any, rows: int, columns: int, *, lined: bool = True) -> Any:
    """A table in the document (or nested in a cell)."""
    table = place.add_table(rows, columns)
    if lined:
        table.style = "Table Grid"
    return table


def shade(cell: Any, colour: str) -> None:
    """Colour a cell's background."""
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="{colour}"/>'))


def escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def breaks(words: str) -> str:
    """Run content for words with line breaks."""
    parts = (f'<w:t xml:space="preserve">{escape(w)}</w:t>' for w in words.split("\n"))
    return "<w:br/>".join(parts)


def control(words: str | None, prompt: str = "Click or tap here to enter text.") -> Any:
    """A plain-text content control with a title that says nothing; empty, it shows its prompt."""
    n = next(NUMBERS)
    showing = "" if words else "<w:showingPlcHdr/>"
    style = "" if words else '<w:rPr><w:rStyle w:val="PlaceholderText"/><w:color w:val="808080"/></w:rPr>'
    return parse_xml(
        f'<w:sdt {W}><w:sdtPr><w:alias w:val="Field {n}"/><w:tag w:val="f{n}"/><w:id w:val="{n}"/>{showing}'
        f'<w:text w:multiLine="1"/></w:sdtPr><w:sdtContent><w:r>{style}{breaks(words or prompt)}</w:r>'
        "</w:sdtContent></w:sdt>"
    )


def tick_control(*, ticked: bool) -> Any:
    """A Word 2010 check box control."""
    n, on, sign = next(NUMBERS), int(ticked), "☒" if ticked else "☐"
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    return parse_xml(
        f'<w:sdt {W} {w14}><w:sdtPr><w:id w:val="{n}"/><w14:checkbox><w14:checked w14:val="{on}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" '
        'w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" '
        f'w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def legacy_text(paragraph: Any, words: str | None) -> None:
    """A legacy text form field; empty, it holds five en spaces as Word leaves it."""
    n = next(NUMBERS)
    field = (
        f'<w:fldChar {W} w:fldCharType="begin"><w:ffData>'
        f'<w:name w:val="Text{n}"/><w:enabled/><w:textInput/></w:ffData></w:fldChar>'
    )
    for inner in (
        field,
        f'<w:instrText {W} xml:space="preserve"> FORMTEXT </w:instrText>',
        f'<w:fldChar {W} w:fldCharType="separate"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {W}>{inner}</w:r>"))
    paragraph._p.append(parse_xml(f"<w:r {W}>{breaks(words or chr(0x2002) * 5)}</w:r>"))
    paragraph._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))


def legacy_tick(paragraph: Any, *, ticked: bool) -> None:
    """A legacy check box form field."""
    n = next(NUMBERS)
    checked = "<w:checked/>" if ticked else ""
    begin = (
        f'<w:r {W}><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Check{n}"/><w:enabled/><w:checkBox>'
        f'<w:sizeAuto/><w:default w:val="0"/>{checked}</w:checkBox></w:ffData></w:fldChar></w:r>'
    )
    paragraph._p.append(parse_xml(begin))
    paragraph._p.append(parse_xml(f'<w:r {W}><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'))
    paragraph._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="separate"/></w:r>'))
    paragraph._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))


def track(paragraph: Any, *, inserted: str = "", deleted: str = "") -> None:
    """Tracked changes at a paragraph's end."""
    mark = f'{W} w:id="{next(NUMBERS)}" w:author="Reviewer" w:date="2024-05-01T10:00:00Z"'
    if deleted:
        paragraph._p.append(
            parse_xml(f'<w:del {mark}><w:r><w:delText xml:space="preserve">{escape(deleted)}</w:delText></w:r></w:del>')
        )
    if inserted:
        paragraph._p.append(
            parse_xml(f'<w:ins {mark}><w:r><w:t xml:space="preserve">{escape(inserted)}</w:t></w:r></w:ins>')
        )


def text_box(paragraph: Any, words: str) -> None:
    """A drawn text box (VML, as Word's compatibility mode writes it)."""
    paragraph._p.append(
        parse_xml(
            f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:200pt;height:50pt">'
            f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
            "</v:shape></w:pict></w:r>"
        )
    )


def merged(row: Any, first: int, last: int) -> Any:
    """One cell over columns `first` to `last` of a row."""
    cells = row.cells
    return cells[first].merge(cells[last]) if last > first else cells[first]


def merge_down(table: Any, column: int, top: int, bottom: int) -> None:
    """Merge a column's cells downwards, keeping only the first one's words."""
    for r in range(top + 1, bottom + 1):
        cell = table.cell(r, column)
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        for run in list(cell.paragraphs[0].runs):
            run._r.getparent().remove(run._r)
    start = table.cell(top, column)
    kept = len(start.paragraphs)
    cell = start.merge(table.cell(bottom, column))
    for paragraph in cell.paragraphs[kept:]:
        paragraph._p.getparent().remove(paragraph._p)


def repeat_header(row: Any) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))


def footnote(doc: Any, paragraph: Any, words: str) -> None:
    """One footnote at a paragraph's end, in a footnotes part of its own."""
    note = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
        f"{escape(words)}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    name = PackURI("/word/footnotes.xml")
    doc.part.relate_to(Part(name, kind, note.encode("utf-8"), doc.part.package), RT.FOOTNOTES)
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))

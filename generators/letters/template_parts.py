"""What the letters' templates are made of: the headed paper, the opening and closing, paragraphs, lists, tables."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from forms import word_tables as tables
from forms.page_setup import add_field, modern_layout, set_font, set_language

_WIDTH = 166.0
_DARK = RGBColor.from_string(tables.DARK)
_GREY = RGBColor(0x55, 0x5B, 0x5E)
NO_NAMES = (
    "Please leave the names of children and families out of the subject and of file names, and quote our reference "
    "instead."
)
RECEIVED = (("Form", "form", 42), ("File", "file", 62), ("Received", "at", 46), ("Version", "version", 16))
POINTS = (
    ("No.", "number", 10),
    ("Where in your form", "where", 44),
    ("What we found", "message", 56),
    ("What to do", "remedy", 56),
)


def extension(document: Any) -> None:
    say(document, "{%p if extended_from %}")
    say(document, "This is the date as extended; the first date was {{ extended_from }}.")
    say(document, "{%p endif %}")


def next_step(document: Any) -> None:
    say(document, "{%p if next_step %}")
    say(document, "{{ next_step }}")
    say(document, "{%p endif %}")


def legal_basis(document: Any) -> None:
    say(document, "{%p if legal_basis %}")
    head(document, "Legal basis")
    say(document, "{{ legal_basis }}")
    say(document, "{%p endif %}")


def opening(document: Any) -> None:
    """To whom, our reference, the date, the subject, the greeting."""
    grid = document.add_table(1, 2)
    grid.autofit = False
    margins = tables.element("w:tblCellMar")
    margins.append(tables.element("w:left", w="0", type="dxa"))
    grid._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")
    to, about = grid.rows[0].cells
    for cell, width in ((to, 92), (about, _WIDTH - 92)):
        cell.width = Mm(width)
    _lines(to, ("{%p if recipient.name %}", "{{ recipient.name }}", "{%p endif %}"))
    _lines(to, ("{%p if recipient.role %}", "{{ recipient.role }}", "{%p endif %}", "{{ recipient.agency }}"))
    _lines(about, ("Our reference: {{ reference }}", "Date: {{ date }}", "Letter: {{ code }}"))
    for cell in (to, about):
        cell._tc.remove(cell.paragraphs[0]._p)
    document.add_paragraph("{{ subject }}", style="Heading 1")
    say(document, "{{ greeting }}")


def closing(document: Any) -> None:
    """Whom to ask, the signature, copies and enclosures."""
    head(document, "Questions")
    say(
        document,
        "{{ partnership.contact }}",
    )
    ending = say(document, "Yours sincerely")
    ending.paragraph_format.space_before = Pt(8)
    ending.paragraph_format.keep_with_next = True
    signature = say(document, "*{{ partnership.contact_name }}")
    signature.paragraph_format.space_before = Pt(14)
    signature.paragraph_format.keep_with_next = True
    signature.paragraph_format.space_after = Pt(0)
    say(document, "{{ partnership.contact_role }}, for {{ partnership.name }}")
    for name, lead in (("copies", "Copy to: "), ("enclosures", "Enclosed: ")):
        say(document, f"{{%p if {name} %}}")
        say(document, f"*{lead}", f"{{{{ {name} | join('; ') }}}}")
        say(document, "{%p endif %}")


def paper(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    modern_layout(document)
    normal = document.styles["Normal"]
    set_font(normal, 10.5)
    set_language(normal)
    normal.paragraph_format.space_after = Pt(6)
    for name, size, before in (("Heading 1", 13, 12), ("Heading 2", 11, 6)):
        style = document.styles[name]
        set_font(style, size)
        style.font.bold = True
        style.font.color.rgb = _DARK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
    _headed(section.first_page_header)
    _small(section.header.paragraphs[0], "{{ partnership.marking }}", WD_ALIGN_PARAGRAPH.CENTER)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        _small(
            paragraph,
            "{{ partnership.marking }}  ·  {% if case_reference %}{{ case_reference }}  ·  {% endif %}page ",
            WD_ALIGN_PARAGRAPH.CENTER,
        )
        add_field(paragraph, "PAGE", 8.5)
        _small(paragraph, " of ", WD_ALIGN_PARAGRAPH.CENTER)
        add_field(paragraph, "NUMPAGES", 8.5)


def _headed(header: Any) -> None:
    """The marking, the partnership's name, its address, a rule."""
    _small(header.paragraphs[0], "{{ partnership.marking }}", WD_ALIGN_PARAGRAPH.CENTER)
    name = header.add_paragraph()
    name.paragraph_format.space_before, name.paragraph_format.space_after = Pt(6), Pt(2)
    run = name.add_run("{{ partnership.name }}")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(16), _DARK
    address = header.add_paragraph()
    _small(address, "{% if partnership.address %}{{ partnership.address | join(', ') }}  ·  {% endif %}")
    _small(address, "{{ partnership.contact_email }}")
    _small(address, "{% if partnership.contact_phone %}  ·  {{ partnership.contact_phone }}{% endif %}")
    rule = tables.element("w:pBdr")
    rule.append(tables.element("w:bottom", val="single", sz="12", space="6", color=tables.DARK))
    address._p.get_or_add_pPr().append(rule)
    address.paragraph_format.space_after = Pt(10)


def _small(paragraph: Any, text: str, align: Any = None) -> None:
    paragraph.style = "Normal"
    if align is not None:
        paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size = Pt(8.5)
    run.font.color.rgb = _GREY


def say(document: Any, *pieces: str) -> Any:
    """A paragraph; a piece that starts with a star is bold."""
    paragraph = document.add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece.removeprefix("*")).bold = True if piece.startswith("*") else None
    return paragraph


def head(document: Any, text: str) -> None:
    document.add_paragraph(text, style="Heading 2")


def step(document: Any, number: int, text: str) -> None:
    lead, _, rest = text.partition("|")
    paragraph = say(document, f"{number}.\t", lead, rest)
    _hang(paragraph)


def bullets(document: Any, name: str) -> None:
    say(document, f"{{%p for item in {name} %}}")
    _hang(say(document, "•\t", "*{{ item }}"))
    say(document, "{%p endfor %}")


def _hang(paragraph: Any) -> None:
    paragraph.paragraph_format.left_indent = Mm(8)
    paragraph.paragraph_format.first_line_indent = Mm(-8)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
    paragraph.paragraph_format.space_after = Pt(3)


def _lines(cell: Any, lines: tuple[str, ...]) -> None:
    for line in lines:
        cell.add_paragraph(line).paragraph_format.space_after = Pt(0)


def table(document: Any, columns: tuple[tuple[str, str, int], ...], name: str, caption: str) -> None:
    """A table with a row for each item of a list of the context."""
    made = tables.make_table(document, [float(width) for _, _, width in columns], caption)
    for cell, (head, _, _) in zip(tables.add_row(made, header=True).cells, columns, strict=True):
        tables.write_label(cell, head, size=9.5)
    tables.add_row(made).cells[0].paragraphs[0].add_run(f"{{%tr for item in {name} %}}")
    for cell, (_, key, _) in zip(tables.add_row(made).cells, columns, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{{{{ item.{key} }}}}").font.size = Pt(9.5)
    tables.add_row(made).cells[0].paragraphs[0].add_run("{%tr endfor %}")
    document.add_paragraph().paragraph_format.space_after = Pt(2)

"""The page of our own forms: paper, styles, language, header and footer, heading bars, and the package's facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from forms import word_tables as tables
from forms.controls import Answer, number_controls, text_control
from forms.layout import HOW_TO, MARKING, PARTNERSHIP, Layout

FONT = "Arial"
_DARK = RGBColor.from_string(tables.DARK)
_GREY = RGBColor(0x55, 0x5B, 0x5E)
_MARGIN = 16.5
_ISSUED = datetime(2026, 9, 1)  # noqa: DTZ001 - a document property without time zone


def set_up(document: Any, layout: Layout) -> float:
    """Paper, styles, header and footer; gives the width of the text in millimetres."""
    section = document.sections[0]
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if layout.landscape else (short, long)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.header_distance = section.footer_distance = Mm(9)
    _styles(document)
    modern_layout(document)
    _header(section.header, section)
    _footer(section.footer, layout, section)
    return float(297 if layout.landscape else 210) - 2 * _MARGIN


def add_intro(document: Any, layout: Layout, width: float) -> None:
    """Title, and how to complete the form."""
    document.add_paragraph(layout.title, style="Title")
    table = tables.make_table(document, [width], HOW_TO)
    cell = tables.add_row(table).cells[0]
    tables.shade(cell, "F5F8F8")
    cell.paragraphs[0].add_run(HOW_TO).bold = True
    for text in layout.intro:
        paragraph = cell.add_paragraph(text)
        paragraph.paragraph_format.space_before = Pt(2)
        paragraph.paragraph_format.space_after = Pt(0)
    document.add_paragraph(style="Gap")


def add_heading_bar(document: Any, text: str, *, level: int = 1, new_page: bool = False) -> None:
    """A heading that screen readers find: white on a dark bar, or dark on white for the second level."""
    heading = document.add_heading(text, level=level)
    heading.paragraph_format.page_break_before = new_page
    if level == 1:
        properties = heading._p.get_or_add_pPr()
        edges = tables.element("w:pBdr")
        for side in ("top", "bottom"):
            edges.append(tables.element(f"w:{side}", val="single", sz="24", space="0", color=tables.DARK))
        place = properties.find(qn("w:pageBreakBefore"))
        at = len(properties) if place is None else properties.index(place) + 1
        properties.insert(at, edges)
        properties.insert(at + 1, tables.element("w:shd", val="clear", color="auto", fill=tables.DARK))


def add_note(document: Any, text: str) -> None:
    """A line of printed guidance."""
    run = document.add_paragraph().add_run(text)
    run.italic = True
    run.font.size = Pt(9.5)
    run.font.color.rgb = _GREY


def finish(document: Any, layout: Layout) -> None:
    """Title, language and dates of the package."""
    properties = document.core_properties
    properties.title = f"{layout.title} ({layout.code})"
    properties.author = properties.last_modified_by = PARTNERSHIP
    properties.language = "en-GB"
    properties.subject = properties.keywords = properties.comments = ""
    properties.created = properties.modified = _ISSUED
    drop_thumbnail(document)


def drop_thumbnail(document: Any) -> None:
    """Take out the picture of somebody else's document that the library's template carries."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def add_field(paragraph: Any, code: str, size: float) -> None:
    """A field such as PAGE that Word counts itself."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind:
            run._r.append(tables.element("w:fldChar", fldCharType=kind))
        else:
            instruction = tables.element("w:instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)


def set_font(style: Any, size: float) -> None:
    """The house's typeface for a style, in all scripts."""
    style.font.name = FONT
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def set_language(style: Any) -> None:
    """British English as the language of the document."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(tables.element("w:lang", val="en-GB"))


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    set_font(normal, 10)
    set_language(normal)
    normal.paragraph_format.space_after = Pt(4)
    for name, size, before, after in (("Title", 20, 0, 6), ("Heading 1", 12, 10, 5), ("Heading 2", 10.5, 4, 3)):
        style = styles[name]
        set_font(style, size)
        style.font.bold = True
        style.font.color.rgb = tables.WHITE if name == "Heading 1" else _DARK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
    gap = styles.add_style("Gap", WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style = normal
    gap.font.size = Pt(5)
    gap.paragraph_format.space_after = Pt(0)
    prompt = styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    prompt.element.set(qn("w:styleId"), "PlaceholderText")
    prompt.font.color.rgb = RGBColor(0x6B, 0x6F, 0x72)


def modern_layout(document: Any) -> None:
    """Lay tables out as current Word does, so that their edges stand in line with the text."""
    compat = document.settings.element.find(qn("w:compat"))
    for old in [item for item in compat if item.get(qn("w:name")) == "compatibilityMode"]:
        compat.remove(old)
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")
    uri = "http://schemas.microsoft.com/office/word"
    compat.append(tables.element("w:compatSetting", name="compatibilityMode", uri=uri, val="15"))


def _line(paragraph: Any, section: Any, left: str, right: str = "") -> None:
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.tab_stops.clear_all()
    width = section.page_width - section.left_margin - section.right_margin
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_ALIGN_PARAGRAPH.RIGHT)
    for text in (left, f"\t{right}") if right else (left,):
        run = paragraph.add_run(text)
        run.font.size = Pt(8.5)
        run.font.color.rgb = _GREY


def _header(header: Any, section: Any) -> None:
    paragraph = header.paragraphs[0]
    paragraph.style = "Normal"
    _line(paragraph, section, PARTNERSHIP, MARKING)
    paragraph.runs[-1].bold = True


def _footer(footer: Any, layout: Layout, section: Any) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = "Normal"
    _line(paragraph, section, layout.edition, "Page ")
    add_field(paragraph, "PAGE", 8.5)
    paragraph.add_run(" of ").font.size = Pt(8.5)
    add_field(paragraph, "NUMPAGES", 8.5)
    identity = footer.add_paragraph(style="Normal")
    identity.paragraph_format.space_after = Pt(0)
    control = text_control(Answer("identity", "Case and agency", "\u00a0"))
    for properties in control.iter(qn("w:rPr")):
        properties.append(tables.element("w:sz", val="17"))
    identity._p.append(control)
    number_controls(footer._element)

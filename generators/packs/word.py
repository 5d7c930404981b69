"""The outline as a Word document: real headings, contents, repeated head rows, the chronology on turned paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from generators.packs.blocks import Alert, Block, Cell, Column, Facts, Heading, Line, Outline, Para, Table
from generators.packs.wordml import bookmarked, cell, element, field, paragraph, row, run, table
from generators.packs.zipped import same_bytes

FONT = "Arial"
INK, FLAG, CALM = "0B2545", "8A1C0A", "1D5B2A"
HEAD_FILL, FLAG_FILL, CALM_FILL = "E8EDF3", "FDF0EC", "EDF6EE"
_TWIPS_PER_MM = 56.6929
_PORTRAIT = 174
_LANDSCAPE = 271
_LONG_ROW = 1500


def draw_docx(drawn: Outline, built_on: date) -> bytes:
    """The Word file's bytes; the same outline gives the same bytes."""
    document = Document()
    _set_up(document, drawn, built_on)
    body = document.element.body
    last = body.sectPr
    for made in _body(drawn):
        last.addprevious(made)
    running = [child for child in last if child.tag in (qn("w:headerReference"), qn("w:footerReference"))]
    for turn in body.iter(qn("w:sectPr")):
        if turn is not last:
            for place, reference in enumerate(running):
                turn.insert(place, deepcopy(reference))
    _shape(document.sections[-1], landscape=bool(drawn.sections) and drawn.sections[-1].landscape)
    buffer = BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue())


def _set_up(document: Any, drawn: Outline, built_on: date) -> None:
    properties = document.core_properties
    stamp = datetime(built_on.year, built_on.month, built_on.day)  # noqa: DTZ001 -- python-docx writes it as UTC
    properties.title, properties.author, properties.comments = drawn.title, "", ""
    properties.created = properties.modified = stamp
    properties.language = "en-GB"
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    normal.element.rPr.append(element("lang", val="en-GB"))
    normal.paragraph_format.space_after = Pt(3)
    for level, size in ((1, 17), (2, 13), (3, 11.5), (4, 10.5), (5, 10)):
        style = styles[f"Heading {level}"]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for kind in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = RGBColor.from_string(INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14 if level < 3 else 9), Pt(4)
    section = document.sections[0]
    _shape(section, landscape=False)
    _running(section.header, [run(drawn.marking, element("b")), run(f"\t{drawn.running}", element("sz", val=17))])
    pages = [run("\tPage "), *field("PAGE", "1"), run(" of "), *field("NUMPAGES", "1")]
    _running(section.footer, [run(drawn.marking, element("b")), *pages])


def _running(place: Any, runs: list[Any]) -> None:
    place.is_linked_to_previous = False
    element_ = place.paragraphs[0]._p
    for child in list(element_):
        element_.remove(child)
    # A tab against the right margin whatever the width of the paper, so that one header serves both ways of the paper.
    made = paragraph(*runs, style="Header")
    for tab in made.iter(qn("w:tab")):
        tab.tag = qn("w:ptab")
        tab.set(qn("w:relativeTo"), "margin")
        tab.set(qn("w:alignment"), "right")
        tab.set(qn("w:leader"), "none")
    element_.getparent().replace(element_, made)


def _shape(section: Any, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    side = Mm(13) if landscape else Mm(18)
    section.left_margin = section.right_margin = side
    section.top_margin, section.bottom_margin = Mm(21), Mm(18)


def _body(drawn: Outline) -> Iterator[Any]:
    partnership, _, _ = drawn.title.rpartition(": ")
    yield paragraph(run(partnership, element("color", val=INK), element("sz", val=28)))
    yield paragraph(run("Consolidated pack", element("b"), element("color", val=INK), element("sz", val=52)))
    for block in drawn.cover:
        yield from _block(block, _PORTRAIT, "")
    yield paragraph(
        run("Contents", element("b"), element("color", val=INK), element("sz", val=34)),
        properties=[element("pageBreakBefore")],
    )
    yield from _contents(drawn)
    turned = False
    for number, section in enumerate(drawn.sections, start=1):
        if section.landscape != turned:
            yield paragraph(properties=[_turn(landscape=turned)])
        own_page = (section.new_page or section.restricted) and section.landscape == turned
        own_page = own_page or (number > 1 and drawn.sections[number - 2].restricted != "")
        turned = section.landscape
        yield _heading(1, section.title, f"part{number}", page_break=bool(own_page))
        if section.restricted:
            yield paragraph(run(section.restricted, element("b"), element("color", val=FLAG)))
        above: Block = Heading(1, section.title)
        for place, block in enumerate(section.blocks):
            made = _block(block, _LANDSCAPE if turned else _PORTRAIT, f"part{number}_{place}")
            if isinstance(above, Heading) and isinstance(block, Para):
                made = (_kept(paragraph_) for paragraph_ in made)
            yield from made
            above = block


def _kept(made: Any) -> Any:
    """The paragraph, kept on the page of what follows it: one right under a heading must not end a page."""
    settings = made.find(qn("w:pPr"))
    if settings is None:
        settings = element("pPr")
        made.insert(0, settings)
    settings.insert(1 if settings.find(qn("w:pStyle")) is not None else 0, element("keepNext"))
    return made


def _turn(*, landscape: bool) -> Any:
    """The end of a section of the document, with the paper of the part that ends here."""
    width, height, side = (16838, 11906, 737) if landscape else (11906, 16838, 1020)
    size = element("pgSz", w=width, h=height, **({"orient": "landscape"} if landscape else {}))
    margins = element("pgMar", top=1191, right=side, bottom=1020, left=side, header=708, footer=708, gutter=0)
    return element("sectPr", element("type", val="nextPage"), size, margins)


def _heading(level: int, text: str, name: str, *, page_break: bool = False) -> Any:
    breaks = [element("pageBreakBefore")] if page_break else []
    runs = bookmarked(name, _mark_number(name), run(text)) if name else [run(text)]
    return paragraph(*runs, style=f"Heading{level}", properties=breaks)


def _contents(drawn: Outline) -> Iterator[Any]:
    """The list of parts and their first level of headings, each a link with a page number that Word works out."""
    entries: list[tuple[int, str, str]] = []
    for number, section in enumerate(drawn.sections, start=1):
        entries.append((1, section.title, f"part{number}"))
        entries += [
            (block.level, block.text, f"part{number}_{place}")
            for place, block in enumerate(section.blocks)
            if isinstance(block, Heading) and block.level == 2
        ]
    end = round(_PORTRAIT * _TWIPS_PER_MM)
    for level, title, name in entries:
        weight = [element("b")] if level == 1 else []
        link = element(
            "hyperlink",
            run(title, *weight),
            run("\t"),
            *field(f"PAGEREF {name} \\h", "", stale=True),
            anchor=name,
            history=1,
        )
        tabs = element("tabs", element("tab", val="right", leader="dot", pos=end))
        yield paragraph(
            link,
            properties=[
                tabs,
                element("spacing", before=80 if level == 1 else 0, after=0),
                element("ind", left=0 if level == 1 else 280),
            ],
        )


def _block(block: Block, width: int, name: str) -> Iterator[Any]:
    if isinstance(block, Heading):
        yield _heading(block.level, block.text, name)
    elif isinstance(block, Para):
        yield _para(block)
    elif isinstance(block, Facts):
        yield _facts(block, width)
        yield _after_table()
    elif isinstance(block, Alert):
        yield from _alert(block, width)
        yield _after_table()
    else:
        yield _table(block, width)
        yield _after_table()


def _mark_number(name: str) -> int:
    """The number of a bookmark, from the part and the place in it that its name gives."""
    part, _, place = name.removeprefix("part").partition("_")
    return int(part) * 1_000_000 + (int(place) + 1 if place else 0)


def _after_table() -> Any:
    return paragraph(properties=[element("spacing", before=0, after=60)])


def _para(block: Para) -> Any:
    if block.look == "strong":
        return paragraph(run(block.text, element("b")))
    if block.look == "note":
        return paragraph(run(block.text, element("color", val="3C3C3C"), element("sz", val=18)))
    if block.look == "flag":
        edge = element("pBdr", element("left", val="single", sz=18, space=4, color=FLAG))
        shade = element("shd", val="clear", color="auto", fill=FLAG_FILL)
        return paragraph(run(block.text, element("color", val=FLAG)), properties=[edge, shade])
    if block.look == "bullet":
        return paragraph(run(block.text, element("sz", val=18)), style="ListBullet")
    return paragraph(run(block.text))


def _alert(block: Alert, width: int) -> Iterator[Any]:
    ink, fill = (CALM, CALM_FILL) if block.calm else (FLAG, FLAG_FILL)
    lines = [paragraph(run(block.title, element("b"), element("color", val=ink), element("sz", val=24)))]
    for title, words in block.rows:
        lines.append(
            paragraph(
                run(title, element("b")), properties=[element("keepNext"), element("spacing", before=60, after=0)]
            )
        )
        lines += [paragraph(run(words), properties=[element("spacing", before=0, after=40)])]
    twips = round(width * _TWIPS_PER_MM)
    yield table([twips], [row([cell(twips, lines, fill=fill)], whole=False)], alt=block.title)


def _facts(block: Facts, width: int) -> Any:
    widths = [round(46 * _TWIPS_PER_MM), round((width - 46) * _TWIPS_PER_MM)]
    rows = (
        row(
            [
                cell(widths[0], [_tight(run(title, element("b"), element("sz", val=19)))], fill=HEAD_FILL),
                cell(widths[1], _lines(answer, 19)),
            ],
            whole=_is_short([answer]),
        )
        for title, answer in block.rows
    )
    return table(widths, rows, alt="Questions and answers")


def _table(block: Table, width: int) -> Any:
    widths = _widths(block.columns, width)
    size = 15 if block.fine else 18
    titles = [
        cell(each, [_tight(run(column.title, element("b"), element("sz", val=size)))], fill=HEAD_FILL)
        for each, column in zip(widths, block.columns, strict=True)
    ]
    rows: list[Any] = [row(titles, head=True)]
    for cells in block.rows:
        made = [cell(each, _lines(lines, size)) for each, lines in zip(widths, cells, strict=True)]
        rows.append(row(made, whole=_is_short(cells)))
    return table(widths, rows, alt=block.alt)


def _widths(columns: tuple[Column, ...], width: int) -> list[int]:
    fixed = sum(column.width for column in columns if not column.share)
    shares = sum(column.width for column in columns if column.share) or 1.0
    one = (width - fixed) / shares
    return [round((column.width * one if column.share else column.width) * _TWIPS_PER_MM) for column in columns]


def _is_short(cells: Iterable[Cell]) -> bool:
    return max((sum(len(line.text) + 40 for line in lines) for lines in cells), default=0) < _LONG_ROW


def _tight(*runs: Any) -> Any:
    return paragraph(*runs, properties=[element("spacing", before=0, after=0)])


def _lines(lines: Cell, size: int) -> list[Any]:
    return [_tight(*_runs(line, size)) for line in lines] or [_tight()]


def _runs(line: Line, size: int) -> Iterator[Any]:
    colour = [element("color", val=FLAG)] if line.look == "flag" else []
    if line.label:
        end = ": " if line.look == "flag" else " "
        yield run(line.label + end, element("b"), *colour, element("sz", val=size))
        colour = [element("color", val=FLAG)] if line.look == "flag" else []
    bold = [element("b")] if line.look == "strong" or (line.look == "flag" and not line.label) else []
    grey = [element("color", val="464646")] if line.look == "small" else []
    yield run(line.text, *bold, *colour, *grey, element("sz", val=size - 2 if line.look == "small" else size))

"""Pieces of WordprocessingML, made as elements: tables of thousands of rows take seconds, not minutes, this way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def element(name: str, /, *children: Any, **attributes: str | int) -> Any:
    """A `w:` element with `w:` attributes."""
    made = etree.Element(w(name), {w(key): str(value) for key, value in attributes.items()}, nsmap={"w": W})
    made.extend(children)
    return made


def run(text: str, *properties: Any) -> Any:
    """A run of text; a line break in the text is one in the document, a tab a tab."""
    made = element("r")
    if properties:
        made.append(element("rPr", *properties))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(element("tab"))
            if piece:
                words = element("t")
                words.text = piece
                words.set(_SPACE, "preserve")
                made.append(words)
    return made


def paragraph(*runs: Any, style: str = "", properties: Sequence[Any] = ()) -> Any:
    made = element("p")
    if style or properties:
        settings = element("pPr")
        if style:
            settings.append(element("pStyle", val=style))
        settings.extend(properties)
        made.append(settings)
    made.extend(runs)
    return made


def field(code: str, shown: str, *, stale: bool = False) -> list[Any]:
    """A field with the result to show until the reader's program works it out; `stale` asks it to at once."""
    begin = element("fldChar", fldCharType="begin")
    if stale:
        begin.set(w("dirty"), "true")
    return [
        element("r", begin),
        element("r", _instruction(code)),
        element("r", element("fldChar", fldCharType="separate")),
        run(shown),
        element("r", element("fldChar", fldCharType="end")),
    ]


def _instruction(code: str) -> Any:
    made = element("instrText")
    made.set(_SPACE, "preserve")
    made.text = f" {code} "
    return made


def bookmarked(name: str, number: int, *runs: Any) -> list[Any]:
    """These runs between the two ends of a bookmark."""
    return [element("bookmarkStart", id=number, name=name), *runs, element("bookmarkEnd", id=number)]


def cell(width: int, paragraphs: Iterable[Any], *, fill: str = "") -> Any:
    """A table cell of a width in twentieths of a point."""
    settings = element("tcPr", element("tcW", w=width, type="dxa"))
    if fill:
        settings.append(element("shd", val="clear", color="auto", fill=fill))
    return element("tc", settings, *paragraphs)


def table(widths: Sequence[int], rows: Iterable[Any], *, alt: str) -> Any:
    """A table of fixed column widths with a description for those who cannot see it."""
    edges = [element(side, val="single", sz=4, space=0, color="B5BCC7") for side in _SIDES]
    margins = [element(side, w=70 if side in ("left", "right") else 35, type="dxa") for side in _MARGINS]
    settings = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("tblBorders", *edges),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
        element(
            "tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1", noVBand="1"
        ),
        element("tblCaption", val=alt),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", settings, grid, *rows)


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MARGINS = ("top", "left", "bottom", "right")


def row(cells: Iterable[Any], *, head: bool = False, whole: bool = True) -> Any:
    """A table row; a head row is repeated on every page, a whole row is not split over two."""
    settings = element("trPr")
    if whole or head:
        settings.append(element("cantSplit"))
    if head:
        settings.append(element("tblHeader"))
    return element("tr", settings, *cells)

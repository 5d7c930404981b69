"""What stands beside the cells of a worksheet: comments, drawings, page headers; and the workbook's own properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parsers.readers.package import Package
from parsers.readers.sheet_styles import children, name


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn over a cell (row and column from 1): "picture", "ring" (a shape without fill) or "text"."""

    kind: str
    row: int
    column: int
    text: str = ""


def custom_properties(package: Package) -> dict[str, str]:
    """The workbook's custom properties (our own blanks carry their case and form there)."""
    if "docProps/custom.xml" not in package:
        return {}
    return {
        item.get("name"): item[0].text or ""
        for item in package.xml("docProps/custom.xml")
        if isinstance(item.tag, str) and len(item) and item.get("name")
    }


def read_comments(package: Package, sheet: str) -> Iterator[tuple[str, str, str]]:
    """(cell, author, text) of every note and of every remark of a conversation."""
    threaded: set[str] = set()
    plain: list[tuple[str, str, str]] = []
    people = _people(package)
    for _, kind, part in package.relations(sheet):
        if part not in package:
            continue
        if kind == "threadedComment":
            for remark in children(package.xml(part), "threadedComment"):
                text = " ".join(child.text or "" for child in children(remark, "text")).strip()
                threaded.add(remark.get("ref") or "")
                if text:
                    yield remark.get("ref") or "", people.get(remark.get("personId") or "", ""), text
        elif kind == "comments":
            plain += _notes(package.xml(part))
    yield from (note for note in plain if note[0] not in threaded)


def _people(package: Package) -> dict[str, str]:
    parts = [part for part in package.names() if part.startswith("xl/persons/") and part.endswith(".xml")]
    return {
        person.get("id") or "": person.get("displayName") or ""
        for part in parts
        for person in children(package.xml(part), "person")
    }


def _notes(root: Any) -> Iterator[tuple[str, str, str]]:
    authors = [author.text or "" for author in children(root, "authors", "author")]
    for note in children(root, "commentList", "comment"):
        number = note.get("authorId") or ""
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        text = "".join(element.text or "" for element in note.iter() if name(element) == "t").strip()
        lead = f"{author}:"
        if author and text.startswith(lead):
            text = text[len(lead) :].strip()
        if text:
            yield note.get("ref") or "", author, text


def read_drawings(package: Package, sheet: str) -> list[Drawn]:
    """Pictures, shapes and text boxes of a sheet, each at the cell where it starts."""
    found: list[Drawn] = []
    for _, kind, part in package.relations(sheet):
        if kind == "drawing" and part in package:
            for anchor in package.xml(part):
                found += _anchored(anchor)
    return found


def _anchored(anchor: Any) -> Iterator[Drawn]:
    start = next(iter(children(anchor, "from")), None)
    if start is None:
        return
    row, column = (_whole(children(start, axis)) + 1 for axis in ("row", "col"))
    for element in anchor.iter():
        tag = name(element)
        if tag == "pic":
            yield Drawn("picture", row, column)
        elif tag == "sp":
            lines = [_line(paragraph) for paragraph in element.iter() if name(paragraph) == "p"]
            text = "\n".join(line for line in lines if line.strip())
            if text:
                yield Drawn("text", row, column, text)
            elif _is_ring(element):
                yield Drawn("ring", row, column)


def _line(paragraph: Any) -> str:
    return "".join(element.text or "" for element in paragraph.iter() if name(element) == "t")


def _is_ring(shape: Any) -> bool:
    properties = next(iter(children(shape, "spPr")), None)
    form = next((g.get("prst") for g in children(properties, "prstGeom")), "")
    return form in ("ellipse", "rect", "roundRect") and bool(children(properties, "noFill"))


def _whole(elements: list[Any]) -> int:
    text = (elements[0].text or "") if elements else ""
    return min(int(text), 1_048_575) if text.isdecimal() and len(text) < 9 else 0


_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[LCRPNDTFAZGBIUESXYHO+\-])')


def read_headers(texts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Page headers and footers without their layout codes; those of codes alone are nothing that was typed."""
    for kind, text in texts:
        plain = " ".join(_CODE.sub(" ", text.replace("&&", "\0")).replace("\0", "&").split())
        if any(char.isalpha() for char in plain.replace("Page", "").replace("of", "")):
            yield kind, plain

"""Word comments in a document that came from outside: put into its XML, every other part kept byte for byte.

The comment stands at the answer (its cell or paragraph), else at the printed question, else at the beginning.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zlib import error as DamagedError

from lxml import etree

from forms.controls import W
from forms.word_package import BODY, OUR_COMMENTS, parse_part, serialise_part
from generators.annotated import Annotated, Note, numbered
from records.errors import Unreadable

_W = f"{{{W}}}"
_COMMENTS = "word/comments.xml"
_TYPES = "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CELL = re.compile(r"table (\d+)((?:\.\d+)*), row (\d+), column (\d+)\Z")
_PARAGRAPH = re.compile(r"paragraph (\d+)\Z")
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
_ENOUGH = 60
"""So many letters of an answer are compared to make sure that it is the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who comments, and on which day."""

    author: str
    on: date


def annotate_word(data: bytes, notes: Sequence[Note], by: By) -> Annotated:
    """The document with a comment for each note. Unreadable when it is no Word document this can be done to."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            body = parse_part(archive.read(BODY))
            if etree.QName(body).namespace != W:
                raise Unreadable("The document is of the strict kind.", hint="The letter lists the points.")
            comments = _root(archive, _COMMENTS, f'<w:comments xmlns:w="{W}"/>')
            changed, unplaced = _write(body, comments, notes, by)
            changed[_TYPES] = _declared(archive.read(_TYPES))
            changed[_RELATIONS] = _related(_root(archive, _RELATIONS, _NO_RELATIONS))
            return Annotated(_repacked(archive, changed), unplaced)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, DamagedError, NotImplementedError) as error:
        raise Unreadable(hint="The letter lists the points.") from error


_NO_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def _root(archive: zipfile.ZipFile, name: str, empty: str) -> etree._Element:
    return parse_part(archive.read(name) if name in archive.namelist() else empty.encode())


def _write(
    body: etree._Element, comments: etree._Element, notes: Sequence[Note], by: By
) -> tuple[dict[str, bytes], int]:
    taken = [int(one.get(f"{_W}id", "0")) for one in comments if (one.get(f"{_W}id") or "").isdigit()]
    number = max(taken, default=-1) + 1
    places = _Places(body)
    unplaced = 0
    for note, message in zip(notes, numbered(notes), strict=True):
        paragraph = places.find(note)
        if paragraph is None:
            unplaced += 1
            paragraph = places.first()
        _mark(paragraph, number)
        comments.append(_comment(number, message, by))
        number += 1
    return {BODY: serialise_part(body), _COMMENTS: serialise_part(comments)}, unplaced


class _Places:
    """The paragraphs and cells of a document by the names that the record's places give them."""

    def __init__(self, body: etree._Element) -> None:
        self._cells: dict[tuple[str, int, int], etree._Element] = {}
        self._paragraphs: dict[int, etree._Element] = {}
        self._all: list[etree._Element] = []
        self._body = body
        story = body.find(f"{_W}body")
        self._number = 0
        self._tables = 0
        self._walk(story if story is not None else body, "", None)

    def find(self, note: Note) -> etree._Element | None:
        """The paragraph that the note belongs to; None when nothing says where it does."""
        for look in (self._at, self._by_text, self._by_label):
            found = look(note)
            if found is not None:
                return found
        return None

    def first(self) -> etree._Element:
        """Where a note goes that has no place of its own."""
        if self._all:
            return self._all[0]
        story = self._body.find(f"{_W}body")
        paragraph = etree.Element(f"{_W}p")
        (story if story is not None else self._body).insert(0, paragraph)
        return paragraph

    def _at(self, note: Note) -> etree._Element | None:
        if match := _CELL.search(note.where):
            table, row, column = match[1] + match[2], int(match[3]), int(match[4])
            known = self._cells.get((table, row, column))
            found = self._cells.get((table, row, note.column or column))
            paragraphs = _own_paragraphs(found) if found is not None else []
            if paragraphs and _holds(known, note.text):
                return paragraphs[0]
        elif match := _PARAGRAPH.match(note.where):
            paragraph = self._paragraphs.get(int(match[1]))
            if paragraph is not None and _holds(paragraph, note.text):
                return paragraph
        return None

    def _by_text(self, note: Note) -> etree._Element | None:
        """The one paragraph or cell that holds the answer's words, when only one does."""
        if note.column is not None or len(_plain(note.text)) < 8:
            return None
        found = [one for one in self._all if _holds(one, note.text)]
        return found[0] if len(found) == 1 else None

    def _by_label(self, note: Note) -> etree._Element | None:
        wanted = {_plain(label).rstrip(" :?*") for label in note.labels} - {""}
        for paragraph in self._all:
            if _plain(_text(paragraph)).rstrip(" :?*") in wanted:
                beside = self._beside(paragraph)
                return paragraph if beside is None else beside
        return None

    def _beside(self, paragraph: etree._Element) -> etree._Element | None:
        """The first paragraph of the cell to the right of a question, when that cell is there."""
        cell = next(paragraph.iterancestors(f"{_W}tc"), None)
        if cell is None:
            return None
        key = next((key for key, one in self._cells.items() if one is cell), None)
        right = [other for other in self._cells if key and other[:2] == key[:2] and other[2] > key[2]]
        paragraphs = _own_paragraphs(self._cells[min(right)]) if right else []
        return paragraphs[0] if paragraphs else None

    def _walk(self, parent: etree._Element, table: str, cell: list[int] | None) -> None:
        """Number paragraphs and tables as the reader of Word documents does: deleted rows and their cells are none."""
        nested = 0
        for element in parent:
            name = _name(element)
            if name == "p":
                self._all.append(element)
                if cell is None:
                    self._number += 1
                    self._paragraphs[self._number] = element
            elif name == "tbl":
                if table:
                    nested += 1
                    self._table(element, f"{table}.{nested}")
                else:
                    self._tables += 1
                    self._table(element, str(self._tables))
            elif name in _WRAPPERS:
                self._walk(element, table, cell)

    def _table(self, element: etree._Element, number: str) -> None:
        for index, row in enumerate(_rows(element), start=1):
            column = 1 + _int(row.find(f"{_W}trPr/{_W}gridBefore"))
            for cell in _inside(row, "tc"):
                self._cells[(number, index, column)] = cell
                self._walk(cell, number, [index, column])
                column += _int(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in _inside(table, "tr") if row.find(f"{_W}trPr/{_W}del") is None)


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of this name, also those within controls and tracked insertions."""
    for element in parent:
        if _name(element) == name:
            yield element
        elif _name(element) in _WRAPPERS:
            yield from _inside(element, name)


def _own_paragraphs(cell: etree._Element) -> list[etree._Element]:
    return list(_inside(cell, "p"))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _int(element: etree._Element | None, otherwise: int = 0) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) if value.isdigit() else otherwise


def _text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_W}t"))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _holds(element: etree._Element | None, text: str) -> bool:
    """Whether the element shows the beginning of the text; white space and breaks apart."""
    wanted = re.sub(r"\W+", "", _plain(text))[:_ENOUGH]
    return element is not None and wanted in re.sub(r"\W+", "", _plain(_text(element)))


def _mark(paragraph: etree._Element, number: int) -> None:
    """Lay the comment's range around everything in the paragraph, and its mark behind it."""
    start = etree.Element(f"{_W}commentRangeStart")
    end = etree.Element(f"{_W}commentRangeEnd")
    run = etree.Element(f"{_W}r")
    mark = etree.SubElement(run, f"{_W}commentReference")
    for element in (start, end, mark):
        element.set(f"{_W}id", str(number))
    properties = paragraph.find(f"{_W}pPr")
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.extend((end, run))


def _comment(number: int, message: str, by: By) -> etree._Element:
    comment = etree.Element(f"{_W}comment")
    comment.set(f"{_W}id", str(number))
    comment.set(f"{_W}author", by.author)
    comment.set(f"{_W}date", f"{by.on.isoformat()}T09:00:00Z")
    comment.set(f"{_W}initials", OUR_COMMENTS)
    for line in message.split("\n"):
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{_W}p"), f"{_W}r"), f"{_W}t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment


def _declared(types: bytes) -> bytes:
    root = parse_part(types)
    if not any(one.get("PartName") == f"/{_COMMENTS}" for one in root):
        item = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Override")
        item.set("PartName", f"/{_COMMENTS}")
        item.set("ContentType", _TYPE)
    return serialise_part(root)


def _related(root: etree._Element) -> bytes:
    if not any(one.get("Type") == _RELATION for one in root):
        item = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Relationship")
        taken = {one.get("Id") for one in root}
        item.set("Id", next(name for name in (f"rIdNotes{n}" for n in range(len(root) + 1)) if name not in taken))
        item.set("Type", _RELATION)
        item.set("Target", "comments.xml")
    return serialise_part(root)


def _repacked(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """The archive with these parts in place of its own; the others as they were, in their order."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        names = set()
        for info in archive.infolist():
            if info.filename in names:
                continue
            names.add(info.filename)
            fresh = zipfile.ZipInfo(info.filename, info.date_time)
            fresh.compress_type, fresh.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
            written.writestr(fresh, changed.get(info.filename) or archive.read(info))
        for name in sorted(set(changed) - names):
            fresh = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(fresh, changed[name])
    return out.getvalue()

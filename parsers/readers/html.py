"""Reads HTML (a saved page, the body of a message, an export): paragraphs, tables, lists, ticks.

Nothing is run and nothing fetched.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from parsers.readers.plain import text_of, without_controls
from records.errors import Empty, TooDeep, Unreadable
from records.limits import Limits
from records.tree import Aside, Block, Cell, Control, DocumentTree, Paragraph, Place, Row, Run, Table

KINDS = ("html",)

_SKIPPED = frozenset("script style head noscript template iframe object embed svg math title meta link".split())
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table section article header footer main form fieldset blockquote pre"
    " address hr body html center aside nav figure tr td th tbody thead".split()
)
_BOLD, _ITALIC = ("b", "strong", "th"), ("i", "em")
_STRIKE, _UNDERLINE = ("s", "strike"), ("u", "ins")
_MACHINE = re.compile(r"\s*(?:\[if\b|\[endif|\W*(?:Start|End)Fragment\b)", re.I)
"""Remarks that programs leave for programs."""
_NOTICES = {"comment": "comments", "deleted": "tracked_changes", "hidden": "hidden_text"}


def read(data: bytes, limits: Limits) -> DocumentTree:
    """The tree of an HTML page; InputProblem when there is nothing to read."""
    text = text_of(_declared(data), limits)
    # the declaration of an encoding inside the text no longer counts: it was decoded here
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(no_network=True, remove_pis=True, huge_tree=False)
    try:
        root: Any = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("The page is damaged: it holds nothing to read.") from error
    asides: list[Aside] = []
    walker = _Walker(limits, asides)
    walker.walk(root, Run(""), 0)
    blocks = walker.finish()
    if not blocks:
        raise Empty
    return DocumentTree("html", blocks, asides, sorted({_NOTICES[aside.kind] for aside in asides}))


_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""", re.I)


def _declared(data: bytes) -> bytes:
    """The bytes as UTF-8 when the page declares another encoding that is known."""
    match = _CHARSET.search(data[:4096])
    encoding = match[1].decode("ascii").lower() if match else ""
    if (
        encoding in ("", "utf-8", "utf8", "unicode", "utf-16")
        or data[:3] == b"\xef\xbb\xbf"
        or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    ):
        return data
    encoding = "cp1252" if encoding in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else encoding
    try:
        return data.decode(encoding, "replace").encode("utf-8")
    except (LookupError, UnicodeError):
        return data


class _Walker:
    """Collects the blocks of one flow; a cell has a walker of its own."""

    def __init__(
        self, limits: Limits, asides: list[Aside], *, numbered: bool = True, depth: int = 0, lead: str = ""
    ) -> None:
        self._limits, self._numbered, self._depth, self._lead = limits, numbered, depth, lead
        self._asides = asides
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._heading, self._listed = 0, False
        self._count = self._tables = 0

    def finish(self) -> list[Block]:
        self._end()
        return self._blocks

    def walk(self, element: Any, look: Run, level: int) -> None:
        if level > self._limits.xml_depth:
            raise TooDeep("The page is nested too deeply to be one that a person wrote.")
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag == "del" or _is_hidden(element):
            self._beside(tag, element)
            return
        if tag in _SKIPPED:
            return
        if tag == "br":
            self._end()
        elif tag == "table":
            self._end()
            self._add_table(element, look)
        elif tag in ("input", "select", "textarea", "img"):
            self._add_control(tag, element, look)
        else:
            self._inside(tag, element, look, level)

    def _beside(self, tag: str, element: Any) -> None:
        """A remark, struck by tracking or made invisible: reported, never read as an answer."""
        if not tag and (element.tag is not etree.Comment or _MACHINE.match(element.text or "")):
            return
        kind = "deleted" if tag == "del" else "hidden" if tag else "comment"
        words = element.text_content() if tag else element.text or ""
        text = " ".join(without_controls(words).split())
        if any(map(str.isalnum, text)):
            self._asides.append(Aside(kind, text, Place(f"{kind} after paragraph {self._count}")))

    def _inside(self, tag: str, element: Any, look: Run, level: int) -> None:
        is_block = tag in _BLOCKS
        if is_block:
            self._end()
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = int(tag[1])
        if tag == "li":
            self._listed = True
        own = _look(tag, element, look)
        self._say(element.text, own, keep=tag == "pre")
        for child in element:
            self.walk(child, own, level + 1)
            self._say(child.tail, own, keep=tag == "pre")
        if is_block:
            self._end()

    def _say(self, text: str | None, look: Run, *, keep: bool) -> None:
        if not text:
            return
        if keep and "\n" in text:
            for line in text.split("\n"):
                self._runs.append(_like(look, line))
                self._end()
            return
        folded = re.sub(r"[ \t\n\r\f]+", " ", without_controls(text))
        if folded.strip() or (folded and self._runs):
            self._runs.append(_like(look, folded))

    def _end(self) -> None:
        runs, self._runs = self._runs, []
        heading, listed, self._heading, self._listed = self._heading, self._listed, 0, False
        if not any(run.text.strip() or run.control or run.picture for run in runs):
            self._heading, self._listed = heading, listed
            return
        runs[0].text, runs[-1].text = runs[0].text.lstrip(" "), runs[-1].text.rstrip(" ")
        self._count += 1
        self._blocks.append(Paragraph(runs, heading, listed, self._count if self._numbered else 0))

    def _add_control(self, tag: str, element: Any, look: Run) -> None:
        kind = (element.get("type") or "text").lower()
        if tag == "img":
            self._runs.append(Run("", picture=True))
        elif tag == "input" and kind in ("checkbox", "radio"):
            checked = element.get("checked") is not None
            control = Control("check" if kind == "checkbox" else "radio", element.get("name") or "", checked=checked)
            self._runs.append(Run("☒" if checked else "☐", control=control))
        elif tag == "input" and kind in ("text", "date", "email", "tel", "number"):
            self._say(element.get("value"), look, keep=False)
        elif tag == "textarea":
            self._say(element.text, look, keep=False)
        elif tag == "select":
            chosen = [option for option in element.iter("option") if option.get("selected") is not None]
            self._say(" ".join("".join(option.itertext()) for option in chosen), look, keep=False)

    def _add_table(self, element: Any, look: Run) -> None:
        if self._depth >= self._limits.table_depth:
            raise TooDeep("The page has tables inside tables to a depth that no form has.")
        self._tables += 1
        number = f"{self._lead}{self._tables}"
        lines = _own_rows(element)
        if lines:
            self._blocks.append(Table(self._rows(lines, number, look), number))

    def _rows(self, lines: list[Any], number: str, look: Run) -> list[Row]:
        open_cells: dict[int, tuple[int, int]] = {}  # column → (rows still covered, span)
        rows = []
        for line in lines:
            cells: list[Cell] = []
            column = 1
            for element in [*[child for child in line if child.tag in ("td", "th")], None]:
                while column in open_cells or (element is None and any(key > 0 for key in open_cells)):
                    column = column if column in open_cells else min(key for key in open_cells if key > 0)
                    left, span = open_cells.pop(column)
                    cells.append(Cell([Paragraph([])], column=column, span=span, merge="continue"))
                    if left > 1:
                        open_cells[-column] = (left - 1, span)
                    column += span
                if element is None:
                    break
                span, down = _whole(element.get("colspan"), 100), _whole(element.get("rowspan"), len(lines))
                cells.append(self._cell(element, number, look, column, span))
                if down > 1:
                    cells[-1].merge = "start"
                    open_cells[-column] = (down - 1, span)
                column += span
            open_cells = {abs(key): value for key, value in open_cells.items()}
            if cells:
                rows.append(Row(cells, header=line.getparent() is not None and line.getparent().tag == "thead"))
        return rows

    def _cell(self, element: Any, number: str, look: Run, column: int, span: int) -> Cell:
        walker = _Walker(self._limits, self._asides, numbered=False, depth=self._depth + 1, lead=f"{number}.")
        walker.walk(element, look, 0)
        return Cell(walker.finish() or [Paragraph([])], column=column, span=span, shade=_shade(element))


def _own_rows(table: Any) -> list[Any]:
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += [row for row in child if row.tag == "tr"]
    return rows


def _whole(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isdecimal() and len(text) < 6 else 1


def _style(element: Any) -> str:
    return (element.get("style") or "").lower().replace(" ", "")


def _is_hidden(element: Any) -> bool:
    style = _style(element)
    hidden_field = element.tag == "input" and (element.get("type") or "").lower() == "hidden"
    return hidden_field or "display:none" in style or "visibility:hidden" in style or "mso-hide:all" in style


def _look(tag: str, element: Any, look: Run) -> Run:
    style = _style(element)
    return Run(
        "",
        bold=look.bold or tag in _BOLD or "font-weight:bold" in style or "font-weight:700" in style,
        italic=look.italic or tag in _ITALIC or "font-style:italic" in style,
        strike=look.strike or tag in _STRIKE or "line-through" in style,
        underline=look.underline or tag in _UNDERLINE or "text-decoration:underline" in style,
        highlight=look.highlight or tag == "mark" or "background:yellow" in style or "mso-highlight" in style,
    )


def _like(look: Run, text: str) -> Run:
    return Run(
        text,
        bold=look.bold,
        italic=look.italic,
        strike=look.strike,
        underline=look.underline,
        highlight=look.highlight,
    )


_HEX = re.compile(r"#([0-9a-fA-F]{6})")


def _shade(element: Any) -> str:
    found = _HEX.search(element.get("bgcolor") or "") or re.search(
        r"background(?:-color)?:#([0-9a-f]{6})", _style(element)
    )
    return found[1].upper() if found and found[1].lower() != "ffffff" else ""

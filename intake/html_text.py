"""Turns the HTML body of an e-mail into text, and tells whether its tables hold answers rather than layout."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset(
    (
        "p",
        "div",
        "br",
        "tr",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "blockquote",
        "hr",
        "section",
    )
)
_SILENT = frozenset(("script", "style", "head", "title", "template"))
_CELLS = frozenset(("td", "th"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.rows: list[int] = []
        self._silent = 0
        self._cell_has_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self.pieces.append("\n")
            if tag == "tr":
                self.rows.append(0)
        elif tag in _CELLS:
            self.pieces.append("\t")
            self._cell_has_text = False
        elif tag == "a":
            target = dict(attrs).get("href") or ""
            if target.startswith(("http://", "https://")):
                self.pieces.append(f"<{target}> ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _CELLS:
            if self._cell_has_text and self.rows:
                self.rows[-1] += 1
            self._cell_has_text = False
        elif tag in _BREAKS and tag != "br":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            folded = re.sub(r"[ \t\r\n\f]+", " ", data)
            self._cell_has_text = self._cell_has_text or bool(folded.strip())
            self.pieces.append(folded)


def _read(html: str) -> _Reader:
    try:
        return _fed(html)
    except AssertionError:
        # The standard library gives up on declarations that are none; then they are read as what they are, text.
        return _fed(re.sub(r"<!(?!--|doctype\b)", "&lt;!", html, flags=re.IGNORECASE))


def _fed(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def html_to_text(html: str) -> str:
    """The visible text, a line for each paragraph and row, cells parted by tabs, links shown before their words."""
    text = "".join(_read(html).pieces).replace("\u00a0", " ")
    lines = [re.sub(r" {2,}", " ", line).strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def has_data_table(html: str) -> bool:
    """Whether a table has at least three rows with two filled cells each (layout tables and signatures do not)."""
    return sum(filled >= 2 for filled in _read(html).rows) >= 3

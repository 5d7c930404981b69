"""Tables without lines: columns that several text lines keep to."""

from __future__ import annotations

from parsers.readers.pdf_text import TextLine
from records.tree import Table


def borderless(lines: list[TextLine]) -> list[list[TextLine] | Table]:
    """The lines as running text and tables, in order."""
    return [lines]

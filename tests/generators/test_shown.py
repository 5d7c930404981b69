"""A PDF that lost a word of its letter is found out."""

from __future__ import annotations

from io import BytesIO

import typst
from docx import Document

from generators.shown import lost_words


def word_file(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def pdf(text: str) -> bytes:
    return typst.compile(f"#set page(width: 60mm)\n#set text(hyphenate: true)\n{text}".encode())


def test_a_pdf_that_shows_everything_has_lost_nothing() -> None:
    """Line breaks, ligatures and other spaces are not losses."""
    lines = ("Please send the official chronology", "of significant events by Friday.")
    assert lost_words(word_file(*lines), pdf(" ".join(lines))) == ()


def test_what_is_missing_is_named() -> None:
    """One word is enough."""
    assert lost_words(word_file("Please answer by Friday"), pdf("Please answer by")) == ("Friday",)

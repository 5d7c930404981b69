"""Looks a made PDF through: does it show every word of the Word file that it was made from?"""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pdfplumber

from forms.word_package import open_package
from generators.render import text_of_package

_BODY = "word/document.xml"


def lost_words(docx: bytes, pdf: bytes) -> tuple[str, ...]:
    """The words of the Word file's body that the PDF does not show, in alphabetical order."""
    body = {name: data for name, data in open_package(docx).items() if name == _BODY}
    words = {_plain(word) for word in text_of_package(body).split()}
    with pdfplumber.open(BytesIO(pdf)) as document:
        shown = _plain("".join(page.extract_text() for page in document.pages))
    return tuple(sorted(word for word in words if word not in shown))


def _plain(text: str) -> str:
    """Without white space and hyphens at line ends, ligatures as their letters."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", text)
        if not character.isspace() and character != "\u00ad"
    )

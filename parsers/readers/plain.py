"""Bytes to text for files that do not say their encoding."""

from __future__ import annotations

import codecs

from records.errors import Empty, TooLarge
from records.limits import Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNSEEN = dict.fromkeys((*range(9), *range(14, 32), 127))
"""Control characters: nobody typed them, nobody sees them (a converter's marks of where a form field began)."""


def without_controls(text: str) -> str:
    """The text without control characters; line ends, tabs and form feeds stay."""
    return text if text.isprintable() else text.translate(_UNSEEN)


def text_of(data: bytes, limits: Limits) -> str:
    """The text with plain line ends; UTF-8 where it is, else what a Western Windows machine writes. Never raises on
    odd bytes: one that is no character becomes the replacement sign."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Empty
    if len(data) > limits.text_characters:
        raise TooLarge
    text = without_controls(_decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))
    if not text.strip():
        raise Empty
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    zeros = data[:2000].count(0)
    if zeros * 4 > len(data[:2000]):
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")

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


def text_of(data: bytes, limits: Limits) -> str:
    """The text with plain line ends; UTF-8 where it is, else what a Western Windows machine writes. Never raises on
    odd bytes: one that is no character becomes the replacement sign."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Empty
    if len(data) > limits.text_characters:
        raise TooLarge
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\x0b", "\n")
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

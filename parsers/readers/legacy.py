"""Reads .doc, .odt, .rtf, .xls and .ods: LibreOffice converts, the Word or Excel reader reads."""

from __future__ import annotations

from parsers.convert import convert
from parsers.readers import docx, xlsx
from records.errors import Unsupported
from records.limits import Limits
from records.tree import DocumentTree

KINDS = ("doc", "odt", "rtf", "xls", "ods")


def read(data: bytes, limits: Limits) -> DocumentTree:
    """The tree of the converted document; its kind is the original's. ConverterUnavailable without LibreOffice."""
    kind = kind_of(data)
    converted = convert(data, kind, limits)
    read_converted = docx.read if converted.kind == "docx" else xlsx.read
    tree: DocumentTree = read_converted(converted.data, limits)
    tree.kind = kind
    tree.notices = sorted({*tree.notices, "converted"})
    return tree


def kind_of(data: bytes) -> str:
    """Which of our kinds the bytes are; Unsupported when none."""
    head = data[:200]
    if head.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if head[:4] == b"PK\x03\x04":
        for kind, name in (("odt", b"opendocument.text"), ("ods", b"opendocument.spreadsheet")):
            if name in head:
                return kind
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "WordDocument".encode("utf-16-le") in data:
            return "doc"
        if any(name.encode("utf-16-le") + b"\0\0" in data for name in ("Workbook", "Book")):
            return "xls"
    raise Unsupported

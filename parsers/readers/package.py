"""Opens an Office package (a zip of XML parts) under limits, and parses its parts without ever leaving them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from records.errors import Encrypted, TooLarge, Unreadable
from records.limits import Limits

STRICT_NAMESPACES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/picture": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
}
"""Strict OOXML says the same with other namespace names; we read both as the transitional one."""

_CHUNK = 1 << 20


class Package:
    """The parts of one package. Unfolded bytes are counted while unfolding, whatever the sizes in the file claim."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unzipped_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise Unreadable("The file is damaged: it is not a whole Office document.") from error
        members = self._zip.infolist()
        if len(members) > limits.zip_members:
            raise TooLarge("The file holds more parts than a form ever has.")
        # The first of two members with one name wins for no reader; such a file was tampered with or damaged.
        self._members = {member.filename.lstrip("/").replace("\\", "/"): member for member in members}

    def names(self) -> list[str]:
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a part; Unreadable when it is missing or damaged, TooLarge past the limit."""
        member = self._members.get(name)
        if member is None:
            raise Unreadable("The file is damaged: a part of the document is missing.")
        if member.flag_bits & 1:
            raise Encrypted
        chunks, size = [], 0
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._left -= len(chunk)
                    if self._left < 0 or size > max(_CHUNK * 8, member.compress_size * self._limits.zip_ratio):
                        raise TooLarge("The file unfolds to far more than a form ever holds.")
                    chunks.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Unreadable("The file is damaged: a part of the document cannot be unpacked.") from error
        return b"".join(chunks)

    def xml(self, name: str) -> Any:
        """The root element of an XML part. Entities, DTDs and network access are refused."""
        return parse_part(self.read(name))

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """(id, kind, target part) of a part's internal relations; external ones are never followed."""
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if name not in self:
            return
        for relation in self.xml(name):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield relation.get("Id") or "", (relation.get("Type") or "").rpartition("/")[2], path


def parse_part(data: bytes) -> Any:
    """The root element of an XML part, strict or transitional."""
    if b"purl.oclc.org/ooxml" in data:
        for strict, transitional in STRICT_NAMESPACES.items():
            data = data.replace(strict, transitional)
    return parse_xml(data)


def parse_xml(data: bytes) -> Any:
    """The root element; Unreadable for anything that is not plain well-formed XML without a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=len(data) > 9_000_000, remove_comments=True
    )
    root: Any
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("The file is damaged: its text cannot be read.") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("The file declares a document type, which no Office document does; it was not opened.")
    return root

"""Says what kind of file some bytes are: by the bytes, never by the name or the declared type.

The kinds are docx (also macro-enabled, template, strict), doc, odt, rtf, pdf, xlsx, xls, ods, csv, html, text, eml,
msg, tnef, zip, archive_other (7z, rar, tar, gz …: named, never opened), png, jpg, tiff, bmp, gif, webp, heic,
encrypted_office, empty and other. The name decides only between kinds of plain text.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from intake.compound import MAGIC as OLE_MAGIC
from intake.compound import CompoundFile
from intake.text_kinds import text_kind
from intake.zip_index import IndexEntry, read_index
from records.errors import TooLarge, Unreadable

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"7z\xbc\xaf\x27\x1c", "archive_other"),
    (b"Rar!\x1a\x07", "archive_other"),
    (b"\x1f\x8b", "archive_other"),
    (b"BZh", "archive_other"),
    (b"\xfd7zXZ\x00", "archive_other"),
    (b"\x28\xb5\x2f\xfd", "archive_other"),
    (b"MSCF", "archive_other"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xef\xbb\xbf{\\rtf", "rtf"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_FLAT_OFFICE = ((b"Word.Document", "doc"), (b"Excel.Sheet", "xls"), (b"xmlPackage", "doc"))
_CONTENT_TYPES = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"ms-word.template.macroEnabledTemplate.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
    (b"ms-excel.template.macroEnabled.main+xml", "xlsx"),
    (b"presentationml", "other"),
    (b"ms-excel.sheet.binary", "other"),
    (b"ms-visio", "other"),
)
_OPEN_DOCUMENT = ((b"opendocument.text", "odt"), (b"opendocument.spreadsheet", "ods"), (b"opendocument", "other"))
_MOST_MEMBERS = 20_000
_MOST_UNFOLDED = 1 << 20
_LOCAL_HEADER = 30


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A kind, and what else the bytes gave away: macros, strict, template, flat_xml, damaged, presentation."""

    kind: str
    details: tuple[str, ...] = ()


def sniff(data: bytes, name: str = "") -> str:
    """The kind of file these bytes are. Never raises."""
    return examine(data, name).kind


def examine(data: bytes, name: str = "") -> Sniffed:
    """The kind with its details. Never raises."""
    if not data.strip(b"\x00 \t\r\n"):
        return Sniffed("empty")
    if data.startswith(OLE_MAGIC):
        return _compound(data)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06") or data[:8] == b"PK00PK\x03\x04":
        return _zipped(data)
    for start, kind in _STARTS:
        if data.startswith(start):
            return Sniffed(kind)
    kind = _by_structure(data)
    if kind:
        return Sniffed(kind)
    if b"<?mso-application" in data[:1024] or b"pkg:package" in data[:1024]:
        for mark, kind in _FLAT_OFFICE:
            if mark in data[:4096]:
                return Sniffed(kind, ("flat_xml",))
    kind = text_kind(data, PurePosixPath(name.replace("\\", "/")).suffix.lower())
    # A PDF may have junk before its head, such as the head lines of the web server that gave it out.
    if b"%PDF-" in data[:1024] and kind in ("other", "text", "html", "csv"):
        return Sniffed("pdf", ("leading_junk",))
    return Sniffed(kind)


def _by_structure(data: bytes) -> str:
    """Kinds whose mark is not simply the first bytes; "" for none of them."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heic" if any(brand in data[8:40] for brand in _HEIF_BRANDS) else "other"
    if (
        data[:2] == b"BM"
        and len(data) >= 26
        and int.from_bytes(data[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)
    ):
        return "bmp"
    if data[257:262] == b"ustar":
        return "archive_other"
    return "rtf" if data[:64].lstrip().startswith(b"{\\rtf") else ""


def _compound(data: bytes) -> Sniffed:
    try:
        file = CompoundFile(data)
    except Unreadable:
        return _damaged_compound(data)
    names = file.root.children
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        return Sniffed("encrypted_office")
    if "WordDocument" in names:
        head = _head(file, "WordDocument")
        # FibBase: the flags at offset 10, of which 0x0100 is fEncrypted (MS-DOC 2.5.2).
        encrypted = len(head) >= 12 and bool(head[11] & 0x01)
        return Sniffed("encrypted_office" if encrypted else "doc", ("macros",) if "Macros" in names else ())
    for stream in ("Workbook", "Book"):
        if stream in names:
            encrypted = _has_file_pass(_head(file, stream))
            macros = ("macros",) if "_VBA_PROJECT_CUR" in names else ()
            return Sniffed("encrypted_office" if encrypted else "xls", macros)
    if "__properties_version1.0" in names:
        return Sniffed("msg")
    return Sniffed("other", ("presentation",) if "PowerPoint Document" in names else ())


def _head(file: CompoundFile, stream: str) -> bytes:
    try:
        return file.read(file.root.children[stream], limit=1 << 28)[:4096]
    except (Unreadable, TooLarge):
        return b""


def _has_file_pass(workbook: bytes) -> bool:
    """Whether a BIFF stream says near its start that what follows is encrypted (record 0x2F)."""
    at = 0
    for _ in range(12):
        if at + 4 > len(workbook):
            break
        record, length = (
            int.from_bytes(workbook[at : at + 2], "little"),
            int.from_bytes(workbook[at + 2 : at + 4], "little"),
        )
        if record == 0x2F:
            return True
        at += 4 + length
    return False


def _damaged_compound(data: bytes) -> Sniffed:
    """Names the kind of a compound file whose directory cannot be followed, by the names that still stand in it."""
    for name, kind in (
        ("EncryptedPackage", "encrypted_office"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("__properties_version1.0", "msg"),
    ):
        if name.encode("utf-16-le") in data:
            return Sniffed(kind, ("damaged",))
    return Sniffed("other", ("damaged",))


def _zipped(data: bytes) -> Sniffed:
    try:
        index = read_index(data, most=_MOST_MEMBERS)
    except TooLarge:
        return Sniffed("zip", ("too_many",))
    except Unreadable:
        return _cut_short(data)
    by_name = {entry.name.lstrip("/").replace("\\", "/").lower(): entry for entry in index}
    if "[content_types].xml" in by_name:
        return _office_package(data, by_name)
    if "mimetype" in by_name:
        declared = _unfold(data, by_name["mimetype"])
        for mark, kind in _OPEN_DOCUMENT:
            if mark in declared:
                manifest = by_name.get("meta-inf/manifest.xml")
                locked = manifest is not None and b"encryption-data" in _unfold(data, manifest)
                return Sniffed("encrypted_office" if locked else kind)
    return _by_folder_names(set(by_name))


def _office_package(data: bytes, by_name: dict[str, IndexEntry]) -> Sniffed:
    types = _unfold(data, by_name["[content_types].xml"])
    for mark, kind in _CONTENT_TYPES:
        if mark in types:
            macros = "macroEnabled" in mark.decode() or any(name.endswith("vbaproject.bin") for name in by_name)
            template = b"template" in mark.lower()
            details = [word for word, holds in (("macros", macros), ("template", template)) if holds]
            if kind == "other" and mark == b"presentationml":
                details.append("presentation")
            return Sniffed(kind, tuple(details))
    guessed = _by_folder_names(set(by_name))
    return Sniffed("other") if guessed.kind == "zip" else guessed


def _by_folder_names(names: set[str]) -> Sniffed:
    if any(name.startswith("word/document") for name in names):
        return Sniffed("docx", ("damaged",))
    if any(name.startswith("xl/workbook") for name in names):
        return Sniffed("xlsx", ("damaged",))
    return Sniffed("zip")


def _cut_short(data: bytes) -> Sniffed:
    """A zip without its directory: the names in its local headers still say what it was going to be."""
    found = {
        match.decode("ascii").lower() for match in re.findall(rb"(?:word/document|xl/workbook)", data, re.IGNORECASE)
    }
    if found:
        kind = _by_folder_names(found).kind
        return Sniffed(kind, ("damaged",))
    if b"[Content_Types].xml" in data[:64]:
        first = IndexEntry("[content_types].xml", encrypted=False, folded=_MOST_UNFOLDED, unfolded=0, offset=0)
        return Sniffed(_office_package(data, {first.name: first}).kind, ("damaged",))
    for mark, kind in _OPEN_DOCUMENT:
        if b"mimetypeapplication/vnd.oasis." + mark in data[:200]:
            return Sniffed(kind, ("damaged",))
    return Sniffed("zip", ("damaged",))


def _unfold(data: bytes, entry: IndexEntry) -> bytes:
    """The first megabyte of a member; b"" when it cannot be had."""
    local = data[entry.offset : entry.offset + _LOCAL_HEADER]
    if len(local) < _LOCAL_HEADER or local[:4] != b"PK\x03\x04":
        return b""
    method = int.from_bytes(local[8:10], "little")
    skip = int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
    start = entry.offset + _LOCAL_HEADER + skip
    folded = data[start : start + min(entry.folded, _MOST_UNFOLDED)]
    if method == 0:
        return folded
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(folded, _MOST_UNFOLDED) if method == 8 else b""
    except zlib.error:
        return b""

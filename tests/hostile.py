"""Builds hostile and damaged files, byte by byte, for every test that opens or reads what a stranger sent.

Nothing hostile is kept in the repository: each file is made when a test asks for it. `HOSTILE` names them all.
"""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(document_xml: str | None = None, *, text: str = "Fictional text") -> bytes:
    """A Word file with this document part (or one paragraph)."""
    body = document_xml or f"<w:document {_W}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    return zip_of(
        {
            "[Content_Types].xml": _CONTENT_TYPES.encode(),
            "_rels/.rels": _RELATIONS.encode(),
            "word/document.xml": body.encode(),
        }
    )


def zip_of(members: dict[str, bytes]) -> bytes:
    """A zip archive of these members, in this order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def raw_zip(members: list[tuple[str, bytes, int, int, int]]) -> bytes:
    """A zip from (name, folded bytes, claimed unfolded size, checksum, flags): whatever lies one wants in it."""
    body, directory = b"", b""
    for name, folded, size, checksum, flags in members:
        raw = name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, flags, 8, 0, 0x5C62, checksum, len(folded), size, len(raw), 0)
        directory += b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\x03\x04" + common + raw + folded
    end = struct.pack("<HHHHIIH", 0, 0, len(members) % 65536, len(members) % 65536, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def fold(data: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def _zeros(megabytes: int) -> bytes:
    squeeze, million = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(1 << 20)
    return b"".join(squeeze.compress(million) for _ in range(megabytes)) + squeeze.flush()


def flat_zip_bomb() -> bytes:
    """One member of a hundred kilobytes that unfolds to a hundred megabytes."""
    return raw_zip([("form.docx", _zeros(100), 100 << 20, 0, 0)])


def overlapping_zip_bomb() -> bytes:
    """Two thousand members that all unfold the same ten megabytes of the file."""
    folded = _zeros(10)
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x5C62, 0, len(folded), 10 << 20, 5, 0)
    body = b"PK\x03\x04" + head + b"a.txt" + folded
    entry = b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, 0)
    directory = b"".join(entry + f"{number:05d}".encode() for number in range(2000))
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 2000, 2000, len(directory), len(body), 0)


def nested_zip_bomb(*, depth: int = 12, wide: int = 10) -> bytes:
    """Archives in archives: each level holds ten of the next."""
    data = zip_of({"zeros.bin": bytes(1 << 20)})
    for level in range(depth):
        data = zip_of({f"{level}-{number}.zip": data for number in range(wide if level < 4 else 1)})
    return data


def million_member_zip() -> bytes:
    """A directory of a million members, all of them the same empty one."""
    head = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x5C62, 0, 0, 0, 1, 0)
    body = b"PK\x03\x04" + head + b"a"
    entry = b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(directory), len(body), 0)


def lying_size_zip() -> bytes:
    """A member that claims ten bytes and holds fifty megabytes."""
    return raw_zip([("form.docx", _zeros(50), 10, 0, 0)])


def declared_gigabyte_zip() -> bytes:
    """A member that claims a gigabyte and holds a few bytes."""
    return raw_zip([("form.txt", fold(b"short"), 1 << 30, zlib.crc32(b"short"), 0)])


def encrypted_zip() -> bytes:
    """A password-protected member beside an open one."""
    text = b"Fictional text of a return"
    return raw_zip([("locked.docx", b"\x07" * 40, 28, 1, 1), ("open.txt", fold(text), len(text), zlib.crc32(text), 0)])


def path_traversal_zip() -> bytes:
    """Members that want to be written elsewhere, and two with one name."""
    members = [("../../etc/cron.d/job", b"one"), ("/absolute.txt", b"two"), ("C:\\Windows\\x.txt", b"three")]
    members += [("same.txt", b"four"), ("same.txt", b"five")]
    return raw_zip([(name, fold(data), len(data), zlib.crc32(data), 0) for name, data in members])


def entity_bomb_docx() -> bytes:
    """A Word file whose XML grows without end when its entities are expanded."""
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "bomb">{levels}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        f"<w:document {_W}><w:body><w:p><w:r><w:t>&e11;&file;</w:t></w:r></w:p></w:body></w:document>"
    )
    return docx(xml)


def deep_xml_docx(*, depth: int = 50_000) -> bytes:
    """A Word file with tables within tables within tables."""
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return docx(f"<w:document {_W}><w:body>{opening * depth}<w:p/>{closing * depth}</w:body></w:document>")


def compound(
    entries: list[tuple[str, int, int, int, int, int, int]], sectors: list[bytes], fat: list[int], *, mini_fat: int = -2
) -> bytes:
    """A compound file from (name, type, left, right, child, start, size). Sector 0 is the FAT, 1 the directory."""
    header = OLE_MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += (
        struct.pack("<IIIIIiIiI", 0, 1, 1, 0, 0, mini_fat, 0, -2, 0)
        + struct.pack("<i", 0)
        + struct.pack("<i", -1) * 108
    )
    table = b"".join(struct.pack("<i", number) for number in fat).ljust(512, b"\xff")
    directory = b""
    for name, kind, left, right, child, start, size in entries:
        raw = name.encode("utf-16-le") + b"\x00\x00"
        directory += raw.ljust(64, b"\x00") + struct.pack("<HBBiii", len(raw), kind, 1, left, right, child) + bytes(36)
        directory += struct.pack("<iQ", start, size)
    return header[:512].ljust(512, b"\xff") + table + directory.ljust(512, b"\x00") + b"".join(sectors)


def looped_chain_ole() -> bytes:
    """A .doc whose stream runs in a ring of sectors."""
    entries = [("Root Entry", 5, -1, -1, 1, -2, 0), ("WordDocument", 2, -1, -1, -1, 2, 1 << 20)]
    return compound(entries, [bytes(512), bytes(512)], [-3, -2, 3, 2])


def looped_directory_ole() -> bytes:
    """A compound file whose directory's own sectors run in a ring."""
    return compound([("Root Entry", 5, -1, -1, 0, -2, 0)], [bytes(512)], [-3, 2, 1])


def looped_tree_ole() -> bytes:
    """A message whose storages contain themselves."""
    entries = [
        ("Root Entry", 5, -1, -1, 1, -2, 0),
        ("__properties_version1.0", 2, 2, 2, -1, -2, 0),
        ("__attach_version1.0_#00000000", 1, 1, 0, 2, -2, 0),
    ]
    return compound(entries, [], [-3, -2])


def encrypted_docx() -> bytes:
    """What Word makes of a document with a password: a compound file with an encrypted package."""
    entries = [
        ("Root Entry", 5, -1, -1, 1, -2, 0),
        ("EncryptedPackage", 2, -1, 2, -1, -2, 0),
        ("EncryptionInfo", 2, -1, -1, -1, -2, 0),
    ]
    return compound(entries, [], [-3, -2])


def eml(
    body: str = "Please find our return.", *, head: str = "", attachments: list[tuple[str, bytes]] | None = None
) -> bytes:
    """An e-mail with this text and these attachments, in base64."""
    lines = [
        "From: Avery Example <avery@police.example>",
        "To: reviews@partnership.example",
        "Subject: Return for case RR-2026-001",
        "Date: Mon, 2 Mar 2026 09:00:00 +0000",
        "Message-ID: <one@police.example>",
        "MIME-Version: 1.0",
        *([head] if head else []),
        'Content-Type: multipart/mixed; boundary="edge"',
        "",
        "--edge",
        "Content-Type: text/plain; charset=utf-8",
        "",
        body,
    ]
    for name, data in attachments or []:
        lines += [
            "--edge",
            "Content-Type: application/octet-stream",
            "Content-Transfer-Encoding: base64",
            f'Content-Disposition: attachment; filename="{name}"',
            "",
            base64.encodebytes(data).decode().rstrip(),
        ]
    return "\r\n".join([*lines, "--edge--", ""]).encode()


def deep_eml(*, depth: int = 60) -> bytes:
    """A message in a message in a message, each attached as a file."""
    data = eml("innermost")
    for _ in range(depth):
        data = eml("see attached", attachments=[("forwarded.eml", data)])
        if len(data) > 5_000_000:
            break
    return data


def deep_mime(*, depth: int = 3_000) -> bytes:
    """Multiparts within multiparts, without end."""
    lines = ["From: a@agency.example", "Message-ID: <x@agency.example>", "MIME-Version: 1.0"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    return "\r\n".join([*lines, "Content-Type: text/plain", "", "bottom"]).encode()


def many_parts_eml(*, parts: int = 20_000) -> bytes:
    """A message of twenty thousand attachments."""
    part = b"--edge\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF-1.4\r\n"
    head = b"From: a@agency.example\r\nMessage-ID: <x@agency.example>\r\n"
    head += b"Content-Type: multipart/mixed; boundary=edge\r\n\r\n"
    return head + part * parts + b"--edge--\r\n"


def huge_headers_eml() -> bytes:
    """Ten megabytes of recipients, a hundred thousand headers, and a content type of semicolons."""
    recipients = b"To: " + b"Example Person <person@agency.example>,\r\n " * 250_000 + b"last@agency.example\r\n"
    return b"Message-ID: <x@agency.example>\r\n" + recipients + b"X-Filler: x\r\n" * 100_000 + b"\r\nbody"


def semicolon_eml() -> bytes:
    """A content type that is slow to take apart."""
    return (
        b"Message-ID: <x@agency.example>\r\nFrom: a@agency.example\r\nContent-Type: text/plain"
        + b";a" * 500_000
        + b"\r\n\r\nx"
    )


def line_flood_eml() -> bytes:
    """A message of five million empty lines."""
    return b"Message-ID: <x@agency.example>\r\nFrom: a@agency.example\r\n\r\n" + b"\n" * 5_000_000


def broken_mime_eml() -> bytes:
    """No closing edge, a wrong edge, base64 cut short, an unknown charset, raw bytes in the head."""
    return (
        b"From: \xe9\xff <a@agency.example>\r\nSubject: =?x-unknown?B?4pyT?= =?utf-8?B?!!!?=\r\n"
        b"Message-ID: <x@agency.example>\r\n"
        b'Date: yesterday\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="edge"\r\n\r\n--edge\r\n'
        b"Content-Type: text/plain; charset=klingon\r\n\r\nThe text \xe9\r\n"
        b"--edge\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n"
        b"--edge\r\nContent-Type: application/pdf; name*0*=utf-8''%E2%; name*1=x\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQ\r\n--egde--\r\n"
    )


def endless_tnef() -> bytes:
    """A winmail.dat that claims four thousand million properties and an attribute of four gigabytes."""
    properties = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x1E, 0x3001, 0xFFFFFFFF)
    head = b"\x78\x9f\x3e\x22\x01\x00"
    return (
        head
        + b"\x01" + struct.pack("<II", 0x69003, len(properties)) + properties + b"\x00\x00"
        + b"\x02" + struct.pack("<II", 0x6800F, 0xFFFFFFF0) + b"x"
    )  # fmt: skip


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("nothing.docx", lambda: b""),
    "blank": ("nothing.docx", lambda: b"\x00" * 5_000),
    "truncated_docx": ("cut.docx", lambda: docx()[:300]),
    "word_named_pdf": ("form.pdf", docx),
    "encrypted_docx": ("locked.docx", encrypted_docx),
    "entity_bomb_docx": ("bomb.docx", entity_bomb_docx),
    "deep_xml_docx": ("deep.docx", deep_xml_docx),
    "flat_zip_bomb": ("forms.zip", flat_zip_bomb),
    "overlapping_zip_bomb": ("forms.zip", overlapping_zip_bomb),
    "nested_zip_bomb": ("forms.zip", nested_zip_bomb),
    "million_member_zip": ("forms.zip", million_member_zip),
    "lying_size_zip": ("forms.zip", lying_size_zip),
    "declared_gigabyte_zip": ("forms.zip", declared_gigabyte_zip),
    "encrypted_zip": ("forms.zip", encrypted_zip),
    "path_traversal_zip": ("forms.zip", path_traversal_zip),
    "looped_chain_ole": ("form.doc", looped_chain_ole),
    "looped_directory_ole": ("form.doc", looped_directory_ole),
    "looped_tree_ole": ("mail.msg", looped_tree_ole),
    "deep_eml": ("mail.eml", deep_eml),
    "deep_mime": ("mail.eml", deep_mime),
    "many_parts_eml": ("mail.eml", many_parts_eml),
    "huge_headers_eml": ("mail.eml", huge_headers_eml),
    "semicolon_eml": ("mail.eml", semicolon_eml),
    "line_flood_eml": ("mail.eml", line_flood_eml),
    "broken_mime_eml": ("mail.eml", broken_mime_eml),
    "endless_tnef": ("winmail.dat", endless_tnef),
}

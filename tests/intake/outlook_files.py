"""Builds small Outlook messages and winmail.dat files for the tests."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from tests.hostile import OLE_MAGIC

Storage = dict[str, "bytes | Storage"]


def compound_of(tree: Storage) -> bytes:
    """A compound file with these storages and streams; every stream in sectors of its own."""
    entries: list[list[object]] = [["Root Entry", 5, -1, -1, -1, -2, 0]]
    sectors: list[bytes] = []
    chains: list[int] = []

    def add(storage: Storage, parent: int) -> None:
        before = -1
        for name, content in storage.items():
            number = len(entries)
            entries.append([name, 1 if isinstance(content, dict) else 2, -1, -1, -1, -2, 0])
            if before < 0:
                entries[parent][4] = number
            else:
                entries[before][3] = number
            before = number
            if isinstance(content, dict):
                add(content, number)
            elif content:
                entries[number][5:] = [len(sectors), len(content)]
                pieces = [content[at : at + 512].ljust(512, b"\x00") for at in range(0, len(content), 512)]
                chains.extend([*range(len(sectors) + 1, len(sectors) + len(pieces)), -2])
                sectors.extend(pieces)

    add(tree, 0)
    directory = b"".join(_entry(*entry) for entry in entries)  # type: ignore[arg-type]
    pages = -(-len(directory) // 512)
    fat_pages = -(-(len(sectors) + pages + 8) // 128)
    first = fat_pages + pages
    fat = (
        [-3] * fat_pages + [*range(fat_pages + 1, first), -2] + [link if link < 0 else link + first for link in chains]
    )
    header = OLE_MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIiIiI", 0, fat_pages, fat_pages, 0, 0, -2, 0, -2, 0)
    header += b"".join(struct.pack("<i", number if number < fat_pages else -1) for number in range(109))
    table = b"".join(struct.pack("<i", link) for link in fat).ljust(fat_pages * 512, b"\xff")
    shifted = b"".join(_entry(*[*entry[:5], entry[5] + first if entry[6] else -2, entry[6]]) for entry in entries)  # type: ignore[operator, arg-type]
    return header.ljust(512, b"\xff") + table + shifted.ljust(pages * 512, b"\x00") + b"".join(sectors)


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    links = struct.pack("<HBBiii", len(raw), kind, 1, left, right, child)
    return raw.ljust(64, b"\x00") + links + bytes(36) + struct.pack("<iQ", start, size)


def _text(tag: int, value: str) -> dict[str, bytes]:
    return {f"__substg1.0_{tag:04X}001F": value.encode("utf-16-le")}


def attachment(name: str, data: bytes) -> Storage:
    properties = bytes(8) + struct.pack("<HHIQ", 3, 0x3705, 6, 1)
    return {"__properties_version1.0": properties, **_text(0x3707, name), "__substg1.0_37010102": data}


def message(*, subject: str, text: str, attachments: list[Storage], head: int = 32, headers: str = "") -> Storage:
    """The storage of a message; `head` is 24 for one inside another."""
    ticks = (datetime(2026, 3, 2, 9, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10
    sent = struct.pack("<HHIQ", 0x40, 0x0039, 6, ticks)
    tree: Storage = {"__properties_version1.0": bytes(head) + sent, **_text(0x0037, subject), **_text(0x1000, text)}
    tree |= (
        _text(0x0C1F, "/O=EXAMPLE/CN=AVERY") | _text(0x5D01, "Avery@Police.example") | _text(0x0C1A, "Avery Example")
    )
    if headers:
        tree |= _text(0x007D, headers)
    for number, held in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = held
    return tree


def embedded(inner: Storage) -> Storage:
    properties = bytes(8) + struct.pack("<HHIQ", 3, 0x3705, 6, 5)
    return {"__properties_version1.0": properties, **_text(0x3001, "forwarded"), "__substg1.0_3701000D": inner}


def tnef(*, text: str, attachments: list[tuple[str, bytes]]) -> bytes:
    """A winmail.dat with this text and these attachments, long names in MAPI properties."""
    out = b"\x78\x9f\x3e\x22\x01\x00" + _attribute(2, 0x69007, struct.pack("<II", 1252, 0))
    out += _attribute(1, 0x2800C, text.encode("cp1252") + b"\x00")
    for name, data in attachments:
        raw = name.encode("utf-16-le") + b"\x00\x00"
        properties = struct.pack("<IHHII", 1, 0x1F, 0x3707, 1, len(raw)) + raw + bytes(-len(raw) % 4)
        out += _attribute(2, 0x69002, bytes(14)) + _attribute(2, 0x18010, b"SHORT~1.DOC\x00")
        out += _attribute(2, 0x6800F, data) + _attribute(2, 0x69005, properties)
    return out


def _attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) % 65536)

"""Takes the body and the attachments out of winmail.dat (TNEF, MS-OXTNEF), within bounds."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake import mapi
from intake.unfolding import Budget, Child, plain_name
from records.errors import TooLarge, Unreadable

_SIGNATURE = b"\x78\x9f\x3e\x22"
_BODY = 0x2800C
_MESSAGE_PROPERTIES, _ATTACHMENT_PROPERTIES = 0x69003, 0x69005
_ATTACHMENT_START, _ATTACHMENT_TITLE, _ATTACHMENT_DATA = 0x69002, 0x18010, 0x6800F
_CODEPAGE = 0x69007
_MOST_PROPERTIES = 4_000
_MULTIPLE = 0x1000
_FIXED_SIZES = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0048: 16}
_GUID = 16


@dataclass(slots=True)
class _Attachment:
    title: str = ""
    data: bytes = b""
    properties: dict[int, mapi.Value] = field(default_factory=dict)


@dataclass(slots=True)
class _Contents:
    message: dict[int, mapi.Value] = field(default_factory=dict)
    attachments: list[_Attachment] = field(default_factory=list)
    codepage: int = 0
    whole: bool = True


def unfold_tnef(data: bytes, budget: Budget) -> Iterator[Child]:
    """The body first, then the attachments in order. A file that breaks off gives what stood before the break."""
    if not data.startswith(_SIGNATURE):
        raise Unreadable("The attachment winmail.dat is damaged.")
    contents = _contents(data, budget)
    budget.take_bytes(len(data))
    yield from mapi.body_parts(contents.message, limit=min(budget.bytes_left, budget.limits.file_bytes))
    for number, attachment in enumerate(contents.attachments, start=1):
        yield _child(attachment, number)
    if not contents.whole:
        yield Child.failed("rest of winmail.dat", Unreadable("The attachment winmail.dat breaks off in the middle."))


def _contents(data: bytes, budget: Budget) -> _Contents:
    found = _Contents()
    for attribute, raw in _attributes(data):
        if attribute is None:
            found.whole = False
        elif attribute == _CODEPAGE and len(raw) >= 4:
            found.codepage = struct.unpack_from("<I", raw)[0]
        elif attribute == _BODY:
            found.message.setdefault(mapi.BODY, mapi.string8(raw.rstrip(b"\x00"), found.codepage))
        elif attribute == _MESSAGE_PROPERTIES:
            found.message |= _properties(raw, found.codepage)
        elif attribute == _ATTACHMENT_START:
            found.attachments.append(_Attachment())
            if len(found.attachments) > budget.limits.parts:
                raise TooLarge("The attachment winmail.dat holds more files than this service accepts.")
        elif found.attachments:
            _fill(found.attachments[-1], attribute, raw, found.codepage)
    return found


def _fill(attachment: _Attachment, attribute: int, raw: bytes, codepage: int) -> None:
    if attribute == _ATTACHMENT_TITLE:
        attachment.title = mapi.string8(raw.rstrip(b"\x00"), codepage)
    elif attribute == _ATTACHMENT_DATA:
        attachment.data = raw
    elif attribute == _ATTACHMENT_PROPERTIES:
        attachment.properties = _properties(raw, codepage)


def _child(attachment: _Attachment, number: int) -> Child:
    properties = attachment.properties
    name = plain_name(
        mapi.text_value(properties, mapi.ATTACH_LONG_FILENAME, mapi.ATTACH_FILENAME, mapi.DISPLAY_NAME)
        or attachment.title,
        otherwise=f"attachment {number}",
    )
    held = properties.get(mapi.ATTACH_DATA)
    data = attachment.data or (held if isinstance(held, bytes) else b"")
    return Child(name=name, data=data, inline=bool(mapi.text_value(properties, mapi.ATTACH_CONTENT_ID)))


def _attributes(data: bytes) -> Iterator[tuple[int | None, bytes]]:
    """(attribute id, its bytes), and (None, b"") at the end when the file breaks off."""
    at = 6
    while at < len(data):
        if not data[at : at + 9].strip(b"\x00\r\n"):
            return
        if at + 9 > len(data) or data[at] not in (1, 2):
            yield None, b""
            return
        attribute, length = struct.unpack_from("<II", data, at + 1)
        start = at + 9
        if start + length + 2 > len(data):
            yield None, b""
            return
        yield attribute, data[start : start + length]
        at = start + length + 2


class _Cursor:
    """Reads numbers and runs of bytes one after the other; ValueError past the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        if count < 0 or self._at + count > len(self._data):
            raise ValueError("past the end")
        piece = self._data[self._at : self._at + count]
        self._at += count
        return piece

    def number(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def padded(self) -> bytes:
        length = self.number()
        piece = self.take(length)
        self.take(min(-length % 4, len(self._data) - self._at))
        return piece


def _properties(raw: bytes, codepage: int) -> dict[int, mapi.Value]:
    """The MAPI properties of an attribute; those before a break when it is damaged."""
    found: dict[int, mapi.Value] = {}
    cursor = _Cursor(raw)
    try:
        for _ in range(min(cursor.number(), _MOST_PROPERTIES)):
            kind, tag = struct.unpack("<HH", cursor.take(4))
            if tag >= 0x8000:
                cursor.take(_GUID)
                if cursor.number():
                    cursor.padded()
                else:
                    cursor.number()
            value = _value(cursor, kind, codepage)
            if value is not None and tag < 0x8000:
                found[tag] = value
    except ValueError:
        return found
    return found


def _value(cursor: _Cursor, kind: int, codepage: int) -> mapi.Value | None:
    single = kind & ~_MULTIPLE
    if single in (mapi.TYPE_STRING8, mapi.TYPE_UNICODE, mapi.TYPE_BINARY, mapi.TYPE_OBJECT):
        values = [cursor.padded() for _ in range(min(cursor.number(), _MOST_PROPERTIES))]
        first = values[0] if values else b""
        if single == mapi.TYPE_UNICODE:
            return first.decode("utf-16-le", "replace").rstrip("\x00")
        if single == mapi.TYPE_OBJECT:
            return first[_GUID:]
        return mapi.string8(first.rstrip(b"\x00"), codepage) if single == mapi.TYPE_STRING8 else first
    size = _FIXED_SIZES.get(single, 8)
    count = min(cursor.number(), _MOST_PROPERTIES) if kind & _MULTIPLE else 1
    values = [cursor.take(size) for _ in range(count)]
    if single == mapi.TYPE_TIME and values:
        return mapi.from_filetime(int.from_bytes(values[0], "little"))
    return int.from_bytes(values[0][:4], "little") if values and size == 4 else None

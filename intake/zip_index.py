"""Lists a zip archive from its central directory, in bounded time and without unfolding anything.

`zipfile` builds an object for every member before it can be asked how many there are; an archive that claims millions
is refused here first.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from records.errors import TooLarge, Unreadable

_END = b"PK\x05\x06"
_END_SIZE = 22
_WIDE_END, _WIDE_END_SIZE = b"PK\x06\x06", 56
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_ENTRY = b"PK\x01\x02"
_ENTRY_SIZE = 46
_COMMENT = 65_535


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One member as the central directory names it."""

    name: str
    encrypted: bool
    folded: int
    unfolded: int
    offset: int
    """Where the archive says its local header stands."""


def read_index(data: bytes, *, most: int) -> list[IndexEntry]:
    """The members in the archive's order; TooLarge past `most`, Unreadable without a whole central directory."""
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - _COMMENT))
    if end < 0 or len(data) - end < _END_SIZE:
        raise Unreadable("The archive is damaged or was cut short.")
    size, claimed_start = struct.unpack_from("<II", data, end + 12)
    locator = end - _LOCATOR_SIZE
    if locator >= 0 and data[locator : locator + 4] == _LOCATOR:
        end = struct.unpack_from("<Q", data, locator + 8)[0]
        if data[end : end + 4] != _WIDE_END or len(data) - end < _WIDE_END_SIZE:
            raise Unreadable("The archive is damaged or was cut short.")
        size, claimed_start = struct.unpack_from("<QQ", data, end + 40)
    at = end - size if end >= size and data[end - size : end - size + 4] == _ENTRY else claimed_start
    stop = at + size
    entries: list[IndexEntry] = []
    while data[at : at + 4] == _ENTRY and at + _ENTRY_SIZE <= len(data):
        if len(entries) >= most:
            raise TooLarge("The archive holds more files than this service accepts.")
        flags = struct.unpack_from("<H", data, at + 8)[0]
        folded, unfolded, name_length, extra, comment = struct.unpack_from("<IIHHH", data, at + 20)
        offset = struct.unpack_from("<I", data, at + 42)[0]
        raw_name = data[at + _ENTRY_SIZE : at + _ENTRY_SIZE + name_length]
        name = raw_name.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        entries.append(IndexEntry(name, bool(flags & 1), folded, unfolded, offset))
        at += _ENTRY_SIZE + name_length + extra + comment
    if at < stop:
        raise Unreadable("The archive is damaged: its list of files breaks off.")
    return entries

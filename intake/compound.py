"""Reads an OLE compound file (the container of .doc, .xls, .msg and encrypted Office files) without trusting it.

Every chain is followed for at most as many steps as the file has sectors, and every directory entry is visited once,
so that a file whose parts point at each other in a ring ends in `Unreadable` and never in a hang.
"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass, field

from records.errors import TooLarge, Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are marks (end of chain, free, table), not sectors."""
_NO_ENTRY = 0xFFFFFFFF
_ENTRY = 128
_MAX_ENTRIES = 60_000
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass(slots=True)
class Node:
    """A storage (a folder: `children` by name) or a stream (a file) inside a compound file."""

    name: str
    is_storage: bool
    start: int
    size: int
    children: dict[str, Node] = field(default_factory=dict)


class CompoundFile:
    """A compound file whose directory could be read; Unreadable when it could not."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or data[:8] != MAGIC:
            raise Unreadable("The file is damaged: it is not a whole Office 97 file.")
        self._data = data
        major, _, sector_shift, mini_shift = struct.unpack_from("<HHHH", data, 26)
        if sector_shift not in (9, 12) or not 2 <= mini_shift <= sector_shift:
            raise Unreadable("The file is damaged: its sector size makes no sense.")
        self._sector_size = 1 << sector_shift
        self._mini_size = 1 << mini_shift
        self._wide_sizes = major >= 4
        self._sectors = max(0, (len(data) - _HEADER + self._sector_size - 1) // self._sector_size)
        self._cutoff = struct.unpack_from("<I", data, 56)[0]
        self._fat = self._load_fat()
        first_directory, first_mini_fat = (struct.unpack_from("<I", data, at)[0] for at in (48, 60))
        entries = self._chain_bytes(first_directory)[: _MAX_ENTRIES * _ENTRY]
        self.root = self._tree(entries)
        self._mini_fat = _numbers(self._chain_bytes(first_mini_fat)) if first_mini_fat < _LAST_SECTOR else array("I")
        self._mini_stream: bytes | None = None

    def read(self, node: Node, *, limit: int) -> bytes:
        """The bytes of a stream; TooLarge past `limit`, Unreadable when its chain is broken."""
        if node.size > limit:
            raise TooLarge("A part of the file is larger than this service accepts.")
        if node.size == 0:
            return b""
        if node.size < self._cutoff:
            data = self._mini_chain_bytes(node.start, node.size)
        else:
            data = self._chain_bytes(node.start, size=node.size)
        if len(data) < node.size:
            raise Unreadable("The file is damaged: a part of it is missing.")
        return data[: node.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        return self._data[start : start + self._sector_size]

    def _load_fat(self) -> array[int]:
        table_sectors = list(struct.unpack_from("<109I", self._data, 76))
        following = struct.unpack_from("<I", self._data, 68)[0]
        per_sector = self._sector_size // 4
        for _ in range(self._sectors):
            if following >= _LAST_SECTOR or following >= self._sectors:
                break
            numbers = _numbers(self._sector(following))
            table_sectors += numbers[: per_sector - 1]
            if len(numbers) < per_sector or len(table_sectors) > self._sectors + 109:
                break
            following = numbers[per_sector - 1]
        fat = array("I")
        for number in dict.fromkeys(table_sectors):
            if number < self._sectors:
                fat += _numbers(self._sector(number))
        return fat

    def _chain_bytes(self, start: int, *, size: int | None = None) -> bytes:
        """The bytes of a chain of sectors, up to `size` where that is known."""
        pieces = []
        wanted = self._sectors if size is None else min(self._sectors, -(-size // self._sector_size))
        number, steps = start, 0
        while number < _LAST_SECTOR and (size is None or steps < wanted):
            if number >= self._sectors or number >= len(self._fat) or steps >= self._sectors:
                raise Unreadable("The file is damaged: its parts do not hang together.")
            pieces.append(self._sector(number))
            number = self._fat[number]
            steps += 1
        return b"".join(pieces)

    def _mini_chain_bytes(self, start: int, size: int) -> bytes:
        if self._mini_stream is None:
            self._mini_stream = self._chain_bytes(self.root.start, size=self.root.size) if self.root.size else b""
        pieces: list[bytes] = []
        number, wanted = start, -(-size // self._mini_size)
        while number < _LAST_SECTOR and len(pieces) < wanted:
            if number >= len(self._mini_fat):
                raise Unreadable("The file is damaged: its parts do not hang together.")
            pieces.append(self._mini_stream[number * self._mini_size : (number + 1) * self._mini_size])
            number = self._mini_fat[number]
        return b"".join(pieces)

    def _tree(self, entries: bytes) -> Node:
        count = len(entries) // _ENTRY
        if count == 0:
            raise Unreadable("The file is damaged: its directory is missing.")
        root, _, _, child = self._entry(entries, 0)
        waiting, seen = [(child, root)], {0}
        while waiting:
            index, parent = waiting.pop()
            if index >= count or index in seen:
                continue
            seen.add(index)
            node, left, right, child = self._entry(entries, index)
            parent.children.setdefault(node.name, node)
            waiting += [(left, parent), (right, parent)]
            if node.is_storage and child != _NO_ENTRY:
                waiting.append((child, node))
        return root

    def _entry(self, entries: bytes, index: int) -> tuple[Node, int, int, int]:
        raw = entries[index * _ENTRY : (index + 1) * _ENTRY]
        length = min(64, struct.unpack_from("<H", raw, 64)[0])
        name = raw[: max(0, length - 2)].decode("utf-16-le", "replace")
        kind = raw[66]
        left, right, child = struct.unpack_from("<III", raw, 68)
        start = struct.unpack_from("<I", raw, 116)[0]
        size = struct.unpack_from("<Q" if self._wide_sizes else "<I", raw, 120)[0]
        return Node(name, kind in (_STORAGE, _ROOT), start, size), left, right, child


def _numbers(data: bytes) -> array[int]:
    whole = len(data) // 4
    return array("I", struct.unpack_from(f"<{whole}I", data))

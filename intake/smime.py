"""Takes the message out of an S/MIME signature that wraps it (opaque signing), and tells encrypted ones apart.

The signature itself is not checked: who sent a message is settled elsewhere, by what the receiving server says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_SIGNED = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117"))
_SEQUENCE, _WRAP, _OCTETS, _OCTET_PIECES = 0x30, 0xA0, 0x04, 0x24
_DEEPEST = 12
_MOST_PIECES = 100_000


@dataclass(frozen=True, slots=True)
class _Field:
    tag: int
    start: int
    end: int
    after: int


def is_encrypted(data: bytes) -> bool:
    """Whether these bytes are a message sealed for somebody's key."""
    return data[:1] == b"\x30" and any(oid in data[:40] for oid in _ENVELOPED)


def signed_content(data: bytes) -> bytes | None:
    """The message inside a signature; None when these bytes are no signature with a message inside."""
    if data[:1] != b"\x30" or _SIGNED not in data[:40]:
        return None
    try:
        outer = _field(data, 0)
        _, wrapped = list(_fields(data, outer))[:2]
        signed = next(_fields(data, wrapped))
        inner = next(field for field in _fields(data, signed) if field.tag == _SEQUENCE)
        content = next(field for field in _fields(data, inner) if field.tag == _WRAP)
        octets = next(_fields(data, content))
        if octets.tag == _OCTETS:
            return data[octets.start : octets.end]
        pieces = [data[piece.start : piece.end] for piece in _fields(data, octets) if piece.tag == _OCTETS]
    except (ValueError, StopIteration):
        return None
    return b"".join(pieces) if octets.tag == _OCTET_PIECES else None


def _fields(data: bytes, parent: _Field) -> Iterator[_Field]:
    at = parent.start
    for _ in range(_MOST_PIECES):
        if at >= parent.end:
            return
        field = _field(data, at)
        yield field
        at = field.after


def _field(data: bytes, at: int, *, depth: int = 0) -> _Field:
    """One field of BER; ValueError when it does not end within the data."""
    if at + 2 > len(data) or depth > _DEEPEST:
        raise ValueError("no field here")
    tag, length, start = data[at], data[at + 1], at + 2
    if length == 0x80:
        return _open_ended(data, tag, start, depth=depth)
    if length > 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + length > len(data):
        raise ValueError("a field reaches past the end")
    return _Field(tag, start, start + length, start + length)


def _open_ended(data: bytes, tag: int, start: int, *, depth: int) -> _Field:
    end = start
    for _ in range(_MOST_PIECES):
        if data[end : end + 2] == b"\x00\x00":
            return _Field(tag, start, end, end + 2)
        end = _field(data, end, depth=depth + 1).after
    raise ValueError("a field without end")

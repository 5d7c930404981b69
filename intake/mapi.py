"""The MAPI properties that matter for a message kept by Outlook, shared by the .msg and the TNEF reader."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from intake.html_text import has_data_table, html_to_text
from intake.text_kinds import decode
from intake.unfolding import Child
from records.errors import InputProblem, Unreadable

SUBJECT = 0x0037
CLIENT_SUBMIT_TIME = 0x0039
SENT_REPRESENTING_NAME, SENT_REPRESENTING_EMAIL, SENT_REPRESENTING_SMTP = 0x0042, 0x0065, 0x5D02
TRANSPORT_HEADERS = 0x007D
SENDER_NAME, SENDER_EMAIL, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
DELIVERY_TIME = 0x0E06
BODY, RTF_COMPRESSED, HTML = 0x1000, 0x1009, 0x1013
INTERNET_MESSAGE_ID, REFERENCES, IN_REPLY_TO = 0x1035, 0x1039, 0x1042
DISPLAY_NAME, EMAIL_ADDRESS = 0x3001, 0x3003
ATTACH_DATA, ATTACH_FILENAME, ATTACH_METHOD, ATTACH_LONG_FILENAME = 0x3701, 0x3704, 0x3705, 0x3707
ATTACH_CONTENT_ID, ATTACH_HIDDEN = 0x3712, 0x7FFE
SMTP_ADDRESS = 0x39FE
INTERNET_CODEPAGE, MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD

BY_REFERENCE = (2, 3, 4, 7)
EMBEDDED_MESSAGE, OLE_OBJECT = 5, 6

TYPE_STRING8, TYPE_UNICODE, TYPE_BINARY, TYPE_OBJECT = 0x001E, 0x001F, 0x0102, 0x000D
TYPE_TIME = 0x0040

Value = str | bytes | int | datetime
Properties = Mapping[int, Value]

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_RTF_PRESET = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def text_value(properties: Properties, *tags: int) -> str:
    """The first of these properties that holds text; "" when none does."""
    for tag in tags:
        value = properties.get(tag)
        if isinstance(value, str) and value.strip("\x00 "):
            return value.replace("\x00", "").strip()
    return ""


def number_value(properties: Properties, tag: int) -> int:
    value = properties.get(tag)
    return value if isinstance(value, int) else 0


def time_value(properties: Properties, *tags: int) -> datetime | None:
    return next((value for tag in tags if isinstance(value := properties.get(tag), datetime)), None)


def from_filetime(raw: int) -> datetime | None:
    """A Windows time stamp (tenths of microseconds since 1601) as UTC; None where it is none."""
    try:
        return _EPOCH + timedelta(microseconds=raw // 10) if raw else None
    except OverflowError:
        return None


def string8(raw: bytes, codepage: int) -> str:
    """An 8-bit string in the message's code page."""
    charset = {65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(
        codepage, f"cp{codepage}" if codepage else "cp1252"
    )
    return decode(raw, charset)


def body_parts(properties: Properties, *, limit: int) -> list[Child]:
    """The message's text as one part: plain text, else HTML turned to text (HTML where it holds tables), else RTF."""
    html = properties.get(HTML)
    page = string8(html, number_value(properties, INTERNET_CODEPAGE)) if isinstance(html, bytes) else str(html or "")
    plain = properties.get(BODY)
    text = plain.replace("\x00", "").replace("\r\n", "\n") if isinstance(plain, str) else ""
    if page.strip() and (len(page) > 3_000_000 or has_data_table(page)):
        return [_body(page, "html")]
    if text.strip():
        return [_body(text, "text")]
    if page.strip():
        return [_body(html_to_text(page), "text")]
    packed = properties.get(RTF_COMPRESSED)
    if isinstance(packed, bytes) and packed:
        try:
            rtf = unpack_rtf(packed, limit=limit)
        except InputProblem as problem:
            return [Child.failed("message text", problem, kind="rtf")]
        return [Child(name="message text", data=rtf, kind="rtf", is_body=True)] if rtf else []
    return []


def _body(text: str, kind: str) -> Child:
    return Child(name="message text", data=text.encode("utf-8", "replace"), kind=kind, is_body=True)


def unpack_rtf(packed: bytes, *, limit: int) -> bytes:
    """The RTF in a compressed body (MS-OXRTFCP); Unreadable when it is damaged."""
    if len(packed) < 16:
        raise Unreadable("The message text is damaged.")
    size, kind = struct.unpack_from("<I4s", packed, 4)
    if kind == b"MELA":
        return packed[16 : 16 + min(size, limit)]
    if kind != b"LZFu":
        raise Unreadable("The message text is damaged.")
    window = bytearray(_RTF_PRESET.ljust(4096, b"\x00"))
    write, at = len(_RTF_PRESET), 16
    out = bytearray()
    while at < len(packed) and len(out) < min(size, limit):
        flags = packed[at]
        at += 1
        for bit in range(8):
            if at >= len(packed):
                break
            if flags >> bit & 1:
                if at + 1 >= len(packed):
                    break
                offset, length = (packed[at] << 4) | (packed[at + 1] >> 4), (packed[at + 1] & 15) + 2
                at += 2
                if offset == write:
                    return bytes(out)
                for step in range(length):
                    byte = window[(offset + step) & 4095]
                    out.append(byte)
                    window[write] = byte
                    write = (write + 1) & 4095
            else:
                out.append(packed[at])
                window[write] = packed[at]
                write = (write + 1) & 4095
                at += 1
    return bytes(out[:size])

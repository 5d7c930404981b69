"""Tells kinds of plain text apart (e-mail, web page, table, text), and turns text bytes into text."""

from __future__ import annotations

import codecs
import csv
import re

_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?[^\r\n]*")
_MAIL_HEADERS = frozenset(
    b"from to cc bcc subject date sender reply-to received message-id mime-version return-path delivered-to "
    b"content-type content-transfer-encoding content-disposition x-mailer in-reply-to references".split()
)
_PROOF = frozenset(b"received message-id mime-version return-path delivered-to".split())
"""Headers that nobody types: text pasted from a mail program has From and To, but not these."""
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|div|p|meta|span|br|h[1-6])[\s>/]", re.IGNORECASE)
_TEXT_CONTROLS = bytes([7, 8, 9, 10, 11, 12, 13, 27, 0x1A])
_CONTROLS = bytes(set(range(32)) - set(_TEXT_CONTROLS))
_SAMPLE = 65_536
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = (",", ";", "\t", "|")


def text_kind(data: bytes, suffix: str) -> str:
    """eml, html, csv, text or (not text at all) other. `suffix` (".csv") only breaks ties."""
    if is_mail(data, named_so=suffix in (".eml", ".mht", ".mhtml", ".mbox")):
        return "eml"
    sample = data[:_SAMPLE]
    if not sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not _looks_like_text(sample):
        return "other"
    start = sample[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] == b"<" and _HTML.search(start):
        return "html"
    if suffix in (".html", ".htm") and _HTML.search(sample):
        return "html"
    return "csv" if suffix != ".txt" and _is_table(decode(sample), sure=suffix in (".csv", ".tsv")) else "text"


def is_mail(data: bytes, *, named_so: bool = False) -> bool:
    """Whether the bytes begin with the head of an e-mail."""
    names: list[bytes] = []
    for number, line in enumerate(data[: 4 * _SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n").splitlines()[:400]):
        if not line.strip():
            break
        if line[:1] in b" \t" or (number == 0 and line.startswith((b"From ", b">From "))):
            continue
        match = _HEADER_LINE.match(line)
        if match:
            names.append(match[1].lower())
        elif not names or number < 2:
            return False
    known = _MAIL_HEADERS.intersection(names)
    if named_so:
        return bool(known)
    if names[:1] == [b"content-type"] and data.lstrip()[:60].lower().replace(b" ", b"").startswith(
        b"content-type:multipart/"
    ):
        return True  # The clear-signed message that Outlook keeps as an attachment of a saved message.
    return len(known) >= 2 and bool(_PROOF.intersection(names))


def decode(data: bytes, charset: str = "") -> str:
    """The text, by its byte order mark, the declared charset, UTF-8, or Windows' Western one; never raises."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    for encoding in (charset, "utf-8"):
        try:
            if encoding:
                return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _looks_like_text(sample: bytes) -> bool:
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * 200 <= len(sample)


def _is_table(text: str, *, sure: bool) -> bool:
    """Whether the lines are rows with the same number of fields; with a table's name two columns are enough."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    if len(lines) < 2:
        return sure and bool(lines) and any(delimiter in lines[0] for delimiter in _DELIMITERS)
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines[:20], delimiter=delimiter) if row]
        except csv.Error:
            continue
        if sure and max(widths, default=0) >= 2:
            return True
        if len(widths) >= 3 and min(widths) == max(widths) >= 3:
            return True
    return False

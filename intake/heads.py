"""Reads the head of an e-mail: decoded words, addresses, ids, date. Bounded, and never raises on what a sender wrote.

The standard library's structured header parser (`email.policy.default`) raises on some malformed heads and is slow on
long ones, so messages are parsed with the plain policy and the few headers that matter are read here.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from datetime import UTC, datetime
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime

from intake.text_kinds import decode
from records.submissions import Message

_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,400}>")
_LONGEST = 20_000
_MOST_ADDRESSES = 300


def header(mail: Mail, name: str) -> str:
    """The first header of this name with its encoded words read and its folding undone; "" when there is none."""
    return next(iter(headers(mail, name)), "")


def headers(mail: Mail, name: str) -> list[str]:
    wanted = name.lower()
    return [readable(str(value)) for key, value in mail.raw_items() if str(key).lower() == wanted]


def readable(raw: str) -> str:
    """A header's value as a person reads it. Longer values than any honest one are cut."""
    text = raw[:_LONGEST]
    if any("\udc80" <= character <= "\udcff" for character in text):
        text = decode(text.encode("utf-8", "surrogateescape"))
    text = re.sub(r"[\r\n]+[ \t]*", " ", text)
    if "=?" in text:
        text = _decode_words(_BETWEEN_WORDS.sub(r"\1", text))
    return text.replace("\x00", "").strip()


def _decode_words(text: str) -> str:
    """Encoded words (RFC 2047) decoded; neighbours in one charset are joined as bytes first."""
    pieces: list[tuple[str, bytes]] = []
    at = 0
    for match in _WORD.finditer(text):
        if match.start() > at:
            pieces.append(("utf-8", text[at : match.start()].encode("utf-8", "replace")))
        charset, encoding, payload = match[1].lower(), match[2].lower(), match[3]
        raw = _decode_base64(payload) if encoding == "b" else quopri.decodestring(payload.encode(), header=True)
        if pieces and pieces[-1][0] == charset and match.start() == at:
            pieces[-1] = (charset, pieces[-1][1] + raw)
        else:
            pieces.append((charset, raw))
        at = match.end()
    pieces.append(("utf-8", text[at:].encode("utf-8", "replace")))
    return "".join(decode(raw, charset) for charset, raw in pieces)


def _decode_base64(payload: str) -> bytes:
    kept = re.sub(r"[^A-Za-z0-9+/]", "", payload)
    try:
        return base64.b64decode(kept[: len(kept) - (len(kept) % 4 == 1)] + "=" * (-len(kept) % 4))
    except (binascii.Error, ValueError):
        return payload.encode("utf-8", "replace")


def addresses(mail: Mail, *names: str) -> list[tuple[str, str]]:
    """(name, address in lower case) of these headers, in order, at most a few hundred."""
    raw: list[str] = []
    for name in names:
        raw += [
            _cut_at_comma(value)
            for key, value in mail.raw_items()
            if str(key).lower() == name
            for value in [str(value)]
        ]
    found = getaddresses([re.sub(r"[\r\n]+", " ", value) for value in raw])
    kept = [(readable(name), readable(address).lower()) for name, address in found if "@" in address]
    return kept[:_MOST_ADDRESSES]


def _cut_at_comma(value: str) -> str:
    return value if len(value) <= _LONGEST else value[:_LONGEST].rpartition(",")[0]


def message_ids(text: str) -> list[str]:
    """The message ids in a header's value, with their angle brackets, in order."""
    return _MESSAGE_ID.findall(text[:_LONGEST])


def sent_at(mail: Mail) -> datetime | None:
    """The Date header as an aware datetime (UTC where it names no zone); None when there is none that can be read."""
    try:
        written = parsedate_to_datetime(header(mail, "date")[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return written if written.tzinfo else written.replace(tzinfo=UTC)


def read_head(mail: Mail) -> Message:
    """What is kept of an e-mail's head; classification is added by `mailclass`."""
    senders = addresses(mail, "from") or addresses(mail, "sender", "reply-to", "return-path")
    sender_name, sender = senders[0] if senders else ("", "")
    nearest = message_ids(header(mail, "in-reply-to")) + message_ids(header(mail, "references"))[::-1]
    return Message(
        message_id=next(iter(message_ids(header(mail, "message-id"))), header(mail, "message-id")[:400]),
        subject=header(mail, "subject"),
        sender=sender,
        sender_name=sender_name,
        recipients=tuple(dict.fromkeys(address for _, address in addresses(mail, "to", "cc", "bcc"))),
        sent_at=sent_at(mail),
        in_reply_to=tuple(dict.fromkeys(nearest)),
    )

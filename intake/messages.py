"""Takes the body and the attachments out of an e-mail (RFC 5322 and MIME), whatever state its MIME is in."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mail

from intake.heads import readable
from intake.html_text import has_data_table, html_to_text
from intake.mime_repair import hidden_parts, trailing_text
from intake.payloads import parts_of, payload_bytes
from intake.text_kinds import decode
from intake.unfolding import Budget, Child, plain_name
from records.errors import Encrypted, InputProblem, TooDeep, TooLarge, Unreadable, Unsupported

BODY_NAME = "message text"

_MIME_HEAD = re.compile(rb"^content-(?:type|disposition|transfer-encoding)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)
_LONGEST_MIME_HEAD = 8_000
_MOST_LINES = 2_000_000
_MOST_BOUNDARY_CHECKS = 50_000_000
"""Lines times boundaries: what the standard library's parser may have to compare."""
_MOST_HEADERS = 5_000
_MOST_REPAIRS = 50
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_LONGEST_HTML = 3_000_000
_ATTACHED = ("message/rfc822", "message/global", "message/news")
_ODD_HEADS = (ValueError, LookupError, TypeError, AttributeError)
"""What the standard library raises on malformed parameters."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    part: Mail
    group: int
    """The multipart/alternative it is one of the alternatives of, 0 for none."""


def parse_mail(data: bytes, budget: Budget) -> Mail:
    """The parsed message; TooLarge, TooDeep or Unreadable where parsing it could not end in good time."""
    raw = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    lines = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    if lines > _MOST_LINES:
        raise TooLarge("The message has more lines than this service accepts.")
    boundaries = containers = 0
    for match in _MIME_HEAD.finditer(raw):
        if match.end() - match.start() > _LONGEST_MIME_HEAD:
            raise Unreadable("The message is damaged: the head of one of its parts makes no sense.")
        head = match[0].lower()
        boundaries += b"boundary" in head
        containers += b"multipart/" in head or b"message/" in head
    if containers > 4 * budget.limits.parts or lines * boundaries > _MOST_BOUNDARY_CHECKS:
        raise TooLarge("The message holds more parts than this service accepts.")
    try:
        mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    except RecursionError as error:
        raise TooDeep("The message holds parts within parts, nested too deeply.") from error
    except _ODD_HEADS as error:
        raise Unreadable("The message is damaged and cannot be opened.") from error
    if len(mail.keys()) > _MOST_HEADERS:
        raise TooLarge("The message has more header lines than any honest one.")
    return mail


def unfold_mail(mail: Mail, budget: Budget) -> Iterator[Child]:
    """The body first (a part of its own), then the attachments in order, each with its bytes or its problem."""
    leaves = list(_leaves(mail))
    body = [leaf for leaf in leaves if _is_body_text(leaf.part)]
    yield from _body(body, budget)
    for number, leaf in enumerate([leaf for leaf in leaves if not _is_body_text(leaf.part)], start=1):
        yield _attachment(leaf.part, number, budget)


def file_name(part: Mail) -> str:
    """The name a sender gave an attachment, without folders; "" when there is none."""
    try:
        return plain_name(readable(part.get_filename() or ""))
    except _ODD_HEADS:
        return ""


def _leaves(mail: Mail) -> Iterator[_Leaf]:
    """The parts that hold content, in order. Attached messages are leaves too; signatures are not content."""
    waiting = [(mail, 0)]
    groups = repairs = 0
    while waiting:
        part, group = waiting.pop()
        inside = parts_of(part)
        is_multipart = part.get_content_maintype() == "multipart"
        hidden = hidden_parts(part) if is_multipart and repairs < _MOST_REPAIRS else None
        repairs += hidden is not None
        if inside is not None and is_multipart:
            if part.get_content_type() == "multipart/alternative":
                groups += 1
                group = groups
            after = [hidden] if hidden else _text_parts(trailing_text(part))
            waiting += [(inner, 0) for inner in after]
            waiting += [(inner, group) for inner in reversed(inside)]
        elif hidden is not None:
            waiting += [(inner, 0) for inner in [hidden, *_text_parts(hidden.preamble or "")]]
        elif part.get_content_type() not in _SIGNATURES:
            yield _Leaf(part, group)


def _text_parts(text: str) -> list[Mail]:
    """The text as a part of its own; none for blank text."""
    if not text.strip():
        return []
    part = Mail()
    part.set_payload(text.encode("utf-8").decode("ascii", "surrogateescape"))
    return [part]


def _disposition(part: Mail) -> str:
    return str(part.get("content-disposition", "")).partition(";")[0].strip().lower()


def _is_body_text(part: Mail) -> bool:
    if _disposition(part) == "attachment" or file_name(part):
        return False
    kind = part.get_content_type()
    return kind in ("text/plain", "text/html", "text/enriched", "text/richtext") or kind.startswith("multipart/")


def _text(part: Mail, budget: Budget) -> str:
    data = payload_bytes(part)
    budget.take_bytes(len(data))
    try:
        charset = part.get_content_charset() or ""
    except _ODD_HEADS:
        charset = ""
    return decode(data, charset).replace("\r\n", "\n").replace("\x00", "")


def _body(leaves: list[_Leaf], budget: Budget) -> Iterator[Child]:
    """One text part with everything written in the message; HTML with tables of answers stays HTML, by itself."""
    groups: dict[int, list[Mail]] = {}
    for number, leaf in enumerate(leaves, start=1):
        groups.setdefault(leaf.group or -number, []).append(leaf.part)
    texts: list[str] = []
    for members in groups.values():
        plain = "\n".join(_text(part, budget) for part in members if part.get_content_type() != "text/html")
        pages = [_text(part, budget) for part in members if part.get_content_type() == "text/html"]
        if any(len(page) > _LONGEST_HTML or has_data_table(page) for page in pages):
            for page in pages:
                yield Child(name=BODY_NAME, data=page.encode("utf-8", "replace"), kind="html", is_body=True)
            continue
        shown = "\n".join(html_to_text(page) for page in pages)
        # A stub ("your program cannot show this message") must not stand for a letter.
        is_stub = len(shown.strip()) > 3 * len(plain.strip()) + 200
        texts.append(shown if is_stub or not plain.strip() else plain)
    text = "\n\n".join(text for text in texts if text.strip())
    if text:
        yield Child(name=BODY_NAME, data=text.encode("utf-8", "replace"), kind="text", is_body=True)


def _attachment(part: Mail, number: int, budget: Budget) -> Child:
    kind = part.get_content_type()
    name = file_name(part) or f"attachment {number}"
    try:
        _refuse_wrapped(kind)
        inside = parts_of(part)
        if inside is not None:
            return _attached_message(part, inside, name, budget)
        before = len(part.defects)
        data = payload_bytes(part)
        budget.take_bytes(len(data))
        if len(data) > budget.limits.file_bytes:
            raise TooLarge("The attachment is larger than this service accepts.")
    except InputProblem as problem:
        return Child.failed(name, problem)
    note = "The attachment's encoding is damaged; it may be incomplete." if len(part.defects) > before else ""
    inline = _disposition(part) == "inline" or (bool(part.get("content-id")) and _disposition(part) != "attachment")
    return Child(name=name, data=data, inline=inline, reason=note)


def _refuse_wrapped(kind: str) -> None:
    """Raises where the part is only a wrapper around something that is not here or cannot be opened."""
    if kind == "application/pgp-encrypted":
        raise Encrypted("The message is encrypted (PGP).")
    if kind in ("message/external-body", "message/partial"):
        raise Unsupported("Only a pointer to this attachment was sent, not the attachment itself.")


def _shown_whole(mail: Mail) -> str:
    head = "\n".join(f"{key}: {readable(str(value))}" for key, value in mail.raw_items())
    return f"{head}\n{decode(payload_bytes(mail))}".strip()


def _attached_message(part: Mail, payload: list[Mail], name: str, budget: Budget) -> Child:
    if part.get_content_type() not in _ATTACHED and not any(inner.is_multipart() for inner in payload):
        # Delivery reports and the like: blocks of header lines, kept as text.
        data = "\n\n".join(_shown_whole(inner) for inner in payload).encode("utf-8", "replace")
        budget.take_bytes(len(data))
        return Child(name=name, data=data, kind="text")
    inner = payload[0] if payload else Mail()
    label = name if file_name(part) else f"{name} (message)"
    if not inner.keys() and not inner.is_multipart():
        # Forbidden, yet sent: an attached message in base64, which the parser took for a message without a head.
        inner["Content-Transfer-Encoding"] = str(part.get("content-transfer-encoding", ""))
        data = payload_bytes(inner)
        budget.take_bytes(len(data))
        return Child(name=label, data=data)
    return Child(name=label, inside=lambda inner_budget: unfold_mail(inner, inner_budget), kind="eml")

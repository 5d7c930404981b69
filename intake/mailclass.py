"""Tells mail that a person wrote from mail that a program wrote, so that no program is ever answered.

The signs, strongest first: our own Message-ID; a delivery report (RFC 3464); Auto-Submitted (RFC 3834); receipts; an
empty return path; list headers (RFC 2369, 2919); X-Auto-Response-Suppress; Precedence; a sender that takes no replies;
and, weakly and only without attachments, the subject an out-of-office reply has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message as Mail

from intake.heads import addresses, header, headers, message_ids
from intake.payloads import parts_of, payload_bytes
from intake.text_kinds import decode
from records.submissions import MailClass

_NO_REPLY = re.compile(r"^(no[-._]?reply|do[-._]?not[-._]?reply|mailer-daemon|postmaster|bounces?)([-+._=].*)?@")
_DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|microsoftexchange[0-9a-f]+)@")
_AWAY = re.compile(
    r"^(automatic reply|auto[- ]?reply|autoreply|out of (the )?office|on (annual )?leave|annual leave|"
    r"away from (my|the) (desk|office))\b",
    re.IGNORECASE,
)
_NOT_DELIVERED = re.compile(
    r"^(undeliver(ed|able)|delivery (status notification|has failed|failure)|mail delivery (failed|system)|"
    r"returned mail|failure notice)",
    re.IGNORECASE,
)
_QUOTED_ID = re.compile(r"^[ \t>]*message-id:[ \t]*(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
_ACTION = re.compile(r"^(failed|delayed|delivered|relayed|expanded)", re.IGNORECASE)
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post")
_MOST_PARTS = 2_000
_LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Classified:
    """The class of a message with its reason in one plain sentence ("" for a person's)."""

    mail_class: MailClass
    reason: str = ""
    bounced: tuple[str, ...] = ()
    """The Message-IDs that a bounce says were not delivered, as far as it says so."""


def never(_message_id: str) -> bool:
    """Stands in where no message is our own."""
    return False


def classify(mail: Mail, *, is_own: Callable[[str], bool] = never) -> Classified:
    """Who wrote this message. `is_own` tells whether a Message-ID is one of ours. Never raises on what was sent."""
    if any(is_own(message_id) for message_id in message_ids(header(mail, "message-id"))):
        return Classified("own", "This is a message that this service sent itself.")
    return (
        _report(mail)
        or _declared_automatic(mail)
        or _empty_return_path(mail)
        or _list_mail(mail)
        or _weak_signs(mail)
        or Classified("person")
    )


def _report(mail: Mail) -> Classified | None:
    parts = _parts(mail)
    kinds = {part.get_content_type() for part in parts}
    subject = header(mail, "subject")
    top = str(mail.get("content-type", "")).lower()
    if "message/disposition-notification" in kinds or "disposition-notification" in top[:500]:
        return Classified("automatic_reply", "This is a receipt that a mail program sent by itself.")
    from_daemon = any(_DAEMON.match(address) for _, address in addresses(mail, "from"))
    actions = _actions(parts)
    if "message/delivery-status" in kinds or "delivery-status" in top[:500]:
        if actions and "failed" not in actions:
            said = "was delayed" if "delayed" in actions else "was delivered"
            return Classified("automatic_reply", f"A mail server reports that a message {said}.")
        return Classified(
            "bounce", "A mail server reports that a message could not be delivered.", _bounced(mail, parts)
        )
    if header(mail, "x-failed-recipients") or (
        _NOT_DELIVERED.match(subject) and (from_daemon or _has_empty_return_path(mail))
    ):
        return Classified(
            "bounce", "A mail server reports that a message could not be delivered.", _bounced(mail, parts)
        )
    return None


def _declared_automatic(mail: Mail) -> Classified | None:
    for value in headers(mail, "auto-submitted"):
        if value.partition(";")[0].strip().lower() not in ("no", ""):
            return Classified("automatic_reply", "The message says that it was sent automatically (Auto-Submitted).")
    for name in ("x-autoreply", "x-autorespond", "x-autoresponder"):
        if header(mail, name).lower() not in ("", "no"):
            return Classified("automatic_reply", f"The message says that it was sent automatically ({name.title()}).")
    return None


def _empty_return_path(mail: Mail) -> Classified | None:
    if _has_empty_return_path(mail):
        return Classified("automatic_reply", "The message has an empty return path, which only programs use.")
    return None


def _list_mail(mail: Mail) -> Classified | None:
    named = next((name for name in _LIST_HEADERS if header(mail, name)), "")
    if named:
        return Classified("list", f"The message came through a mailing list or is a newsletter ({named.title()}).")
    precedence = header(mail, "precedence").lower()
    if precedence in ("bulk", "list", "junk"):
        return Classified("list", f"The message was sent in bulk (Precedence: {precedence}).")
    if precedence in ("auto_reply", "auto-reply"):
        return Classified("automatic_reply", "The message says that it was sent automatically (Precedence).")
    return None


def _weak_signs(mail: Mail) -> Classified | None:
    suppressed = {word.strip().lower() for word in header(mail, "x-auto-response-suppress").split(",")}
    if suppressed & {"all", "oof", "autoreply"}:
        return Classified("automatic_reply", "The message asks not to be answered automatically.")
    senders = addresses(mail, "from", "reply-to")
    if senders and any(_NO_REPLY.match(address) for _, address in senders):
        return Classified("automatic_reply", "The sender's address takes no replies.")
    if _AWAY.match(header(mail, "subject")) and not _has_attachments(mail):
        return Classified("automatic_reply", "The subject is that of an out-of-office reply, and nothing is attached.")
    return None


def _has_empty_return_path(mail: Mail) -> bool:
    return any(re.sub(r"\s", "", value) == "<>" for value in headers(mail, "return-path"))


def _has_attachments(mail: Mail) -> bool:
    return any(
        "attachment" in str(part.get("content-disposition", "")).lower() or part.get_content_maintype() == "application"
        for part in _parts(mail)
    )


def _parts(mail: Mail) -> list[Mail]:
    """Every part of the message, attached messages' too, in order, at most a bounded number."""
    found: list[Mail] = []
    waiting = [mail]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        waiting += reversed(parts_of(part) or [])
    return found


def _actions(parts: list[Mail]) -> set[str]:
    words = (_ACTION.match(value) for part in parts for value in headers(part, "action"))
    return {word[1].lower() for word in words if word}


def _bounced(mail: Mail, parts: list[Mail]) -> tuple[str, ...]:
    """The Message-IDs of what bounced: from the returned message, its returned head, or what the report quotes."""
    own = set(message_ids(header(mail, "message-id")))
    found: list[str] = []
    for part in parts[1:]:
        found += message_ids(header(part, "message-id"))
        found += message_ids(header(part, "original-message-id")) + message_ids(header(part, "x-original-message-id"))
        if part.get_content_maintype() == "text":
            found += _QUOTED_ID.findall(_text(part))
    if not found:
        found += _QUOTED_ID.findall(_text(mail))
    if not found:
        found += message_ids(header(mail, "in-reply-to")) or message_ids(header(mail, "references"))[-1:]
    return tuple(dict.fromkeys(message_id for message_id in found if message_id not in own))


def _text(part: Mail) -> str:
    return decode(payload_bytes(part)[:_LONGEST_TEXT]).replace("\r\n", "\n")

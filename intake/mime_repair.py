"""Finds parts that broken MIME hides from the parser: behind a boundary used twice, or one that was not declared.

The standard library keeps such text (as a multipart's epilogue, or as its whole payload) but gives no parts for it; an
attachment in there would be lost without a word.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import Message as Mail

from intake.payloads import payload_bytes
from intake.text_kinds import decode

_PART_START = re.compile(
    rb"^--([^\r\n\"]{1,200}?)[ \t]*\r?\n(?=(?:[A-Za-z-]{1,40}:[^\r\n]*\r?\n){0,20}content-)",
    re.IGNORECASE | re.MULTILINE,
)


def hidden_parts(part: Mail) -> Mail | None:
    """A multipart with the parts that hide in this one's epilogue or undivided payload; None when there are none.

    What stood before them is its preamble.
    """
    text = _epilogue(part) if part.is_multipart() else payload_bytes(part)
    start = _PART_START.search(text)
    if start is None:
        return None
    head = b'Content-Type: multipart/mixed; boundary="' + start[1] + b'"\n\n'
    found = email.message_from_bytes(head + text[start.start() :], policy=email.policy.compat32)
    if not found.is_multipart():
        return None
    found.preamble = decode(text[: start.start()])
    return found


def trailing_text(part: Mail) -> str:
    """What a multipart says after its last part, where that is text and not hidden parts; "" for nothing."""
    text = _epilogue(part)
    return "" if _PART_START.search(text) else decode(text).strip()


def _epilogue(part: Mail) -> bytes:
    return (part.epilogue or "").encode("utf-8", "surrogateescape")

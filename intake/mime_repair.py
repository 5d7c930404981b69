"""Finds parts that broken MIME hides from the parser: behind a boundary used twice, or one that was not declared.

The standard library keeps such text (as a multipart's epilogue, or as its whole payload) but gives no parts for it; an
attachment in there would be lost without a word.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import Message as Mail

_PART_START = re.compile(
    r"^--([^\r\n\"]{1,200}?)[ \t]*\r?\n(?=(?:[A-Za-z-]{1,40}:[^\r\n]*\r?\n)*content-)", re.I | re.M
)


def hidden_parts(part: Mail) -> Mail | None:
    """A multipart with the parts that hide in this one's epilogue or undivided payload; None when there are none.

    What stood before them is its preamble.
    """
    payload = part.get_payload()
    text = part.epilogue if isinstance(payload, list) else payload
    if not isinstance(text, str):
        return None
    start = _PART_START.search(text)
    if start is None:
        return None
    raw = f'Content-Type: multipart/mixed; boundary="{start[1]}"\n\n{text[start.start() :]}'
    found = email.message_from_bytes(raw.encode("utf-8", "surrogateescape"), policy=email.policy.compat32)
    if not isinstance(found.get_payload(), list):
        return None
    found.preamble = text[: start.start()]
    return found


def trailing_text(part: Mail) -> str:
    """What a multipart says after its last part, where that is text and not hidden parts; "" for nothing."""
    text = part.epilogue if isinstance(part.epilogue, str) else ""
    return "" if _PART_START.search(text) else text.strip()

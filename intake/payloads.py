"""What a part of an e-mail holds: other parts, or bytes. Never raises on what was sent."""

from __future__ import annotations

import base64
import re
from email.errors import InvalidBase64LengthDefect
from email.message import Message as Mail


def parts_of(mail: Mail) -> list[Mail] | None:
    """The parts that a multipart or an attached message holds; None for a part that holds bytes."""
    if not mail.is_multipart():
        return None
    return [part for part in mail.get_payload() if isinstance(part, Mail)]


def payload_bytes(mail: Mail) -> bytes:
    """The decoded bytes of a part that holds no other parts. Cut-off base64 gives what stood before."""
    try:
        raw = mail.get_payload(decode=True)
    except ValueError:  # The standard library trips over a null character in the declared charset.
        mail.del_param("charset")
        raw = mail.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return b""
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in mail.defects):
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        return base64.b64decode(kept[: len(kept) // 4 * 4])
    return raw

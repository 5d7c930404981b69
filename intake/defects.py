"""What is wrong with an e-mail, as short names: the standard library's view of its parts, mail-parser's of its head.

mail-parser is given a bounded copy of a few lines of the head and nothing else: on whole messages it makes up random
names for attachments, and its log repeats what people wrote, so it is kept silent.
"""

from __future__ import annotations

import logging
from email.message import Message as Mail

from mailparser import MailParser
from mailparser.exceptions import MailParserError

from intake.payloads import parts_of

logging.getLogger("mailparser").setLevel(logging.CRITICAL + 1)

_HEAD = ("from", "sender", "reply-to", "to", "cc", "date", "received")
_LONGEST = 2_000
_MOST_LINES = 60
_ODD = (MailParserError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the two parsers raise on heads that are no heads."""


def defects_of(mail: Mail) -> tuple[str, ...]:
    """What was wrong with the message, as short names, each once, in alphabetical order. Never raises."""
    waiting, found = [mail], set()
    while waiting:
        part = waiting.pop()
        found |= {type(defect).__name__.removesuffix("Defect") for defect in part.defects}
        waiting += parts_of(part) or []
    return tuple(sorted(found | _of_head(mail)))


def _of_head(mail: Mail) -> set[str]:
    """AddressHeader, DateHeader, ReceivedHeader: which lines of the head are not what they should be."""
    head = Mail()
    chosen = [(name, str(value)) for name, value in mail.raw_items() if str(name).lower() in _HEAD]
    for name, value in chosen[:_MOST_LINES]:
        head[str(name)] = value[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    try:
        return {category.removesuffix("Defect") for category in MailParser(head).defects_categories}
    except _ODD:
        return {"UnreadableHead"}

"""What mail systems put before a subject, taken off: reply marks, transport tags, markings."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"""\s*(?:
      (?:re|fw|fwd|aw|wg|sv|vs|tr|ynt|rv|antw|automatic\ reply)\s*(?:\[\d+\])?\s*:
    | [\[({<*]\s*(?:secure(?:\ e?-?mail)?|encrypt(?:ed)?|rw4encrypt|ext|external(?:\ e?-?mail|\ sender)?|caution
        |spam\??|suspected\ spam|not\ protectively\ marked|official(?:[\s:–-]+sensitive)?(?:[\s:–-]+personal)?
        |restricted|confidential)\s*[\])}>*]
    | (?:not\ protectively\ marked|official[\s:–-]{1,3}sensitive(?:[\s:–-]{1,3}personal)?)(?=\W|\Z)\s*[:;|,/–-]*
    | (?:official|restricted|confidential)(?:\s*[:;|,/–-]+(?=\s|\Z)|\s*\Z)
    | (?:external|ext|caution|secure|encrypt)\s*:
    | [:;|,–-]+(?=\s)
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)

_TRAILING = re.compile(
    r"(?:\s*[\[({]\s*(?:secure|encrypt(?:ed)?|external|official(?:[\s:–-]+sensitive)?(?:[\s:–-]+personal)?)\s*[\])}])+\Z",
    re.IGNORECASE,
)


def plain_subject(subject: str) -> str:
    """The subject as its writer meant it, white space single, leading and trailing tags and markings gone."""
    text = " ".join(subject.split())
    while (match := _TAG.match(text)) and match.end():
        text = text[match.end() :]
    return _TRAILING.sub("", text).strip()

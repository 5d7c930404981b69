"""Recognises messages that hold no form but only the way to one: secure-mail portals and links to shared files.

A person has to open these; the sender gets a polite letter. Ordinary mail that merely passed such a system (its footer,
its rewritten links, its `[secure]` tag) is not a wrapper: there has to be a notice, and no document beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_HAS_FORM = frozenset(("docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "csv", "encrypted_office", "tiff"))
"""Kinds of attachment that no portal sends; with one of them the message is what it seems."""


@dataclass(frozen=True, slots=True)
class Wrapper:
    """The name of the system, and one plain sentence on what to do."""

    system: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Sign:
    system: str
    files: re.Pattern[str] | None
    words: re.Pattern[str]


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE | re.DOTALL)


_SIGNS = (
    _Sign(
        "Egress",
        _pattern(r"\.switch$|^egress.*\.html?$"),
        _pattern(
            r"switch\.egress\.com/|reader\.egress\.com|egress (secure|protect|switch).{0,200}(sign in|read|open|access)"
        ),
    ),
    _Sign(
        "NHSmail secure e-mail (Trend Micro)",
        _pattern(r"^encrypted[_ ]?message\.html?$|^nhsmail.*encrypt.*\.(html?|pdf)$"),
        _pattern(
            r"trend ?micro (e-?mail )?encryption|privatepost|encryptedmail\.nhs\.net|"
            r"encrypted (e-?mail|message).{0,200}nhsmail.{0,400}(register|open|read)|"
            r"nhsmail.{0,200}encrypted (e-?mail|message).{0,400}(register|open|read)"
        ),
    ),
    _Sign(
        "Cisco Secure Email",
        _pattern(r"^securedoc(_\w+)?\.html?$"),
        _pattern(r"cisco registered envelope|registered envelope service|res\.cisco\.com/|cres\.cisco\.com"),
    ),
    _Sign(
        "Proofpoint Encryption",
        _pattern(r"^secure(message|mail)?(att)?\.html?$|^securemessageatt"),
        _pattern(
            r"proofpoint (e-?mail )?(encryption|secure)|"
            r"click (here )?to read (your|this) (secure )?message.{0,300}proofpoint"
        ),
    ),
    _Sign(
        "Mimecast Secure Messaging",
        None,
        _pattern(
            r"mimecast secure messag|secure message.{0,300}mimecast.{0,200}(portal|log ?in|sign in)|"
            r"mimecast large file send"
        ),
    ),
    _Sign(
        "Microsoft message encryption",
        _pattern(r"^message(_v\d)?\.rpmsg$"),
        _pattern(
            r"outlook\.office365\.com/encryption|protected by microsoft (purview|365) message encryption|"
            r"has sent you a protected message"
        ),
    ),
    _Sign(
        "Zix secure e-mail",
        None,
        _pattern(r"(new zixcorp|zix) secure (e-?mail )?message|zixmessagecenter\.com|zixport"),
    ),
)
_TAG = re.compile(r"\[(secure|encrypt|encrypted)\]", re.IGNORECASE)
_PORTAL_WORDS = _pattern(
    r"(received|sent you) an? (encrypted|secure|protected) (e-?mail|message).{0,600}"
    r"(register|sign in|log ?in|click|open|password)"
)
_LINK = re.compile(
    r"https://(?:(?P<SharePoint>[a-z0-9-]+\.sharepoint\.com/(?::[a-z]:/|sites/|personal/|teams/))|"
    r"(?P<OneDrive>1drv\.ms/|onedrive\.live\.com/)|(?P<Google>(?:drive|docs)\.google\.com/(?:file|open|document|drive))|"
    r"(?P<Dropbox>(?:www\.)?dropbox\.com/(?:s|scl|sh|t)/)|(?P<WeTransfer>(?:we\.tl|wetransfer\.com)/))",
    re.IGNORECASE,
)
_LINK_NAMES = {"Google": "Google Drive"}


def find_wrapper(subject: str, text: str, *, files: Collection[tuple[str, str]]) -> Wrapper | None:
    """The wrapper that this message is, None for an ordinary message. `files` are (name, kind) of its attachments."""
    if any(kind in _HAS_FORM for _, kind in files):
        return None
    names = [name for name, _ in files]
    shown = text[:40_000]
    for sign in _SIGNS:
        if sign.files and any(sign.files.search(name) for name in names):
            return _portal(sign.system)
    if any(kind == "pdf" for _, kind in files) and not _TAG.search(subject):
        return None
    for sign in _SIGNS:
        if sign.words.search(shown):
            return _portal(sign.system)
    if _PORTAL_WORDS.search(shown):
        return _portal("a secure e-mail system")
    link = None if any(kind == "pdf" for _, kind in files) else _LINK.search(shown)
    if link:
        system = _LINK_NAMES.get(str(link.lastgroup), str(link.lastgroup))
        return Wrapper(
            system,
            f"The message has a link to a file on {system} instead of the form itself. Open the link and save the form "
            "to the shared folder, or ask the agency to attach it.",
        )
    return None


def _portal(system: str) -> Wrapper:
    return Wrapper(
        system,
        f"The message is a notice from {system}; the form itself has to be fetched there. Open the notice, save the "
        "form to the shared folder, or ask the agency to send it as an attachment.",
    )

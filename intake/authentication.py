"""Whether a message comes from the address it names, as the receiving server found out (RFC 8601).

Anybody can write an Authentication-Results line into a message. Only the topmost one that bears the name of our own
receiving server (its authserv-id) counts; a server worth the name strips what others wrote under its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Mail
from typing import Literal

from intake.heads import addresses, headers

Verdict = Literal["", "pass", "fail", "none"]
"""`pass`: the server vouches for the sender's domain. `fail`: it says the opposite. `none`: it says neither, or is not
heard. "": nobody has asked."""

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*([a-z][a-z0-9-]*)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"\b(?:header\.(?:from|d|i)|smtp\.mailfrom)\s*=\s*\"?(?:[^\s\"@;]*@)?([^\s\";]+)", re.IGNORECASE)
_REFUSED = ("fail", "softfail", "permerror")


def verdict_of(mail: Mail, authserv_ids: tuple[str, ...]) -> Verdict:
    """What our own server says of the sender. Never raises on what was sent."""
    if not authserv_ids:
        return ""
    senders = [address for _, address in addresses(mail, "from")]
    results = list(_results(mail, authserv_ids))
    if not results or not senders:
        return "none"
    if len({address.rpartition("@")[2] for address in senders}) > 1:
        return "fail"  # two senders: the server can have vouched for one of them only
    domain = senders[0].rpartition("@")[2]
    said = {method: result for method, result, _ in results if method == "dmarc"}
    if said.get("dmarc") == "pass":
        return "pass"
    aligned = [result for _, result, named in results if any(_same_office(domain, one) for one in named)]
    if said.get("dmarc") in _REFUSED:
        return "fail"
    if "pass" in aligned:
        return "pass"
    return "fail" if any(result in _REFUSED for result in aligned) else "none"


def _results(mail: Mail, authserv_ids: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(method, result, domains it is about) of the topmost line that is our own server's."""
    ours = {one.lower() for one in authserv_ids}
    for line in headers(mail, "authentication-results"):
        name, *findings = _COMMENT.sub(" ", line).split(";")
        words = name.split()
        if not words or words[0].lower() not in ours:
            continue
        for finding in findings:
            found = _RESULT.match(finding)
            if found:
                domains = tuple(domain.lower().strip(".") for domain in _DOMAIN.findall(finding))
                yield found[1].lower(), found[2].lower(), domains
        return


def _same_office(domain: str, other: str) -> bool:
    """Whether one domain is the other or lies below it."""
    return domain == other or domain.endswith(f".{other}") or other.endswith(f".{domain}")

"""The signals of one return: each says what it points to, how strong it is, and whether somebody could guess it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mailbox_config.directory import Directory
from records.cases import Agency, Case, Request
from records.submissions import Signal
from service.people import Likeness, best_likeness, children_of
from service.references import cases_named
from service.subjects import plain_subject

MINIMUM_TOKEN = 12
"""Shorter tokens could turn up by chance and are never looked for."""
FILE_PLACES = (("case reference on the form", 40), ("subject", 30), ("file name", 25), ("folder", 25), ("body", 20))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known around one return. All of it comes from outside and is not trusted."""

    form: str
    record: Mapping[str, Any]
    unsure: frozenset[str] = frozenset()
    """Record paths that the reader itself is unsure of; such a value supports nothing."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """The hidden properties of the file: case, agency, form, token."""
    file_name: str = ""
    folders: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""
    sender: str = ""
    """The address of the nearest message the file came in; "" without one, or when the message is our own."""
    in_reply_to: tuple[str, ...] = ()
    """Message-IDs of In-Reply-To and References."""

    def answer(self, path: str) -> str:
        """A text answer of the record, "" when there is none or the reader is unsure of it."""
        value: Any = self.record
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value.strip() if isinstance(value, str) and path not in self.unsure else ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One signal with what it means for case, agency and request ("" for what it does not speak of)."""

    signal: Signal
    case: str = ""
    agency: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is there to match against."""

    cases: tuple[Case, ...]
    requests: tuple[Request, ...]
    directory: Directory


def gather(evidence: Evidence, known: Known) -> tuple[Seen, ...]:
    """Every signal of this return, strongest first."""
    seen = [
        *_tokens(evidence, known),
        *_properties(evidence, known),
        *_references(evidence, known),
        *_children(evidence, known),
        *_agencies(evidence, known),
    ]
    return tuple(sorted(seen, key=lambda one: -one.signal.weight))


def agency_text(evidence: Evidence) -> str:
    """The agency as the form names it."""
    return evidence.answer("agency") or evidence.answer("referrer.agency")


def agency_named(text: str, directory: Directory) -> Agency | None:
    """The agency whose exact name is the text or a part of it between brackets, dashes, commas; None when unclear."""
    whole = directory.by_name(text)
    if whole is not None or not text:
        return whole
    found = {
        agency.id: agency
        for part in re.split(r"[()\[\],;:/|\n]|\s[-–—]\s", text)
        if part.strip() and (agency := directory.by_name(part)) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _tokens(evidence: Evidence, known: Known) -> Iterator[Seen]:
    token = evidence.properties.get("token", "").strip()
    for request in known.requests:
        if len(request.token) < MINIMUM_TOKEN:
            continue
        if token == request.token:
            yield _request_seen("token in the file", request, 100)
        if any(_holds(message_id, request.token) for message_id in evidence.in_reply_to):
            yield _request_seen("reply to our letter", request, 80)


def _holds(message_id: str, token: str) -> bool:
    """Whether the token stands in the Message-ID as a whole word of its own."""
    return token in re.split(r"[^A-Za-z0-9_-]+", message_id) or token in re.split(r"[^A-Za-z0-9]+", message_id)


def _request_seen(name: str, request: Request, weight: int) -> Seen:
    return Seen(
        Signal(name=name, points_to=f"request {request.id}", weight=weight, guessable=False),
        case=request.case_reference,
        agency=request.agency_id,
        request=request.id,
    )


def _properties(evidence: Evidence, known: Known) -> Iterator[Seen]:
    for case in cases_named(evidence.properties.get("case", ""), known.cases):
        yield _case_seen("case in the file's properties", case, 30)
    agency = known.directory.get(evidence.properties.get("agency"))
    if agency is not None:
        yield _agency_seen("agency in the file's properties", agency, 25)


def _references(evidence: Evidence, known: Known) -> Iterator[Seen]:
    texts = (
        evidence.answer("case_reference"),
        plain_subject(evidence.subject),
        evidence.file_name,
        "\n".join(evidence.folders),
        evidence.body,
    )
    for (place, weight), text in zip(FILE_PLACES, texts, strict=True):
        named = cases_named(text, known.cases)
        if place == "body" and len(named) > 1:
            continue  # a long thread may mention several cases; it speaks for none of them
        for case in named:
            yield _case_seen(place, case, weight)


def _children(evidence: Evidence, known: Known) -> Iterator[Seen]:
    written = children_of(evidence.record, evidence.unsure)
    weights = {
        Likeness.SAME: (60, "child, by name and date of birth or NHS number"),
        Likeness.NAME: (25, "child's name"),
    }
    for case in known.cases:
        likeness = best_likeness(written, case.children)
        if likeness in weights:
            weight, name = weights[likeness]
            yield _case_seen(name, case, weight)


def _agencies(evidence: Evidence, known: Known) -> Iterator[Seen]:
    directory = known.directory
    by_contact, by_domain = directory.by_contact(evidence.sender), directory.by_domain(evidence.sender)
    if by_contact is not None:
        yield _agency_seen("sender is a contact", by_contact, 40)
    elif by_domain is not None:
        yield _agency_seen("sender's domain", by_domain, 30)
    named = agency_named(agency_text(evidence), directory)
    if named is not None:
        yield _agency_seen("agency on the form", named, 40)
    for folder in evidence.folders:
        agency = directory.get(folder) or directory.by_name(folder)
        if agency is not None:
            yield _agency_seen("folder", agency, 20)
    author = directory.by_sender(evidence.answer("author.email"))
    if author is not None:
        yield _agency_seen("author's e-mail", author, 15)


def _case_seen(name: str, case: Case, weight: int) -> Seen:
    return Seen(Signal(name=name, points_to=f"case {case.reference}", weight=weight), case=case.reference)


def _agency_seen(name: str, agency: Agency, weight: int) -> Seen:
    return Seen(Signal(name=name, points_to=f"agency {agency.id}", weight=weight), agency=agency.id)


def named_once(values: Iterable[str]) -> tuple[str, ...]:
    """The values without repeats, in the order they first came."""
    return tuple(dict.fromkeys(value for value in values if value))

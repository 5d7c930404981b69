"""What reading a document gives (the contract of `intake read`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from records.tree import Place

Outcome = Literal["read", "needs_review", "rejected"]


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(slots=True, frozen=True)
class Finding:
    """What a rule says of a record. `field` is a record path ("" for the whole return)."""

    rule: str
    severity: Severity
    field: str
    message: str
    remedy: str

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "field": self.field,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(slots=True, frozen=True)
class PlacedText:
    """The text of an answer as written, where it stood, and the label the form printed beside it."""

    text: str
    place: Place
    label: str = ""

    def to_json(self) -> dict[str, Any]:
        box = [round(edge, 1) for edge in self.place.box] if self.place.box else None
        return {"text": self.text, "where": self.place.where, "page": self.place.page, "box": box}


@dataclass(slots=True, frozen=True)
class ReviewItem:
    """A value (or, with field "", the whole return) that a person must look at, and why in plain words."""

    field: str
    why: str
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"field": self.field, "why": self.why, "text": self.text}


@dataclass(slots=True, frozen=True)
class Unplaced:
    """Text that somebody typed and no field took, word for word."""

    text: str
    where: str

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "where": self.where}


@dataclass(slots=True)
class ReadReturn:
    """One completed form found in a document. `record` is the plain (JSON) shape of the form's record."""

    form: str
    form_confidence: float
    record: dict[str, Any]
    places: dict[str, PlacedText] = field(default_factory=dict)
    review: list[ReviewItem] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    edition: str = ""
    """What the form says of its own edition ("RSCP-PR4 v3.2 · February 2025"), "" when it says nothing."""
    asked: tuple[str, ...] | None = None
    """Fields (rows as "events[].date") whose question stands in the document, answered or not; None: not known."""

    def to_json(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "form_confidence": round(self.form_confidence, 3),
            "record": self.record,
            "places": {path: placed.to_json() for path, placed in self.places.items()},
            "review": [item.to_json() for item in self.review],
            "unplaced": [item.to_json() for item in self.unplaced],
            "findings": [item.to_json() for item in self.findings],
        }


@dataclass(slots=True)
class ReadResult:
    """The outcome for one file. `reason` is one plain sentence, set when rejected (and for some needs_review)."""

    sha256: str
    outcome: Outcome
    reason: str | None = None
    code: str = ""
    """The code of the error behind a rejection (records.errors), "" otherwise."""
    returns: list[ReadReturn] = field(default_factory=list)
    kind: str = ""
    """The kind of file by its bytes: docx, pdf, xlsx …"""
    notices: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    """Identity that our own blanks carry: case, agency, form, edition, token."""
    text_excerpt: str = ""
    """The first 4,000 characters of the document's text, for matching references; never logged."""

    def to_json(self, file: str) -> dict[str, Any]:
        return {
            "file": file,
            "sha256": self.sha256,
            "outcome": self.outcome,
            "reason": self.reason,
            "returns": [item.to_json() for item in self.returns],
        }

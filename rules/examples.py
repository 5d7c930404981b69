"""Examples that a rule carries as data: a small part of a record, and what is known around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from records.checking import Checkable
from records.results import PlacedText, ReadReturn, ReviewItem
from records.tree import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A case in point. Fields the record leaves out count as not asked."""

    form: str
    record: Mapping[str, Any] = field(default_factory=dict)
    received_on: date = date(2024, 6, 3)
    review: tuple[str, ...] = ()
    """Paths that the reader is not sure of."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Path → the label printed on the form."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path → the text as written, where it differs from the value or matters."""
    edition: str = ""
    asked: tuple[str, ...] | None = None
    """The questions that stand in the document, where that matters."""
    around: Mapping[str, Any] = field(default_factory=dict)
    """Other parts of the `Checkable`: case, agency, request, directory, others …"""

    def checkable(self) -> Checkable:
        """The example as a rule is given it."""
        placed = {
            path: PlacedText(self.texts.get(path, ""), Place("example"), self.labels.get(path, ""))
            for path in {**self.labels, **self.texts}
        }
        returned = ReadReturn(
            form=self.form,
            form_confidence=1.0,
            record=dict(self.record),
            places=placed,
            review=[ReviewItem(path, "not sure", self.texts.get(path, "")) for path in self.review],
            edition=self.edition,
            asked=self.asked,
        )
        return Checkable(returned=returned, received_on=self.received_on, **self.around)

"""What a rule may look at, and what it gives back. Rules are pure: everything comes in here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from records.cases import Agency, Case, Request
from records.results import ReadReturn


@dataclass(frozen=True, slots=True)
class Found:
    """What a check saw, before the engine stamps it with code, severity and policy. `field` is a record path."""

    field: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class OtherReturn:
    """Another return of the same case, for checks across documents."""

    form: str
    agency_id: str | None
    version: int
    record: dict[str, Any]
    same_agency: bool = False
    received_on: date | None = None
    """The day on which the first version of it came; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Checkable:
    """One return with everything that is known around it. `case`, `agency`, `request` are None when unmatched."""

    returned: ReadReturn
    received_on: date
    case: Case | None = None
    agency: Agency | None = None
    request: Request | None = None
    directory: tuple[Agency, ...] = ()
    asked_form: str | None = None
    others: tuple[OtherReturn, ...] = ()
    sender_agency_id: str | None = None
    file_kind: str = ""
    notices: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def form(self) -> str:
        return self.returned.form

    @property
    def record(self) -> dict[str, Any]:
        return self.returned.record

    def value(self, path: str) -> Any:
        """The value at a record path such as "author.name" or "events[3].date"; None when it is not there."""
        here: Any = self.returned.record
        for part in path.replace("[", ".[").split("."):
            if part.startswith("["):
                index = int(part[1:-1])
                here = here[index] if isinstance(here, list) and index < len(here) else None
            else:
                here = here.get(part) if isinstance(here, dict) else None
            if here is None:
                return None
        return here

    def rows(self, path: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The items of a list field with their index."""
        yield from enumerate(self.value(path) or [])

    def is_in_review(self, path: str) -> bool:
        """Whether the reader itself is unsure of this value (rules should not build on it)."""
        return any(item.field == path or item.field == "" for item in self.returned.review)


Check = Iterable[Found]

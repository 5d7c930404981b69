"""What a rule may build on: answers the reader is sure of, to questions the form really asked.

Editions of a form differ in what they ask. `ReadReturn.asked` tells which questions stand in the document; rules for
what is good to have look at that (`left_blank`). A needed answer is missed even where the agency deleted the question
(`blank`), unless `Checkable.extra["not_asked"]` says that the edition never had it (fields as `children[].gender`). A
key that is absent from the record counts as not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from records.checking import Checkable
from records.edtf import bounds, is_exact

_INDEX = re.compile(r"\[\d+\]")
_ABSENT = object()
Bounds = tuple[date, date]

NO_DATE = frozenset(
    {"undated", "not dated", "n/k", "nk", "not known", "unknown", "date not known", "date unknown", "not recorded"}
)
"""What people write, in small letters, where they know no date: an answer, not an unreadable date."""


def generic(path: str) -> str:
    """The path with its row numbers taken out: "events[3].date" as "events[].date"."""
    return _INDEX.sub("[]", path)


def is_empty(value: Any) -> bool:
    """Whether there is no answer: null, white space only, or a list without entries."""
    return value is None or value in ((), []) or (isinstance(value, str) and not value.strip())


def day_of(edtf: Any) -> date | None:
    """The one certain day, None for anything vaguer."""
    limits = bounds_of(edtf)
    return limits[0] if limits and is_exact(edtf) else None


def bounds_of(edtf: Any) -> Bounds | None:
    """First and last day of a date of the record, None when there is none."""
    if not isinstance(edtf, str) or not edtf:
        return None
    try:
        return bounds(edtf)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list of the record, with what is in doubt of it."""

    index: int
    base: str
    values: dict[str, Any]
    doubted: frozenset[str]
    not_asked: frozenset[str]
    seen: frozenset[str] | None = None

    @property
    def number(self) -> int:
        """The row as a person counts it: the first is 1."""
        return self.index + 1

    def path(self, field: str) -> str:
        return f"{self.base}[{self.index}].{field}"

    def is_doubted(self, field: str) -> bool:
        return "" in self.doubted or field in self.doubted

    def sure(self, field: str) -> Any:
        """The value, None when the reader is not sure of it."""
        return None if self.is_doubted(field) else self.values.get(field)

    def text(self, field: str) -> str:
        value = self.sure(field)
        return value.strip() if isinstance(value, str) else ""

    def day(self, field: str) -> date | None:
        return day_of(self.sure(field))

    def bounds(self, field: str) -> Bounds | None:
        return bounds_of(self.sure(field))

    def asked(self, field: str) -> bool:
        return field in self.values and field not in self.not_asked

    def blank(self, field: str) -> bool:
        """Asked, left empty, and the reader is sure of it."""
        return self.asked(field) and not self.is_doubted(field) and is_empty(self.values[field])

    def posed(self, field: str) -> bool:
        """Asked, and the column stands in the document as far as the reader can say."""
        return self.asked(field) and (self.seen is None or field in self.seen)

    def left_blank(self, field: str) -> bool:
        """Posed, left empty, and the reader is sure of it."""
        return self.posed(field) and self.blank(field)


@dataclass(frozen=True, slots=True)
class Reading:
    """A return as a rule may see it."""

    checkable: Checkable
    doubts: frozenset[str]
    not_asked: frozenset[str]
    seen: frozenset[str] | None = None

    @classmethod
    def of(cls, checkable: Checkable) -> Reading:
        return cls(
            checkable,
            frozenset(item.field for item in checkable.returned.review),
            frozenset(checkable.extra.get("not_asked", ())),
            None if checkable.returned.asked is None else frozenset(checkable.returned.asked),
        )

    def doubted(self, path: str) -> bool:
        """Whether the value, a block or list it stands in, the whole return, or anything inside it is in review."""
        return any(doubt in ("", path) or _is_inside(path, doubt) or _is_inside(doubt, path) for doubt in self.doubts)

    def sure(self, path: str) -> Any:
        """The value, None when the reader is not sure of it."""
        return None if self.doubted(path) else self.checkable.value(path)

    def text(self, path: str) -> str:
        value = self.sure(path)
        return value.strip() if isinstance(value, str) else ""

    def day(self, path: str) -> date | None:
        return day_of(self.sure(path))

    def bounds(self, path: str) -> Bounds | None:
        return bounds_of(self.sure(path))

    def asked(self, path: str) -> bool:
        """Whether the agency's edition of the form has the question."""
        general = generic(path)
        if any(general == other or _is_inside(general, other) for other in self.not_asked):
            return False
        parent, _, last = path.rpartition(".")
        holder = self.checkable.value(parent) if parent else self.checkable.record
        return isinstance(holder, dict) and holder.get(last, _ABSENT) is not _ABSENT

    def blank(self, path: str) -> bool:
        """Asked, left empty, and the reader is sure of it."""
        return self.asked(path) and not self.doubted(path) and is_empty(self.checkable.value(path))

    def posed(self, path: str) -> bool:
        """Asked, and the question, or one inside the block, stands in the document as far as the reader can say."""
        seen = self.seen is None or any(name == generic(path) or _is_inside(name, generic(path)) for name in self.seen)
        return seen and self.asked(path)

    def left_blank(self, path: str) -> bool:
        """Posed, left empty, and the reader is sure of it."""
        return self.posed(path) and self.blank(path)

    def rows(self, base: str) -> Iterator[Row]:
        """The entries of a list field."""
        prefix = f"{base}[]."
        not_asked = _fields_of(prefix, self.not_asked)
        seen = None if self.seen is None else _fields_of(prefix, self.seen)
        doubts = self._doubts_by_row(base)
        everywhere = frozenset({""}) if "" in self.doubts or base in self.doubts else frozenset()
        for index, values in self.checkable.rows(base):
            yield Row(index, base, values, everywhere | doubts.get(index, frozenset()), not_asked, seen)

    def _doubts_by_row(self, base: str) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = {}
        pattern = re.compile(re.escape(base) + r"\[(\d+)\](?:\.(.+))?\Z")
        for doubt in self.doubts:
            if match := pattern.match(doubt):
                found.setdefault(int(match[1]), set()).add(match[2] or "")
        return {index: frozenset(fields) for index, fields in found.items()}


def _fields_of(prefix: str, paths: frozenset[str]) -> frozenset[str]:
    return frozenset(path.removeprefix(prefix) for path in paths if path.startswith(prefix))


def _is_inside(path: str, outer: str) -> bool:
    return bool(outer) and path.startswith(outer) and path[len(outer) : len(outer) + 1] in (".", "[")

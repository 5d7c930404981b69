"""What a value is: what it means for the record, and what was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Value:
    """`truth` stands in the record; `shown` is what the filler typed (None: left blank)."""

    truth: Any
    shown: str | None = None
    either: tuple[Any, ...] = ()
    beside: str = ""
    """Words typed beside a yes/no answer."""
    bullets: bool = False
    """The lines after the first stand in the document as bullets."""


BLANK = Value(None)


def text(words: str, *either: str, bullets: bool = False) -> Value:
    """A value whose words mean themselves."""
    return Value(words, words, either, bullets=bullets)


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a template. `parts` are the columns of a table or the lines of a block: (path, label)."""

    path: str
    label: str
    kind: str
    prompt: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A question with its answer: `value` for one answer, `rows` for a table, block or children."""

    item: Item
    value: Value = BLANK
    rows: tuple[tuple[Value, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    items: list[Filled] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    """Printed guidance below the heading."""


@dataclass(slots=True)
class Return:
    """A filled form on its way to a document: what is asked, what was answered, and the truth about both."""

    form: str
    title: str
    intro: tuple[str, ...]
    sections: list[Section]
    record: dict[str, Any]
    unanswerable: list[str]
    either: dict[str, list[Any]]
    extra: list[str] = field(default_factory=list)
    mess: list[str] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)
    """Extras that one format does not keep, with that format."""
    columns: tuple[tuple[tuple[str, str], ...], ...] = ()
    """A chronology's own column sets, where its template has any."""

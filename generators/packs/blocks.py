"""The pack as neutral blocks, which the PDF and the Word file both draw, so that they cannot say different things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["plain", "strong", "small", "flag"]
"""`flag` is what a person must act on: said in words as well as in colour."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of text in a cell, with the bold word before it if any."""

    text: str
    look: Look = "plain"
    label: str = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    text: str
    look: Literal["plain", "strong", "note", "bullet", "flag"] = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Questions and answers side by side; the left column heads its row."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in millimetres, or with `share` a share of what is left."""

    title: str
    width: float = 1.0
    share: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head row is repeated on every page. `alt` says what it holds, for those who cannot see it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alt: str
    fine: bool = False
    """Small type, for the wide chronology."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A framed list of what is missing; `calm` when nothing is."""

    title: str
    rows: tuple[tuple[str, str], ...]
    calm: bool = False


Block = Heading | Para | Facts | Table | Alert


@dataclass(frozen=True, slots=True)
class Section:
    """A main part of the pack; starts on a new page when `new_page`, and always when it turns the paper."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    new_page: bool = True
    restricted: str = ""
    """What the page's own restriction says; the section then has its pages to itself."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole pack before it is drawn."""

    title: str
    marking: str
    running: str
    """Reference and edition, on every page."""
    language: str
    cover: tuple[Block, ...]
    sections: tuple[Section, ...]


def plain(text: str) -> Cell:
    return (Line(text),) if text else (Line("–"),)

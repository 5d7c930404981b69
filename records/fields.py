"""Kinds of answer, and what a form's record says of each of its fields.

A record is a pydantic model whose fields carry an `Ask`; readers, rules, letters and packs look the kind, the need and
the plain name up here and keep no list of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, get_args, get_origin

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    DATE_RANGE = "date_range"
    TIME = "time"
    YES_NO = "yes_no"
    SIGNED = "signed"
    CHOICE = "choice"
    CHOICES = "choices"
    NHS_NUMBER = "nhs_number"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    REFERENCE = "reference"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form asks in one field: the kind of answer, its plain name for people, whether the form needs it."""

    kind: Kind
    title: str
    needed: bool = False
    codes: tuple[str, ...] = ()
    """The codes of a choice, in the order of `forms.md`."""


class Record(BaseModel):
    """Base of every record and block. Frozen, no unknown fields, everything unanswered until answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")


YES_NO = ("yes", "no", "not_known")

Text = Annotated[str | None, Ask(Kind.TEXT, "")]


def ask_of(model: type[BaseModel], field: str) -> Ask | None:
    """The `Ask` of a field, or None for a block or list of blocks."""
    for item in model.model_fields[field].metadata:
        if isinstance(item, Ask):
            return item
    return None


@cache
def block_of(model: type[BaseModel], field: str) -> tuple[type[Record], bool] | None:
    """The record type behind a block field and whether the field is a list of such blocks; None for a plain answer."""
    annotation = model.model_fields[field].annotation
    if get_origin(annotation) in (tuple, list):
        inner = get_args(annotation)[0]
        return (inner, True) if isinstance(inner, type) and issubclass(inner, Record) else None
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation, False
    return None


def walk_asks(model: type[BaseModel], path: str = "") -> list[tuple[str, Ask]]:
    """Every field of a record with its `Ask`, in the form's order; list items as `children[].name`."""
    found: list[tuple[str, Ask]] = []
    for name in model.model_fields:
        here = f"{path}.{name}" if path else name
        block = block_of(model, name)
        if block is None:
            ask = ask_of(model, name)
            if ask is not None:
                found.append((here, ask))
        else:
            inner, many = block
            found += walk_asks(inner, f"{here}[]" if many else here)
    return found

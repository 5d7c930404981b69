"""From a noun to its row and back. Nouns go in and out of this room; rows never leave it."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import JSON

from store.tables import Base

N = TypeVar("N", bound=BaseModel)
R = TypeVar("R", bound=Base)


def to_row(kind: type[R], noun: BaseModel, **extra: Any) -> R:
    """A row of this kind with the noun's fields that it has columns for, and what is given beside them."""
    return kind(**(values_of(kind, noun) | extra))


def values_of(kind: type[Base], noun: BaseModel) -> dict[str, Any]:
    """The noun's fields that the row has columns for, as the columns take them."""
    as_json = noun.model_dump(mode="json")
    return {
        column.key: as_json[column.key] if isinstance(column.type, JSON) else getattr(noun, column.key)
        for column in kind.__table__.columns
        if column.key in as_json
    }


def to_noun(kind: type[N], row: Base, **extra: Any) -> N:
    """The noun that the row keeps."""
    values = {name: getattr(row, name) for name in kind.model_fields if hasattr(row, name)}
    return kind.model_validate(values | extra)

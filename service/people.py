"""Whether two descriptions mean the same child: names without order or titles, dates of birth, NHS numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from records.cases import SubjectChild
from records.edtf import bounds, is_exact

_TITLES = {"mr", "mrs", "miss", "ms", "mx", "dr", "master", "prof", "professor", "rev", "sir", "lady", "cllr"}
_NEAR = 88
"""From this similarity (of 100) on, two names may be one name spelt twice; only with a date of birth or NHS number."""


class Likeness(StrEnum):
    """How well a child on a form agrees with a child of a case, best first."""

    SAME = "same"
    """Name and exact date of birth, or NHS number and one of the two, agree; nothing disagrees."""
    NAME = "name"
    """The name agrees and nothing disagrees, but there is no exact date of birth or NHS number to compare."""
    CONFLICT = "conflict"
    """Something agrees and something else disagrees: the same name with another date of birth, for instance."""
    OTHER = "other"
    """Nothing says that they are the same child."""
    UNKNOWN = "unknown"
    """There is nothing to compare."""


@dataclass(frozen=True, slots=True)
class NamedChild:
    """A child as a form describes them. A value that the reader is unsure of is not here."""

    name: str = ""
    date_of_birth: str = ""
    nhs_number: str = ""


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in alphabetical order, small, without accents, titles and bracketed nicknames."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    folded = re.sub(r"\([^)]*\)|\"[^\"]*\"", " ", folded)
    words = re.sub(r"[^a-z0-9]+", " ", folded.replace("'", "").replace("`", "")).split()
    return tuple(sorted(word for word in words if word not in _TITLES))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for order, titles, case and punctuation."""
    words = name_words(one)
    return bool(words) and words == name_words(other)


def near_name(one: str, other: str) -> bool:
    """Whether two names may be one: a middle name more or less, or a slip of the pen."""
    first, second = name_words(one), name_words(other)
    if len(first) < 2 or len(second) < 2:
        return False
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return fuzz.ratio(" ".join(first), " ".join(second)) >= _NEAR


def children_of(record: Mapping[str, Any], unsure: frozenset[str]) -> tuple[NamedChild, ...]:
    """The children a record names; values whose path is in `unsure` are left out."""
    return tuple(child for child in _children(record, unsure) if child.name or child.nhs_number)


def _children(record: Mapping[str, Any], unsure: frozenset[str]) -> Iterator[NamedChild]:
    def sure(path: str, value: Any) -> str:
        return value if isinstance(value, str) and path not in unsure else ""

    for index, child in enumerate(record.get("children") or ()):
        yield NamedChild(*(sure(f"children[{index}].{key}", child.get(key)) for key in _KEYS))
    if record.get("child_name"):
        yield NamedChild(
            sure("child_name", record["child_name"]), sure("date_of_birth", record.get("date_of_birth")), ""
        )


_KEYS = ("name", "date_of_birth", "nhs_number")


def compare(written: NamedChild, child: SubjectChild) -> Likeness:
    """How well the child on the form agrees with the child of the case."""
    birth = _births_agree(written.date_of_birth, child.date_of_birth)
    number = _numbers_agree(written.nhs_number, child.nhs_number)
    named = bool(written.name and child.name)
    same = named and same_name(written.name, child.name)
    near = same or (named and near_name(written.name, child.name))
    if number is None and not named:
        return Likeness.UNKNOWN
    if (near and (birth is False or number is False)) or (number and (birth is False or (named and not near))):
        return Likeness.CONFLICT
    exact_birth = bool(birth) and is_exact(written.date_of_birth)
    if (near and exact_birth) or (number and (near or birth)):
        return Likeness.SAME
    if same:
        return Likeness.NAME
    return Likeness.CONFLICT if near or number else Likeness.OTHER


def best_likeness(written: tuple[NamedChild, ...], children: tuple[SubjectChild, ...]) -> Likeness:
    """The best agreement between any child on the form and any child of the case; a conflict outweighs a bare name."""
    found = {compare(one, other) for one in written for other in children}
    order = (Likeness.SAME, Likeness.CONFLICT, Likeness.NAME, Likeness.OTHER)
    return next((likeness for likeness in order if likeness in found), Likeness.UNKNOWN)


def _births_agree(written: str, known: str | None) -> bool | None:
    if not written or not known:
        return None
    try:
        first, last = bounds(written)
        known_first, known_last = bounds(known)
    except ValueError:
        return None
    return first <= known_last and known_first <= last


def _numbers_agree(written: str, known: str | None) -> bool | None:
    if not written or not known:
        return None
    return re.sub(r"\D", "", written) == re.sub(r"\D", "", known)

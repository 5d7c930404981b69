"""The agencies' glossaries and people keys as one, with clashes shown and nothing chosen between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from generators.packs.content import Returned, agency_order, doubt_at
from generators.packs.words import clean

_SAME_MEANING = 90.0
_GAP = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """One meaning of a term or code and the agencies that gave it. `unsure` when a person must confirm the reading."""

    meaning: str
    agencies: tuple[str, ...]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A term or code with every meaning given; `clash` when the agencies do not mean the same by it."""

    term: str
    meanings: tuple[Said, ...]
    clash: bool


def glossary(returns: Sequence[Returned]) -> tuple[Entry, ...]:
    """Every glossary term of every return in alphabetical order."""
    return _merged(returns, "glossary", "term", lambda item: clean(item.get("meaning") or ""))


def people_key(returns: Sequence[Returned]) -> tuple[Entry, ...]:
    """Every code of every people key; the same code for two people in two agencies is a clash."""
    return _merged(returns, "people_key", "code", _person)


def _person(item: dict[str, Any]) -> str:
    return ", ".join(clean(item[part]) for part in ("name", "role") if item.get(part))


def _merged(
    returns: Sequence[Returned], block: str, name: str, meaning: Callable[[dict[str, Any]], str]
) -> tuple[Entry, ...]:
    terms: dict[str, list[tuple[str, str, str, bool]]] = {}
    for returned in sorted(returns, key=lambda item: (agency_order(item.agency), item.form, item.source.name)):
        doubts = returned.doubts()
        for index, item in enumerate(returned.record.get(block) or ()):
            term, said = clean(item.get(name) or ""), meaning(item)
            if term or said:
                unsure = any(doubt_at(doubts, f"{block}[{index}].{part}") for part in item)
                terms.setdefault(term.casefold(), []).append((term, said, returned.agency.name, unsure))
    return tuple(_entry(terms[key]) for key in sorted(terms))


def _entry(given: list[tuple[str, str, str, bool]]) -> Entry:
    said: dict[str, tuple[str, dict[str, None], bool]] = {}
    for _, meaning, agency, unsure in given:
        key = _GAP.sub(" ", meaning.casefold()).strip()
        words, agencies, doubtful = said.get(key, (meaning, {}, False))
        said[key] = (words, agencies | {agency: None}, doubtful or unsure)
    keys = [key for key in said if key]
    clash = any(fuzz.ratio(keys[0], key) < _SAME_MEANING for key in keys[1:])
    meanings = tuple(Said(words, tuple(agencies), unsure) for words, agencies, unsure in said.values())
    return Entry(given[0][0], meanings, clash)

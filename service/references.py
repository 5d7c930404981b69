"""Case references in what people write: hyphens, slashes, spaces, leading zeros and case do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from records.cases import Case

_GAP = r"[\s\-–—‑_/.\\]*"


@lru_cache(maxsize=4096)
def _pattern(reference: str) -> re.Pattern[str]:
    parts = re.findall(r"[^\W\d_]+|\d+", reference)
    shapes = [rf"0*{int(part)}" if part.isdigit() else re.escape(part) for part in parts]
    joined = shapes[0] if shapes else r"(?!)"
    for before, part, shape in zip(parts, parts[1:], shapes[1:], strict=False):
        both_digits = before.isdigit() and part.isdigit()
        joined += (_GAP[:-1] + "+" if both_digits else _GAP) + shape
    return re.compile(rf"(?<![^\W_]){joined}(?![^\W_])", re.IGNORECASE)


def references_of(case: Case) -> tuple[str, ...]:
    """Every reference the case goes by."""
    return (case.reference, *case.other_references)


def cases_named(text: str, cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases whose reference stands in the text, in the order given."""
    if not text or not any(letter.isdigit() for letter in text):
        return ()
    return tuple(case for case in cases if any(_pattern(reference).search(text) for reference in references_of(case)))


def is_a_reference(text: str) -> bool:
    """Whether an answer in a reference field can be a reference at all ("n/a", "not yet known" are none)."""
    return any(letter.isdigit() for letter in text)

"""Proposes a field for a label that no wording knows: by the control's tag, by likeness of words, or by its place."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from parsers.probes import Spot
from parsers.wording import FormIndex, block_of, canon, normal
from records.fields import Ask, Kind

_FLOOR = 0.34
"""Likeness from which words alone may propose."""
_CLEAR = 0.12
"""How far ahead of the next best field a proposal must be."""
_KINDS: dict[str, tuple[Kind, ...]] = {
    "date": (Kind.DATE, Kind.DATE_RANGE),
    "check": (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES),
    "choice": (Kind.CHOICE, Kind.YES_NO, Kind.TEXT),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    path: str
    how: Literal["by tag", "reworded", "by position", "not placed"]
    why: str


def propose(
    spot: Spot,
    around: tuple[Sequence[str], Sequence[str]],
    *,
    asks: Mapping[str, Ask],
    asked: Collection[str],
    likeness: Likeness,
) -> Proposal:
    """The field that the label may ask for; `around` are the fields placed before and after it in the template."""
    free = [path for path, ask in asks.items() if path not in asked and _suits(spot, ask, path)]
    tag = _by_tag(spot.tag, free)
    if tag:
        return Proposal(tag, "by tag", f"the template's control is tagged “{spot.tag}”")
    ranked = sorted(((likeness.of(path, spot.label), path) for path in free), reverse=True)
    if ranked and ranked[0][0] >= _FLOOR:
        ahead = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
        if ahead >= _CLEAR:
            return Proposal(ranked[0][1], "reworded", "worded differently from the known labels of this field")
    between = _between(around, list(asks), free)
    if len(between) == 1:
        before = around[0][-1] if around[0] else "the start"
        after = around[1][0] if around[1] else "the end"
        return Proposal(between[0], "by position", f"the only field of its kind between {before} and {after}")
    could = [path for score, path in ranked[:3] if score >= 0.15] or between[:4]
    return Proposal("", "not placed", f"could be {', '.join(could)}" if could else "no field of the form asks this")


def _suits(spot: Spot, ask: Ask, path: str) -> bool:
    if spot.column != path.rpartition(".")[0].endswith("[]") and spot.column:
        return False
    kinds = _KINDS.get(spot.control)
    return kinds is None or ask.kind in kinds


def _by_tag(tag: str, free: Sequence[str]) -> str:
    """The field whose path the tag is, or the only one whose path ends in it."""
    words = "_".join(re.findall(r"[a-z0-9]+", tag.casefold()))
    if len(words) < 3:
        return ""
    whole = [path for path in free if "_".join(re.findall(r"[a-z0-9]+", path)) == words]
    ends = [path for path in free if path.rpartition(".")[2] == words]
    return next((paths[0] for paths in (whole, ends) if len(paths) == 1), "")


class Likeness:
    """How alike a label is to what is known to ask for each field: 0 to 1, by the weight of shared words.

    A word that many fields share ("child", "date") says little; a word that no field knows speaks against all of them.
    """

    def __init__(self, index: FormIndex, asks: Mapping[str, Ask]) -> None:
        words = index.form.wordings
        self._known: dict[str, list[frozenset[str]]] = {}
        for path, ask in asks.items():
            texts = {ask.title, path.rpartition(".")[2].replace("_", " ")}
            for table in (words.labels, words.columns, words.inside):
                texts.update(table.get(path, ()))
            self._known[path] = [frozenset(canon(normal(text))) for text in texts]
        counts = Counter(word for known in self._known.values() for word in frozenset().union(*known))
        self._weight = {word: math.log(1 + len(self._known) / count) for word, count in counts.items()}
        self._rare = math.log(1 + len(self._known))

    def of(self, path: str, label: str) -> float:
        mine = frozenset(canon(normal(label)))
        return max((self._alike(mine, theirs) for theirs in self._known[path]), default=0.0)

    def _alike(self, mine: frozenset[str], theirs: frozenset[str]) -> float:
        shared = self._sum(mine & theirs)
        return shared / self._sum(mine | theirs) if shared else 0.0

    def _sum(self, words: Iterable[str]) -> float:
        return sum(self._weight.get(word, self._rare) for word in words)


def _between(around: tuple[Sequence[str], Sequence[str]], order: Sequence[str], free: Sequence[str]) -> list[str]:
    """The free fields that stand between the neighbours in the order of the record, in the same block."""
    before, after = around[0][-1] if around[0] else "", around[1][0] if around[1] else ""
    first, last = _plain(before), _plain(after)
    start = order.index(first) if first in order else -1
    end = order.index(last) if last in order else len(order)
    if start >= end:
        return []
    blocks = {block_of(first), block_of(last)}
    return [path for path in order[start + 1 : end] if path in free and block_of(path) in blocks]


def _plain(path: str) -> str:
    return path.partition("+")[0].partition("#")[0]

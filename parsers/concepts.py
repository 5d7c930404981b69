"""What wordings mean beyond their words: synonyms folded into concepts, and the fields that the concepts speak for.

Synonyms are data (`synonyms.toml`). A wording that no form knows is weighed against all wordings of each field
together: how much of it the field's wordings know, and how much of what nearly all of them say it says.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from parsers.likeness import Bag, Bags

Entry = tuple[str, str]
"""A field's path and the part of the wordings it is asked in."""
_SOFT_SHARE = 0.3
_CORE = 0.6
"""The share of a field's wordings that must hold a concept for its absence to count."""
_COVERED = 0.5
"""The share of a text that the wordings of a field must know."""
_SPEAKS = 0.35
"""How much a wording must speak for a field to be taken for it (tuned by benchmarks/wordings.py)."""
_CLEAR = 0.2
"""How far behind the next best field must be, as a share."""
_NEAR = 0.25
"""Likeness to one known wording below which it says nothing."""
_STRANGE = 0.12
"""What a concept that one of a field's many wordings holds counts at least."""


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    table = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))
    meant = {phrase: concept for concept, phrases in table.items() for phrase in phrases}
    longest_first = sorted(meant, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), meant


@lru_cache(maxsize=20_000)
def folded(form: str) -> str:
    """A normal form in which each word or phrase that has synonyms stands as the concept it means."""
    pattern, meant = _synonyms()
    return pattern.sub(lambda found: meant[found.group()], form)


class Speakers:
    """Which fields a bag of concepts speaks for, each field known by all of its wordings together."""

    def __init__(self, known: Mapping[Bag, Iterable[Entry]], soft: frozenset[str]) -> None:
        counts: dict[Entry, Counter[str]] = defaultdict(Counter)
        self._sizes: Counter[Entry] = Counter()
        for bag, entries in known.items():
            for entry in set(entries):
                counts[entry].update(bag)
                self._sizes[entry] += 1
        self._shares: dict[str, dict[Entry, float]] = defaultdict(dict)
        for entry, words in counts.items():
            for word, count in words.items():
                self._shares[word][entry] = count / self._sizes[entry]
        total = len(self._sizes)
        self._rare = math.log(1 + total)
        self._soft = soft
        # A concept weighs by how few fields speak of it, each by the share of its wordings that do.
        self._weight = {
            word: math.log(1 + total / (0.5 + sum(shares.values()))) * (_SOFT_SHARE if word in soft else 1.0)
            for word, shares in self._shares.items()
        }
        self._core = {
            entry: sum(
                self._weight[word] * count / self._sizes[entry]
                for word, count in words.items()
                if count >= _CORE * self._sizes[entry]
            )
            for entry, words in counts.items()
        }

    def scores(self, bag: Bag) -> dict[Entry, float]:
        """How much the bag speaks for each field, 0 to 1."""
        total = 0.0
        shared: dict[Entry, float] = defaultdict(float)
        core: dict[Entry, float] = defaultdict(float)
        covered: dict[Entry, float] = defaultdict(float)
        for word in bag:
            weight = self._weight.get(word)
            if weight is None:
                total += _SOFT_SHARE if word in self._soft else self._rare
                continue
            total += weight
            for entry, share in self._shares[word].items():
                covered[entry] += weight
                shared[entry] += weight * max(_STRANGE, share) ** 0.5
                if share >= _CORE:
                    core[entry] += weight * share
        found = {}
        for entry, mine in shared.items():
            if covered[entry] < _COVERED * total:
                continue
            wanted = self._core[entry]
            said = core[entry] / wanted if wanted else 1.0
            found[entry] = mine / total * (0.5 + 0.5 * said)
        return found


class Meanings:
    """The known wordings by their concepts, and what other wordings clearly mean by them."""

    def __init__(
        self, known: Mapping[Bag, Sequence[Entry]], soft: frozenset[str], group: Callable[[Entry], str]
    ) -> None:
        self.known = {bag: entries for bag, entries in known.items() if bag and entries}
        self._bags = Bags(self.known, soft)
        self._speakers = Speakers(self.known, soft)
        self._group = group

    def clearest(self, words: Bag) -> Iterator[tuple[Entry, float]]:
        """What the words speak for clearly in each group of entries, and how much (0 to 1)."""
        nearest: dict[Entry, float] = {}
        for bag, score in self._bags.alike(words, _NEAR):
            for entry in self.known[bag]:
                nearest[entry] = max(nearest.get(entry, 0.0), score)
        groups: dict[str, list[tuple[float, Entry]]] = defaultdict(list)
        for entry, score in self._speakers.scores(words).items():
            groups[self._group(entry)].append(((score + nearest.get(entry, 0.0)) / 2, entry))
        for members in groups.values():
            members.sort(reverse=True)
            score, entry = members[0]
            # A heading and the name that its block begins with mean the same.
            own = entry[0].removesuffix(".name")
            rival = next((other for other, (path, _) in members[1:] if path.removesuffix(".name") != own), 0.0)
            if score >= _SPEAKS and rival <= (1 - _CLEAR) * score:
                yield entry, score

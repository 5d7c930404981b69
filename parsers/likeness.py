"""How alike texts are: bags of weighted words, and wordings that could be a misspelling of one another.

What a document asks is looked up thousands of times, mostly for words that are no label at all. So each look-up touches
only those wordings that share a word, or that have nearly as many words and letters.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

Bag = tuple[str, ...]
"""The different words of a wording, sorted."""
_SOFT_SHARE = 0.3
_NEARLY = 0.999  # sums of fractions differ in their last places


class Bags:
    """Known wordings as bags of words; a word that few of them have weighs more."""

    def __init__(self, known: Iterable[Bag], soft: frozenset[str] = frozenset()) -> None:
        self._known = list(known)
        counts = Counter(word for bag in self._known for word in bag)
        total = max(len(self._known), 1)
        self.weight = {word: math.log(1 + total / count) for word, count in counts.items()}
        for word in soft & set(self.weight):
            self.weight[word] *= _SOFT_SHARE
        self._soft = soft
        self._rare = math.log(1 + total)
        self._totals = [sum(self.weight[word] for word in bag) for bag in self._known]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(self._known):
            for word in bag:
                self._by_word[word].append(number)

    def alike(self, bag: Bag, floor: float = 0.0) -> Iterator[tuple[Bag, float]]:
        """The wordings that share a word with the bag, each with the shared part of both (0 to 1).

        Those below the floor may be left out.
        """
        mine = known = 0.0
        for word in bag:
            weight = self.weight.get(word)
            if weight is None:
                mine += _SOFT_SHARE if word in self._soft else self._rare
            else:
                mine += weight
                known += weight
        if known < floor * mine * _NEARLY:
            return  # too much of it is in no wording at all
        shared: dict[int, float] = {}
        for word in bag:
            weight = self.weight.get(word)
            if weight is not None:
                for number in self._by_word[word]:
                    shared[number] = shared.get(number, 0.0) + weight
        for number, both in shared.items():
            yield self._known[number], both / (mine + self._totals[number] - both)


class Spellings:
    """Known wordings by their length, so that a misspelt one is compared with few."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_shape: dict[tuple[int, int], list[str]] = defaultdict(list)
        self._run_together: dict[str, list[str]] = defaultdict(list)
        for form in known:
            self._by_shape[form.count(" "), len(form)].append(form)
            self._run_together[form.replace(" ", "")].append(form)
        self._near: dict[tuple[int, int, float], list[str]] = {}

    def alike(self, form: str, cutoff: float, *, limit: int) -> Sequence[tuple[str, float]]:
        """The wordings whose letters are alike to at least the cutoff (0 to 1), the most alike first.

        Only those that have as many words, or one more or less, or are the same when written as one word.
        """
        candidates = self._candidates(form.count(" "), len(form), cutoff)
        joined = self._run_together.get(form.replace(" ", ""))
        if joined:
            candidates = [*candidates, *(known for known in joined if known not in candidates)]
        if not candidates:
            return ()
        found = process.extract(
            form, candidates, scorer=Levenshtein.normalized_similarity, score_cutoff=cutoff, limit=limit
        )
        return [(known, score) for known, score, _ in found]

    def _candidates(self, spaces: int, length: int, cutoff: float) -> list[str]:
        shape = (spaces, length, cutoff)
        near = self._near.get(shape)
        if near is None:
            longest = int(length / cutoff) + 1
            near = self._near[shape] = [
                form
                for (count, size), forms in self._by_shape.items()
                if abs(count - spaces) <= 1 and length * cutoff - 1 <= size <= longest
                for form in forms
            ]
        return near

"""How alike texts are: bags of weighted words, and wordings that could be a misspelling of one another.

What a document asks is looked up thousands of times, mostly for words that are no label at all. So each look-up touches
only those wordings that share a word, or that have nearly as many words and letters.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

Bag = tuple[str, ...]
"""The different words of a wording, sorted."""
STOP = frozenset(  # words that say nothing of what is asked; when, where, who, why and how do
    "the a an of for to is are was were your you by in on at and or this that any please has have been be if with did "
    "do does it its their they them there what which whom would will can could should may give we us our as "
    "from".split()
)
_SOFT_SHARE = 0.3
_REMEMBERED = 20_000
_UNKNOWN = 4
"""Words that two typing errors and one space too many or too few can make unknown."""
_NEARLY = 0.999  # sums of fractions differ in their last places


_ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ies", "rals", "ral", "rers", "rer", "red", "ed", "es", "s",
    "ly",
)  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending, so that referral, referrer and referring are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            stem = word[: -len(ending)]
            return stem[:-1] if len(stem) > 4 and stem[-1] == stem[-2] else stem
    return word


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
    """Known wordings by their words and letters, so that a text is compared only with those it could misspell."""

    def __init__(self, known: Iterable[str], weight: Mapping[str, float]) -> None:
        self._weight = weight
        by_count: dict[int, list[str]] = defaultdict(list)
        self._joined: dict[str, list[str]] = defaultdict(list)
        words: set[str] = set()
        for form in known:
            pieces = form.split()
            words.update(pieces)
            by_count[len(pieces)].append(form)
            self._joined["".join(pieces)].append(form)
        self._by_count = {count: sorted(forms, key=len) for count, forms in by_count.items()}
        self._words = frozenset(words)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(words):
            self._by_length[len(word)].append(word)
        self._of_size: dict[int, list[str]] = {}
        self._by_size: dict[int, list[str]] = {}
        for joined in self._joined:
            self._by_size.setdefault(len(joined), []).append(joined)
        self._may_stand: dict[str, bool] = {}

    def alike(self, form: str, cutoff: float, *, limit: int) -> Iterator[tuple[str, float]]:
        """The wordings that the text misspells and whose letters are alike to at least the cutoff, the best first."""
        words = form.split()
        candidates = self._of_as_many_words(words, len(form), cutoff) + self._written_as_one(words)
        if not candidates:
            return
        found = process.extract(
            form, candidates, scorer=Levenshtein.normalized_similarity, score_cutoff=cutoff, limit=limit
        )
        for known, score, _ in found:
            if is_misspelling(form, known, self._weight):
                yield known, score

    def _of_as_many_words(self, words: list[str], length: int, cutoff: float) -> list[str]:
        forms = self._by_count.get(len(words))
        if forms is None or not all(map(self._stands, words)):
            return []
        low = bisect_left(forms, length * cutoff - 1, key=len)
        return forms[low : bisect_right(forms, length / cutoff + 1, lo=low, key=len)]

    def _written_as_one(self, words: list[str]) -> list[str]:
        """Wordings of other words that are nearly the same when all is written as one word."""
        joined = "".join(words)
        alike = [joined] if joined in self._joined else []
        near = self._near(len(joined))
        if near and sum(word not in self._words for word in words) <= _UNKNOWN and not any(map(str.isdigit, words)):
            found = process.extract(joined, near, scorer=Levenshtein.distance, score_cutoff=2, limit=None)
            alike += [other for other, distance, _ in found if distance]
        return [form for other in alike for form in self._joined[other] if form.count(" ") + 1 != len(words)]

    def _near(self, size: int) -> list[str]:
        """The wordings written as one word that have nearly this many letters."""
        near = self._of_size.get(size)
        if near is None:
            sizes = range(size - 2, size + 3)
            near = self._of_size[size] = [joined for each in sizes for joined in self._by_size.get(each, ())]
        return near

    def _stands(self, word: str) -> bool:
        """Whether a word is one of the wordings' own or could be a misspelling of one."""
        stands = self._may_stand.get(word)
        if stands is None:
            if len(self._may_stand) > _REMEMBERED:
                self._may_stand.clear()
            stands = self._may_stand[word] = word in self._words or self._is_near(word)
        return stands

    def _is_near(self, word: str) -> bool:
        if not _may_be_misspelt(word, self._weight):
            return False
        for length, words in self._by_length.items():
            most = max(1, length // 4)
            if abs(length - len(word)) <= most and process.extractOne(
                word, words, scorer=OSA.distance, score_cutoff=most
            ):
                return True
        return False


def _may_be_misspelt(word: str, weight: Mapping[str, float]) -> bool:
    """Whether a word may be a typing error at all; a word that is known itself is none."""
    return not (word.isdigit() or word in STOP or len(word) < 3 or stem(word) in weight)


def is_misspelling(form: str, known: str, weight: Mapping[str, float]) -> bool:
    """Whether a text is a known wording with typing errors: word by word alike, and no word swapped for another.

    "Date of birth" and "date of death" differ in two letters; but a word that is known itself is no misspelling.
    """
    mine, theirs = form.split(), known.split()
    if len(mine) != len(theirs):
        return "".join(mine) == "".join(theirs) or (
            abs(len(mine) - len(theirs)) == 1
            and Levenshtein.distance("".join(mine), "".join(theirs)) <= 2
            and not any(word.isdigit() for word in mine)
        )
    for one, other in zip(mine, theirs, strict=True):
        if one == other:
            continue
        if not _may_be_misspelt(one, weight):
            return False
        if OSA.distance(one, other) > max(1, len(other) // 4):
            return False
    return True

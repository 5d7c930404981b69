"""What is known to be printed on a form, so that words typed into the print are told from it.

A return is known by its wordings, but a label that is half known is taken for one. What stands there beyond the known
wording was printed by a template nobody taught us, or typed by somebody: either way it is shown, never dropped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.likeness import STOP, Bag, stem
from parsers.readers.ticks import EMPTY_BOXES, TICKED_BOXES, TICKS
from parsers.wording import SOFT, FormIndex, canon, normal, plain

_OFFICE = (
    "For office use only", "Date of decision by Independent Chair", "Date referral received by the partnership",
    "Date referral sent to the chair of the sub group",
    "Date SCRSG recommendations submitted to LSCB Independent Chair",
    "Date of meeting where the case is considered by the sub group", "Child's initials", "Children's initial/s",
    "PRSG SCRSG CSCP CSCB LSCB LSCP",
)  # fmt: skip
"""What offices print on a form for themselves."""
ALWAYS = frozenset(
    "yes no not known n k y nk x or please tick delete as appropriate circle tel telephone phone mobile no number "
    "email mail e address contact postal work ditto do same day date as above question response answer field details "
    "page of dd mm yy yyyy hh e.g eg ie".split()
)
"""Words of alternatives and of prompts inside cells, and marks that say "the same again"."""
_SAYS_LITTLE = SOFT | {stem(word) for word in (*ALWAYS, "example", "please", "select", "apply")}
_CLAUSE = re.compile(
    rf"[.:;?!]+(?:\s|$)|\n|\t|\s[-–—/|]+\s|[()\[\],]|_{{2,}}|[{''.join(EMPTY_BOXES | TICKED_BOXES | TICKS)}]"
)
_WORD = re.compile(r"\w+")
_MOST_STRANGE = 1
"""Words that a rewording of a known wording may have of its own, if the forms use them elsewhere."""
_SHORT_WORD = 4
_LONGEST_LABEL = 8
_REMEMBERED = 20_000


@lru_cache(maxsize=4)
def known_print(indexes: tuple[FormIndex, ...]) -> KnownPrint:
    """The print of some forms; kept, because it takes long to gather."""
    return KnownPrint(indexes)


class KnownPrint:
    """The wordings of some forms, whole and by their words."""

    def __init__(self, indexes: Iterable[FormIndex]) -> None:
        texts = {text for index in indexes for text in _wordings(index)} | set(_OFFICE)
        self._whole = {normal(text) for text in texts}
        self.words = {word for text in texts for word in words_of(text)} | STOP | ALWAYS
        self._bags: dict[str, set[Bag]] = defaultdict(set)
        for bag in {canon(form) for form in self._whole}:
            for word in bag:
                self._bags[word].add(bag)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            self._by_length[len(word)].append(word)
        self._seen: dict[tuple[str, bool], bool] = {}
        self._spelt: dict[str, bool] = {}

    def holds(self, text: str, *, reworded: bool = True) -> bool:
        """Whether all of the text is print: known wordings, misspelt ones, and (if wished) slightly reworded ones."""
        known = self._seen.get((text, reworded))
        if known is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            known = normal(text) in self._whole or self._is_known_in_clauses(text, _MOST_STRANGE if reworded else 0)
            self._seen[text, reworded] = known
        return known

    def knows_word(self, word: str) -> bool:
        """Whether the forms use the word, perhaps misspelt; a short number is numbering."""
        known = self._spelt.get(word)
        if known is None:
            if len(self._spelt) >= _REMEMBERED:
                self._spelt.clear()
            known = self._spelt[word] = self._is_word(word)
        return known

    def _is_word(self, word: str) -> bool:
        if word in self.words or (word.rstrip("abcdefgh").isdigit() and len(word) <= 3):
            return True
        if len(word) < _SHORT_WORD or any(map(str.isdigit, word)):
            return False
        return any(
            process.extractOne(word, self._by_length[length], scorer=OSA.distance, score_cutoff=max(1, length // 4))
            for length in range(len(word) - 2, len(word) + 3)
            if self._by_length.get(length)
        )

    def _is_known_in_clauses(self, text: str, most: int) -> bool:
        clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
        whole = [normal(clause) in self._whole for clause in clauses]
        # Beside a question that is known to the letter everything else must be print as well.
        most = 0 if any(whole) and len(clauses) > 1 else most
        return all(
            known or self._is_reworded(clause, most) or (any(whole) and " / " in text and _is_translation(clause))
            for clause, known in zip(clauses, whole, strict=True)
        )

    def _is_reworded(self, clause: str, most: int) -> bool:
        words = words_of(clause)
        if not all(map(self.knows_word, words)):
            return False
        if all(word in ALWAYS or word in STOP or word.isdigit() for word in words):
            return True
        bag = {word for word in canon(normal(clause)) if word not in _SAYS_LITTLE and not word.isdigit()}
        near = {known for word in bag for known in self._bags.get(word, ())}
        strange = min((len(bag.difference(known)) for known in near if 2 * len(bag & set(known)) >= len(known)),
                      default=len(bag))  # fmt: skip
        return strange <= most


def _is_translation(clause: str) -> bool:
    """Whether a clause beside a known label may be that label in another language: short, no English small words."""
    words = words_of(clause)
    return len(words) <= _LONGEST_LABEL and not any(len(word) > 1 and word in STOP for word in words)


def words_of(text: str) -> list[str]:
    return _WORD.findall(plain(text).replace("'", ""))


def _wordings(index: FormIndex) -> Iterator[str]:
    """Everything that the wordings of a form say is printed."""
    wordings = index.form.wordings
    for table in (wordings.labels, wordings.inside, wordings.columns, wordings.headings, wordings.negated):
        for texts in table.values():
            yield from texts
    yield from wordings.titles
    yield from wordings.prompts
    for texts in (*wordings.guidance.values(), *wordings.printed):
        yield from texts
    for codes in wordings.options.values():
        for texts in codes.values():
            yield from texts

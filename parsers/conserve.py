"""Counts, for every document at run time, that each typed word is in a record, in unplaced, or printed on the form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parsers.answers import Ledger, Located
from parsers.content import typed_text
from parsers.known_print import ALWAYS, KnownPrint, known_print
from parsers.wording import FormIndex, plain
from records.results import ReadResult, ReviewItem, Unplaced
from records.tree import Block, Cell, DocumentTree, Paragraph, Table, walk_paragraphs

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_EDITION_WORDS = re.compile(r"\bpage\b|\bversion\b|\bedition\b|\breview due\b|\bdocument dated\b", re.IGNORECASE)
_SENTENCE = 4
"""Small words that make a sentence; titles and editions have fewer."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A paragraph and where it stands; the words for the place are only made when it is told."""

    paragraph: Paragraph
    table: Table | None = None
    row: int = 0
    cell: Cell | None = None

    @property
    def where(self) -> str:
        if self.table is None or self.cell is None:
            return self.paragraph.place().where
        return self.table.cell_place(self.row, self.cell).where


def missing_text(
    result: ReadResult,
    tree: DocumentTree,
    ledger: Ledger,
    indexes: Mapping[str, FormIndex],
    found: Mapping[str, Located],
) -> None:
    """Puts back whatever a record lost, and says so: the return then needs a person (invariant 3 of the design)."""
    printed = known_print(tuple(indexes.values()))
    spots = list(_spots(tree))
    first = result.returns[0]
    for spot in spots:
        if ledger.state(spot.paragraph) == "printed" and not _is_print(spot.paragraph, printed):
            first.unplaced.append(Unplaced(typed_text(spot.paragraph), spot.where))
    answers = [spot for spot in spots if ledger.state(spot.paragraph) == "value"]
    spare = set(ALWAYS).union(*(_spare_words(indexes[form]) for form in found))
    spare |= {word for located in found.values() for label in located.words for word in _WORD.findall(label.casefold())}
    lost = _lost(answers, result, printed, spare)
    first.unplaced += [Unplaced(typed_text(spot.paragraph), "text that no field took") for spot in lost]
    if lost:
        first.review.append(
            ReviewItem("", "some words of the document are in no field; they are listed under unplaced")
        )


def says_something(text: str, indexes: Mapping[str, FormIndex]) -> bool:
    """Whether there is a sentence in a line that looks like a marking or like the edition of a form."""
    printed = known_print(tuple(indexes.values()))
    if printed.holds(text):
        return False
    small = [word for word in _LETTERS.findall(_EDITION_WORDS.sub(" ", text)) if word.islower()]
    return len(small) >= _SENTENCE or any(len(word) > 3 and plain(word) not in printed.words for word in small)


def _spots(tree: DocumentTree) -> Iterator[_Spot]:
    asides = [block for aside in tree.asides if aside.kind in ("header", "footer") for block in aside.blocks]
    yield from _spots_in([*asides, *tree.blocks])


def _spots_in(blocks: Iterable[Block]) -> Iterator[_Spot]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _Spot(block)
            continue
        for at, row in enumerate(block.rows):
            for cell in row.cells:
                for paragraph in walk_paragraphs(cell.blocks):
                    yield _Spot(paragraph, block, at, cell)


def _is_print(paragraph: Paragraph, printed: KnownPrint) -> bool:
    text = typed_text(paragraph)
    return not any(map(str.isalnum, text)) or printed.holds(text)


def _lost(answers: list[_Spot], result: ReadResult, printed: KnownPrint, spare: set[str]) -> list[_Spot]:
    """The answers with words that stand in no field, or in fewer than they were typed."""
    lines = Counter(line for text in _outputs(result) for line in text.split("\n"))
    rest: list[tuple[_Spot, list[str]]] = []
    left = lines.copy()
    for spot in answers:
        text = typed_text(spot.paragraph)
        own = text.split("\n")
        if all(line in lines for line in own):
            left.subtract(own)
        else:
            rest.append((spot, _WORD.findall(text.casefold())))
    if not rest:
        return []
    kept = Counter(word for line, times in left.items() for word in _WORD.findall(line.casefold()) * max(times, 0))
    known = {word for line in lines for word in _WORD.findall(line.casefold())}
    typed = Counter(word for _, words in rest for word in words)
    return [
        spot
        for spot, words in rest
        if any(
            (word not in known or not printed.knows_word(word)) and typed[word] > kept[word] and word not in spare
            for word in words
        )
        and not _is_made_of(typed_text(spot.paragraph), lines, printed)
    ]


def _is_made_of(text: str, lines: Iterable[str], printed: KnownPrint) -> bool:
    """Whether a text is labels and answers that are kept already: the same answer given twice is kept once."""
    for line in sorted((line for line in lines if line and line in text), key=len, reverse=True):
        text = text.replace(line, "\n")
    return not any(map(str.isalnum, text)) or printed.holds(text)


def _outputs(result: ReadResult) -> Iterator[str]:
    """What the result holds and shows, each stretch of text once."""
    for made in result.returns:
        for placed in {id(placed): placed for placed in made.places.values()}.values():
            yield placed.text
            yield placed.label
        for unplaced in made.unplaced:
            yield unplaced.text
        for item in made.review:
            yield item.text


def _spare_words(index: FormIndex) -> set[str]:
    """Words of alternatives and guidance, which stand in answers without being typed."""
    wordings = index.form.wordings
    texts = [*wordings.prompts, *(text for texts in wordings.guidance.values() for text in texts)]
    texts += [text for codes in wordings.options.values() for texts in codes.values() for text in texts]
    return {word for text in texts for word in _WORD.findall(text.casefold())}

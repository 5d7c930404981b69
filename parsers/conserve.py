"""Counts, for every document at run time, that each typed word is in a record, in unplaced, or printed on the form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parsers.answers import Ledger, Located
from parsers.content import typed_text
from parsers.known_print import ALWAYS, KnownPrint, known_print
from parsers.wording import FormIndex, plain
from records.results import ReadResult, ReviewItem, Unplaced
from records.tree import Block, Cell, DocumentTree, Paragraph, Table, walk_paragraphs

_LETTERS = re.compile(r"[^\W\d_]+")
_EDITION_WORDS = re.compile(r"\bpage\b|\bversion\b|\bedition\b|\breview due\b|\bdocument dated\b", re.IGNORECASE)
_SHORT = 8
"""Letters of a word that may stand anywhere without being the same answer."""
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
    words = set(ALWAYS).union(*(located.words for located in found.values()))
    for spot in _lost(answers, result, printed, words):
        text = typed_text(spot.paragraph)
        first.unplaced.append(Unplaced(text, spot.where))
        _doubt_fields_at(spot.where, text, result)


def _doubt_fields_at(where: str, text: str, result: ReadResult) -> None:
    for made in result.returns:
        fields = [path for path, placed in made.places.items() if placed.place.where == where]
        made.review += [
            ReviewItem(path, "some words that stand here are in no field; they are listed under unplaced", text)
            for path in fields
            if not any(item.field == path for item in made.review)
        ]


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


def _lost(answers: list[_Spot], result: ReadResult, printed: KnownPrint, labels: set[str]) -> list[_Spot]:
    """The answers that are not wholly made of print and of what the result holds."""
    lines = {line for text in _outputs(result) for line in _pieces(text)} | labels
    rest = [spot for spot in answers if not all(line in lines for line in typed_text(spot.paragraph).split("\n"))]
    if not rest:
        return []
    passages = {line for line in lines if " " in line or len(line) > _SHORT}
    whole = {line for spot in answers for line in typed_text(spot.paragraph).split("\n")}
    joined = [f" {line} " for line in lines if line not in whole]  # a name from two boxes, a period from two dates
    here: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    for made in result.returns:
        for placed in made.places.values():
            here[placed.place.where].update((*_pieces(placed.text), placed.label))
            beside[_row(placed.place.where)].add(f" {placed.text} ")
        for unplaced in made.unplaced:
            here[unplaced.where].update(unplaced.text.split("\n"))
    return [
        spot
        for spot in rest
        if not _is_made_of(typed_text(spot.paragraph), here.get(spot.where, ()), printed)
        and not _is_made_of(typed_text(spot.paragraph), passages, printed)
        and not any(f" {typed_text(spot.paragraph)} " in line for line in (*joined, *beside.get(_row(spot.where), ())))
    ]


def _row(where: str) -> str:
    return where.partition(", column")[0]


def _pieces(text: str) -> Iterator[str]:
    """The lines of an answer, and the cells in a line that was a row of a table."""
    for line in text.split("\n"):
        yield line
        if " | " in line:
            yield from line.split(" | ")


def _is_made_of(text: str, lines: Iterable[str], printed: KnownPrint) -> bool:
    """Whether nothing but print is left of a text without these lines: the same answer given twice is kept once."""
    for line in sorted((line for line in lines if line and line in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(line)}(?!\w)", "\n", text)
    return not any(map(str.isalnum, text)) or printed.holds(text, reworded=False)


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

"""How a file ends its lines: what its spaces tell of paragraphs, and which words were cut in two at a line's end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.readers.pdf_painted import Cut, Piece

_SMALL_WORDS = frozenset(
    "a i am an and any are as at be but by can did do due for had has he her him his if in is it its may me my no nor "
    "not now of off on one or our out own per she so the to two up us via was we who yes you".split()
)
"""Short words that begin a line; other scraps of three letters or less are the end of a word."""


@dataclass(frozen=True, slots=True)
class LineEnds:
    """What the first pages of a file show about its line ends."""

    spaces_tell: bool = False
    """It writes a space after a wrapped line and none where a paragraph ends."""
    spaces_written: bool = False
    """It writes a space wherever a line was wrapped (and perhaps elsewhere too)."""
    pitches: Mapping[float, float] = field(default_factory=dict)
    """How far apart wrapped lines stand, by size of type."""
    words: frozenset[str] = frozenset()
    """The words seen whole, in small letters without stops."""


def line_ends(pages: list[list[Piece]], counts: list[tuple[int, int]]) -> LineEnds:
    """The line ends of these pages; `counts` are each page's cells with text and those whose text ends in a space.

    Word writes a space after wrapped lines and after paragraphs, others after the first or after neither.
    """
    written = sum(1 for pieces in pages for piece in pieces if piece.tail)
    ends, tails = sum(ends for ends, _ in counts), sum(tails for _, tails in counts)
    tell = written >= 3 and tails <= 0.1 * ends
    always = written >= 3 and tails >= 0.9 * ends
    words = frozenset(_whole_words(pages)) if tell or always else frozenset()
    return LineEnds(tell, tell or always, _pitches(pages) if tell else {}, words)


def _pitches(pages: list[list[Piece]]) -> dict[float, float]:
    """The widest usual distance from a wrapped line to the next, by size."""
    gaps: dict[float, list[float]] = {}
    for pieces in pages:
        for piece, following in pairwise(pieces):
            size, gap = piece.style.size, following.base - piece.base
            if piece.tail and following.style.size == size and 0.9 * size < gap < 2.5 * size:
                gaps.setdefault(size, []).append(gap)
    return {size: sorted(seen)[int(0.9 * (len(seen) - 1))] for size, seen in gaps.items() if len(seen) >= 3}


def _whole_words(pages: list[list[Piece]]) -> Iterator[str]:
    """The words that stand neither first nor last on their line, which cannot be parts of a word cut in two."""
    for pieces in pages:
        for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
            if before.base == piece.base and (after.base == piece.base or piece.tail):
                yield _bare(piece.text)


def mark_cuts(pieces: list[Piece], words: frozenset[str]) -> None:
    """Says of each word at a line's end without a space behind it whether the next line may hold its rest."""
    for piece, following in pairwise(pieces):
        gap = following.base - piece.base
        if not piece.tail and 0.8 * piece.style.size < gap < 1.7 * piece.style.size:
            piece.cut = _cut(piece.text, following.text, words)


def _cut(before: str, after: str, words: frozenset[str]) -> Cut:
    one, two = _bare(before), _bare(after)
    if one + two in words or not two:
        return Cut.YES
    if before[-1] in ",.;:)" or after[0].isupper() or one in words or (two in words and len(two) > 2):
        return Cut.NO
    return Cut.YES if len(two) <= 3 and two not in _SMALL_WORDS else Cut.PERHAPS


def _bare(text: str) -> str:
    return text.strip(".,;:!?()[]\"'’“”").casefold()

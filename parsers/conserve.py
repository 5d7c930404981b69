"""Counts, for every document at run time, that each typed word is in a record, in unplaced, or printed on the form."""

from __future__ import annotations

import re

from parsers.answers import Ledger
from parsers.content import typed_text
from records.results import ReadResult, ReviewItem, Unplaced
from records.tree import DocumentTree

_WORD = re.compile(r"\w+")


def missing_text(result: ReadResult, tree: DocumentTree, ledger: Ledger) -> None:
    """Puts back whatever a record lost, and says so: the return then needs a person (invariant 3 of the design)."""
    known = _known_words(result)
    lost = []
    for paragraph in tree.paragraphs():
        if ledger.state(paragraph) != "value":
            continue
        text = typed_text(paragraph)
        words = _WORD.findall(text.casefold())
        gone = [word for word in words if word not in known]
        if gone:
            lost.append(text)
    for text in lost:
        first = result.returns[0]
        first.unplaced.append(Unplaced(text, "text that no field took"))
    if lost:
        result.returns[0].review.append(
            ReviewItem("", "some words of the document are in no field; they are listed under unplaced")
        )


def _known_words(result: ReadResult) -> set[str]:
    words: set[str] = set()
    for made in result.returns:
        for placed in made.places.values():
            words.update(_WORD.findall(placed.text.casefold()))
            words.update(_WORD.findall(placed.label.casefold()))
        for unplaced in made.unplaced:
            words.update(_WORD.findall(unplaced.text.casefold()))
        for item in made.review:
            words.update(_WORD.findall(item.text.casefold()))
    return words

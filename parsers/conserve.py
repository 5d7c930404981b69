"""Counts, for every document at run time, that each typed word is in a record, in unplaced, or printed on the form."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.answers import Ledger, Located
from parsers.content import typed_text
from parsers.wording import FormIndex
from records.results import ReadResult, ReviewItem, Unplaced
from records.tree import DocumentTree

_ALWAYS = (
    "yes no not known n k y nk x or please tick delete as appropriate circle tel telephone phone mobile no number "
    "email mail e address contact postal work ditto do same day date as above"
).split()
"""Words of alternatives and of prompts inside cells, and marks that say "the same again"."""
_WORD = re.compile(r"\w+")


def missing_text(
    result: ReadResult,
    tree: DocumentTree,
    ledger: Ledger,
    indexes: Mapping[str, FormIndex],
    found: Mapping[str, Located],
) -> None:
    """Puts back whatever a record lost, and says so: the return then needs a person (invariant 3 of the design)."""
    known = _known_words(result)
    for form, located in found.items():
        known |= _printed_words(indexes[form])
        known.update(word for label in located.words for word in _WORD.findall(label.casefold()))
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


def _printed_words(index: FormIndex) -> set[str]:
    """Words of alternatives and guidance, which stand in answers without being typed."""
    words = set(_ALWAYS)
    wordings = index.form.wordings
    for text in (*wordings.prompts, *(text for texts in wordings.guidance.values() for text in texts)):
        words.update(_WORD.findall(text.casefold()))
    for codes in wordings.options.values():
        for texts in codes.values():
            for text in texts:
                words.update(_WORD.findall(text.casefold()))
    return words


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

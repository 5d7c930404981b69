"""Which form a document is like, by the words of everything in it that may be a label.

The exact questions of a form tell it best (see `recognise`); on a template that nobody has taught us few of them are
met word for word. Then the words themselves speak: each is weighed by how often the wordings of one form hold it and
how often those of the others do (naive Bayes, with one voice for each field however many wordings it has).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping

from parsers.content import raw_text
from parsers.dates import read_date
from parsers.wording import FormIndex, canon, normal
from records.tree import Block, Table

_UNSEEN = 0.02
"""How often a word that no wording of a form holds is thought to stand in one."""
_ANCHORS = frozenset(
    canon(
        "child dob safeguarding agency review referral chronology learning practice practitioner nhs social care "
        "involvement incident family concern harm author"
    )
)
"""Words without which no paper of ours does; a project plan has actions and dates too."""
_LIKE = 20.0
_EACH = 0.15
"""A long paper of any kind gathers evidence in the end: each of its texts has to bear its part."""
_AHEAD = 2.0
_ANCHORED = 3


def likeness(texts: Iterable[str], indexes: Mapping[str, FormIndex]) -> dict[str, float]:
    """How much more like each form the texts are than like the middle of all forms, in bits of evidence (natural)."""
    scores = dict.fromkeys(indexes, 0.0)
    known = frozenset().union(*(index.words for index in indexes.values()))
    totals = {form: sum(index.words.values()) + _UNSEEN * len(known) for form, index in indexes.items()}
    for words in {frozenset(canon(normal(text))) & known for text in texts}:
        for word in words:
            chance = {
                form: math.log((index.words.get(word, 0.0) + _UNSEEN) / totals[form]) for form, index in indexes.items()
            }
            middle = sum(chance.values()) / len(chance)
            for form, value in chance.items():
                scores[form] += (value - middle) / math.sqrt(len(words))
    return scores


def is_like(form: str, scores: Mapping[str, float], texts: Collection[str]) -> bool:
    """Whether the words alone are enough to take a document for the form: much like it throughout, more than like any
    other, and about a child and agencies at all.
    """
    others = max((score for other, score in scores.items() if other != form), default=0.0)
    anchors = _ANCHORS & {word for text in texts for word in canon(normal(text))}
    enough = max(_LIKE, _EACH * len(texts))
    return scores[form] >= enough and scores[form] - others >= _AHEAD and len(anchors) >= _ANCHORED


def holds_events(blocks: Iterable[Block]) -> bool:
    """Whether most of the text stands in tables of dated rows: what a chronology is, whatever heads its columns."""
    dated = whole = 0
    for block in blocks:
        if not isinstance(block, Table):
            whole += len(block.text)
            continue
        size = sum(len(raw_text(cell)) for row in block.rows for cell in row.cells)
        whole += size
        if _is_dated(block):
            dated += size
    return dated > 0.5 * whole


def _is_dated(table: Table) -> bool:
    """A table of four rows and more that has three columns, one of them with a date in nearly every row."""
    rows = [row for row in table.rows[:40] if len(row.cells) >= 3]
    if len(rows) < 4:
        return False
    for column in range(min(3, min(len(row.cells) for row in rows))):
        texts = [" ".join(raw_text(row.cells[column]).split()) for row in rows]
        filled = [text for text in texts if text and len(text) <= 60]
        if len(filled) >= 4 and sum(read_date(text).value is not None for text in filled) >= 0.7 * len(texts):
            return True
    return False

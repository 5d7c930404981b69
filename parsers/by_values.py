"""Questions in a person's or child's own table that no wording knows, placed by what is answered beside them."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.columns import settle
from parsers.content import is_blank, raw_text, text_of
from parsers.labels import Label
from parsers.persons import EMAIL, PHONE
from parsers.tables import head_of_block
from parsers.wording import LIKELY, SURE, FormIndex, Hit
from records.tree import Cell, Row

PLACED = "the question is not known; it was placed by what stands beside it"


def guesses(rows: Sequence[Row], blocks: Sequence[str], index: FormIndex) -> dict[int, Label]:
    """What the unknown labels of a table under a block's heading seem to ask, by the identity of their cells."""
    pairs = [
        pair for row in rows if len(row.cells) % 2 == 0 for pair in zip(row.cells[::2], row.cells[1::2], strict=True)
    ]
    pairs = [(label, value) for label, value in pairs if 0 < len(raw_text(label)) <= 120]
    texts = [" ".join(raw_text(label).split()) for label, _ in pairs]
    known = {block: [_own(text, block, index) for text in texts] for block in blocks if block not in index.tabular}
    if not pairs or not known or len(set(texts)) < len(texts):
        return {}
    block = max(known, key=lambda block: sum(map(bool, known[block])))
    unknown = [not hits and _is_strange(text, index) for text, hits in zip(texts, known[block], strict=True)]
    found = [{block: hits} if hits else {} for hits in known[block]]
    stand_ins = [Cell(label.blocks, column=number) for number, (label, _) in enumerate(pairs, 1)]
    head = head_of_block(block, stand_ins, found, index)
    settle(head, [{number: value for number, (_, value) in enumerate(pairs, 1)}], index)
    made: dict[int, Label] = {}
    for (label, value), text, strange, column in zip(pairs, texts, unknown, head.columns, strict=True):
        taken = {other.path for other in head.columns if other is not column}
        path = _contact(value, block, taken, index) or column.path
        if strange and path and not is_blank(value.blocks):
            made[id(label)] = Label(path, text, LIKELY, printed=label.paragraphs, why=PLACED if column.why else "")
    return made


def _own(text: str, block: str, index: FormIndex) -> list[Hit]:
    """What a text asks for in a block, for certain."""
    return [hit for hit in index.find(text) if hit.block == block and hit.score >= SURE]


def _is_strange(text: str, index: FormIndex) -> bool:
    """Whether no field of the form is worded like a text."""
    return not any(hit.score >= LIKELY and hit.part in ("label", "negated", "heading") for hit in index.find(text))


def _contact(value: Cell, block: str, taken: set[str], index: FormIndex) -> str:
    """The path of a cell that holds an address of mail or a telephone number together with something else."""
    text = text_of(value.blocks)
    rest = PHONE.sub(" ", EMAIL.sub(" ", text))
    holds = (
        ("address", sum(map(str.isalpha, rest)) >= 8),
        ("phone", bool(PHONE.search(text))),
        ("email", bool(EMAIL.search(text))),
    )
    names = [name for name, there in holds if there]
    free = all(f"{block}.{name}" in index.kinds and f"{block}.{name}" not in taken for name in names)
    return f"{block}.{'+'.join(names)}" if len(names) >= 2 and free else ""

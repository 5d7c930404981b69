"""The PDF reader against filled-in returns with known answers, where they are at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.readers.pdf import read
from records.limits import DEFAULT_LIMITS
from records.tree import Block, DocumentTree, Paragraph

RETURNS = Path(__file__).parents[3] / "shared" / "returns"
TEXTS = sorted(
    path
    for path in RETURNS.glob("*.pdf")
    if json.loads(path.with_suffix(".truth.json").read_text("utf-8"))["format"] == "pdf-text"
)
_CODED = re.compile(r"[a-z_]+|[\d\-/.:T?~%XU]+")
"""Answers that the record holds in coded form: yes, local_review, 2024-10-31."""


def spoken(value: object) -> Iterator[str]:
    """The strings of a record that stand in the document as written."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"form", "kind"}:
                yield from spoken(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spoken(inner)
    elif isinstance(value, str) and not _CODED.fullmatch(value):
        yield value


def folded(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def holders(blocks: list[Block]) -> Iterator[str]:
    """The text of each cell (with the tables in it) and of each paragraph."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield folded(block.text)
            continue
        for row in block.rows:
            for cell in row.cells:
                inner = list(holders(cell.blocks))
                yield from inner
                yield " ".join(inner)


def missing(tree: DocumentTree, truth: dict[str, object]) -> tuple[int, list[str]]:
    """How many strings the truth has, and those that no single cell or paragraph holds."""
    records = truth.get("returns") or [truth]
    wanted = [text for one in records for text in spoken(one["record"])] + list(truth["typed_extra"])
    texts = list(holders(tree.blocks)) + [folded(aside.text) for aside in tree.asides]
    return len(wanted), [text for text in wanted if not held(folded(text), texts)]


def held(text: str, texts: list[str]) -> bool:
    """One place holds it, or it is a name whose parts fill a cell each (last name | forenames)."""
    if any(text in one for one in texts):
        return True
    words = text.split()
    return any({" ".join(words[:at]), " ".join(words[at:])} <= set(texts) for at in range(1, len(words)))


@pytest.mark.skipif(not TEXTS, reason="the filled-in returns are not at hand")
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_answer_stands_in_one_cell_or_paragraph(path: Path) -> None:
    """Each written answer of a return is found whole in one cell or one paragraph of the tree."""
    truth = json.loads(path.with_suffix(".truth.json").read_text("utf-8"))
    _, lost = missing(read(path.read_bytes(), DEFAULT_LIMITS), truth)
    assert lost == []

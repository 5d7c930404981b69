"""The letter that goes with a form: its references, dates and names are the sender's, no answers to the form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from records.tree import Block, Paragraph

_GREETING = re.compile(r"(?:dear|annwyl|to whom it may concern|hello|hi)\b.{0,60}", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:yours\s+(?:sincerely|faithfully|truly)|yn gywir"
    r"|(?:with\s+)?(?:kind|best|warm)\s+(?:regards|wishes)|regards)\W*",
    re.IGNORECASE,
)
_LETTERHEAD = 14
"""Lines that may stand above the greeting: addresses, references, the date."""
_LONGEST = 40
_SIGNATURE = 6


def letter_of(blocks: Sequence[Block]) -> range:
    """Where among the blocks a covering letter stands, letterhead and writer's name with it; empty without one."""
    for at, block in enumerate(blocks[: _LETTERHEAD + 1]):
        if not isinstance(block, Paragraph):
            break
        if _GREETING.fullmatch(block.text.strip()) and not _is_styled(blocks[: at + 1]):
            stop = _closing(blocks, at)
            return range(_signed(blocks, stop)) if stop else range(0)
    return range(0)


def _closing(blocks: Sequence[Block], greeting: int) -> int:
    """The block after the closing formula; 0 when the text goes on without one."""
    for at in range(greeting + 1, min(len(blocks), greeting + _LONGEST)):
        block = blocks[at]
        if not isinstance(block, Paragraph) or block.heading:
            return 0
        if _CLOSING.fullmatch(block.text.strip()):
            return at + 1
    return 0


def _signed(blocks: Sequence[Block], stop: int) -> int:
    """Past the name and the post of the writer: short lines up to the first gap after them."""
    named = False
    for at in range(stop, min(len(blocks), stop + _SIGNATURE)):
        block = blocks[at]
        if not isinstance(block, Paragraph) or block.heading or len(block.text) > 80:
            return at
        if not block.text.strip() and named:
            return at
        named = named or bool(block.text.strip())
    return stop


def _is_styled(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Paragraph) and block.heading for block in blocks)

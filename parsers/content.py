"""The text of an answer: what a person typed in a cell or under a heading, without prompts, lines and bullets."""

from __future__ import annotations

import re

from parsers.readers.ticks import EMPTY_BOXES, TICKED_BOXES
from records.tree import Block, Cell, Paragraph, Run, Table

PROMPT = re.compile(
    r"[\[(<]?\s*(?:"
    r"(?:please\s+)?(?:click|tap)(?: or (?:tap|click))?(?: here)?"
    r"(?: to (?:enter|add|type|insert|select|choose)[^.]{0,40})?"
    r"|choose an item|select an item|choose a date|select a date|enter a date|pick a date|please select"
    r"|select from list"
    r"|enter (?:text|your text|name|date)(?: here)?|insert (?:text|name|date)(?: here)?|type (?:here|your answer here)"
    r"|type your name or insert a picture|dd\s*/\s*mm\s*/\s*yy(?:yy)?|hh\s*:\s*mm|delete as (?:appropriate|applicable)"
    r"|please (?:tick|circle|delete)(?: as appropriate| one)?"
    r")\s*[\])>]?\.?",
    re.IGNORECASE,
)
"""Prompts that word processors and form makers leave where an answer should be."""
_PROMPT_STARTS = tuple("please click tap choose select enter pick insert type dd hh delete [ ( <".split())
_BOXES = EMPTY_BOXES | TICKED_BOXES
_LINE = re.compile(r"[_…]{3,}|\.{4,}|-{6,}")
_BULLET = re.compile(r"^[\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u2043\u00b7\u25a0\uf0b7\ufffd]\s*")
_DASH_BULLET = re.compile(r"^[-–—*o]\s+")


def typed_text(paragraph: Paragraph) -> str:
    """What a person typed in a paragraph, spaces folded; "" for a prompt or a bare line."""
    settled = paragraph.settled
    if settled is None:
        return _typed(paragraph.runs)
    if settled.typed is None:
        settled.typed = _typed(paragraph.runs)
    return settled.typed


def _typed(runs: list[Run]) -> str:
    if not runs:
        return ""
    if len(runs) == 1:
        text = "" if runs[0].placeholder else runs[0].text
    else:
        text = "".join([run.text for run in runs if not run.placeholder])
    if "__" in text or "..." in text or "…" in text or "----" in text:
        text = _LINE.sub(" ", text)
    if "\n" in text:
        lines = [" ".join(line.split()) for line in text.split("\n")]
        text = "\n".join([line for line in lines if line])
    else:
        text = " ".join(text.split())
    if len(text) <= 90 and text.lower().startswith(_PROMPT_STARTS) and PROMPT.fullmatch(text):
        return ""
    return text


def is_blank(blocks: list[Block]) -> bool:
    """Whether nothing was typed here (pictures do not count)."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if typed_text(block):
                return False
        elif any(not is_blank(cell.blocks) for row in block.rows for cell in row.cells):
            return False
    return True


def has_picture(blocks: list[Block]) -> bool:
    return any(
        any(run.picture for run in block.runs)
        if isinstance(block, Paragraph)
        else any(has_picture(cell.blocks) for row in block.rows for cell in row.cells)
        for block in blocks
    )


def lines_of(blocks: list[Block]) -> list[str]:
    """The typed lines of an answer; a table inside it row by row, its cells parted by " | "."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            text = typed_text(block)
            if text:
                lines += text.split("\n")
        else:
            lines += _table_lines(block)
    return _without_bullets(lines)


def _table_lines(table: Table) -> list[str]:
    lines = []
    for row in table.rows:
        cells = [" ".join(lines_of(cell.blocks)) for cell in row.cells]
        if any(cells):
            lines.append(" | ".join(cells))
    return lines


def _without_bullets(lines: list[str]) -> list[str]:
    lines = [_BULLET.sub("", line) for line in lines]
    dashed = [bool(_DASH_BULLET.match(line)) for line in lines]
    if sum(dashed) >= 2 or (dashed and all(dashed) and len(lines) > 1):
        lines = [
            _DASH_BULLET.sub("", line) if is_dashed else line for line, is_dashed in zip(lines, dashed, strict=True)
        ]
    return [line for line in lines if line]


def text_of(blocks: list[Block]) -> str:
    """The answer as the record keeps it: one space between words, a line break between paragraphs."""
    return "\n".join(lines_of(blocks))


def plain_words(blocks: list[Block]) -> str:
    """The text of an answer of one paragraph and one look, with nothing in it to interpret; "" for any other."""
    if len(blocks) != 1 or not isinstance(blocks[0], Paragraph) or len(blocks[0].runs) != 1:
        return ""
    run = blocks[0].runs[0]
    text = typed_text(blocks[0])
    if run.strike or run.unsure or run.control is not None or not text[:1].isalnum() or "\n" in text or "/" in text:
        return ""
    return text if _BOXES.isdisjoint(text) and not text.startswith("o ") else ""


def raw_text(cell: Cell) -> str:
    """All text of a cell with spaces folded, prompts and all; for matching labels."""
    paragraphs = cell.paragraphs
    if len(paragraphs) == 1:
        return paragraphs[0].folded
    return "\n".join(filter(None, [paragraph.folded for paragraph in paragraphs]))


def is_guidance_look(paragraph: Paragraph) -> bool:
    """Whether the paragraph looks like printed guidance: all of it in italics or grey."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and (all(run.italic for run in runs) or all(run.grey or run.placeholder for run in runs))


def is_emphatic(paragraph: Paragraph) -> bool:
    """Whether the paragraph looks like a heading: a heading style, or all of it bold."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(paragraph.heading) or (bool(runs) and all(run.bold for run in runs))


def only_boxes(text: str) -> bool:
    return bool(text.strip()) and all(char in EMPTY_BOXES or char.isspace() for char in text)

"""The outline as a tagged PDF (PDF/UA-1), drawn by typst. Text goes in as JSON and is never read as markup.

Only the fonts inside the typst package are used, so that the same pack is the same bytes on every machine. A character
that none of them can draw is shown by its number, `[U+4E2D]`; the Word and Excel files of the same pack show it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import typst

from generators.packs.blocks import Alert, Block, Cell, Facts, Heading, Outline, Para, Section, Table
from generators.packs.words import code_point

TEMPLATE = Path(__file__).with_name("pack.typ")

_PROBE = """#let data = json(bytes(sys.inputs.pack))
#set document(title: "probe", date: none)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), lang: "en")
#for char in data [#par(text(char))]
"""
_CANNOT = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_LONG_TOKEN = re.compile(r"\S{15,}")
_BREAK_AFTER = re.compile(r"(?<=[/@._=&?])(?=\w)")
_KEPT_WHOLE = 550
"""Characters, each line counted as 40 more: under half a landscape page even in the narrowest column."""
_ZERO_WIDTH_SPACE = "​"


def draw_pdf(drawn: Outline) -> bytes:
    """The PDF's bytes; the same outline gives the same bytes."""
    data = json.dumps(_outline(drawn), ensure_ascii=False)
    cannot = _cannot_draw(data)
    if cannot:
        data = data.translate({ord(char): code_point(char) for char in cannot})
    return _compiled(TEMPLATE.read_bytes(), data)


def _compiled(template: bytes, data: str) -> bytes:
    made: bytes = typst.compile(
        template,
        format="pdf",
        sys_inputs={"pack": data},
        pdf_standards=["ua-1"],
        timestamp=0,
        ignore_system_fonts=True,
    )
    return made


def _cannot_draw(data: str) -> set[str]:
    """The characters that no font of ours has, asked of typst itself with one line for each character."""
    asked = sorted({char for char in data if not char.isascii()})
    cannot: set[str] = set()
    while asked:
        try:
            _compiled(_PROBE.encode(), json.dumps(asked, ensure_ascii=False))
        except typst.TypstError as error:
            named = {_unescaped(text) for text in _CANNOT.findall(error.diagnostic)}
            found = {char for char in asked if any(char in text for text in named)}
            if not found:
                raise
            cannot |= found
            asked = [char for char in asked if char not in found]
        else:
            break
    return cannot


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _outline(drawn: Outline) -> dict[str, Any]:
    partnership, _, _ = drawn.title.rpartition(": ")
    return {
        "title": drawn.title,
        "partnership": partnership,
        "marking": drawn.marking,
        "running": drawn.running,
        "language": drawn.language,
        "cover": [_block(block) for block in drawn.cover],
        "sections": [_section(section) for section in drawn.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "landscape": section.landscape,
        "new_page": section.new_page,
        "restricted": section.restricted,
        "blocks": _blocks(section.blocks),
    }


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """The blocks; a paragraph right under a heading stays with what follows: no page ends with the two."""
    made = [_block(block) for block in blocks]
    for above, block, drawn in zip(blocks, blocks[1:], made[1:], strict=False):
        if isinstance(above, Heading) and isinstance(block, Para):
            drawn["sticky"] = True
    return made


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": _text(block.text)}
    if isinstance(block, Para):
        return {"kind": "para", "look": block.look, "sticky": False, "lines": _text(block.text).split("\n")}
    if isinstance(block, Facts):
        return {"kind": "facts", "rows": [[_text(title), _cell(cell)] for title, cell in block.rows]}
    if isinstance(block, Alert):
        rows = [[title, _text(words).split("\n")] for title, words in block.rows]
        return {"kind": "alert", "title": block.title, "calm": block.calm, "rows": rows}
    return _table(block)


def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "fine": block.fine,
        "columns": [[column.title, column.width, column.share] for column in block.columns],
        "rows": [{"keep": _fits_a_page(row), "cells": [_cell(cell) for cell in row]} for row in block.rows],
    }


def _fits_a_page(row: tuple[Cell, ...]) -> bool:
    """Whether the row is surely short enough to be kept whole; a longer one runs on, losing nothing."""
    return max((sum(len(line.text) + 40 for line in cell) for cell in row), default=0) <= _KEPT_WHOLE


def _cell(cell: Cell) -> str | list[list[str]]:
    """The lines of a cell; one plain line, as most are, goes as bare text, which is drawn faster."""
    if len(cell) == 1 and cell[0].look == "plain" and not cell[0].label:
        return _text(cell[0].text)
    return [[line.look, _text(line.label), _text(line.text)] for line in cell]


def _text(text: str) -> str:
    """The text made ready for narrow columns: long words and addresses may break; no visible character changes."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _LONG_TOKEN.sub(_breakable, text) if len(text) > 14 else text


def _breakable(match: re.Match[str]) -> str:
    """A long word with places to break, none where a hyphen gives one already: "NVSCP-RR-2024-07" stays searchable."""
    return "-".join(_broken(piece) if len(piece) > 14 else piece for piece in match[0].split("-"))


def _broken(piece: str) -> str:
    if piece.isalpha() and piece.islower() and len(piece) <= 24:
        return piece
    parts = _BREAK_AFTER.split(piece)
    return _ZERO_WIDTH_SPACE.join(
        _ZERO_WIDTH_SPACE.join(part[at : at + 6] for at in range(0, len(part), 6)) if len(part) > 14 else part
        for part in parts
    )

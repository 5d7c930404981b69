"""Reads plain text and the bodies of messages: paragraphs, and tables that were pasted with tabs or bars."""

from __future__ import annotations

import re

from parsers.readers.plain import text_of
from records.errors import TooLarge
from records.limits import Limits
from records.tree import Block, Cell, DocumentTree, Paragraph, Row, Run, Table

KINDS = ("text",)

_RULE = re.compile(r"\s*\|?[\s:|+=\-]*[-=]{2,}[\s:|+=\-]*\|?\s*")
_BULLET = re.compile(r"\s*[•▪◦‣·*\-–]\s+")


def read(data: bytes, limits: Limits) -> DocumentTree:
    """The tree of a text file. Each line is a paragraph; lines of three or more cells in a row are a table."""
    lines = text_of(data, limits).split("\n")
    if len(lines) > limits.rows * 10:
        raise TooLarge("The file has more lines than this service accepts.")
    blocks: list[Block] = []
    number, tables, index = 0, 0, 0
    while index < len(lines):
        rows, after = _table_at(lines, index)
        if rows:
            tables += 1
            blocks.append(Table(rows, str(tables), first_row=0))
            index = after
            continue
        line = lines[index]
        index += 1
        number += 1
        if line.strip():
            blocks.append(_paragraph(line, number))
    return DocumentTree("text", blocks)


def _paragraph(line: str, number: int) -> Paragraph:
    bullet = _BULLET.match(line)
    text = line[bullet.end() :] if bullet else line.strip(" \t")
    return Paragraph([Run(text)], listed=bool(bullet), number=number)


def _table_at(lines: list[str], start: int) -> tuple[list[Row], int]:
    """The table that starts at this line, and the line after it; none unless two lines are cut alike."""
    for cut in (_by_bars, _by_tabs):
        first = cut(lines[start])
        if len(first) < 2:
            continue
        rows: list[list[str]] = []
        index = start
        while index < len(lines):
            cells = cut(lines[index])
            if len(cells) < 2 and not (rows and _RULE.fullmatch(lines[index])):
                break
            if not _RULE.fullmatch(lines[index]):
                rows.append(cells)
            index += 1
        if len(rows) >= 2 and max(len(row) for row in rows) >= 2:
            return [_row(row) for row in rows], index
    return [], start


def _by_bars(line: str) -> list[str]:
    if line.count("|") < 2 and not (line.count("|") == 1 and not line.strip().startswith(">")):
        return []
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") else inner
    return [cell.strip() for cell in inner.split("|")]


def _by_tabs(line: str) -> list[str]:
    stripped = line.strip("\n").lstrip("\t") if not line.strip("\t") else line
    return [cell.strip() for cell in re.split(r"\t", stripped)] if "\t" in stripped.strip() else []


def _row(cells: list[str]) -> Row:
    return Row([Cell([Paragraph([Run(text)] if text else [])], column=n) for n, text in enumerate(cells, 1)])

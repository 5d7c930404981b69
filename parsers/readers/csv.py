"""Reads delimited text (.csv, .tsv) as the one sheet it is."""

from __future__ import annotations

import csv
import io

from parsers.readers.plain import text_of
from parsers.readers.sheet_regions import Grid, SheetCell, regions
from parsers.readers.sheet_tables import region_block
from records.errors import TooLarge
from records.limits import Limits
from records.tree import DocumentTree, Run, Table

KINDS = ("csv",)

_DELIMITERS = ",;\t|"


def read(data: bytes, limits: Limits) -> DocumentTree:
    """The tree of a delimited text file. Rows keep the file's own numbers."""
    text = text_of(data, limits)
    if text.lower().startswith("sep=") and text[5:6] == "\n":
        delimiter, text = text[4], text[6:]
    else:
        delimiter = _delimiter(text)
    rows = _rows(text, delimiter, limits)
    cells = {
        number: {column: SheetCell([Run(cell.strip())]) for column, cell in enumerate(row, 1) if cell.strip()}
        for number, row in enumerate(rows, 1)
    }
    grid = Grid({number: row for number, row in cells.items() if row})
    tree = DocumentTree("csv", [])
    for region in regions(grid):
        tables = sum(isinstance(block, Table) for block in tree.blocks)
        tree.blocks.append(region_block(grid, region, "file", tables + (not region.heading)))
    return tree


def _rows(text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    # a cell may hold a whole report; an unclosed quote would otherwise swallow the file as one "cell"
    csv.field_size_limit(min(limits.text_characters, 2_000_000_000))
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > limits.rows:
                raise TooLarge("The file has more rows than this service accepts.")
    except csv.Error:
        return [line.split(delimiter) for line in text.split("\n")]
    return rows


def _delimiter(text: str) -> str:
    """The mark that cuts most lines into the same number of cells."""
    lines = text[:200_000].split("\n")[:200]

    def score(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
        wide = [width for width in widths if width > 1]
        usual = max(set(wide), key=wide.count) if wide else 0
        return wide.count(usual), usual

    try:
        return max(_DELIMITERS, key=score)
    except csv.Error:
        return ","

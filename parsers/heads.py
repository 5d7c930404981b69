"""Heads of lists that few known words give away: what stands below them says which list it is, and a person looks."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.columns import settle
from parsers.content import raw_text
from parsers.dates import read_date
from parsers.tables import Head, column_hits, head_of_block, looks_like_label
from parsers.wording import SURE, FormIndex
from records.fields import Kind
from records.tree import Cell, Row, Table

MOSTLY_UNKNOWN = "the heads of this table are mostly unknown; its columns were placed by what stands in them"
_ENOUGH = 60


def head_by_values(table: Table, at: int, index: FormIndex, hint: Sequence[str]) -> Head | None:
    """The head that a row is by what stands below it; None where that does not tell either."""
    row = table.rows[at]
    below = [other for other in table.rows[at + 1 : at + 1 + _ENOUGH] if _same_shape(other, row)]
    if (
        len(below) < 2
        or 2 * len(below) < len(table.rows[at + 1 : at + 1 + _ENOUGH])
        or not _looks_like_head(row, below)
    ):
        return None
    texts = [" ".join(raw_text(cell).split()) for cell in row.cells]
    found = [column_hits(text, index) for text in texts]
    samples = [{cell.column: cell for cell in other.cells} for other in below]
    fits: dict[str, tuple[int, Head]] = {}
    for block in index.tabular:
        head = head_of_block(block, list(row.cells), found, index)
        sure = sum(1 for hits in found if block in hits and hits[block][0].score >= SURE)
        settle(head, samples, index)
        placed = sum(1 for column in head.columns if column.path)
        if (sure or block in hint) and placed >= max(3, 0.6 * len(texts)) and _has_its_key(head, index):
            fits[block] = (placed + sure + 2 * (block in hint), head)
    best = max(fits, key=lambda block: fits[block][0], default=None)
    if best is None or sum(1 for score, _ in fits.values() if score == fits[best][0]) > 1:
        return None
    head = fits[best][1]
    for column in head.columns:
        column.why = column.why or MOSTLY_UNKNOWN
    return head


def _same_shape(row: Row, head: Row) -> bool:
    return [cell.column for cell in row.cells] == [cell.column for cell in head.cells]


def _looks_like_head(row: Row, below: Sequence[Row]) -> bool:
    """Short texts without a date or an answer among them, looking otherwise than what stands below."""
    texts = [" ".join(raw_text(cell).split()) for cell in row.cells]
    if len(texts) < 3 or sum(1 for text in texts if not text) > 1 or max(map(len, texts)) > 90:
        return False
    if any(read_date(text).value for text in texts) or any("@" in text for text in texts):
        return False
    return row.header or _share(row.cells) >= 0.8 > 2 * _share([cell for other in below for cell in other.cells])


def _share(cells: Sequence[Cell]) -> float:
    filled = [cell for cell in cells if raw_text(cell).strip()]
    return sum(map(looks_like_label, filled)) / max(len(filled), 1)


def _has_its_key(head: Head, index: FormIndex) -> bool:
    """Whether the fields that every item of the list must have (its date, its number) have columns."""
    placed = {column.path.partition("+")[0] for column in head.columns}
    dates = {path for path in index.needed if path.startswith(f"{head.block}.") and index.kinds[path] is Kind.DATE}
    return all(path in placed or f"{path}#start" in placed for path in dates)

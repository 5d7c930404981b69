"""Joins a row that was cut by a page break or a split table: its rest stands in the first row of the next part."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.answers import ListRow
from parsers.content import is_blank, text_of
from parsers.dates import read_date
from records.tree import Block, Cell, Paragraph, Run

_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KEYS = ("date", "date+time", "time", "source", "number", "code", "name", "term")


def join_split_rows(rows: list[ListRow]) -> list[ListRow]:
    """The rows with those that only continue the row before joined to it; never joins without evidence."""
    joined: list[ListRow] = []
    for row in rows:
        if joined and row.starts_table and _continues(joined[-1], row):
            joined[-1] = _join(joined[-1], row)
        else:
            joined.append(row)
    return joined


def _continues(before: ListRow, row: ListRow) -> bool:
    if any(cell.merge == "continue" for cell in row.cells.values()):
        return False
    texts = {path: text_of(cell.blocks) for path, cell in row.cells.items() if not is_blank(cell.blocks)}
    if not texts or any(path not in before.cells or is_blank(before.cells[path].blocks) for path in texts):
        return False
    earlier = {path: text_of(before.cells[path].blocks) for path in texts}
    keys = {path for path in texts if path.rpartition(".")[2] in _KEYS}
    if any(_is_whole(texts[path]) for path in keys):
        return False
    open_ended = [path for path in texts if not _ENDED.search(earlier[path])]
    # An address of mail begins small whether or not it carries anything on.
    carried = [path for path in open_ended if texts[path][:1].islower() and "@" not in texts[path].split()[0]]
    dates = [path for path in keys if "date" in path.rpartition(".")[2]]
    if dates:
        return all(_completes(earlier[path], texts[path]) for path in dates) and bool(carried or len(texts) == 1)
    if keys:
        return all(path in carried for path in keys) and len(open_ended) == len(texts)
    return bool(carried) or len(open_ended) == len(texts)


def _is_whole(text: str) -> bool:
    """Whether a key cell says a whole date, so that its row is one of its own."""
    return bool(_DAY.fullmatch(read_date(text).value or ""))


def _completes(first: str, second: str) -> bool:
    """Whether two pieces of a date make a day together that the first does not make alone."""
    alone = read_date(first).value or ""
    return not _DAY.fullmatch(alone) and bool(_DAY.fullmatch(read_date(f"{first} {second}").value or ""))


def _join(before: ListRow, row: ListRow) -> ListRow:
    cells = dict(before.cells)
    for path, cell in row.cells.items():
        if not is_blank(cell.blocks):
            cells[path] = replace(cells[path], blocks=_run_on(cells[path], cell))
    return replace(before, cells=cells, extra=before.extra + row.extra)


def _run_on(first: Cell, second: Cell) -> list[Block]:
    """The blocks of both cells, the sentence that was cut made whole."""
    head, tail = list(first.blocks), list(second.blocks)
    while head and isinstance(head[-1], Paragraph) and not head[-1].text.strip():
        head.pop()
    if head and tail and isinstance(head[-1], Paragraph) and isinstance(tail[0], Paragraph):
        head[-1] = replace(head[-1], runs=[*head[-1].runs, Run(" "), *tail[0].runs])
        tail = tail[1:]
    return head + tail

"""Tables of repeating rows: finds the head row, says which column asks for what, gives the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.content import is_emphatic, is_guidance_look, raw_text, typed_text
from parsers.marks import YES_NO
from parsers.scope import Scope
from parsers.signoffs import composed
from parsers.wording import LIKELY, SURE, FormIndex, Hit, normal
from records.tree import Cell, Row, Table

_PROMPT_CELL = re.compile(
    r"d{1,2}\s*[/.-]\s*m{1,3}\s*[/.-]\s*y{2,4}"
    r"|^(?:24 ?h(?:ou)?rs?|hh[:.]mm|y ?/ ?n|y or n|yes ?/ ?no)\b|^e\.?g\.?\s|\?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Column:
    start: int
    end: int
    path: str
    head: str
    why: str = ""
    choice: str = ""
    """The head is one of the answers of the field ("Yes", "Partly"): a mark in the column chooses it."""


@dataclass(slots=True)
class Head:
    """The head row of a table of repeating rows."""

    block: str
    row: int
    columns: list[Column] = field(default_factory=list)
    width: int = 0
    words: tuple[str, ...] = ()

    def column_at(self, cell: Cell) -> Column | None:
        """The column in which a cell begins."""
        return next((column for column in self.columns if column.start <= cell.column < column.end), None)


def may_be_head(row: Row, index: FormIndex) -> bool:
    """A cheap look before the careful one: at least two cells word a column head to the letter."""
    return sum(1 for cell in row.cells if index.exact(" ".join(raw_text(cell).split()), "column")) >= 2


def head_of_row(row: Row, number: int, index: FormIndex, scope: Scope, hint: tuple[str, ...]) -> Head | None:
    """The head that a row is, if it is one: nearly all its cells are column heads of one block."""
    cells = [cell for cell in row.cells if cell.merge != "continue"]
    texts = [" ".join(raw_text(cell).split()) for cell in cells]
    filled = [text for text in texts if text]
    if (
        len(filled) < 2
        or max(map(len, filled)) > 160
        or any(not t and not c.shade for t, c in zip(texts, cells, strict=True))
    ):
        return None
    found = [column_hits(text, index, scope.open) if text else {} for text in texts]
    blocks = {block for hits in found for block in hits}
    scored = []
    for block in blocks:
        sure = sum(1 for hits in found if block in hits and hits[block][0].score >= SURE)
        paths = {hits[block][0].path for hits in found if block in hits}
        if sure >= 2 and len(paths) >= 2 and sure >= 0.6 * len(filled):
            near = 1.5 if block in hint else (0.5 if block in scope.open or block == scope.implied else 0.0)
            scored.append((sure + near + (0.2 if block.endswith("[]") else 0.0), block))
    if not scored:
        return None
    block = max(scored)[1]
    rivals = [other for score, other in scored if score == max(scored)[0] or (score > max(scored)[0] - 0.15)]
    unsure = len(rivals) > 1 and not block.endswith("[]")
    if not _looks_alike(cells, texts, found, block):
        return None
    head = _head(block, number, cells, texts, found, index)
    if unsure:
        for column in head.columns:
            column.why = column.why or "it is not certain to which person or block this table belongs"
    return head


def _looks_alike(cells: list[Cell], texts: list[str], found: list[dict[str, list[Hit]]], block: str) -> bool:
    """Whether unknown heads look like the known ones; in "Name | A. Smith | Role | Nurse" they do not."""
    known = {looks_like_label(cell) for cell, hits in zip(cells, found, strict=True) if block in hits}
    strangers = [cell for cell, text, hits in zip(cells, texts, found, strict=True) if text and block not in hits]
    if not strangers:
        return True
    if known == {True}:
        return all(looks_like_label(cell) for cell in strangers)
    return len(strangers) <= 0.25 * len(cells)


def looks_like_label(cell: Cell) -> bool:
    """Whether a cell is shaded or bold, as labels mostly are, or has been found to be one."""
    if cell.role in ("question", "answer", "head"):
        return cell.role != "answer"
    paragraphs = [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]
    return cell.shade not in ("", "FFFFFF") or (bool(paragraphs) and is_emphatic(paragraphs[0]))


def is_unknown_head(table: Table, at: int, index: FormIndex) -> bool:
    """Whether a row heads three or more columns that no field asks for (a list of sections, a version table)."""
    row = table.rows[at]
    below = table.rows[at + 1 :]
    if (
        len(row.cells) < 3
        or not below
        or not all(raw_text(cell).strip() and looks_like_label(cell) for cell in row.cells)
    ):
        return False
    asking = sum(1 for other in below if any(_asks(cell, index) for cell in other.cells))
    if 2 * asking >= len(below):
        return False  # "No | Question | Response": the questions stand below
    cells = [cell for other in below for cell in other.cells]
    return len(cells) >= len(row.cells) and not any(looks_like_label(cell) for cell in cells)


def _asks(cell: Cell, index: FormIndex) -> bool:
    hits = index.find(" ".join(raw_text(cell).split()))
    return any(hit.score >= SURE and hit.part in ("label", "inside", "negated") for hit in hits)


def column_hits(text: str, index: FormIndex, within: tuple[str, ...] = ()) -> dict[str, list[Hit]]:
    """Per block, what a column head may ask for, best first. In blocks that are not lists the short labels serve."""
    hits: dict[str, list[Hit]] = {}
    known = index.find(text)
    known = known if any(hit.score >= SURE for hit in known) else (*known, *composed(text, index, within))
    for hit in known:
        if hit.score < LIKELY or hit.part not in ("column", "inside", "label") or not hit.block:
            continue
        if hit.part == "column" or (not hit.block.endswith("[]") or hit.part == "inside"):
            hits.setdefault(hit.block, []).append(hit)
    for found in hits.values():
        found.sort(key=lambda hit: (-hit.score, hit.part != "column"))
    return hits


def head_of_block(block: str, cells: list[Cell], found: list[dict[str, list[Hit]]], index: FormIndex) -> Head:
    """The head that these cells are when they are known to ask for a block's fields."""
    return _head(block, 0, cells, [" ".join(raw_text(cell).split()) for cell in cells], found, index)


def _head(
    block: str, number: int, cells: list[Cell], texts: list[str], found: list[dict[str, list[Hit]]], index: FormIndex
) -> Head:
    head = Head(block, number, words=tuple(normal(text) for text in texts))
    taken: set[str] = set()
    # Sure columns choose first, so that a vague head does not take a field from a clear one.
    order = sorted(range(len(cells)), key=lambda i: -(found[i][block][0].score if block in found[i] else 0))
    chosen: dict[int, Hit] = {}
    for i in order:
        free = next((hit for hit in found[i].get(block, []) if hit.path not in taken), None)
        if free is not None:
            chosen[i] = free
            taken.add(free.path)
    for i, cell in enumerate(cells):
        hit = chosen.get(i)
        why = ""
        if hit is not None and hit.score < SURE:
            why = f"the column is headed differently from the known ones: “{texts[i][:80]}”"
        head.columns.append(Column(cell.column, cell.column + cell.span, hit.path if hit else "", texts[i], why))
        head.width = max(head.width, cell.column + cell.span - 1)
    _answer_columns(head, index)
    return head


def _answer_columns(head: Head, index: FormIndex) -> None:
    """Columns headed by the answers of one field of the block (at least two of them) are that field."""
    fields = {path: options for path, options in index.options.items() if path.startswith(f"{head.block}.")}
    for path in index.yes_no_columns(head.block):
        fields[path] = YES_NO
    for path, options in fields.items():
        worded = [column for column in head.columns if not column.path and options.code_of_form(normal(column.head))]
        if len({options.code_of_form(normal(column.head)) for column in worded}) < 2:
            continue
        rival = next((column for column in head.columns if column.path == path), None)
        if rival is not None and path in index.exact(rival.head, "column"):
            continue
        if rival is not None:
            rival.path = rival.why = ""  # the answers have columns of their own; this one asks something else
        for column in worded:
            column.path, column.choice = path, column.head
        return


def is_repeated_head(row: Row, head: Head) -> bool:
    """Whether a row prints the head again, as it does on a new page."""
    words: list[str] = []
    strange = 0
    for cell in row.cells:
        words.append(normal(" ".join(raw_text(cell).split())))
        strange += bool(words[-1]) and words[-1] not in head.words
        if strange > 0.25 * len(row.cells):
            return False  # as most rows are: no need to look at the rest
    if tuple(words) == head.words:
        return True
    filled = [word for word in words if word]
    return (
        len(filled) >= 2
        and len(filled) - strange >= max(2, 0.75 * len(filled))
        and all(len(word) < 60 for word in filled)
        and len(filled) >= 0.6 * len(head.words)
    )


def is_prompt_row(row: Row, index: FormIndex) -> bool:
    """Whether a row under the head holds prompts ("dd/mm/yyyy", "Facts only, brief") and no answer at all."""
    known = looks = 0
    for cell in row.cells:
        paragraphs = [paragraph for paragraph in cell.paragraphs if typed_text(paragraph)]
        if not paragraphs:
            continue
        text = " ".join(raw_text(cell).split())
        if index.is_prompt(text) or _PROMPT_CELL.search(text):
            known += 1
        elif all(is_guidance_look(paragraph) for paragraph in paragraphs):
            looks += 1
        else:
            return False
    return known >= 1 and known + looks >= 2 and known >= looks


def width_of(table: Table) -> int:
    return max((cell.column + cell.span - 1 for row in table.rows for cell in row.cells), default=0)


def is_blank_row(row: Row) -> bool:
    return all(
        not any(map(typed_text, cell.paragraphs)) and len(cell.blocks) == len(cell.paragraphs) for cell in row.cells
    )

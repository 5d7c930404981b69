"""Puts a probe wherever somebody would type into an unfilled template, and remembers what stands around it."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.content import has_picture, is_blank, is_emphatic, raw_text
from parsers.wording import LIKELY, FormIndex
from records.tree import Block, Cell, Control, DocumentTree, Paragraph, Row, Run, Table, walk_paragraphs

PROBE = "qzxprobe"
_LINE = re.compile(r"[_…]{3,}|\.{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place to type: its probe, the label that seems to ask for it, what kind of control stood there."""

    token: str
    label: str
    column: bool = False
    """The label heads a column of rows."""
    control: str = ""
    """date, choice, check, text … ; "" where no control stands."""
    tag: str = ""
    table: str = ""
    """Which table it is in, "" outside tables."""


@dataclass(slots=True)
class _Probing:
    indexes: Mapping[str, FormIndex]
    spots: list[Spot] = field(default_factory=list)

    def put(self, label: str, control: Control | None, *, column: bool = False, table: str = "") -> Run:
        token = f"{PROBE}{len(self.spots):05d}"
        self.spots.append(
            Spot(
                token=token,
                label=" ".join(label.split()).strip(" :_"),
                column=column,
                control=control.kind if control else "",
                tag=control.name if control else "",
                table=table,
            )
        )
        return Run(token)

    def asks(self, text: str) -> bool:
        """Whether a form knows the text as a question."""
        hits = (hit for index in self.indexes.values() for hit in index.find(text))
        return any(hit.part in ("label", "negated") and hit.score >= LIKELY for hit in hits)


def probe(tree: DocumentTree, indexes: Mapping[str, FormIndex]) -> tuple[DocumentTree, list[Spot]]:
    """A copy of the template with a probe in every empty place, and the places in reading order."""
    filled = copy.deepcopy(tree)
    filled.unsettle()
    probing = _Probing(indexes)
    for aside in filled.asides:
        if aside.kind == "header" and aside.blocks:
            _blocks(aside.blocks, probing)
    _blocks(filled.blocks, probing)
    return filled, probing.spots


def _blocks(blocks: list[Block], probing: _Probing) -> None:
    added: list[tuple[int, Paragraph]] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            _table(block, probing)
            continue
        following = next((other for other in blocks[at + 1 :] if isinstance(other, Table) or other.text.strip()), None)
        if _line(block, probing, "") or isinstance(following, Table):
            continue
        text = " ".join(block.text.split())
        if text.endswith(":") and not is_emphatic(block):
            block.runs = [*block.runs, Run(" "), probing.put(text, None)]
        elif (text.endswith("?") or probing.asks(text)) and (following is None or is_emphatic(following)):
            added.append((at + 1, Paragraph([probing.put(text, None)], part=block.part, page=block.page)))
    for at, paragraph in reversed(added):
        blocks.insert(at, paragraph)


def _line(paragraph: Paragraph, probing: _Probing, table: str) -> bool:
    """Puts probes over the lines and prompts to type on inside a paragraph; False when it has none."""
    if not any(run.placeholder or _LINE.search(run.text) for run in paragraph.runs):
        return False
    before, runs = "", []
    for run in paragraph.runs:
        if run.placeholder:
            runs.append(probing.put(before, run.control, table=table))
            before = ""
            continue
        position = 0
        for line in _LINE.finditer(run.text):
            before += run.text[position : line.start()]
            runs += [_piece(run, position, line.start()), probing.put(before, run.control, table=table)]
            position, before = line.end(), ""
        runs.append(_piece(run, position, len(run.text)) if position else run)
        before += run.text[position:]
    paragraph.runs = [run for run in runs if run.text or run.control]
    return True


def _piece(run: Run, start: int, end: int) -> Run:
    piece = copy.copy(run)
    piece.text, piece.control = run.text[start:end], None
    return piece


def _table(table: Table, probing: _Probing) -> None:
    heads: dict[int, str] = {}
    for at, row in enumerate(table.rows):
        if len(row.cells) > 1 and all(raw_text(cell).strip() for cell in row.cells) and _empty(table, at + 1):
            heads = {cell.column: raw_text(cell) for cell in row.cells}
        for position, cell in enumerate(row.cells):
            if cell.merge == "continue":
                continue
            if not is_blank(cell.blocks) or has_picture(cell.blocks):
                _filled_cell(table, at, position, probing)
                continue
            label, column = _label_of(table, at, position, heads)
            control = next(
                (run.control for paragraph in cell.paragraphs for run in paragraph.runs if run.control), None
            )
            kept = [block for block in cell.blocks if isinstance(block, Table)]
            run = probing.put(label, control, column=column, table=table.number)
            cell.blocks = [*kept, Paragraph([run], page=cell.page)]


def _empty(table: Table, at: int) -> bool:
    """Whether a row has several cells and nothing in them."""
    row = table.rows[at] if at < len(table.rows) else None
    return row is not None and len(row.cells) > 1 and all(is_blank(cell.blocks) for cell in row.cells)


def _filled_cell(table: Table, at: int, position: int, probing: _Probing) -> None:
    """A cell with print in it may hold the place to type as well, and tables of its own."""
    cell = table.rows[at].cells[position]
    for block in cell.blocks:
        if isinstance(block, Table):
            _table(block, probing)
    last = position + 1 == len(table.rows[at].cells)
    below = table.rows[at + 1] if at + 1 < len(table.rows) else None
    answered_below = below is not None and len(below.cells) == 1 and is_blank(below.cells[0].blocks)
    beside = table.rows[at].cells[position + 1] if not last else None
    if beside is not None and is_blank(beside.blocks):
        return
    for paragraph in cell.paragraphs:
        if _line(paragraph, probing, table.number):
            continue
        text = " ".join(paragraph.text.split())
        if text.endswith(":") and not answered_below:
            paragraph.runs = [*paragraph.runs, Run(" "), probing.put(text, None, table=table.number)]


def _label_of(table: Table, at: int, position: int, heads: Mapping[int, str]) -> tuple[str, bool]:
    """The text that seems to ask for an empty cell, and whether it heads its column."""
    row = table.rows[at]
    cell = row.cells[position]
    left = _text(row.cells[position - 1]) if position else ""
    if left:
        return left, False
    if cell.column in heads:
        return heads[cell.column], True
    above: Row | None = table.rows[at - 1] if at else None
    if above is not None and len(above.cells) == len(row.cells) == 1:
        return _text(above.cells[0]), False
    return "", False


def _text(cell: Cell) -> str:
    """The first line of a cell, "" for one that holds a probe."""
    text = raw_text(cell)
    if PROBE in text or any(PROBE in paragraph.text for paragraph in walk_paragraphs(cell.blocks)):
        return ""
    return text.partition("\n")[0]

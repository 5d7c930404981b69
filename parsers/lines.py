"""Forms without tables: lines of labels and answers, and rows of lists written as lines, laid out as tables.

"**Name:** A. Smith" is a row of a label cell and an answer cell; the plain lines below a bold question are its answer;
"Name: A; Relation: B; Sex: F" is a row of a list whose head is its labels. The looks of the lines tell labels from
answers, so that the labels nobody knows are told too; a document whose lines look all alike is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.answers import Ledger
from parsers.content import is_blank, is_emphatic, is_guidance_look, typed_text
from parsers.labels import cut
from parsers.tables import column_hits
from parsers.wording import SURE, FormIndex
from records.tree import Block, Cell, Paragraph, Place, Row, Table

_LONGEST_LABEL = 240
_GAP = re.compile(r";\s+|\t+|\s{3,}")
_LABEL = re.compile(r"\s*([^:\n]{1,60}?)\s*:(?=\s|$|_)")
_FILLED_LINE = re.compile(r"\s*[^:_\n]{2,120}?(?::|\?)\s*_{3,}|\s*[^:_\n]{2,120}?_{6,}")
_SHADE = "D9D9D9"
Pair = tuple[Paragraph, Paragraph]
"""A label and the answer behind it, as pieces of one line."""


@dataclass(slots=True)
class LineTable(Table):
    """A table made of lines; `lines` are the paragraphs that it stands for."""

    lines: list[Paragraph] = field(default_factory=list)


def lay_out_lines(blocks: Sequence[Block], index: FormIndex) -> list[Block]:
    """The blocks with the lines of labels and answers, and of lists, as tables."""
    blocks = _lists(blocks, index)
    if not _looks_tell(blocks, index):
        return blocks
    made: list[Block] = []
    at = 0
    while at < len(blocks):
        rows, lines, stop = _run(blocks, at)
        if rows:
            made.append(LineTable(rows, lines=lines))
            at = stop
        else:
            made.append(blocks[at])
            at += 1
    return made


def settle_lines(table: LineTable, ledger: Ledger) -> None:
    """Tells the ledger what became of the lines, after their table was read; what nobody took is kept."""
    for line in table.lines:
        pieces = [
            (cell, piece)
            for row in table.rows
            for cell in row.cells
            for piece in cell.paragraphs
            if cell.origin == line.place()
        ]
        states = {ledger.state(piece) for _, piece in pieces if typed_text(piece)}
        if "" in states and len(states) == 1 and not ledger.state(line):
            continue  # nobody took anything of it: it goes to unplaced as it is
        for cell, piece in pieces:
            if typed_text(piece) and not ledger.state(piece) and piece is not line:
                ledger.keep(typed_text(piece), (cell.origin or line.place()).where)
        for state in ("printed", "kept", "value"):
            if state in states:
                ledger.mark(state, line)


# Lines of labels and answers


def pairs_of(line: Paragraph) -> list[Pair]:
    """The labels in bold and the answers behind them on one line; [] when the line is not made of them."""
    if line.heading or not line.text.strip() or line.listed:
        return []
    cuts: list[tuple[bool, int, int]] = []
    position = 0
    for run in line.runs:
        length = len(run.text)
        if length and run.text.strip(" \t_:"):
            if cuts and cuts[-1][0] == run.bold:
                cuts[-1] = (run.bold, cuts[-1][1], position + length)
            else:
                cuts.append((run.bold, position, position + length))
        elif length and cuts:
            cuts[-1] = (cuts[-1][0], cuts[-1][1], position + length)
        position += length
    if not cuts or not cuts[0][0]:
        return _filled(line)
    if cuts[0][2] - cuts[0][1] > _LONGEST_LABEL or any(_is_alternative(line, piece) for piece in cuts if piece[0]):
        return []
    pairs: list[Pair] = []
    starts = [at for at, piece in enumerate(cuts) if piece[0]]
    for number, at in enumerate(starts):
        stop = cuts[starts[number + 1]][1] if number + 1 < len(starts) else len(line.text)
        pairs.append((_label(line, cuts[at][1], cuts[at][2]), cut(line, cuts[at][2], stop)))
    if any(line.text[cuts[at][1] : cuts[at][2]].rstrip(" \t_")[-1:] not in (":", "?") for at in starts[1:]):
        return []  # bold words inside an answer are no labels
    return pairs


def _label(line: Paragraph, start: int, end: int) -> Paragraph:
    """A label without the colon and the blanks behind it."""
    return cut(line, start, start + len(line.text[start:end].rstrip(" \t_:\n")))


def _is_alternative(line: Paragraph, piece: tuple[bool, int, int]) -> bool:
    """A chosen alternative may be bold too: "Yes / **No**"."""
    return bool(piece[1]) and line.text[piece[1] : piece[2]].strip(" \t/[]()☐☒☑").casefold() in (
        "yes", "no", "not known", "n/k", "y", "n",
    )  # fmt: skip


def _filled(line: Paragraph) -> list[Pair]:
    """ "Label: ____typed over____": the underscores tell the label without bold."""
    match = _FILLED_LINE.match(line.text)
    if match is None:
        return []
    end = match.end() - (len(match.group()) - len(match.group().rstrip("_")))
    return [(_label(line, 0, end), cut(line, end, len(line.text)))]


def _looks_tell(blocks: Sequence[Block], index: FormIndex) -> bool:
    """Whether enough lines are bold labels with plain answers, some of them labels that the form knows."""
    lines = [pairs for block in blocks if isinstance(block, Paragraph) and (pairs := pairs_of(block))]
    full = [pairs for pairs in lines if any(typed_text(value) for _, value in pairs)]
    known = sum(1 for pairs in full for label, _ in pairs if _knows(label.text, index))
    return len(full) >= 4 and known >= 3 and known >= 0.25 * len(full)


def _knows(text: str, index: FormIndex) -> bool:
    text = " ".join(text.split())
    return any(hit.score >= SURE and hit.part in ("label", "inside", "negated") for hit in index.find(text))


def _run(blocks: Sequence[Block], at: int) -> tuple[list[Row], list[Paragraph], int]:
    """The lines of labels and answers from here to the next heading, as rows."""
    rows: list[Row] = []
    lines: list[Paragraph] = []
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph):
            break
        if not block.text.strip() and rows:
            at += 1
            continue
        pairs = pairs_of(block)
        if not pairs or not _is_question(blocks, at, pairs):
            break
        stop = at + 1
        below: list[Block] = []
        while stop < len(blocks) and _continues(blocks[stop]):
            below.append(blocks[stop])
            stop += 1
        while below and not below[-1].text.strip():  # type: ignore[union-attr]
            below.pop()
        rows.append(_row(block, pairs, below))
        lines += [block, *(line for line in below if isinstance(line, Paragraph))]
        at = stop
    return rows, lines, at


def _is_question(blocks: Sequence[Block], at: int, pairs: list[Pair]) -> bool:
    """A line with an answer behind its label, or one that ends like a question and heads no table."""
    if any(typed_text(value) for _, value in pairs) or len(pairs) > 1:
        return True
    line = blocks[at]
    if isinstance(line, Table) or line.text.rstrip(" \t_")[-1:] not in (":", "?"):
        return False
    following = next((b for b in blocks[at + 1 :] if isinstance(b, Table) or b.text.strip()), None)
    return isinstance(following, Paragraph) and not following.heading


def _continues(block: Block) -> bool:
    """A plain line under a label belongs to its answer."""
    if not isinstance(block, Paragraph):
        return False
    return not block.heading and not is_emphatic(block) and not pairs_of(block)


def _row(line: Paragraph, pairs: list[Pair], below: list[Block]) -> Row:
    place = line.place()
    cells: list[Cell] = []
    for number, (label, value) in enumerate(pairs):
        blocks: list[Block] = [] if is_blank([value]) and not any(run.text for run in value.runs) else [value]
        if number == len(pairs) - 1:
            lead = list(below)
            guidance: list[Block] = []
            while not blocks and lead and isinstance(lead[0], Paragraph) and is_guidance_look(lead[0]):
                guidance.append(lead.pop(0))
            if any(isinstance(block, Paragraph) and typed_text(block) for block in lead):
                cells.append(Cell([label, *guidance], 2 * number + 1, origin=place, role="question"))
                blocks += lead
            else:
                cells.append(Cell([label], 2 * number + 1, origin=place, role="question"))
                blocks += [*guidance, *lead]
        else:
            cells.append(Cell([label], 2 * number + 1, origin=place, role="question"))
        cells.append(Cell(blocks, 2 * number + 2, origin=_place_of(blocks, place), role="answer"))
    return Row(cells, page=line.page)


def _place_of(blocks: list[Block], place: Place) -> Place:
    first = blocks[0] if blocks else None
    return first.place() if isinstance(first, Paragraph) else place


# Rows of lists written as lines


def _lists(blocks: Sequence[Block], index: FormIndex) -> list[Block]:
    made: list[Block] = []
    at = 0
    while at < len(blocks):
        items: list[list[Pair]] = []
        labels: tuple[str, ...] = ()
        while at + len(items) < len(blocks):
            item = _item(blocks[at + len(items)])
            words = tuple(label.text.casefold() for label, _ in item)
            if len(item) < 2 or (labels and words != labels):
                break
            labels = words
            items.append(item)
        if items and _is_list(items, index):
            lines = [block for block in blocks[at : at + len(items)] if isinstance(block, Paragraph)]
            made.append(LineTable(_list_rows(items, lines), lines=lines))
        elif items:
            made += blocks[at : at + len(items)]
        else:
            made.append(blocks[at])
        at += max(len(items), 1)
    return made


def _item(block: Block) -> list[Pair]:
    """ "Name: A; Relation: B; Sex: F" as pairs; [] when not all of the line is such pairs."""
    if not isinstance(block, Paragraph) or block.heading or ":" not in block.text or len(block.text) > 1000:
        return []
    text = block.text
    starts = [0, *(gap.end() for gap in _GAP.finditer(text))]
    found = [(start, match) for start in starts if (match := _LABEL.match(text, start))]
    if len(found) < 2 or found[0][0] != 0:
        return []
    pairs = []
    for number, (_, match) in enumerate(found):
        stop = found[number + 1][0] if number + 1 < len(found) else len(text)
        value = cut(block, match.end(), stop)
        end = match.end() + len(value.text.rstrip("; \t\n_"))
        pairs.append((cut(block, match.start(1), match.end(1)), cut(block, match.end(), end)))
    return pairs


def _is_list(items: list[list[Pair]], index: FormIndex) -> bool:
    """Lines with the same labels, or one line whose labels are the columns of a list of the form."""
    labels = [" ".join(label.text.split()) for label, _ in items[0]]
    if len(set(labels)) < len(labels):
        return False
    hits = [column_hits(label, index) for label in labels]
    blocks = {block for found in hits for block in found if block.endswith("[]")}
    fits = [sum(1 for found in hits if block in found and found[block][0].score >= SURE) for block in blocks]
    best = max(fits, default=0)
    if len(items) > 1:
        return best >= 2 or len(labels) >= 3
    return len(labels) >= 3 and best >= 0.6 * len(labels)


def _list_rows(items: list[list[Pair]], lines: list[Paragraph]) -> list[Row]:
    first = lines[0].place()
    head = [Cell([label], number, shade=_SHADE, origin=first) for number, (label, _) in enumerate(items[0], 1)]
    rows = [Row(head)]
    for item, line in zip(items, lines, strict=True):
        rows.append(
            Row(
                [Cell([value], number, origin=line.place()) for number, (_, value) in enumerate(item, 1)],
                page=line.page,
            )
        )
    return rows

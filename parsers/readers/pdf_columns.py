"""Tables without vertical lines: columns that several text lines keep to, rows by spacing, first column or rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from parsers.readers.pdf_glyphs import TICK_SIGNS
from parsers.readers.pdf_painted import Piece
from parsers.readers.pdf_text import BULLETS, TextLine, make_lines, make_paragraphs
from records.tree import Block, Box, Cell, Row, Table

ALIGN = 3.0
"""Starts this near to each other are one column."""
MIN_ROWS = 3
_LIST_MARK = re.compile(r"\(?([0-9]{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]?")
Rule = tuple[float, float, float]


@dataclass(slots=True)
class Segment:
    """Words of one line without a wide gap between them."""

    pieces: list[Piece]
    x0: float
    x1: float


@dataclass(slots=True)
class SplitLine:
    line: TextLine
    segments: list[Segment]


def borderless(lines: list[TextLine], rules: list[Rule], page: int) -> list[list[TextLine] | tuple[Table, Box]]:
    """The lines as running text and tables (each with its box), in order."""
    split = [SplitLine(line, _segments(line)) for line in lines]
    result: list[list[TextLine] | tuple[Table, Box]] = []
    loose: list[TextLine] = []
    at = 0
    while at < len(split):
        found = _region(split, at)
        if found is None:
            begin, end, edge = _label_lines(split, at, at - len(loose))
            if end - begin > 1:
                del loose[len(loose) - (at - begin) :]
                result += [loose] if loose else []
                loose = []
                result.append(_beside(split[begin:end], edge, page))
                at = end
            else:
                loose.append(split[at].line)
                at += 1
            continue
        end, starts = found
        if loose:
            result.append(loose)
            loose = []
        if _is_prose(split[at:end], starts):
            result += _column_lines(split[at:end], starts)
        else:
            result.append(_table(split[at:end], starts, rules, page))
        at = end
    if loose:
        result.append(loose)
    return result


def _segments(line: TextLine, starts: tuple[float, ...] = ()) -> list[Segment]:
    """Words without a wide gap between them; a small gap will do where a known column starts."""
    result: list[Segment] = []
    for piece in line.pieces:
        gap = piece.x0 - result[-1].x1 if result else 0.0
        at_start = gap > 0.45 * line.size and any(abs(piece.x0 - start) < 1.5 for start in starts)
        if result and gap <= max(1.0 * line.size, 8.0) and not at_start:
            result[-1].pieces.append(piece)
            result[-1].x1 = max(result[-1].x1, piece.x1)
        else:
            result.append(Segment([piece], piece.x0, piece.x1))
    return result


def _region(split: list[SplitLine], first: int) -> tuple[int, list[float]] | None:
    """The end of the table that starts with this line and its column starts; None where none starts."""
    if len(split[first].segments) < 2:
        return None
    starts = [segment.x0 for segment in split[first].segments]
    end = first + 1
    while end < len(split) and split[end].line.base - split[end - 1].line.base < 3.2 * split[end].line.size:
        entry = SplitLine(split[end].line, _segments(split[end].line, tuple(starts)))
        wider = _with_new_starts(entry, starts, split[first:end])
        if not _keeps(entry, wider):
            break
        split[end], starts = entry, wider
        end += 1
    while end > first + 1 and _hangs(split[first:end], starts):
        end -= 1
    lines = split[first:end]
    starts = [start for start in starts if _support(start, lines) >= 2]
    if len(starts) < 2 or not all(_keeps(entry, starts) for entry in lines):
        return None
    return (end, starts) if _is_table(lines, starts) else None


def _hangs(lines: list[SplitLine], starts: list[float]) -> bool:
    """The last line is no row: text in the first column alone that is a sentence or stands apart."""
    before, entry = lines[-2:]
    if len(entry.segments) > 1 or _inner(entry, starts):
        return False
    text = entry.line.pieces[-1].text
    usual = max((b.line.base - a.line.base for a, b in pairwise(lines[:-1])), default=0.0)
    apart = entry.line.base - before.line.base > usual + 1
    return apart or text[-1:] in ".!?" or len(entry.line.pieces) > 8 or before.line.size != entry.line.size


def _with_new_starts(entry: SplitLine, starts: list[float], above: list[SplitLine]) -> list[float]:
    """The column starts, and one more for a segment in a place that has been empty in all lines above."""
    result = list(starts)
    aligned = sum(1 for s in entry.segments if any(abs(s.x0 - start) <= ALIGN for start in starts))
    for segment in entry.segments:
        if aligned < 2 or segment.x0 < starts[0] - ALIGN or any(abs(segment.x0 - start) <= ALIGN for start in result):
            continue
        taken = any(s.x0 < segment.x1 + 4 and s.x1 > segment.x0 - 4 for line in above for s in line.segments)
        if not taken:
            result.append(segment.x0)
    return sorted(result)


def _support(start: float, lines: list[SplitLine]) -> int:
    return sum(1 for entry in lines for segment in entry.segments if abs(segment.x0 - start) <= ALIGN * 1.5)


def _keeps(entry: SplitLine, starts: list[float]) -> bool:
    """Every segment starts at a column and none runs into the next column's place in this table."""
    for segment in entry.segments:
        column = _column(segment.x0, starts)
        if column < 0 or segment.x0 - starts[column] > ALIGN * 1.5:
            return False
        if column + 1 < len(starts) and segment.x1 > starts[column + 1] - 1:
            return False
    return True


def _inner(entry: SplitLine, starts: list[float]) -> bool:
    """It starts in a column after the first, so it goes on with the row above."""
    return _column(entry.segments[0].x0, starts) > 0


def _column(x: float, starts: list[float]) -> int:
    column = -1
    for index, start in enumerate(starts):
        if x >= start - ALIGN:
            column = index
    return column


def _is_table(lines: list[SplitLine], starts: list[float]) -> bool:
    """At least three lines fill two columns, and the first column is not the marks of a list."""
    full = [entry for entry in lines if len(entry.segments) >= 2]
    if len(full) < MIN_ROWS:
        return False
    if len(starts) > 2:
        return True
    marks = [" ".join(piece.text for piece in entry.segments[0].pieces) for entry in full]
    return not all(mark in BULLETS or mark in TICK_SIGNS or _LIST_MARK.fullmatch(mark) for mark in marks)


def _label_lines(split: list[SplitLine], at: int, earliest: int) -> tuple[int, int, float]:
    """The lines of a label that wraps in its own column, with its answer beside it on or between its lines.

    Gives the first line, the line after the last, and where the answer starts; (at, at + 1, 0) where the line is no
    such thing.
    """
    entry = split[at]
    if at > earliest and at + 1 < len(split) and _between(split[at - 1], entry, split[at + 1]):
        left, edge, begin, lowest = split[at - 1].line.x0, entry.line.x0, at - 1, split[at - 1]
    elif len(entry.segments) >= 2:
        left, edge, begin, lowest = entry.segments[0].x0, entry.segments[1].x0, at, entry
    else:
        return at, at + 1, 0.0
    while begin > earliest and _in_label(split[begin - 1], left, edge) and _goes_on(split[begin - 1], split[begin]):
        begin -= 1
    end = last = at + 1
    while end < len(split):
        if _in_label(split[end], left, edge) and _goes_on(lowest, split[end]):
            lowest = split[end]
            last = end + 1
        elif split[end].line.x0 < edge - 6 or split[end].line.base - lowest.line.base > 1.4 * lowest.line.size:
            break
        end += 1
    return begin, last, edge


def _between(above: SplitLine, entry: SplitLine, below: SplitLine) -> bool:
    """The answer stands at half height between two lines of its label."""
    beside = entry.line.x0 > max(above.line.x1, below.segments[0].x1) + 6
    return beside and abs(above.line.x0 - below.line.x0) <= ALIGN and _goes_on(above, below)


def _in_label(entry: SplitLine, left: float, edge: float) -> bool:
    first = entry.segments[0]
    return abs(first.x0 - left) <= ALIGN and first.x1 < edge - 6 and all(s.x0 >= edge - 6 for s in entry.segments[1:])


def _goes_on(above: SplitLine, below: SplitLine) -> bool:
    """The first segment of the line below takes up the sentence of the one above."""
    near = below.line.base - above.line.base < 1.4 * max(below.line.size, above.line.size)
    upper, lower = above.segments[0].pieces[-1], below.segments[0].pieces[0]
    flows = lower.text[:1].islower() or lower.text[:1] == "("
    return near and flows and upper.tail is not False and upper.text[-1:] not in ".:;?!"


def _beside(lines: list[SplitLine], edge: float, page: int) -> tuple[Table, Box]:
    """One row: the label's lines and what stands beside them."""
    return _table_of([lines], [min(entry.line.x0 for entry in lines), edge - 6], page)


def _is_prose(lines: list[SplitLine], starts: list[float]) -> bool:
    """Columns of running text: in one of them most lines go on in mid-sentence from the line above."""
    for column in range(len(starts)):
        texts = [
            " ".join(
                piece.text
                for segment in entry.segments
                if _column(segment.x0, starts) == column
                for piece in segment.pieces
            )
            for entry in lines
        ]
        pairs = [(a, b) for a, b in pairwise(texts) if a and b]
        flowing = [pair for pair in pairs if pair[1][0].islower() and pair[0][-1] not in ".:;?!"]
        others = sum(1 for entry in lines if len(entry.segments) > 1)
        if len(pairs) >= 3 and len(flowing) > 0.5 * len(pairs) and others > 0.6 * len(lines):
            return True
    return False


def _column_lines(lines: list[SplitLine], starts: list[float]) -> list[list[TextLine] | tuple[Table, Box]]:
    """The lines of each column, one column after the other."""
    result: list[list[TextLine] | tuple[Table, Box]] = []
    for column in range(len(starts)):
        pieces = [p for e in lines for s in e.segments if _column(s.x0, starts) == column for p in s.pieces]
        if pieces:
            result.append(make_lines(pieces))
    return result


def _table(lines: list[SplitLine], starts: list[float], rules: list[Rule], page: int) -> tuple[Table, Box]:
    left, right = lines[0].line.x0, max(entry.line.x1 for entry in lines)
    box = (min(starts[0], left), lines[0].line.top, right, lines[-1].line.bottom)
    crossing = sorted(
        y for y, x0, x1 in rules if box[1] < y < box[3] and min(x1, right) - max(x0, left) > 0.6 * (right - left)
    )
    table, _ = _table_of(_rows(lines, starts, crossing), starts, page)
    return table, box


def _table_of(groups: list[list[SplitLine]], starts: list[float], page: int) -> tuple[Table, Box]:
    """A table with a row for each group of lines."""
    right = max(entry.line.x1 for group in groups for entry in group)
    widest = list(starts)
    for entry in (entry for group in groups for entry in group):
        for segment in entry.segments:
            column = _column(segment.x0, starts)
            widest[column] = max(widest[column], segment.x1)
    rows = []
    for group in groups:
        top, bottom = group[0].line.top, group[-1].line.bottom
        cells = []
        for column in range(len(starts)):
            pieces = [p for e in group for s in e.segments if _column(s.x0, starts) == column for p in s.pieces]
            frame = (starts[column], top, widest[column] + 1, bottom)
            blocks: list[Block] = list(make_paragraphs(pieces, frame, page))
            cells.append(Cell(blocks, column=column + 1, page=page, box=frame))
        rows.append(Row(cells, page=page))
    return Table(rows, page=page), (starts[0], groups[0][0].line.top, right, groups[-1][-1].line.bottom)


def _rows(lines: list[SplitLine], starts: list[float], rules: list[float]) -> list[list[SplitLine]]:
    gaps = [b.line.base - a.line.base for a, b in pairwise(lines)]
    narrow = min(gaps, default=0.0)
    step = max(1.15 * narrow, narrow + 2.0)
    wide = [gap for gap in gaps if gap > step]
    by_gap = bool(wide) and len(wide) < len(gaps)
    groups = [[lines[0]]]
    for (before, entry), gap in zip(pairwise(lines), gaps, strict=True):
        ruled = any(before.line.base < y < entry.line.base for y in rules)
        first = _column(entry.segments[0].x0, starts) == 0
        if len(rules) >= MIN_ROWS:
            new = ruled
        elif by_gap:
            new = ruled or gap > step or (first and len(entry.segments) > 1)
        else:
            new = ruled or first
        if new:
            groups.append([entry])
        else:
            groups[-1].append(entry)
    return groups

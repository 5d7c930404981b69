"""Words to lines, lines to paragraphs: what the typist typed, not where the page wrapped it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.readers.pdf_glyphs import TICK_SIGNS
from parsers.readers.pdf_painted import Cut, Piece
from records.tree import Box, Paragraph, Run

BULLETS = frozenset("•◦▪▫‣⁃●○■–-*o")
_SURE_BULLETS = frozenset("•◦▪▫‣⁃●○■")
TAB_GAP = 2.5
"""A gap wider than this many times the type size is a tab."""
_ADDRESS_REST = re.compile(r"[a-z0-9.\-_/]+[,;.]?")
_ADDRESS_START = re.compile(r"[a-z0-9_\-]+[.][a-z0-9.\-_]+")
_WHOLE_ADDRESS = re.compile(r"\.(uk|com|org|net|example)[,;]?$")
_NUMBER = re.compile(r"\(?([0-9]{1,2}|[a-z])[.)]")


@dataclass(slots=True)
class TextLine:
    pieces: list[Piece]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float


def make_lines(pieces: list[Piece]) -> list[TextLine]:
    """Pieces as lines, top to bottom, each from left to right."""
    groups: list[list[Piece]] = []
    base = 0.0
    for piece in sorted(pieces, key=lambda p: (p.base, p.x0)):
        size = piece.style.size
        if groups and piece.base - base <= max(1.5, 0.38 * min(size, groups[-1][0].style.size)):
            groups[-1].append(piece)
        else:
            groups.append([piece])
            base = piece.base
    return [_line(group) for group in groups]


def _line(group: list[Piece]) -> TextLine:
    group.sort(key=lambda p: p.x0)
    main = max(group, key=lambda p: len(p.text))
    return TextLine(
        group,
        group[0].x0,
        min(p.top for p in group),
        max(p.x1 for p in group),
        max(p.bottom for p in group),
        main.base,
        main.style.size,
    )


def upright(pieces: list[Piece]) -> list[Piece]:
    """Pieces written up or down the page, laid level so that they read as lines in their own order."""
    result = [piece for piece in pieces if piece.style.turn == 0]
    if len(result) == len(pieces):
        return pieces
    for piece in pieces:
        turn = piece.style.turn
        if turn == 0:
            continue
        x0, top, x1, bottom = piece.x0, piece.top, piece.x1, piece.bottom
        if turn == 1:
            box = (top, -x1, bottom, -x0)
        elif turn == 3:
            box = (-bottom, x0, -top, x1)
        else:
            box = (-x1, -bottom, -x0, -top)
        laid = Piece(piece.text, *box, box[3], piece.style, piece.spaced, piece.tail)
        result.append(laid)
    return result


def make_paragraphs(pieces: list[Piece], frame: Box, page: int) -> list[Paragraph]:
    """The paragraphs of a region (a cell, or the body between two tables)."""
    if not pieces:
        return []
    if any(piece.style.turn for piece in pieces):
        return _turned(pieces, frame, page)
    return _paragraphs(make_lines(pieces), frame, page)


def _turned(pieces: list[Piece], frame: Box, page: int) -> list[Paragraph]:
    """Level text and turned text apart; turned text keeps the box it has on the page."""
    level = [piece for piece in pieces if not piece.style.turn]
    turned = [piece for piece in pieces if piece.style.turn]
    box = (
        min(p.x0 for p in turned),
        min(p.top for p in turned),
        max(p.x1 for p in turned),
        max(p.bottom for p in turned),
    )
    result = _paragraphs(make_lines(level), frame, page) if level else []
    laid = make_lines(upright(turned))
    right = max(line.x1 for line in laid)
    for paragraph in _paragraphs(laid, (laid[0].x0, laid[0].top, right, laid[-1].bottom), page):
        paragraph.box = box
        result.append(paragraph)
    return result


def _paragraphs(lines: list[TextLine], frame: Box, page: int) -> list[Paragraph]:
    right = _right_edge(lines, frame)
    pitch = _pitch(lines)
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and not _breaks(groups[-1], line, right, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    counted = _counted(groups)
    left = min(line.x0 for line in lines)
    result = [_paragraph(group, page, (left, right), counted=index in counted) for index, group in enumerate(groups)]
    return [part for paragraph in result for part in _split_typed_lines(paragraph)]


def _split_typed_lines(paragraph: Paragraph) -> list[Paragraph]:
    """One paragraph for each line that was typed into a field of several lines."""
    if not any("\n" in run.text for run in paragraph.runs):
        return [paragraph]
    parts = [Paragraph([], listed=paragraph.listed, page=paragraph.page, box=paragraph.box)]
    for run in paragraph.runs:
        for index, text in enumerate(run.text.split("\n")):
            if index:
                parts.append(Paragraph([], page=paragraph.page, box=paragraph.box))
            if index == 0 or text:
                parts[-1].runs.append(replace(run, text=text))
    return [part for part in parts if part.runs]


def _right_edge(lines: list[TextLine], frame: Box) -> float:
    """Where a line had to wrap: the region's edge less the padding seen on its left."""
    widest = max(line.x1 for line in lines)
    padding = min(max(min(line.x0 for line in lines) - frame[0], 0.0), 6.0)
    edge = max(widest, frame[2] - padding)
    if len(lines) < 6 or edge - widest < 4.0:
        return edge
    loose = sum(1 for a, b in pairwise(lines) if _fits(a, b, edge))
    return widest if loose > 0.7 * (len(lines) - 1) else edge


def _fits(line: TextLine, following: TextLine, right: float) -> bool:
    """The first word of the following line would have fitted on this one, so somebody ended the line."""
    first = following.pieces[0]
    end = first.x1
    for piece in following.pieces[1:]:
        if piece.spaced or piece.x0 - end > 0.2 * line.size:
            break
        end = piece.x1
    return line.x1 + 0.25 * line.size + (end - first.x0) < right - 0.6


def _pitch(lines: list[TextLine]) -> float:
    """The usual distance of lines: the smallest that is not a mere jitter, 0 for a single line."""
    gaps = sorted(b.base - a.base for a, b in pairwise(lines) if b.base - a.base > 0.8 * a.size)
    return gaps[len(gaps) // 4] if gaps else 0.0


def _breaks(group: list[TextLine], line: TextLine, right: float, pitch: float) -> bool:
    """A new paragraph starts with this line."""
    before = group[-1]
    last, first = before.pieces[-1], line.pieces[0]
    if _stands_apart(before, line, pitch) or bullet(line) or abs(line.size - before.size) > 1.2:
        return True
    if first.text[:1] in TICK_SIGNS:
        return True
    if last.tail:
        return last.text.endswith(":") and _fits(before, line, right - before.size)
    if goes_on(before, line, (group[0].x0, right)):
        return False
    if last.run is not None and not last.run.ring:
        return True
    if broken_word(last, first):
        return before.x1 < right - 1.3 * before.size and _fits(before, line, right)
    if _fits(before, line, right):
        return True
    if _whole_look(before) != _whole_look(line) and line.base - before.base > 1.05 * pitch:
        return True
    return _starts_anew(last.text, first.text, ends_tell=last.tail is False)


def _stands_apart(before: TextLine, line: TextLine, pitch: float) -> bool:
    """More space between the lines than there is inside a paragraph."""
    gap, last = line.base - before.base, before.pieces[-1]
    known = last.style.pitch
    if known and line.size == before.size and gap > (1.3 if last.tail else 1.1) * known + 0.5:
        return True
    return gap > (1.75 if last.tail else 1.22) * max(pitch, 1.1 * before.size)


def goes_on(before: TextLine, line: TextLine, edges: tuple[float, float]) -> bool:
    """A word too long for its column was cut at the line's end: it is alone on its line and fills it.

    A space that did not fit is not written either, so with less room than a space takes the words must tell.
    """
    left, right = edges
    first, last, rest = before.pieces[0], before.pieces[-1], line.pieces[0]
    if last.cut is Cut.NO or last.run is not None or rest.run is not None or first.x0 - left > 1.0:
        return False
    if any(piece.spaced for piece in before.pieces[1:]) or abs(rest.x0 - first.x0) > 1.0:
        return False
    room = right - before.x1
    if last.cut is Cut.PERHAPS:
        return 0.28 * before.size < room < 0.9 * before.size
    return room < 1.1 * before.size


def _starts_anew(before: str, after: str, *, ends_tell: bool) -> bool:
    """The line before was full, so only the words can tell: a sentence ended, or another kind of thing begins."""
    ended = ends_tell and before[-1:] in ".!?:" and (after[:1].isupper() or after[:1].isdigit())
    return ended or ("@" in after and "@" not in before and before[-1:].isdigit())


def broken_word(before: Piece, after: Piece) -> bool:
    """The page broke a long address (mail, web) in the middle; ordinary words it never breaks."""
    if before.tail or before.run is not None or after.run is not None:
        return False
    if "@" in after.text and "@" not in before.text:
        return bool(_ADDRESS_START.fullmatch(before.text))
    if not ("@" in before.text or "://" in before.text or "www." in before.text):
        return False
    return bool(_ADDRESS_REST.fullmatch(after.text)) and not _WHOLE_ADDRESS.search(before.text)


def _whole_look(line: TextLine) -> tuple[bool, bool]:
    return all(p.style.bold for p in line.pieces), all(p.style.italic for p in line.pieces)


def bullet(line: TextLine) -> int:
    """How many leading pieces are a bullet sign; 0 for none."""
    first = line.pieces[0]
    if len(line.pieces) < 2 or first.run is not None or first.text not in BULLETS:
        return 0
    gap = line.pieces[1].x0 - first.x1
    if first.text in _SURE_BULLETS or "symbol" in first.style.font.lower() or "wingding" in first.style.font.lower():
        return 1
    return 1 if gap > 0.55 * line.size else 0


def _counted(groups: list[list[TextLine]]) -> set[int]:
    """Which paragraphs an automatic list numbers: a hanging number, one more than that of the item before or after."""
    marks: dict[int, tuple[int, float]] = {}
    for index, group in enumerate(groups):
        pieces = group[0].pieces
        found = _NUMBER.fullmatch(pieces[0].text) if len(pieces) > 1 and pieces[0].run is None else None
        if found and pieces[1].x0 - pieces[0].x1 > 0.45 * group[0].size:
            mark = found.group(1)
            marks[index] = (int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1, pieces[1].x0)
    ranked = sorted(marks)
    result: set[int] = set()
    for one, two in pairwise(ranked):
        if marks[two][0] == marks[one][0] + 1 and abs(marks[two][1] - marks[one][1]) < 2:
            result |= {one, two}
    return result


def _paragraph(lines: list[TextLine], page: int, edges: tuple[float, float], *, counted: bool) -> Paragraph:
    skip = 1 if counted else bullet(lines[0])
    runs: list[Run] = []
    before: Piece | None = None
    for number, line in enumerate(lines):
        for index, piece in enumerate(line.pieces):
            if number == 0 and index < skip:
                continue
            cut = index == 0 and number > 0 and goes_on(lines[number - 1], line, edges)
            gap = "" if before is None or cut else _gap(before, piece, index == 0)
            _append(runs, piece, gap)
            before = piece
    box = (min(n.x0 for n in lines), lines[0].top, max(n.x1 for n in lines), lines[-1].bottom)
    return Paragraph(runs, listed=bool(skip), page=page, box=box)


def _gap(before: Piece, piece: Piece, new_line: bool) -> str:
    """What stands between two neighbours: nothing, a space, or a tab."""
    if new_line:
        hyphen = before.text.endswith("-") and before.text[-2:-1].isalnum() and piece.text[:1].isalnum()
        slash = before.text.endswith("/") and len(before.text) > 1
        return "" if not before.tail and (hyphen or slash or broken_word(before, piece)) else " "
    gap = piece.x0 - before.x1
    if gap > TAB_GAP * piece.style.size and gap > 14:
        return "\t"
    return " " if piece.spaced or gap > 0.16 * piece.style.size else ""


def _append(runs: list[Run], piece: Piece, gap: str) -> None:
    if piece.run is not None:
        if gap and runs:
            _space(runs, gap)
        runs.append(piece.run)
        return
    if gap and runs:
        _space(runs, gap)
    for text in _split_signs(piece.text):
        run = _run(text, piece)
        if runs and _same(runs[-1], run):
            runs[-1].text += text
        else:
            runs.append(run)


def _space(runs: list[Run], gap: str) -> None:
    last = runs[-1]
    if last.control is None and not last.picture and not last.ring and last.text not in TICK_SIGNS:
        last.text += gap
    else:
        runs.append(Run(gap))


def _split_signs(text: str) -> list[str]:
    if len(text) == 1 or TICK_SIGNS.isdisjoint(text):
        return [text]
    return [part for part in re.split(r"([☐☒✓✗])", text) if part]


def _run(text: str, piece: Piece) -> Run:
    style = piece.style
    return Run(
        text,
        bold=style.bold,
        italic=style.italic,
        strike=piece.strike,
        highlight=piece.highlight,
        underline=piece.underline,
        grey=style.grey,
        font_size=style.size,
    )


def _same(a: Run, b: Run) -> bool:
    if a.control is not None or a.picture or a.ring or a.text in TICK_SIGNS or b.text in TICK_SIGNS:
        return False
    if abs((a.font_size or 0) - (b.font_size or 0)) > 0.35:
        return False
    looks = [(run.bold, run.italic, run.strike, run.highlight, run.underline, run.grey) for run in (a, b)]
    return looks[0] == looks[1]

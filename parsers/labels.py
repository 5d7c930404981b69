"""Reads one stretch of text as a label: whole, with its guidance below, or with the answer typed behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from parsers.content import is_guidance_look, raw_text, typed_text
from parsers.readers.ticks import EMPTY_BOXES, TICKED_BOXES
from parsers.scope import Scope
from parsers.signoffs import composed
from parsers.wording import LIKELY, SURE, FormIndex, Hit, canon, normal
from records.tree import Block, Cell, Paragraph, Run

_BOXES = EMPTY_BOXES | TICKED_BOXES
_GAP = re.compile(r"\t|\n| {2,}|_{3,}")
_INLINE_SURE = 0.9


@dataclass(slots=True)
class Label:
    """A label found: the field it asks for, what else is printed with it, and what was typed behind it."""

    path: str
    text: str
    score: float
    negated: bool = False
    printed: list[Paragraph] = field(default_factory=list)
    typed: list[Block] = field(default_factory=list)
    """The answer that stands in the same cell or paragraph, if any."""
    why: str = ""


def label_of_text(text: str, index: FormIndex, scope: Scope, floor: float = SURE) -> Hit | None:
    """The field that a text asks for in this scope; None when it is no label or not sure enough."""
    hits = [hit for hit in index.find(text) if hit.score >= floor]
    return scope.best(hits if any(hit.score >= SURE for hit in hits) else hits + composed(text, index, scope.open))


def label_of_cell(cell: Cell, index: FormIndex, scope: Scope) -> Label | None:
    """The label in a cell, with its guidance and with what was typed into the same cell."""
    paragraphs = [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]
    if not paragraphs:
        return None
    if paragraphs[0].text.lstrip()[:1] in _BOXES:
        return None  # an option with its box is an answer, whatever it words
    nested: list[Block] = [block for block in cell.blocks if not isinstance(block, Paragraph)]
    first, rest = paragraphs[0], paragraphs[1:]
    if "\n" in first.text.strip():
        pieces = split_lines(first)
        first, rest = pieces[0], pieces[1:] + rest
    text = " ".join(first.text.split())
    hit = label_of_text(text, index, scope)
    if hit is not None:
        return _with_rest(_label(hit, text, first, scope), rest, nested, index)
    pairs = inline_pairs(first, index, scope)
    if pairs and len(pairs) == 1:
        return _with_rest(pairs[0], rest, nested, index)
    whole = " ".join(raw_text(cell).split())
    if rest:
        hit = label_of_text(whole, index, scope)
        if hit is not None:
            return Label(hit.path, whole, hit.score, hit.part == "negated", paragraphs, nested, doubt_of(hit, scope))
    hit = label_of_text(text, index, scope, LIKELY) if len(canon(normal(text))) >= 2 else None
    if hit is not None and not nested:
        label = _with_rest(_label(hit, text, first, scope), rest, nested, index)
        label.why = f"the question is worded differently from the known ones: “{text[:120]}”"
        return label
    return None


def _label(hit: Hit, text: str, paragraph: Paragraph, scope: Scope) -> Label:
    return Label(hit.path, text, hit.score, hit.part == "negated", [paragraph], why=doubt_of(hit, scope))


def doubt_of(hit: Hit, scope: Scope) -> str:
    """Why the label may belong to another block than the one it was taken for; "" when it is certain."""
    return "it is not certain to which person or block this belongs" if scope.is_unsure(hit) else ""


def _with_rest(label: Label, rest: list[Paragraph], nested: list[Block], index: FormIndex) -> Label:
    """Sorts the paragraphs below a label into printed guidance and typed answer."""
    typed_before = bool(label.typed)
    for paragraph in rest:
        text = paragraph.text.strip()
        other = any(hit.path == label.path and hit.score >= SURE for hit in index.find(" ".join(text.split())))
        printed = other or index.is_prompt(text) or not typed_text(paragraph) or is_guidance_look(paragraph)
        if printed and not (typed_before and not other):
            label.printed.append(paragraph)
        else:
            label.typed.append(paragraph)
    label.typed += nested
    return label


def inline_pairs(paragraph: Paragraph, index: FormIndex, scope: Scope) -> list[Label]:
    """ "Label: answer" pairs in one paragraph, side by side or alone; [] when it does not begin with a label."""
    text = paragraph.text
    if (
        ":" not in text
        and "_" not in text
        and "?" not in text
        and "\t" not in text
        and " - " not in text.replace("–", "-")
    ):
        return []
    if index.is_prompt(text):
        return []  # a colon in known guidance makes no question of it
    found: list[tuple[int, int, Hit]] = []
    position = 0
    while position < len(text):
        start, end, hit = _next_label(text, position, index, scope, first=not found)
        if hit is None:
            break
        found.append((start, end, hit))
        position = end
    if not found or text[: found[0][0]].strip(" _\t*•-"):
        return []
    labels = []
    for number, (start, end, hit) in enumerate(found):
        stop = found[number + 1][0] if number + 1 < len(found) else len(text)
        if _goes_on_asking(paragraph, start, end, stop):
            end = stop
        value = cut(paragraph, end, stop)
        label = Label(hit.path, " ".join(text[start:end].split()).rstrip(":"), hit.score, hit.part == "negated")
        label.why = doubt_of(hit, scope)
        if hit.score < SURE:
            label.why = f"the question is worded differently from the known ones: “{label.text[:120]}”"
        if typed_text(value) or any(run.picture or run.control is not None for run in value.runs):
            label.typed = [value]
        labels.append(label)
    return labels


def _goes_on_asking(paragraph: Paragraph, start: int, end: int, stop: int) -> bool:
    """ "What was life like? What did they tell you?" is one question: what follows asks too, and looks the same."""
    text = paragraph.text
    if text[start:end].rstrip()[-1:] != "?" or text[end:stop].rstrip()[-1:] != "?":
        return False
    looks = {run.bold for run in cut(paragraph, start, stop).runs if run.text.strip()}
    return len(looks) == 1 and "_" not in text[end:stop] and "\t" not in text[end:stop]


def _next_label(
    text: str, position: int, index: FormIndex, scope: Scope, *, first: bool
) -> tuple[int, int, Hit | None]:
    for mark in re.finditer(r":|\?(?=\s|_|$)|_{3,}|\t| [-–] ", text[position:]):
        at = position + mark.start()
        if at - position > 240:
            break
        if mark.group() not in (":", "?") and text.count("(", position, at) > text.count(")", position, at):
            continue  # a dash in brackets parts no label from an answer
        starts = [position + gap.end() for gap in _GAP.finditer(text[position:at])]
        candidates = ([position] if first else []) + starts
        end = position + mark.end() if mark.group() in (":", "?") else at
        for start in candidates:
            piece = text[start : at + 1] if mark.group() == "?" else text[start:at]
            if not piece.strip() or len(piece) > 200:
                continue
            hit = label_of_text(
                " ".join(piece.split()), index, scope, _floor(mark.group(), piece, whole_line=not start)
            )
            if hit is not None:
                return start, end, hit
        if first and mark.group() not in (":", "?") and at - position > 120:
            break
    return 0, 0, None


def _floor(mark: str, piece: str, *, whole_line: bool) -> float:
    """How sure a label must be that has its answer behind it: a colon at the head of a line says most of it."""
    if mark != ":" or len(piece) > 70:
        return _INLINE_SURE
    return LIKELY if whole_line and len(canon(normal(piece))) >= 2 else SURE


def cut(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """A part of a paragraph as a paragraph of its own; the place stays that of the whole."""
    runs: list[Run] = []
    position = 0
    for run in paragraph.runs:
        length = len(run.text)
        low, high = max(start - position, 0), min(end - position, length)
        if low < high:
            runs.append(run if (low, high) == (0, length) else replace(run, text=run.text[low:high]))
        elif not length and start <= position <= end:
            runs.append(run)
        position += length
    return replace(paragraph, runs=runs)


def split_lines(paragraph: Paragraph) -> list[Paragraph]:
    """The lines of a paragraph that has line breaks inside, each as a paragraph; blank ones left out."""
    pieces, start = [], 0
    text = paragraph.text
    for match in re.finditer("\n|$", text):
        piece = cut(paragraph, start, match.start())
        if piece.text.strip():
            pieces.append(piece)
        start = match.end()
    return pieces or [paragraph]

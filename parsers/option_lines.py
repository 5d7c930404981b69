"""Options with a Yes and a No each: "National review  Yes / No" on a line, or a row under Yes and No columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.content import is_emphatic
from parsers.marks import Reading, field_of_options, read_choice, read_yes_no
from parsers.wording import OptionIndex
from records.tree import Block, Paragraph, Run, Table

_TAIL = re.compile(
    r"(?:^|(?<=[\s:;.,?)\]–—-]))(?P<tail>(?:[^\w\n]|_)*\b(?:yes|no|y|n|n/?k|not known|n/?a)\b"
    r"(?:(?:[^\w\n]|_|\bx\b)*\b(?:yes|no|y|n|n/?k|not known|n/?a|x)\b)*(?:[^\w\n]|_)*)$",
    re.IGNORECASE,
)
UNCLEAR = "for one of the options it is not clear whether Yes or No was chosen"
EVERY = "every option is marked"


def split_answer(paragraph: Paragraph) -> tuple[Paragraph, Paragraph] | None:
    """An option and the Yes / No behind it; None when a line does not end in one."""
    text = paragraph.text
    match = _TAIL.search(text) if len(text) <= 300 else None
    if match is None or not any(char.isalpha() for char in text[: match.start("tail")]):
        return None
    at = match.start("tail")
    return _piece(paragraph, 0, at), _piece(paragraph, at, len(text))


def _piece(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """A part of a paragraph; what has no text (a ring) belongs to the part that it stands in."""
    runs: list[Run] = []
    position = 0
    for run in paragraph.runs:
        low, high = max(start - position, 0), min(end - position, len(run.text))
        if low < high:
            runs.append(replace(run, text=run.text[low:high]))
        elif not run.text and start <= position and (position < end or end == len(paragraph.text)):
            runs.append(run)
        position += len(run.text)
    return replace(paragraph, runs=runs)


def read_by_yes_no(paragraphs: Sequence[Paragraph], options: OptionIndex, *, several: bool) -> Reading | None:
    """The options whose line says Yes; None when the lines are not options with a Yes and a No each."""
    lines = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    pairs = [pair for line in lines if (pair := split_answer(line)) is not None]
    known = sum(_known(option, options) for option, _ in pairs)
    if len(pairs) < 2 or len(pairs) < 0.7 * len(lines) or known < 0.5 * len(pairs):
        return None
    marked: list[Paragraph] = []
    unsure = ""
    answered = 0
    for option, answer in pairs:
        reading = read_yes_no([answer])
        answered += bool(reading.codes)
        unsure = unsure or (UNCLEAR if reading.unsure else "")
        box = "☒" if reading.codes == ["yes"] else "☐"
        marked.append(Paragraph([Run(f"{box} {option.text.strip()}")]))
    if not answered:
        return Reading(empty=not unsure, unsure=unsure)
    reading = read_choice(marked, options, several=several)
    if answered < len(pairs) and not unsure:
        unsure = UNCLEAR
    rest = [line.text.strip() for line in lines if split_answer(line) is None]
    details = "\n".join(filter(None, [reading.details, *rest]))
    return replace(reading, unsure=reading.unsure or unsure, details=details, marked=True)


def _known(option: Paragraph, options: OptionIndex) -> bool:
    found = options.find(option.text.strip(" \t:–-"))
    return found is not None and found[1] >= 0.7


def options_below(following: Sequence[Block], fields: Mapping[str, OptionIndex]) -> tuple[str, list[Paragraph]]:
    """The choice field whose options are the lines under a question, and those lines; ("", []) when none is."""
    lines: list[Paragraph] = []
    for block in following:
        if isinstance(block, Table) or (block.text.strip() and (block.heading or len(block.text) > 160)):
            break
        if block.text.strip():
            if lines and is_emphatic(block) and not is_emphatic(lines[0]):
                break
            lines.append(block)
    pairs = [split_answer(line) for line in lines]
    while lines and pairs[-1] is None:
        lines.pop()
        pairs.pop()
    options = [pair[0] for pair in pairs if pair is not None]
    if len(options) < 2 or len(options) < len(lines):
        return "", []
    return field_of_options(options, fields), lines

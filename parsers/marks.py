"""Which alternative was chosen: ticks, struck-out words, bold, highlight, rings, letters beside a word.

People answer "Yes / No" in a dozen ways. Each way is read on its own; when two ways disagree, or more is chosen than
can be, the reading says so and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from parsers.readers.ticks import CROSSES, EMPTY_BOXES, TICKED_BOXES, TICKS
from parsers.wording import OptionIndex, normal, plain
from records.tree import Cell, Paragraph, Row, Run

YES_NO = OptionIndex(
    {
        "yes": ("Yes", "Y", "Ydw", "Ydy", "Oes"),
        "no": ("No", "N", "Nac ydw", "Nac ydy", "Nac oes"),
        "not_known": (
            "Not known", "N/K", "NK", "Unknown", "Don't know", "Not sure", "Unsure", "DK", "Do not know",
            "Not yet known",
            "Ddim yn gwybod",
        ),
    }
)  # fmt: skip
_YES_NO_WORDS = re.compile(
    r"(?<![\w'’])"
    r"(not known|not yet known|n\s?/\s?k|nk|unknown|don['’]?t know|do not know|not sure|unsure|dk|yes|no|y|n|"
    r"ydw|ydy|oes|nac ydw|nac ydy|nac oes|ddim yn gwybod)"
    r"(?![\w'’])",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\[(]\s*([xX✓✔√*]?)\s*[\])]")
_LEAD = re.compile(r"^[\s\-–—:;,./|()\[\]]+|[\s\-–—:;,/|(\[]+$")
_INSTRUCTION = re.compile(
    r"\(?\s*(?:please\s+)?(?:delete|circle|tick|strike out|highlight|select|choose)[^.)]{0,40}"
    r"(?:appropriate|applicable|applies|one|box|apply)\s*\)?\.?|^\(?please (?:tick|circle|delete)\)?$",
    re.IGNORECASE,
)
_TICKED_END = re.compile(rf"(?<=[\w)\].])\s+[xX{''.join(sorted(TICKS | CROSSES))}]$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+) $")
_WORD_AFTER = re.compile(r" [a-z]")
_BESIDE = TICKS | CROSSES | frozenset("xX")


@dataclass(slots=True)
class Reading:
    """What was chosen. `codes` in the order of the form, `details` the words beside, `unsure` why a person must look.

    `empty` says that nothing was chosen and nothing typed: the question was left as printed.
    """

    codes: list[str] = field(default_factory=list)
    details: str = ""
    unsure: str = ""
    empty: bool = False
    marked: bool = False
    """Something other than the bare word said so: a tick, a ring, a struck-out alternative."""


@dataclass(slots=True)
class _Option:
    code: str
    start: int
    end: int
    box: bool | None = None
    ticked: bool = False
    ring: bool = False
    struck: bool = False
    bold: bool = False
    highlight: bool = False
    underline: bool = False
    likeness: float = 1.0


class _Line:
    """The text of an answer with the look of each character."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self.text = ""
        self.runs: list[Run] = []
        self.rings: list[tuple[int, float | None]] = []
        for paragraph in paragraphs:
            if self.text:
                self.add("\n", Run("\n"))
            for run in paragraph.runs:
                if run.ring:
                    self.rings.append((len(self.text), run.font_size))
                elif not run.placeholder:
                    self.add(run.text, run)
        if "[" in self.text or "(" in self.text:
            self._bracket_boxes()

    def add(self, text: str, run: Run) -> None:
        self.text += text
        self.runs += [run] * len(text)

    def _bracket_boxes(self) -> None:
        """Boxes typed as brackets, "[ ]" and "(x)", become boxes."""
        for match in reversed(list(_BRACKETS.finditer(self.text))):
            ticked = match.group(1).strip() != ""
            self.text = self.text[: match.start()] + ("☒" if ticked else "☐") + self.text[match.end() :]
            self.runs[match.start() : match.end()] = [replace(self.runs[match.start()], control=None)]

    def same_line(self, one: int, other: int) -> bool:
        return "\n" not in self.text[min(one, other) : max(one, other)]

    def all(self, start: int, end: int, look: str) -> bool:
        """Whether every letter between two points has the look."""
        letters = [i for i in range(start, end) if not self.text[i].isspace()]
        return bool(letters) and all(getattr(self.runs[i], look) for i in letters)


def read_yes_no(paragraphs: list[Paragraph]) -> Reading:
    """The yes, no or not-known in an answer."""
    return read_choice(paragraphs, YES_NO, several=False, words=_YES_NO_WORDS)


def read_choice(
    paragraphs: list[Paragraph], options: OptionIndex, *, several: bool, words: re.Pattern[str] | None = None
) -> Reading:
    """Which of the options an answer chooses. With `several`, more than one may be."""
    line = _Line(paragraphs)
    if not line.text.strip() and not line.rings:
        return Reading(empty=True)
    found, printed = _find_options(line, options, words)
    if not found:
        return _wordless(line)
    _attach_marks(line, found)
    chosen, unsure = _decide(line, found, len(options.codes), several=several)
    details = _rest(line, printed)
    reading = Reading(unsure=unsure, details=details)
    reading.codes = [code for code in options.codes if any(option.code == code for option in chosen)]
    reading.marked = any(option.box or option.ticked or option.ring or option.highlight for option in chosen)
    if any(option.likeness < 0.7 for option in chosen) and not reading.unsure:
        reading.unsure = "the option is worded differently from the known ones"
    reading.empty = not chosen and not details and not unsure
    return reading


def field_of_options(paragraphs: list[Paragraph], fields: Mapping[str, OptionIndex]) -> str:
    """The choice field whose printed options a text lists, whatever asks for them; "" when none or several fit."""
    line = _Line(paragraphs)
    boxes = _boxes(line)
    pieces = len(boxes) or len([part for part in line.text.split("\n") if part.strip()])
    if pieces < 2:
        return ""
    fits: dict[str, int] = {}
    for path, options in fields.items():
        found = _options_by_box(line, options, boxes)[0] if boxes else _options_by_line(line, options)[0]
        fits[path] = len({option.code for option in found if option.code and option.likeness >= 0.7})
    ranked = sorted(fits, key=lambda path: -fits[path])
    best = ranked[0] if ranked else ""
    if not best or fits[best] < max(2, 0.6 * pieces) or (len(ranked) > 1 and fits[ranked[1]] == fits[best]):
        return ""
    return best


def _wordless(line: _Line) -> Reading:
    """An answer without any of the options' words: a lone tick, or prose."""
    text = line.text.strip()
    if len(text) <= 2 and any(char in TICKS or char in TICKED_BOXES for char in text):
        return Reading(codes=["yes"], marked=True)
    if text and all(char in EMPTY_BOXES or char.isspace() for char in text):
        return Reading(empty=True)
    rest = _INSTRUCTION.sub("", _clean(text))
    return Reading(details=rest, unsure="the answer is none of the options" if rest else "", empty=not rest)


def _find_options(
    line: _Line, options: OptionIndex, words: re.Pattern[str] | None
) -> tuple[list[_Option], list[tuple[int, int]]]:
    """The options that stand in the text, and the stretches of text that word them."""
    boxes = _boxes(line)
    if words is None:
        if boxes:
            return _options_by_box(line, options, boxes)
        return _options_by_line(line, options)
    found = []
    for match in words.finditer(line.text):
        code = options.code_of_form(normal(match.group(1)))
        if code:
            found.append(_Option(code, match.start(1), match.end(1)))
    for option in found:
        _box_beside(line, option, found, boxes)
    return found, [(option.start, option.end) for option in found if not _in_a_sentence(line.text, option, found)]


def _in_a_sentence(text: str, option: _Option, found: list[_Option]) -> bool:
    """Whether a word is part of what was typed ("closed with no further action"): then it stays in the words beside."""
    before, after = _WORD_BEFORE.search(text[: option.start]), _WORD_AFTER.match(text[option.end :])
    if before is None or after is None or before.group(1).casefold() == "or":
        return False
    beside = {option.start - 1, option.end + 1}
    return not any(other.end in beside or other.start in beside for other in found)


def _boxes(line: _Line) -> list[int]:
    """Where boxes stand. Among printed boxes a lone X or tick stands for a box that was typed over."""
    boxes = [i for i, char in enumerate(line.text) if char in EMPTY_BOXES or char in TICKED_BOXES]
    if boxes:
        boxes += [i for i, char in enumerate(line.text) if char in _BESIDE and _stands_alone(line.text, i)]
    return sorted(boxes)


def _stands_alone(text: str, index: int) -> bool:
    return not (index and text[index - 1].isalnum()) and not text[index + 1 : index + 2].isalnum()


def _box_beside(line: _Line, option: _Option, found: list[_Option], boxes: list[int]) -> None:
    """The box that belongs to a word: before it when the first box stands before the first word, else after it."""
    if not boxes:
        return
    before = boxes[0] < min(other.start for other in found)
    if before:
        left = max((other.end for other in found if other.end <= option.start), default=0)
        near = [i for i in boxes if left <= i < option.start]
        index = near[-1] if near else None
    else:
        right = min((other.start for other in found if other.start >= option.end), default=len(line.text))
        near = [i for i in boxes if option.end <= i < right]
        index = near[0] if near else None
    if index is not None:
        option.box = _is_ticked(line, index)


def _is_ticked(line: _Line, index: int) -> bool:
    control = line.runs[index].control
    if control is not None and control.checked is not None:
        return control.checked or line.text[index] in TICKED_BOXES
    return line.text[index] in TICKED_BOXES or line.text[index] in _BESIDE


def _options_by_box(line: _Line, options: OptionIndex, boxes: list[int]) -> tuple[list[_Option], list[tuple[int, int]]]:
    first_text = len(line.text) - len(line.text.lstrip())
    before = boxes[0] <= first_text or not line.text[: boxes[0]].strip()
    found, printed = [], []
    for position, index in enumerate(boxes):
        if before:
            start, end = index + 1, boxes[position + 1] if position + 1 < len(boxes) else len(line.text)
        else:
            start, end = (boxes[position - 1] + 1 if position else 0), index
        option = _option_at(line, options, start, end)
        if option is not None:
            option.box = _is_ticked(line, index)
            found.append(option)
            printed.append((option.start, option.end))
        elif _is_ticked(line, index):
            unknown = _Option("", start, end, box=True, likeness=0.0)
            found.append(unknown)
    return found, printed


def _option_at(line: _Line, options: OptionIndex, start: int, end: int) -> _Option | None:
    """The option worded by a stretch of text: the whole of it, or its first line or leading words."""
    segment = line.text[start:end]
    lead = len(segment) - len(segment.lstrip())
    if segment[lead : lead + 1] in _BESIDE and segment[lead + 1 : lead + 2].isspace():
        lead += 1 + len(segment[lead + 1 :]) - len(segment[lead + 1 :].lstrip())
        segment = " " * lead + segment[lead:]
    whole = _TICKED_END.sub("", segment.strip())
    if not whole:
        return None
    pieces = [whole]
    first = whole.split("\n", 1)[0].rstrip()
    pieces += [first] if first != whole else []
    for mark in (" - ", " – ", ": ", "; ", " ("):
        if mark in first:
            pieces.append(first.split(mark, 1)[0])
    best: tuple[str, float, int] | None = None
    for piece in pieces:
        hit = options.find(piece)
        if hit and (best is None or hit[1] > best[1] + 0.05):
            best = (hit[0], hit[1], len(piece))
    if best is None:
        return None
    return _Option(best[0], start + lead, start + lead + best[2], likeness=best[1])


def _options_by_line(line: _Line, options: OptionIndex) -> tuple[list[_Option], list[tuple[int, int]]]:
    """Options without boxes: one on a line, parted by slashes, commas or wide gaps, or one alone."""
    found = []
    for whole_line in re.finditer(r"[^\n]+", line.text):
        option = _option_at(line, options, whole_line.start(), whole_line.end())
        if option is not None and option.likeness >= 0.8:
            found.append(option)
    if found:
        return found, [(option.start, option.end) for option in found]
    for match in re.finditer(r"[^\n;,/\t|]+(?:/[^\s/][^\n;,/\t|]*)?", line.text):
        for part in re.finditer(r"\S+(?: {1,2}\S+)*", match.group()):
            start = match.start() + part.start()
            option = _option_at(line, options, start, start + len(part.group()))
            if option is not None:
                found.append(option)
    whole = _option_at(line, options, 0, len(line.text))
    if whole is not None and whole.likeness >= 0.9 and "\n" not in line.text.strip():
        found = [whole]
    return found, [(option.start, option.end) for option in found]


def _attach_marks(line: _Line, found: list[_Option]) -> None:
    for option in found:
        option.struck = line.all(option.start, option.end, "strike")
        option.bold = line.all(option.start, option.end, "bold")
        option.highlight = line.all(option.start, option.end, "highlight")
        option.underline = line.all(option.start, option.end, "underline")
    _ticks_beside(line, found)
    for index, _ in line.rings:
        near = min(found, key=lambda option: min(abs(option.start - index), abs(option.end - index)))
        near.ring = True


def _ticks_beside(line: _Line, found: list[_Option]) -> None:
    """A tick or an X typed beside a word belongs to the word before it, unless the first mark comes first."""
    covered = [(option.start, option.end) for option in found]
    marks = [
        i
        for i, char in enumerate(line.text)
        if char in _BESIDE and not any(start <= i < end for start, end in covered) and _stands_alone(line.text, i)
    ]
    if not marks or any(option.box is not None for option in found):
        return  # among boxes a mark has already been taken for the box that it replaced
    ordered = sorted(found, key=lambda option: option.start)
    before = marks[0] < ordered[0].start
    by_line = len({line.text.count("\n", 0, option.start) for option in found}) == len(found) > 1
    for mark in marks:
        if by_line and not any(line.same_line(option.start, mark) for option in found):
            # The line of an option that nobody knows: its tick is not the one of the line before.
            found.append(_Option("", mark, mark, ticked=True, likeness=0.0))
            continue
        if before:
            option = next((item for item in ordered if item.start > mark), ordered[-1])
        else:
            option = next((item for item in reversed(ordered) if item.end <= mark), ordered[0])
        option.ticked = True


def _decide(line: _Line, found: list[_Option], known: int, *, several: bool) -> tuple[list[_Option], str]:
    """The chosen options, and why a person must look (or "")."""
    distinct = {option.code for option in found}
    ways: list[list[_Option]] = []
    for look in ("box", "ticked", "ring", "highlight"):
        marked = [option for option in found if getattr(option, look)]
        if marked:
            ways.append(marked)
    if any(option.struck for option in found) and not all(option.struck for option in found):
        ways.append([option for option in found if not option.struck])
    if not ways:
        for look in ("bold", "underline"):
            marked = [option for option in found if getattr(option, look)]
            if marked and len({option.code for option in marked}) < len(distinct):
                ways.append(marked)
    if not ways:
        return _bare_words(line, found, known, several=several)
    chosen = ways[0]
    unsure = ""
    if any(option.code == "" for option in chosen):
        unsure = "a ticked option is not one of the known ones"
        chosen = [option for option in chosen if option.code]
    sets = [{option.code for option in way} for way in ways]
    if any(other != sets[0] for other in sets[1:]):
        if several or not set.intersection(*sets):
            unsure = "the marks contradict each other"
        else:
            both = set.intersection(*sets)
            chosen = [option for option in chosen if option.code in both]
    if not several and len({option.code for option in chosen}) > 1:
        return chosen[:1], "more than one answer is marked"
    return chosen, unsure


def _bare_words(line: _Line, found: list[_Option], known: int, *, several: bool) -> tuple[list[_Option], str]:
    distinct = {option.code for option in found}
    boxed = any(option.box is not None for option in found)
    if len(distinct) > 1:
        if several and not boxed:
            # All options without a mark are the list as printed; a few of them were typed as the answer.
            if len(distinct) >= max(3, 0.6 * known):
                return [], ""
            return found, "" if len(distinct) <= 3 else "no mark says which of the options are chosen"
        first = min(found, key=lambda option: option.start)
        separator = line.text[first.end : first.end + 3]
        # "YES/NO" with nothing marked is the question as printed; "No. Yes, she was seen" is prose.
        if not boxed and line.text[: first.start].strip() == "" and re.match(r"\s*[.,;:–-]", separator):
            return [first], ""
        return [], ""
    option = found[0]
    if boxed:
        return [], ""
    if option.struck:
        return [], "the only answer is struck out"
    lead = line.text[: option.start].strip(" \n\t([*-–:\"'")
    if lead:
        return [option], "the answer stands inside a sentence"
    return [option], ""


def _rest(line: _Line, printed: list[tuple[int, int]]) -> str:
    """The words beside the options, as typed."""
    keep = [True] * len(line.text)
    for start, end in printed:
        keep[start:end] = [False] * (end - start)
    for index, char in enumerate(line.text):
        if char in EMPTY_BOXES or char in TICKED_BOXES:
            keep[index] = False
        elif char in _BESIDE and keep[index]:
            keep[index] = not _stands_alone(line.text, index)
    kept = "".join(char if keep[i] else "\u0000" for i, char in enumerate(line.text))
    parts = [_clean(part) for part in re.split("\u0000+", kept)]
    text = "\n".join(part for part in parts if part and any(char.isalnum() for char in part))
    return "" if _INSTRUCTION.fullmatch(plain(text)) else text


def _clean(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, _LEAD.sub("", text)
    return text.rstrip() if text.count(")") <= text.count("(") else text.rstrip(" )")


@dataclass(slots=True)
class OptionCells:
    """An option's wording in one cell and its tick in another."""

    code: str
    label: Cell
    tick: Cell | None
    likeness: float


def option_cells(row: Row, options: OptionIndex) -> list[OptionCells]:
    """The options that a row of a tick table words, each with the cell for its tick (beside it, either side)."""
    found: list[OptionCells] = []
    cells = row.cells
    taken: set[int] = set()
    for position, cell in enumerate(cells):
        text = " ".join(cell.text.split())
        if position in taken or not text or len(text) > 400:
            continue
        hit = options.find(_CLEAR.sub(" ", text).strip())
        if hit is None or hit[1] < 0.7:
            continue
        beside = [i for i in (position + 1, position - 1) if 0 <= i < len(cells) and i not in taken]
        tick = next((i for i in beside if _is_tick_cell(cells[i])), None)
        if tick is not None:
            taken.add(tick)
        taken.add(position)
        found.append(OptionCells(hit[0], cell, cells[tick] if tick is not None else None, hit[1]))
    return found


_CLEAR = re.compile(f"[{''.join(EMPTY_BOXES | TICKED_BOXES | TICKS)}]")


def _is_tick_cell(cell: Cell) -> bool:
    return len(cell.text.strip()) <= 40


def read_option_cells(rows: list[OptionCells], options: OptionIndex) -> Reading:
    """Which options of a tick table are chosen: by the mark beside, or by the look of the wording."""
    found, details = [], []
    for item in rows:
        line = _Line(item.label.paragraphs)
        tick = _Line(item.tick.paragraphs) if item.tick is not None else _Line([])
        option = _Option(item.code, 0, len(line.text), likeness=item.likeness)
        _attach_marks(line, [option])
        option.box = _tick_of(line) or _tick_of(tick)
        option.ring = bool(line.rings or tick.rings)
        words = tick.text.strip()
        answer = read_yes_no(item.tick.paragraphs) if item.tick is not None and words else Reading()
        if (
            option.box is None
            and (words.casefold() in ("x", "*", "yes", "y") or any(c in TICKS | CROSSES for c in words))
        ) or (option.box is None and answer.codes == ["yes"] and answer.marked):
            option.ticked = True
        left = _clean("".join(c for c in words if c not in EMPTY_BOXES | TICKED_BOXES | TICKS | CROSSES))
        if len(left) > 1 and normal(left) not in ("yes", "no", "x", "yes no"):
            details.append(left)
        found.append(option)
    line = _Line([])
    chosen, unsure = _decide(line, found, len(options.codes), several=True) if _any_mark(found) else ([], "")
    reading = Reading(unsure=unsure, details="\n".join(details), marked=True)
    reading.codes = [code for code in options.codes if any(option.code == code for option in chosen)]
    reading.empty = not chosen and not details
    return reading


def _tick_of(line: _Line) -> bool | None:
    boxes = [i for i, char in enumerate(line.text) if char in EMPTY_BOXES or char in TICKED_BOXES]
    return any(_is_ticked(line, i) for i in boxes) if boxes else None


def _any_mark(found: list[_Option]) -> bool:
    looks = ("box", "ticked", "ring", "highlight", "struck", "bold", "underline")
    return any(getattr(option, look) for option in found for look in looks)

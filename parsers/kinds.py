"""Reads the content of an answer as the kind that the field asks: text, date, time, yes/no, choice, signature …"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from parsers import marks
from parsers.answers import Answer
from parsers.content import has_picture, is_guidance_look, lines_of, text_of
from parsers.dates import read_date, read_range, read_time
from parsers.option_lines import read_by_yes_no
from parsers.readers.ticks import EMPTY_BOXES, TICKED_BOXES
from parsers.wording import LIKELY, FormIndex, plain
from records.fields import Ask, Kind
from records.tree import Block, Paragraph, Run, Table, walk_paragraphs

NO_ANSWER = re.compile(
    r"(?:n\s?/\s?[ak]|not (?:known|applicable)|unknown|none|nil|-|–|tbc|n\.a\.?|nk)\.?", re.IGNORECASE
)


@dataclass(slots=True)
class Value:
    """What an answer says. `text` is the answer as written; `details` words beside a yes/no; `rest` words left over."""

    value: Any = None
    text: str = ""
    unsure: str = ""
    details: str = ""
    rest: str = ""
    time: str | None = None
    time_text: str = ""
    """A time that stands with a date, and its words."""
    printed: bool = False
    """The text is only what the form prints (unmarked alternatives)."""


def read_value(ask: Ask, answer: Answer, form: FormIndex, *, latest: date | None = None, half: str = "") -> Value:
    """The value of an answer by its kind. Never raises; what cannot be read is unsure or left over."""
    if answer.codes is not None:
        several = ask.kind is Kind.CHOICES
        value: Any = list(answer.codes) if several else next(iter(answer.codes), None)
        return Value(value, ", ".join(answer.codes), answer.why)
    kind = Kind.DATE if half in ("start", "end") and ask.kind is Kind.DATE_RANGE else ask.kind
    blocks, guidance = _without_guidance(answer.blocks, form)
    if kind in (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES):
        found = _read_choice(ask, answer, form, blocks)
    elif kind is Kind.SIGNED:
        found = _read_signed(blocks)
    else:
        found = _READERS.get(kind, _read_text)(_chosen_text(blocks), latest)
    found.rest = "\n".join(filter(None, [found.rest, *guidance, _struck_text(blocks, kind)]))
    if not found.unsure and found.value and half == "":
        found.unsure = _looks_wrong(kind, found, form, answer)
    if not found.unsure and found.text and _is_hard_to_read(answer.blocks):
        found.unsure = "it is not certain what is written here"
    return found


def _without_guidance(blocks: list[Block], form: FormIndex) -> tuple[list[Block], list[str]]:
    """The blocks without printed guidance; unknown text that only looks like guidance is handed back to be kept."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and len(blocks[0].text) < 40:
        return ([] if blocks[0].text.strip() and form.is_prompt(blocks[0].text) else blocks), []
    paragraphs = [block for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
    kept: list[Block] = []
    looks: list[str] = []
    plain_ones = [paragraph for paragraph in paragraphs if not is_guidance_look(paragraph)]
    for block in blocks:
        if isinstance(block, Paragraph) and block.text.strip():
            if any(map(str.isalnum, block.text)) and form.is_prompt(block.text):
                continue
            if plain_ones and block is paragraphs[0] and _is_italic(block) and not any(map(_is_italic, plain_ones)):
                looks.append(text_of([block]))
                continue
            block = _without_prompt_lines(block, form)
        kept.append(block)
    return kept, looks


_OTHER_QUESTION = re.compile(r"(?:^|\n|\t| {2,})[A-Z][\w'’ /&().-]{2,60}(?::(?=\s|$)|\?$)", re.MULTILINE)
_SHORT = (Kind.NAME, Kind.REFERENCE, Kind.EMAIL, Kind.PHONE, Kind.NUMBER, Kind.TEXT)


def _looks_wrong(kind: Kind, value: Value, form: FormIndex, answer: Answer) -> str:
    """Why a value is not likely what the question asks, in plain words; "" when nothing speaks against it."""
    text = "\n".join(block.text for block in answer.blocks if isinstance(block, Paragraph)) or value.text
    if kind is Kind.EMAIL and "@" not in value.text:
        return "" if NO_ANSWER.fullmatch(plain(value.text)) else "it does not look like an e-mail address"
    if kind is Kind.PHONE and sum(char.isdigit() for char in value.text) < 5:
        return "" if NO_ANSWER.fullmatch(plain(value.text)) else "it does not look like a telephone number"
    if kind in _SHORT:
        if _holds_a_question(kind, text, form) and not answer.path.endswith(("address", "contact")):
            return "the answer seems to hold another question"
        if kind in (Kind.NAME, Kind.REFERENCE) and any(hit.score >= 0.99 for hit in form.find(value.text)):
            return "the answer words a question of the form"
        if kind is Kind.NAME and len(value.text) > 60:
            return "it is long for a name"
    if kind is Kind.LONG_TEXT and len(answer.blocks) > 1 and "question" not in answer.path:
        lines = [line for line in text.split("\n") if line.strip()]
        if any(len(line) < 90 and line.rstrip().endswith("?") and len(line.split()) > 2 for line in lines[1:]):
            return "a line of the answer looks like another question"
    return ""


def _holds_a_question(kind: Kind, text: str, form: FormIndex) -> bool:
    """Whether a short answer has the look of a question in it; "Oakford review: Child G" is a title and has none."""
    found = _OTHER_QUESTION.search(text)
    if found is None:
        return False
    title = kind is Kind.TEXT and not found.start() and "\n" not in text and found.group().endswith(":")
    return not title or any(hit.score >= LIKELY for hit in form.find(found.group().rstrip(":")))


def _is_hard_to_read(blocks: list[Block]) -> bool:
    return any(run.unsure for paragraph in walk_paragraphs(blocks) for run in paragraph.runs)


def _is_italic(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.italic for run in runs)


def _without_prompt_lines(paragraph: Paragraph, form: FormIndex) -> Paragraph:
    """A paragraph without the sentence of guidance that its writer typed behind."""
    text = paragraph.text
    for match in re.finditer(r"[.?!]\s|\n", text[:400]):
        if match.end() < len(text) and form.is_prompt(text[: match.start() + 1]) and len(text[: match.start()]) > 12:
            from_here = match.end()
            runs, position = [], 0
            for run in paragraph.runs:
                low = max(from_here - position, 0)
                if low < len(run.text):
                    runs.append(replace(run, text=run.text[low:]))
                position += len(run.text)
            return replace(paragraph, runs=runs)
    return paragraph


def _chosen_text(blocks: list[Block]) -> list[Block]:
    """Text blocks without struck-out words; where boxes stand before words, only the words of ticked ones."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            out.append(block)
            continue
        block = _marked_alternative(block)
        runs = [run for run in block.runs if not (run.strike and run.text.strip())]
        out.append(replace(block, runs=runs) if len(runs) != len(block.runs) else block)
    text = "".join(block.text for block in out if isinstance(block, Paragraph))
    if any(char in EMPTY_BOXES or char in TICKED_BOXES for char in text):
        return _ticked_words(out)
    return out


def _marked_alternative(paragraph: Paragraph) -> Paragraph:
    """Of short alternatives parted by a stroke ("Male / Female") the one that is marked, or not struck out."""
    text = paragraph.text
    if "/" not in text or len(text) > 80 or not any(run.strike or run.highlight or run.bold for run in paragraph.runs):
        return paragraph
    pieces: list[list[Run]] = [[]]
    for run in paragraph.runs:
        for number, part in enumerate(run.text.split("/")):
            if number:
                pieces.append([])
            pieces[-1].append(replace(run, text=part))
    words = [[run for run in piece if run.text.strip()] for piece in pieces]
    for look in ("highlight", "bold"):
        chosen = [piece for piece in words if piece and all(getattr(run, look) for run in piece)]
        if 0 < len(chosen) < len(words):
            return replace(paragraph, runs=[run for piece in chosen for run in piece])
    left = [piece for piece in words if piece and not all(run.strike for run in piece)]
    if 0 < len(left) < len(words):
        return replace(paragraph, runs=[replace(run, text=run.text.strip()) for piece in left for run in piece])
    return paragraph


def _ticked_words(blocks: list[Block]) -> list[Block]:
    text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph))
    pieces = re.split(f"([{''.join(EMPTY_BOXES | TICKED_BOXES)}])", text)
    chosen = [pieces[i + 1].strip() for i in range(1, len(pieces) - 1, 2) if pieces[i] in TICKED_BOXES]
    return [Paragraph([Run(", ".join(filter(None, chosen)))])]


def _struck_text(blocks: list[Block], kind: Kind) -> str:
    if kind in (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.SIGNED):
        return ""
    struck = [run.text.strip() for block in blocks if isinstance(block, Paragraph) for run in block.runs if run.strike]
    return " ".join(filter(None, struck))


def _read_text(blocks: list[Block], _latest: date | None) -> Value:
    text = text_of(blocks)
    return Value(text or None, text)


def _read_name(blocks: list[Block], _latest: date | None) -> Value:
    text = " ".join(lines_of(blocks))
    return Value(text or None, text)


def _read_date(blocks: list[Block], latest: date | None) -> Value:
    text = text_of(blocks)
    if not text:
        return Value()
    reading = read_date(" ".join(text.split()), latest=latest)
    if reading.value is None:
        control = _date_control(blocks)
        if control is not None:
            return Value(control, text, "the date is taken from the date picker, the words beside it say otherwise")
        if NO_ANSWER.fullmatch(plain(text)):
            return Value(None, text)
        return Value(None, text, reading.unsure or ("" if not re.search(r"\d", text) else "no date could be read"))
    unsure = reading.unsure or _against_control(blocks, reading.value)
    return Value(reading.value, text, unsure, rest=reading.rest, time=reading.time, time_text=reading.time_text)


def _date_control(blocks: list[Block]) -> str | None:
    for block in blocks:
        if isinstance(block, Paragraph):
            for run in block.runs:
                if run.control is not None and run.control.kind == "date" and run.control.value:
                    return run.control.value
    return None


def _against_control(blocks: list[Block], value: str) -> str:
    """A date picker holds a date of its own; when the words were typed over it, the two may differ."""
    held = _date_control(blocks)
    if held is None or held == value or len(value) < 10:
        return ""
    return f"the words and the date picker behind them differ ({held})"


def _read_range(blocks: list[Block], latest: date | None) -> Value:
    text = " ".join(text_of(blocks).split())
    if not text:
        return Value()
    reading = read_range(text, latest=latest)
    if reading.value is None:
        if NO_ANSWER.fullmatch(plain(text)):
            return Value(None, text)
        return Value(None, text, reading.unsure or "no period could be read")
    return Value(reading.value, text, reading.unsure, rest=reading.rest)


def _read_time(blocks: list[Block], _latest: date | None) -> Value:
    text = " ".join(text_of(blocks).split())
    if not text:
        return Value()
    reading = read_time(text)
    return Value(reading.value, text, reading.unsure, rest=reading.rest if reading.value else "")


def _read_nhs(blocks: list[Block], _latest: date | None) -> Value:
    text = " ".join(text_of(blocks).split())
    digits = re.sub(r"\D", "", text)
    if len(digits) == 10:
        rest = re.sub(r"[\d\s-]", "", text)
        return Value(digits, text, rest=text if len(rest) > 4 else "")
    if not digits:
        return Value(None, text)
    return Value(None, text, f"an NHS number has ten digits, this has {len(digits)}")


def _read_contact(blocks: list[Block], _latest: date | None) -> Value:
    text = " ".join(lines_of(blocks))
    return Value(text or None, text)


def _read_signed(blocks: list[Block]) -> Value:
    text = " ".join(text_of(blocks).split())
    if has_picture(blocks) or any(run.ring for block in blocks if isinstance(block, Paragraph) for run in block.runs):
        return Value("yes", text or "[picture]")
    if not text:
        return Value()
    if re.fullmatch(r"(?:no|not signed|unsigned|n/?a|tbc|awaited|pending|to follow)\.?", plain(text)):
        return Value("no", text)
    return Value("yes", text)


def _read_choice(ask: Ask, answer: Answer, form: FormIndex, blocks: list[Block]) -> Value:
    paragraphs = _all_paragraphs(blocks)
    text = "\n".join(" ".join(paragraph.text.split()) for paragraph in paragraphs if paragraph.text.strip())
    if ask.kind is Kind.YES_NO:
        reading = marks.read_yes_no(paragraphs)
    else:
        name = re.sub(r"\[\d+\]", "[]", answer.path)
        options = form.options.get(name)
        if options is None:
            return Value(None, text, "the options of this field are not known" if text else "")
        several = ask.kind is Kind.CHOICES
        reading = read_by_yes_no(paragraphs, options, several=several) or marks.read_choice(
            paragraphs, options, several=several
        )
    codes = list(reading.codes)
    if answer.negated:
        codes = [{"yes": "no", "no": "yes"}.get(code, code) for code in codes]
    value: Any = codes if ask.kind is Kind.CHOICES else next(iter(codes), None)
    unsure = reading.unsure
    details = reading.details
    if not codes and details and NO_ANSWER.fullmatch(plain(details)):
        unsure = ""
    printed = reading.empty or (not codes and not details and not unsure)
    if not codes and unsure:
        # The words stand in review; they are not an answer, nor are they lost.
        return Value(None, text, unsure, details=details)
    return Value(value or None, text, unsure, details=details, printed=printed)


def _all_paragraphs(blocks: list[Block]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            for row in block.rows:
                # Option and tick in neighbouring cells of a nested table read as one line.
                runs: list[Run] = []
                for cell in row.cells:
                    for paragraph in cell.paragraphs:
                        runs += [*paragraph.runs, Run(" ")]
                found.append(Paragraph(runs))
    return found


_READERS: dict[Kind, Callable[[list[Block], date | None], Value]] = {
    Kind.DATE: _read_date,
    Kind.DATE_RANGE: _read_range,
    Kind.TIME: _read_time,
    Kind.NHS_NUMBER: _read_nhs,
    Kind.EMAIL: _read_contact,
    Kind.PHONE: _read_contact,
    Kind.NAME: _read_name,
    Kind.REFERENCE: _read_name,
    Kind.NUMBER: _read_name,
}

"""A return's record as blocks, for any form: what was answered, what was not, what a person must still confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from forms.registry import form
from generators.packs.blocks import Block, Cell, Column, Facts, Heading, Line, Para, Table, plain
from generators.packs.content import Returned, doubt_at
from generators.packs.words import clean, counted, value_words
from records.fields import Ask, Kind, ask_of, block_of
from records.results import ReviewItem

TO_CONFIRM = "TO BE CONFIRMED"


def titled(name: str) -> str:
    """A field's id as a plain heading, for blocks that have no title of their own."""
    return name.replace("_", " ").capitalize()


def answer_blocks(returned: Returned, *, level: int) -> list[Block]:
    """Every answer of the record: the children, then the questions in the form's order, then the tables of rows.

    Unanswered questions are listed, so that a gap is seen as one.
    """
    model = form(returned.form).record
    doubts = returned.doubts()
    facts: list[tuple[str, Cell]] = []
    unanswered: list[str] = []
    tables: dict[str, list[Block]] = {}
    for name in model.model_fields:
        block = block_of(model, name)
        if block is not None and block[1]:
            if returned.record.get(name):
                tables[name] = [Heading(level, titled(name)), _rows(returned, name, block[0], doubts)]
            continue
        cell, without = _fact(returned, name, doubts)
        unanswered += without
        if cell:
            facts.append((_title(model, name), cell))
    blocks = whole_doubts(returned) + tables.pop("children", [])
    if facts:
        blocks.append(Facts(tuple(facts)))
    for rows in tables.values():
        blocks += rows
    if unanswered:
        blocks.append(Para("Not answered: " + "; ".join(unanswered) + ".", "note"))
    return blocks + left_over(returned, level)


def _title(model: type[BaseModel], name: str) -> str:
    ask = ask_of(model, name)
    return ask.title if ask else titled(name)


def _fact(returned: Returned, name: str, doubts: Mapping[str, ReviewItem]) -> tuple[Cell, list[str]]:
    """The answer to one field (a block's stand in one cell, each with its name), and what was not answered."""
    model = form(returned.form).record
    value = returned.record.get(name)
    block = block_of(model, name)
    if block is None:
        words = value_words(value, ask_of(model, name))
        if not words and _doubt(doubts, name) is None:
            return (), [_title(model, name)]
        return answer_cell(returned, name, words, doubts), []
    lines: list[Line] = []
    without: list[str] = []
    for part in block[0].model_fields:
        words = value_words(value.get(part) if isinstance(value, Mapping) else None, ask_of(block[0], part))
        label = _title(block[0], part)
        if words or _doubt(doubts, f"{name}.{part}"):
            first, *rest = answer_cell(returned, f"{name}.{part}", words, doubts)
            lines += [Line(first.text, first.look, "" if part == "name" else f"{label}:"), *rest]
        else:
            without.append(f"{titled(name)}: {_lower(label)}")
    return tuple(lines), without if lines else [titled(name)]


def _lower(title: str) -> str:
    first = title.split(" ", 1)[0]
    return title if first.isupper() and len(first) > 1 else title[:1].lower() + title[1:]


def answer_cell(returned: Returned, path: str, words: str, doubts: Mapping[str, ReviewItem]) -> Cell:
    """An answer; one the reader was not sure of is shown as it was typed and marked, never as the value it may be."""
    doubt = _doubt(doubts, path)
    if doubt is None:
        return tuple(Line(part) for part in words.split("\n")) if words else plain("")
    stood = returned.places.get(path)
    typed = clean((stood.text if stood else "") or doubt.text or words) or "(nothing could be read)"
    return (*(Line(part) for part in typed.split("\n")), Line(clean(doubt.why), "flag", TO_CONFIRM))


def _doubt(doubts: Mapping[str, ReviewItem], path: str) -> ReviewItem | None:
    """The doubt about an answer; one about a single tick of several is one about the answer."""
    ticks = (item for field, item in doubts.items() if field.startswith(f"{path}["))
    return doubt_at(doubts, path) or next(ticks, None)


def _rows(returned: Returned, name: str, model: type[BaseModel], doubts: Mapping[str, ReviewItem]) -> Block:
    """A block of rows as a table of the columns that hold anything; with many columns, rows stand one below another."""
    rows = returned.record[name]
    asks = [(part, ask) for part in model.model_fields if (ask := ask_of(model, part)) is not None]

    def cell(index: int, part: str, ask: Ask) -> Cell:
        return answer_cell(returned, f"{name}[{index}].{part}", value_words(rows[index].get(part), ask), doubts)

    used = [
        (part, ask)
        for part, ask in asks
        if any(row.get(part) or doubt_at(doubts, f"{name}[{i}].{part}") for i, row in enumerate(rows))
    ]
    if len(used) > 6:
        return _stacked(rows, used, cell)
    columns = tuple(Column(ask.title, 3.0 if ask.kind is Kind.LONG_TEXT else 1.2) for _, ask in used)
    body = tuple(tuple(cell(index, part, ask) for part, ask in used) for index in range(len(rows)))
    return Table(columns, body, f"{titled(name)}, {counted(len(rows), 'row')}")


def _stacked(rows: Any, used: Any, cell: Any) -> Facts:
    facts: list[tuple[str, Cell]] = []
    for index, row in enumerate(rows):
        for part, ask in used:
            given = cell(index, part, ask)
            if row.get(part) or given != plain(""):
                title = f"{index + 1}. {ask.title}" if len(rows) > 1 else ask.title
                facts.append((title, given))
    return Facts(tuple(facts))


def whole_doubts(returned: Returned) -> list[Block]:
    """What a person must confirm about the return as a whole."""
    return [Para(f"{TO_CONFIRM} for the whole return: {clean(item.why)}", "flag") for item in returned.whole_doubts]


def left_over(returned: Returned, level: int) -> list[Block]:
    """What was typed outside the form's own questions, word for word."""
    blocks: list[Block] = []
    if returned.unplaced:
        blocks.append(Heading(level, "Also written on the form"))
        columns = (Column("Words as typed", 3.0), Column("Where", 1.0))
        body = tuple((plain(clean(item.text)), plain(clean(item.where))) for item in returned.unplaced)
        blocks.append(Table(columns, body, "Text that belongs to no question of the form"))
    return blocks

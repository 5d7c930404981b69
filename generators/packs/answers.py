"""A return's record as blocks, for any form: what was answered, what was not, what a person must still confirm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.registry import form
from generators.packs.blocks import Block, Cell, Column, Facts, Heading, Line, Para, Table, plain
from generators.packs.content import Returned, doubt_at
from generators.packs.words import clean, counted, value_words
from records.fields import Ask, Kind, Record, ask_of, block_of
from records.results import ReviewItem

TO_CONFIRM = "TO BE CONFIRMED"


def titled(name: str) -> str:
    """A field's id as a plain heading, for blocks that have no title of their own."""
    return name.replace("_", " ").capitalize()


def answer_blocks(returned: Returned, *, level: int, leave_out: frozenset[str] = frozenset()) -> list[Block]:
    """Every answer of the record in the form's order. Unanswered questions are listed, so that a gap is seen as one."""
    model = form(returned.form).record
    doubts = returned.doubts()
    blocks: list[Block] = []
    facts: list[tuple[str, Cell]] = []
    unanswered: list[str] = []

    def flush() -> None:
        if facts:
            blocks.append(Facts(tuple(facts)))
            facts.clear()

    for name in model.model_fields:
        if name in leave_out:
            continue
        value = returned.record.get(name)
        block = block_of(model, name)
        if block is not None and block[1]:
            if value:
                flush()
                blocks.append(Heading(level, titled(name)))
                blocks.append(_rows(returned, name, block[0], doubts))
            continue
        asked = _asked(model, name, value)
        for path, ask, given in asked:
            words = value_words(given, ask)
            if not words and _doubt(doubts, path) is None:
                unanswered.append(ask.title)
            else:
                facts.append((ask.title, answer_cell(returned, path, words, doubts)))
    flush()
    if unanswered:
        blocks.append(Para("Not answered: " + "; ".join(unanswered) + ".", "note"))
    return whole_doubts(returned) + blocks + left_over(returned, level)


def _asked(model: type[Record], name: str, value: Any) -> Iterator[tuple[str, Ask, Any]]:
    """The questions behind one field with their answers; those of a block carry the block's name before them."""
    ask = ask_of(model, name)
    if ask is not None:
        yield name, ask, value
        return
    block = block_of(model, name)
    if block is None:
        return
    for inner in block[0].model_fields:
        part = ask_of(block[0], inner)
        if part is not None:
            given = value.get(inner) if isinstance(value, Mapping) else None
            title = (
                part.title if part.title.casefold() == titled(name).casefold() else f"{titled(name)}: {_lower(part)}"
            )
            yield f"{name}.{inner}", Ask(part.kind, title, part.needed, part.codes), given


def _lower(ask: Ask) -> str:
    first = ask.title.split(" ", 1)[0]
    return ask.title if first.isupper() and len(first) > 1 else ask.title[:1].lower() + ask.title[1:]


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


def _rows(returned: Returned, name: str, model: type[Record], doubts: Mapping[str, ReviewItem]) -> Block:
    """A block of rows as a table of the columns that hold anything; few rows with many columns stand one below another."""
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

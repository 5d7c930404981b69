"""Lists that stand as cards: one small table of labels and values for each worker, action or recommendation.

The cards of a group ask the same questions in the same order. They are read as the rows of one table whose head is the
column of labels, so that what one card does not tell (what a vague question asks) the others do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.answers import ListRow
from parsers.columns import settle
from parsers.content import has_picture, is_blank, raw_text
from parsers.tables import Column, Head, column_hits, head_of_block
from parsers.wording import LIKELY, SURE, FormIndex, Hit, normal
from records.tree import Block, Cell, Paragraph, Place, Run, Table

_NUMBERED = re.compile(
    r"^\W*([A-Za-z][A-Za-z ]{2,30}?)\s*(?:no\.?|number)?\s*(\d{1,2}(?:\.\d)?[a-z]?)\b\s*[:.)–-]*\s*(.*)$", re.S
)


@dataclass(slots=True)
class Card:
    """One card: the cells of its labels, the cell that answers each, the place of each answer."""

    labels: list[Cell]
    values: list[Cell]
    places: list[Place]
    table: Table
    banner: Cell | None = None
    """A first row over the whole width: "Recommendation 3: what is recommended"."""

    @property
    def signature(self) -> tuple[str, ...]:
        return tuple(normal(raw_text(cell)) for cell in self.labels)


@dataclass(slots=True)
class Cards:
    """The cards of a group, as rows of one list."""

    block: str
    rows: list[ListRow]
    printed: list[Block]
    columns: list[Column] = field(default_factory=list)


def card_of(table: Table) -> Card | None:
    """A table as a card: an even number of cells in each row, labels and values by turns; None when it is none."""
    card = Card([], [], [], table)
    for at, row in enumerate(table.rows):
        cells = row.cells
        if at == 0 and len(cells) == 1 and len(table.rows) > 2 and raw_text(cells[0]).strip():
            card.banner = cells[0]
            continue
        if not cells or len(cells) % 2 or any(cell.merge == "continue" for cell in cells):
            return None
        for label, value in zip(cells[::2], cells[1::2], strict=True):
            text = raw_text(label).strip()
            if not text:
                if not is_blank(value.blocks):
                    return None
                continue
            if len(text) > 160:
                return None
            card.labels.append(label)
            card.values.append(value)
            card.places.append(table.cell_place(at, value))
    return card if len(card.labels) >= 2 and len(set(card.signature)) == len(card.labels) else None


def _words_labels(card: Card, index: FormIndex) -> bool:
    """Whether the cells where values should stand are questions too: then the table is a head with its rows."""
    texts = [" ".join(raw_text(cell).split()) for cell in card.values]
    asking = [text for text in texts if 0 < len(text) < 60 and any(hit.score >= SURE for hit in index.find(text))]
    first = next((row for row in card.table.rows if len(row.cells) > 1), card.table.rows[0])
    head = [" ".join(raw_text(cell).split()) for cell in first.cells[1::2]]
    return len(asking) > 0.4 * len([text for text in texts if text]) or all(text in asking for text in head)


def groups_of(blocks: Sequence[Block]) -> dict[int, list[Card]]:
    """The cards that follow one another with the same labels, by the identity of the first table; blanks between."""
    groups: dict[int, list[Card]] = {}
    current: list[Card] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip() and not (current and _is_counter(block.text)):
                current = []
            continue
        card = card_of(block)
        if card is None:
            current = []
        elif current and card.signature == current[0].signature:
            current.append(card)
        else:
            current = [card]
            groups[id(block)] = current
    return groups


def _is_counter(text: str) -> bool:
    """A short line between cards that only counts them: "Action 2"."""
    return len(text) <= 40 and bool(re.search(r"\d{1,2}\W*$", text))


def read_cards(cards: Sequence[Card], index: FormIndex, hint: Sequence[str]) -> Cards | None:
    """The rows that a group of cards makes; None when no list of the form asks these questions."""
    if 2 * sum(_words_labels(card, index) for card in cards) >= len(cards):
        return None
    labels = cards[0].labels
    texts = [" ".join(raw_text(cell).split()) for cell in labels]
    found = [column_hits(text, index) for text in texts]
    if cards[0].banner is not None and len(cards) > 1:
        # What the row over each card begins with is one of its questions.
        banner = _NUMBERED.match(raw_text(cards[0].banner))
        found = [*found, column_hits(banner.group(1), index)] if banner else found
    block = _block(found, texts, index, hint, len(cards)) or _block_by_values(cards, found, index)
    if block is None:
        return None
    head = _head_of(cards, block, found, index)
    made = Cards(block, [], [], head.columns)
    for card in cards:
        made.rows.append(_row(card, head, index))
        made.printed += [part for cell in card.labels for part in cell.blocks]
    return made


def _head_of(cards: Sequence[Card], block: str, found: list[dict[str, list[Hit]]], index: FormIndex) -> Head:
    """The labels of the cards as the head of a list, those that say little placed by the values beside them."""
    stand_ins = [Cell(cell.blocks, column=number) for number, cell in enumerate(cards[0].labels, 1)]
    head = head_of_block(block, stand_ins, found, index)
    settle(head, [dict(enumerate(card.values, 1)) for card in cards], index)
    return head


def _block_by_values(cards: Sequence[Card], found: list[dict[str, list[Hit]]], index: FormIndex) -> str | None:
    """The one list that words and values together give a place to nearly every label of several cards."""
    if len(cards) < 2 or len(cards[0].labels) < 3:
        return None
    placed: dict[str, int] = {}
    for block in index.tabular:
        sure = sum(1 for hits in found if block in hits and hits[block][0].score >= SURE)
        if sure:
            placed[block] = sum(1 for column in _head_of(cards, block, found, index).columns if column.path)
    best = max(placed, key=lambda block: placed[block], default=None)
    if best is None or placed[best] < max(3, 0.7 * len(cards[0].labels)):
        return None
    return best if list(placed.values()).count(placed[best]) == 1 else None


def _block(
    found: list[dict[str, list[Hit]]], texts: list[str], index: FormIndex, hint: Sequence[str], many: int
) -> str | None:
    """The list whose questions the labels are; the more cards there are, the fewer labels need to be known."""
    fits: dict[str, int] = {}
    for block in {hit for hits in found for hit in hits}:
        paths = {hits[block][0].path for hits in found if block in hits and hits[block][0].score >= SURE}
        fits[block] = len(paths)
    ours = {block: fit for block, fit in fits.items() if block in index.tabular}
    best = max(ours, key=lambda block: (ours[block], block in hint), default=None)
    if best is None or not fits[best]:
        return None
    likely = sum(1 for hits in found if best in hits)
    rivals = [block for block, fit in fits.items() if block != best and fit >= fits[best]]
    own = sum(1 for text in texts if _asks_otherwise(text, best, index))
    if best in hint:
        return best if likely >= 2 and fits[best] > own else None
    if rivals or own >= fits[best]:
        return None
    return best if (fits[best] >= 2 and many > 1 and likely >= min(3, len(texts))) or fits[best] >= 4 else None


def _asks_otherwise(text: str, block: str, index: FormIndex) -> bool:
    """Whether a text is to the letter a question of the form itself and none of the list."""
    hits = index.find(text)
    return any(hit.part in ("label", "negated") and hit.score >= 0.99 for hit in hits) and not any(
        hit.block == block and hit.score >= LIKELY for hit in hits
    )


def _row(card: Card, head: Head, index: FormIndex) -> ListRow:
    row = ListRow({}, {}, {})
    if card.banner is not None:
        _banner(row, card, head, index)
    for column, cell, place in zip(head.columns, card.values, card.places, strict=True):
        if column.path and column.path not in row.cells:
            row.cells[column.path] = cell
            row.places[column.path] = place
            row.labels[column.path] = column.head
            if column.why:
                row.unsure[column.path] = column.why
        elif not is_blank(cell.blocks) or has_picture(cell.blocks):
            row.extra.append((column.head, cell, place))
    return row


def _banner(row: ListRow, card: Card, head: Head, index: FormIndex) -> None:
    """The row over a card names its item: "Recommendation 2: …" is a label with its answer behind it."""
    assert card.banner is not None
    text = raw_text(card.banner)
    place = card.table.cell_place(0, card.banner)
    match = _NUMBERED.match(text)
    number = f"{head.block}.number"
    if match and not match.group(3) and number in index.kinds and all(c.path != number for c in head.columns):
        row.cells[number] = Cell([Paragraph([Run(match.group(2))])])
        row.places[number], row.labels[number] = place, match.group(1)
        return
    words = match.group(1) if match else text.partition(":")[0]
    path = next(
        (hit.path for hit in index.find(words) if hit.block == head.block and hit.part in ("column", "inside")), ""
    )
    if not path or any(column.path == path for column in head.columns):
        row.extra.append(("", card.banner, place))
        return
    row.cells[path] = card.banner
    row.places[path] = place
    row.labels[path] = words

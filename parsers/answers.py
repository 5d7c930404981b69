"""What locating gives: the answers found in a document, and the ledger of what became of each paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field

from records.results import Unplaced
from records.tree import Block, Cell, Paragraph, Place, Table, walk_paragraphs


@dataclass(slots=True)
class Answer:
    """The typed content that belongs to one label. `path` is a record path with its indices filled in.

    It may end in `#given`, `#start` and the like, or ask for several fields of a block with `+`.
    """

    path: str
    blocks: list[Block]
    place: Place
    label: str = ""
    negated: bool = False
    why: str = ""
    """Why a person should look at it although it was placed; "" when the label is certain."""
    codes: list[str] | None = None
    """Set when an option table already said what was ticked."""
    cell: Cell | None = None


@dataclass(slots=True)
class ListRow:
    """One row of a table of repeating rows: the cell of each column by its field path."""

    cells: dict[str, Cell]
    places: dict[str, Place]
    labels: dict[str, str]
    extra: list[tuple[str, Cell, Place]] = field(default_factory=list)
    """Cells under columns that no field asks for: (column head, cell, place)."""
    unsure: dict[str, str] = field(default_factory=dict)
    starts_table: bool = False
    """First row of a table that continues another (or of its part on a new page)."""


@dataclass(slots=True)
class Located:
    """Everything found for one form."""

    answers: list[Answer] = field(default_factory=list)
    lists: dict[str, list[ListRow]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """Paths whose labels were seen, answered or not."""
    labels_seen: int = 0
    words: set[str] = field(default_factory=set)
    """The wordings taken for labels: what they say is printed, whether or not an answer stands in the same line."""


class Ledger:
    """What became of each paragraph, so that no typed word can get lost.

    States: printed (label, heading, guidance), value (in a record), kept (in unplaced). A paragraph without a state at
    the end goes to unplaced as it is.
    """

    def __init__(self) -> None:
        self._state: dict[int, str] = {}
        self.left: list[Unplaced] = []

    def mark(self, state: str, *blocks: Block) -> None:
        states = self._state
        for block in blocks:
            for paragraph in (block,) if isinstance(block, Paragraph) else walk_paragraphs([block]):
                # A value stays a value, whatever a second form makes of the same paragraph.
                if states.get(id(paragraph)) != "value":
                    states[id(paragraph)] = state

    def state(self, paragraph: Paragraph) -> str:
        return self._state.get(id(paragraph), "")

    def keep(self, text: str, where: str) -> None:
        """Puts typed text that no field takes into unplaced, word for word."""
        if text.strip():
            self.left.append(Unplaced(text.strip(), where))


def cells_of(table: Table) -> list[tuple[int, Cell]]:
    return [(index, cell) for index, row in enumerate(table.rows) for cell in row.cells]

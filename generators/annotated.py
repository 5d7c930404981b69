"""An agency's own document given back with a note at each place that needs work; nothing else in it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a note says, and everything that helps to find where it belongs.

    `where`, `page` and `box` are the record's place of the answer (or of its row), `text` the answer as written, to
    make sure of it; `column` is the column to go to in the row of `where`, where the answer itself is empty; `labels`
    are what a form may print beside the answer.
    """

    message: str
    where: str = ""
    text: str = ""
    column: int | None = None
    page: int | None = None
    box: Box | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """The document with its notes; `unplaced` of them stand at its beginning, for want of a better place."""

    data: bytes
    unplaced: int = 0


def numbered(notes: Sequence[Note]) -> list[str]:
    """What the notes say, with the number of the point in the letter."""
    return [f"{number}. {note.message}" for number, note in enumerate(notes, start=1)]

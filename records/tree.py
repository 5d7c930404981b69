"""The neutral document tree: what every reader gives and what understanding works on.

Readers know no form; understanding knows no file kind. Plain slotted classes, not pydantic: a chronology has tens of
thousands of these and they never leave the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points from the top left of the page."""


@dataclass(slots=True, frozen=True)
class Place:
    """Where something stood in the original, in words a person can follow, with page and box where pages exist."""

    where: str
    page: int | None = None
    box: Box | None = None


@dataclass(slots=True)
class Control:
    """A form control: Word content control, legacy form field, or PDF form field.

    `kind` is text, date, choice, check, radio, picture or repeat. `value` is what it holds (an ISO date for a date
    control whose document says so), None while it shows its prompt. `checked` is set for check and radio only.
    """

    kind: str
    name: str = ""
    value: str | None = None
    checked: bool | None = None
    options: tuple[str, ...] = ()
    placeholder: bool = False


@dataclass(slots=True)
class Run:
    """A stretch of text with one look. A tick box is a run of its own: "☐" or "☒" (with `control` if it is one)."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    highlight: bool = False
    underline: bool = False
    grey: bool = False
    """Light grey or printed-guidance colour: a hint, never proof, that this is a prompt of the blank form."""
    placeholder: bool = False
    """Text that the file itself says is a prompt (a content control that still shows its placeholder)."""
    inserted: bool = False
    """A tracked insertion (counts as typed)."""
    picture: bool = False
    """An image stands here (a signature, a pasted scan); `text` is empty."""
    ring: bool = False
    """A drawn ellipse or rectangle without fill is anchored here: somebody circled something; `text` is empty."""
    control: Control | None = None
    unsure: bool = False
    """Read from a picture and not with certainty: what is built on it belongs in review."""
    font_size: float | None = None


class Settled:
    """What the text of a paragraph is, put together once; understanding asks for it dozens of times."""

    __slots__ = ("folded", "text", "typed")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = " ".join(text.split())
        self.typed: str | None = None
        """What a person typed there, once somebody has found out."""


@dataclass(slots=True)
class Paragraph:
    runs: list[Run]
    heading: int = 0
    """1 for the highest heading level, 0 for body text (readers give style headings only, they do not guess)."""
    listed: bool = False
    """Belongs to a bulleted or automatically numbered list (the bullet itself is not in the text)."""
    number: int = 0
    """Position among the paragraphs of its part, from 1; 0 inside cells."""
    part: str = "body"
    page: int | None = None
    box: Box | None = None
    settled: Settled | None = field(default=None, init=False, repr=False, compare=False)
    """Set while nobody may change the runs; see `DocumentTree.settle`."""

    @property
    def text(self) -> str:
        settled = self.settled
        return settled.text if settled is not None else "".join([run.text for run in self.runs])

    @property
    def folded(self) -> str:
        """The text with one space between words and none around."""
        settled = self.settled
        return settled.folded if settled is not None else " ".join(self.text.split())

    def settle(self) -> None:
        runs = self.runs
        self.settled = Settled(runs[0].text if len(runs) == 1 else "".join([run.text for run in runs]))

    def place(self) -> Place:
        name = f"paragraph {self.number}" if self.part == "body" else f"{self.part}, paragraph {self.number}"
        return Place(name if self.number else self.part, self.page, self.box)


@dataclass(slots=True)
class Cell:
    blocks: list[Block]
    column: int = 1
    """First grid column it covers, from 1."""
    span: int = 1
    merge: str = ""
    """Vertical merging: "start", "continue" (the cell belongs to the one above and is empty) or ""."""
    shade: str = ""
    """Fill colour as RRGGBB in capitals, "" for none."""
    page: int | None = None
    box: Box | None = None
    origin: Place | None = None
    """Where it stood in the original, when understanding has laid the table out anew."""
    role: str = ""
    """What understanding has found to stand here, whatever it words: "question", "answer", "number", "head"."""

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its own paragraphs, nested tables left out."""
        blocks = self.blocks
        if len(blocks) == 1:
            return [blocks[0]] if isinstance(blocks[0], Paragraph) else []
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def text(self) -> str:
        """Its own text, paragraphs joined by a line break; nested tables left out."""
        return "\n".join([paragraph.text for paragraph in self.paragraphs])


@dataclass(slots=True)
class Row:
    cells: list[Cell]
    header: bool = False
    """The file itself marks this row as a repeated header."""
    page: int | None = None


@dataclass(slots=True)
class Table:
    rows: list[Row]
    number: str = ""
    """"2", or "2.1" for the first table nested in table 2; sheets give their name in `part`."""
    part: str = "body"
    page: int | None = None
    first_row: int = 0
    """The sheet's own number of the first row, for tables of spreadsheets; 0 where rows are counted from the top."""

    def cell_place(self, row: int, cell: Cell) -> Place:
        """The place of `cell`, which stands in the row with this index (from 0)."""
        if cell.origin is not None:
            return cell.origin
        if self.first_row:
            where = f"{self.part}, cell {column_letters(cell.column)}{self.first_row + row}"
            return Place(where, cell.page, cell.box)
        lead = "" if self.part == "body" else f"{self.part}, "
        where = f"{lead}table {self.number}, row {row + 1}, column {cell.column}"
        return Place(where, cell.page or self.rows[row].page or self.page, cell.box)


Block = Paragraph | Table


def column_letters(column: int) -> str:
    """The letters of a spreadsheet column that is counted from 1."""
    letters = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return letters


@dataclass(slots=True)
class Aside:
    """Text beside the flow. `kind`: comment, footnote, text box, header, footer, deleted, hidden, annotation, note.

    Deleted and hidden text was not given as an answer; it is reported and never read into a record.
    """

    kind: str
    text: str
    place: Place
    author: str = ""
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class DocumentTree:
    """One file as read: blocks in reading order, what stood beside them, and what the reader noticed."""

    kind: str
    """docx, pdf, xlsx, scan, html, text …: the kind of file that was read."""
    blocks: list[Block]
    asides: list[Aside] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """Codes of what a person may want to know: tracked_changes, comments, hidden_text, macros, ocr, xfa …"""
    properties: dict[str, str] = field(default_factory=dict)
    """Hidden identity that our own blanks carry (case, agency, form, edition, token) and custom properties."""
    pages: int | None = None

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph of the flow, also those in cells and nested tables, in reading order."""
        yield from walk_paragraphs(self.blocks)

    def settle(self) -> None:
        """Promises that nobody changes a run from here on, so that texts need to be put together only once."""
        for paragraph in self._all_paragraphs():
            paragraph.settle()

    def unsettle(self) -> None:
        """Takes the promise back, for a copy that is to be changed."""
        for paragraph in self._all_paragraphs():
            paragraph.settled = None

    def _all_paragraphs(self) -> Iterator[Paragraph]:
        yield from walk_paragraphs(self.blocks)
        for aside in self.asides:
            yield from walk_paragraphs(aside.blocks)


def walk_paragraphs(blocks: list[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from walk_paragraphs(cell.blocks)

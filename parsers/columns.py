"""Places columns whose heads say little by what their cells hold: dates, times, yes and no, colours, names, sources.

A value's kind says which fields a column may be; its neighbours say which of them. What is placed so is shown to a
person, but for a kind that only one field of the list can take.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from parsers.content import is_blank, text_of
from parsers.dates import read_date, read_time
from parsers.kinds import NO_ANSWER
from parsers.marks import read_choice, read_yes_no
from parsers.persons import EMAIL, PHONE
from parsers.tables import Column, Head, is_repeated_head
from parsers.wording import FormIndex, block_of, normal, plain
from records.fields import Kind
from records.tree import Cell, Table

BY_VALUES = "the head of the column is not known; it was placed by what stands in it"
_VAGUE = "the column is headed differently from the known ones"
BY_KIND = _VAGUE + ": “{}”"
"""A reason that reading the rows takes back when every cell reads as the kind asked."""
_MOST = 0.8
_ENOUGH = 60
_NEAR = 0.45
_NUMBER = re.compile(r"(?:r|rec|recommendation|action|no)?\.?\s*\d{1,2}(?:\.\d{1,2})?[a-z]?\.?", re.IGNORECASE)
_SOURCE = re.compile(
    r"\b(?:records?|notes?|files?|log|e-?mails?|minutes|reports?|letters?|system\w*|rio|cpoms|liquid ?logic|mosaic|"
    r"case ?notes|niche|cad|emis|ehr|database|statement|referral form|register|diary)\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:nhs|trust|police|constabulary|council|school|academy|college|service|services|board|surgery|practice|"
    r"housing|association|probation|hospitals?|cafcass|team|nursery|ambulance|icb|camhs)\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:officer|manager|nurse|worker|teacher|doctor|sergeant|inspector|constable|detective|advis[eo]r|coordinator|"
    r"consultant|midwife|visitor|director|practitioner|assistant|specialist|professional|psychologist|superintendent|"
    r"paediatrician|commissioner|registrar|mentor|lead|head of)\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"
_CODE = r"[A-Z]{1,4}\d{1,2}"
_PERSON = re.compile(
    rf"(?:(?:mr|mrs|ms|miss|dr|pc|ds|dc|di|sgt|rev|prof)\.?\s+)?{_NAME},?(?:\s+{_NAME}\.?){{0,3}}"
    rf"(?:\s+(?:and|&)\s+{_NAME}(?:\s+{_NAME})?)?|{_CODE}"
)
_GENDERS = frozenset(
    ("m", "f", "male", "female", "boy", "girl", "man", "woman", "non binary", "nonbinary", "trans boy", "trans girl")
)
_ETHNICITY = re.compile(
    r"(?:white|black|asian|mixed|arab|bangladeshi|chinese|indian|pakistani|gypsy|irish|roma|caribbean|african|"
    r"any other \w+ background|other ethnic)\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:care order|section \d\d|s\.? ?(?:17|20|31|38|47)\b|accommodated|child in need|looked after|guardianship|"
    r"supervision order|placement order|child protection)",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(r"as above|as before|see above|same|not recorded|none known|(?:name )?withheld", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_SCOPE = frozenset(("local", "regional", "national", "single agency", "multi agency", "multiagency", "partnership"))


def _is_date(text: str) -> bool:
    return read_date(text).value is not None and len(text) <= 60


def _is_time(text: str) -> bool:
    return len(text) <= 30 and read_time(text).value is not None


def _is_contact(text: str) -> bool:
    return bool(EMAIL.search(text) or PHONE.search(text))


def _says_who(text: str) -> bool:
    """Whether a text can hardly be anything but people: two names, or a code for one ("High" can)."""
    return _is_person(text) and (" " in text or bool(re.fullmatch(_CODE, text)))


def _all_contact(cell: Cell) -> bool:
    """Whether a cell holds nothing but telephone numbers and addresses of mail."""
    text = PHONE.sub(" ", EMAIL.sub(" ", text_of(cell.blocks)))
    return not any(char.isalnum() for char in text)


def _is_person(text: str) -> bool:
    return bool(_PERSON.fullmatch(text)) and not any(other.search(text) for other in (_AGENCY, _SOURCE, _POST))


_NAMES: Mapping[str, Callable[[str], bool]] = {
    "contact": _is_contact,
    "agency": lambda text: len(text) <= 90 and bool(_AGENCY.search(text.partition(",")[0])),
    "legal_status": lambda text: len(text) <= 60 and bool(_LEGAL.search(text)),
    "role": lambda text: len(text) <= 90 and bool(_POST.search(text)),
    "source": lambda text: len(text) <= 60 and bool(_SOURCE.search(text)),
    "people": _is_person,
    "name": _is_person,
    "gender": lambda text: normal(text) in _GENDERS,
    "ethnicity": lambda text: bool(_ETHNICITY.match(text)),
    "address": lambda text: bool(_POSTCODE.search(text)),
    "code": lambda text: bool(re.fullmatch(r"[A-Z]{1,4}\d{0,2}", text)),
    "scope": lambda text: normal(text) in _SCOPE,
}
"""What a field of this name holds, told by the look of its values."""


@dataclass(slots=True)
class _Sheet:
    """A head with what stands below it: texts and cells by the start of their column."""

    head: Head
    index: FormIndex
    texts: dict[int, list[str]]
    cells: dict[int, list[Cell]]
    fields: list[str]
    """The fields of the list, in the form's own order."""

    @property
    def order(self) -> dict[str, int]:
        return {path: number for number, path in enumerate(self.fields)}

    def free(self, column: Column) -> list[str]:
        """The fields without a column that the cells of this one could answer."""
        taken = _taken(self.head)
        words, cells = self.texts[column.start], self.cells[column.start]
        return [path for path in self.fields if path not in taken and fits(path, words, cells, self.index)]


def settle(head: Head, rows: Sequence[Mapping[int, Cell]], index: FormIndex) -> None:
    """Gives the columns of a head that no wording placed their fields by the cells below them (by column start)."""
    cells = {column.start: [row[column.start] for row in rows if column.start in row] for column in head.columns}
    texts = {start: [" ".join(text_of(cell.blocks).split()) for cell in found] for start, found in cells.items()}
    telling = {start: [text for text in found if text and not _says_nothing(text)] for start, found in texts.items()}
    fields = [path for path in index.kinds if block_of(path) == head.block and not path.endswith("_as_written")]
    sheet = _Sheet(head, index, telling, cells, fields)
    _take_back(head, cells, index)
    for column in [*head.columns, *head.columns]:  # what the first pass places are neighbours to the second
        if column.path and column.why.startswith(_VAGUE) and _is_telling(column.path, index):
            # The head says it in part, and the cells may say the rest.
            column.why = "" if fits(column.path, telling[column.start], cells[column.start], index) else column.why
        elif not column.path and telling[column.start] and column.head:
            _place(sheet, column)
    _place_needed(sheet)


def _place(sheet: _Sheet, column: Column) -> None:
    free = sheet.free(column)
    found = free if len(free) == 1 else _worded(column, free, sheet.index) or _between(sheet, column, free)
    if len(found) != 1:
        return
    taken = _taken(sheet.head)
    alone = len(free) == 1 and len(sheet.texts[column.start]) > 1 and _is_telling(found[0], sheet.index)
    last = sum(1 for path in sheet.fields if path not in taken) == 1 and not _others(sheet.head, column)
    column.path = found[0]
    column.why = "" if alone or last else _why(sheet, column)


def _place_needed(sheet: _Sheet) -> None:
    """Prose that the form cannot do without is the longest of the columns of prose that nobody knows."""
    for path in sheet.fields:
        if (
            path not in sheet.index.needed
            or sheet.index.kinds[path] is not Kind.LONG_TEXT
            or path in _taken(sheet.head)
        ):
            continue
        prose = [column for column in sheet.head.columns if not column.path and path in sheet.free(column)]
        if prose:
            longest = max(prose, key=lambda column: _length(sheet.texts[column.start]))
            longest.path, longest.why = path, BY_VALUES


def _length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / max(len(texts), 1)


def rows_below(table: Table, at: int, head: Head) -> list[dict[int, Cell]]:
    """The cells of the first rows under a head, by the start of their columns; enough to tell what they hold."""
    rows = [row for row in table.rows[at + 1 : at + 1 + _ENOUGH] if len(row.cells) > 1]
    return [{cell.column: cell for cell in row.cells} for row in rows if not is_repeated_head(row, head)]


def _says_nothing(text: str) -> bool:
    """Whether an answer ("N/A", "as above") could stand under any question."""
    return bool(NO_ANSWER.fullmatch(plain(text)) or _NEUTRAL.fullmatch(plain(text)))


def _worded(column: Column, free: Sequence[str], index: FormIndex) -> list[str]:
    """Of several fields of the right kind the one that the words of the head come nearest to."""
    near = {hit.path: hit.score for hit in reversed(index.find(column.head)) if hit.path in free}
    ranked = sorted(near.values(), reverse=True)
    clear = ranked and ranked[0] >= _NEAR and (len(ranked) == 1 or ranked[0] - ranked[1] >= 0.05)
    return [path for path in near if near[path] == ranked[0]] if clear else []


def _others(head: Head, column: Column) -> bool:
    """Whether the head has more columns that nobody knows."""
    return any(other is not column and not other.path for other in head.columns)


def _is_telling(path: str, index: FormIndex) -> bool:
    """Whether a field's values have a look of their own, so that no other question is answered like that."""
    return path.rpartition(".")[2] in _NAMES or index.kinds.get(path) in (
        Kind.CHOICE,
        Kind.NHS_NUMBER,
        Kind.EMAIL,
        Kind.PHONE,
    )


def _why(sheet: _Sheet, column: Column) -> str:
    """Certain enough when no other field of the list is of this kind: then its cells confirm the column."""
    cells = sheet.cells[column.start]
    if column.path.endswith((".gender", ".nhs_number")):
        return ""
    if column.path.endswith(".contact") and all(is_blank(c.blocks) or _all_contact(c) for c in cells):
        return ""
    kind = sheet.index.kinds[column.path]
    alone = sum(1 for path in sheet.fields if sheet.index.kinds[path] is kind) == 1
    if kind in (Kind.DATE, Kind.TIME, Kind.YES_NO) and alone:
        return BY_KIND.format(column.head[:80])
    return BY_VALUES


def _taken(head: Head) -> set[str]:
    """The fields of the list that have their column."""
    taken: set[str] = set()
    for column in head.columns:
        block, _, names = column.path.rpartition(".")
        taken |= {f"{block}.{name.partition('#')[0]}" for name in names.split("+")} if column.path else set()
    return taken


def _take_back(head: Head, cells: Mapping[int, list[Cell]], index: FormIndex) -> None:
    """A column taken for a yes/no or a date by a vague head, whose cells are all something else, is placed anew."""
    for column in head.columns:
        kind = index.kinds.get(column.path)
        if column.choice or kind not in (Kind.YES_NO, Kind.DATE, Kind.TIME, Kind.CHOICE):
            continue
        if any(hit.path == column.path and hit.score >= 0.99 for hit in index.find(column.head)):
            continue
        filled = [cell for cell in cells[column.start] if not is_blank(cell.blocks)]
        if len(filled) < 2 or any(_holds(column.path, cell, index) for cell in filled):
            continue
        free = {hit.path for hit in index.find(column.head) if hit.block == head.block} - _taken(head)
        column.path, column.why = (free.pop(), column.why) if len(free) == 1 else ("", "")


def _holds(path: str, cell: Cell, index: FormIndex) -> bool:
    text = " ".join(text_of(cell.blocks).split())
    kind = index.kinds[path]
    if kind is Kind.CHOICE:
        options = index.options.get(path)
        reading = read_choice(cell.paragraphs, options, several=False) if options else None
        return reading is None or bool(reading.codes) or reading.empty
    if kind is Kind.YES_NO:
        reading = read_yes_no(cell.paragraphs)
        return bool(reading.codes) or reading.empty
    return bool(re.search(r"\d", text)) or _is_date(text) or _is_time(text)


def fits(path: str, words: Sequence[str], cells: Sequence[Cell], index: FormIndex) -> bool:
    """Whether the texts of a column are what a field holds; prose fits every field for prose."""
    kind = index.kinds[path]
    name = path.rpartition(".")[2]
    if kind is Kind.DATE:
        return _most(words, _is_date)
    if kind is Kind.TIME:
        return _most(words, _is_time)
    if kind is Kind.YES_NO:
        return _answers(cells)
    if kind in (Kind.CHOICE, Kind.CHOICES):
        options = index.options.get(path)
        return options is not None and _most(words, lambda text: options.code_of_form(normal(text)) is not None)
    if kind is Kind.NHS_NUMBER:
        return _most(words, lambda text: len(re.sub(r"[\s-]", "", text)) == 10 and text.replace(" ", "").isdigit())
    if kind is Kind.NUMBER:
        return _most(words, lambda text: bool(_NUMBER.fullmatch(text)))
    if kind is Kind.EMAIL:
        return _most(words, lambda text: bool(EMAIL.fullmatch(text)))
    if kind is Kind.PHONE:
        return _most(words, lambda text: bool(PHONE.fullmatch(text)))
    if name in ("people", "name") and not _most(words, _says_who, 0.5):
        return False
    if name in _NAMES:
        return _most(words, _NAMES[name])
    if kind is Kind.LONG_TEXT:
        return sum(map(len, words)) >= 20 * len(words) and not _most(words, _is_date)
    return False


def _answers(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if not is_blank(cell.blocks)]
    good = [cell for cell in filled if len(text_of(cell.blocks)) <= 60 and read_yes_no(cell.paragraphs).codes]
    return bool(filled) and len(good) >= _MOST * len(filled)


def _most(words: Sequence[str], test: Callable[[str], bool], share: float = _MOST) -> bool:
    return bool(words) and sum(1 for word in words if test(word)) >= share * len(words)


def _between(sheet: _Sheet, column: Column, free: Sequence[str]) -> list[str]:
    """Of several fields those that stand, in the form's own order, between the fields of the columns on either side."""
    order, columns = sheet.order, sheet.head.columns
    position = columns.index(column)
    before = [order[c.path] for c in columns[:position] if c.path in order]
    after = [order[c.path] for c in columns[position + 1 :] if c.path in order]
    low = before[-1] if before else -1
    high = after[0] if after else len(order)
    return [path for path in free if low < order[path] < high]

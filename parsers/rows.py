"""Makes the items of a list from the rows of its tables: merged and ditto cells, split rows, dates and times."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from parsers import persons
from parsers.answers import Answer, Ledger, ListRow
from parsers.build import Draft, blank_record
from parsers.content import has_picture, is_blank, plain_words, text_of
from parsers.dates import read_all, read_date, read_time
from parsers.kinds import NO_ANSWER, Value, read_value
from parsers.split_rows import join_split_rows
from parsers.wording import FormIndex, plain
from records.fields import Kind, Record, block_of
from records.results import PlacedText
from records.tree import Cell, Place

DITTO = re.compile(r"(?:ditto|do\.?|\"+|''|”|“|″|〃|,,|as above|same(?: day| date)?|-\s*\"\s*-)\.?", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?:recommendation|rec\.?|r|action)?\s*(\d{1,2}(?:\.\d{1,2})?[a-z]?)\s*(?:[.:)–-]+\s*|\n+\s*|\s+(?=[A-Z]))",
    re.IGNORECASE,
)
_STATUS_SHADES: dict[str, Callable[[int, int, int], bool]] = {
    "red": lambda r, g, b: r > 150 and g < 110 and b < 110,
    "amber": lambda r, g, b: r > 200 and 110 <= g <= 225 and b < 120,
    "green": lambda r, g, b: g > 110 and g > r + 25 and g > b + 25,
    "blue": lambda r, g, b: b > 130 and b > r + 30 and r < 170 and g < 240,
}


@dataclass(slots=True)
class _Rows:
    """The list being built."""

    draft: Draft
    form: FormIndex
    ledger: Ledger
    block: str
    model: type[Record]
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        return self.block[:-2]

    @property
    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.draft.record[self.name]
        return found


def build_lists(draft: Draft, form: FormIndex, lists: dict[str, list[ListRow]], ledger: Ledger) -> None:
    """Adds the items of every list that stood in tables of repeating rows."""
    for block, rows in lists.items():
        found = block_of(draft.form, block[:-2])
        if found is None:
            continue
        model = found[0]
        building = _Rows(draft, form, ledger, block, model, dict(model.model_fields))
        rows = join_split_rows(rows)
        confirmed = _columns_confirmed(building, rows)
        for row in rows:
            for path in confirmed:
                row.unsure.pop(path, None)
            _add_row(building, row)
        if "date_as_written" in building.fields:
            _doubt_lone_blanks(building, rows)


def _columns_confirmed(rows: _Rows, table_rows: list[ListRow]) -> set[str]:
    """Columns under an unfamiliar head whose cells all read as what the field asks (dates, times, yes and no)."""
    unsure = {path for row in table_rows for path in row.unsure if "column is headed" in row.unsure[path]}
    confirmed = set()
    for path in unsure:
        ask = rows.draft.ask(path.replace("[]", ""))
        if ask is None or ask.kind not in (Kind.DATE, Kind.TIME, Kind.YES_NO):
            continue
        cells = [row.cells[path] for row in table_rows if path in row.cells and not is_blank(row.cells[path].blocks)]
        good = 0
        for cell in cells:
            value = read_value(ask, Answer(path, cell.blocks, Place("")), rows.form)
            good += value.value is not None and not value.unsure
        if cells and good >= 0.9 * len(cells):
            confirmed.add(path)
    return confirmed


def _add_row(rows: _Rows, row: ListRow) -> None:
    filled = {path for path, cell in row.cells.items() if not is_blank(cell.blocks) or cell.shade}
    texts = {path for path, cell in row.cells.items() if not is_blank(cell.blocks)}
    index = len(rows.items)
    if not texts and not row.extra and not filled:
        return
    if not texts and not any(cell.merge == "continue" for cell in row.cells.values()) and not row.extra:
        return
    rows.items.append(blank_record(rows.model))
    for path, cell in row.cells.items():
        _cell(rows, row, path, cell, index)
    if "date_as_written" in rows.fields:
        _inherit_date(rows, index)
    elif "recommendation" in rows.fields:
        _number_and_inherit(rows, row, index)
    for title, cell, place in row.extra:
        text = text_of(cell.blocks)
        rows.ledger.keep(f"{title}: {text}" if title else text, place.where)


def _path(rows: _Rows, index: int, name: str) -> str:
    return f"{rows.name}[{index}].{name}"


def _cell(rows: _Rows, row: ListRow, path: str, cell: Cell, index: int) -> None:
    name = path.rpartition(".")[2]
    place = row.places[path]
    if cell.merge == "continue" and is_blank(cell.blocks):
        _inherit(rows, index, name.partition("+")[0].partition("#")[0])
        return
    if not cell.shade and is_blank(cell.blocks) and not has_picture(cell.blocks):
        return
    why = row.unsure.get(path, "")
    if name == "date+time" or (name == "date" and "date_as_written" in rows.fields):
        _date_cell(rows, index, Answer(path, cell.blocks, place, row.labels[path], why=why))
    elif name.startswith("time") and "time" in rows.fields:
        _time_cell(rows, index, Answer(path, cell.blocks, place, row.labels[path], why=why), end="#end" in name)
    elif name == "date#end":
        _end_date_cell(rows, index, Answer(path, cell.blocks, place, row.labels[path], why=why))
    elif name == "target_date" and "target_date_as_written" in rows.fields:
        _target_cell(rows, index, Answer(path, cell.blocks, place, row.labels[path], why=why))
    elif "+" in name:
        answer = Answer(f"{rows.name}[{index}].{name}", cell.blocks, place, row.labels[path], why=why)
        for part in persons.split_answer(answer):
            _plain_cell(rows, index, part.path.rpartition(".")[2], part, cell)
    else:
        _plain_cell(rows, index, name, Answer(path, cell.blocks, place, row.labels[path], why=why), cell)


def _plain_cell(rows: _Rows, index: int, name: str, answer: Answer, cell: Cell) -> None:
    path = _path(rows, index, name)
    ask = rows.draft.ask(path)
    if ask is None:
        rows.ledger.keep(text_of(answer.blocks), answer.place.where)
        return
    words = plain_words(answer.blocks) if ask.kind is Kind.LONG_TEXT else ""
    if words and not rows.form.is_prompt(words):
        value = Value(words, words)
    else:
        value = read_value(ask, Answer(path, answer.blocks, answer.place, answer.label, why=answer.why), rows.form)
    if ask.kind is Kind.CHOICE and name == "status" and value.value is None and not value.text:
        value = _status_by_shade(cell)
    _put(rows, index, name, value, answer)


def _put(rows: _Rows, index: int, name: str, value: Value, answer: Answer) -> None:
    path = _path(rows, index, name)
    for left in (value.details, value.rest, value.time_text):
        if left:
            rows.ledger.keep(left, answer.place.where)
    if value.value in (None, []):
        if value.unsure:
            rows.draft.doubt(path, value.unsure, value.text)
        elif value.text and not value.details and not value.rest and not value.printed:
            rows.ledger.keep(value.text, answer.place.where)
        return
    rows.draft.put_item(rows.name, index, name, value.value, PlacedText(value.text, answer.place, answer.label))
    if value.unsure or answer.why:
        rows.draft.doubt(path, value.unsure or answer.why, value.text)


def _inherit(rows: _Rows, index: int, name: str) -> None:
    """A merged cell belongs to every row it covers."""
    if index == 0:
        return
    names = [name]
    names += [f"{name}_as_written"] if f"{name}_as_written" in rows.fields else []
    names += ["number"] if name == "recommendation" else []
    for each in names:
        value = rows.items[index - 1].get(each)
        placed = rows.draft.places.get(_path(rows, index - 1, each))
        if value is not None and placed is not None:
            # The words of the cell that the row inherits from, the whole of it (field dictionary).
            value = placed.text if each == "date_as_written" else value
            rows.draft.put_item(rows.name, index, each, value, placed)
    for item in list(rows.draft.review):
        if item.field == _path(rows, index - 1, name):
            rows.draft.doubt(_path(rows, index, name), item.why, item.text)


def _status_by_shade(cell: Cell) -> Value:
    if not re.fullmatch(r"[0-9A-F]{6}", cell.shade):
        return Value()
    red, green, blue = (int(cell.shade[i : i + 2], 16) for i in (0, 2, 4))
    for status, matches in _STATUS_SHADES.items():
        if matches(red, green, blue):
            return Value(status, f"[cell coloured {status}]")
    return Value()


# Dates and times of a chronology


def _date_cell(rows: _Rows, index: int, answer: Answer) -> None:
    text = " ".join(text_of(answer.blocks).split())
    if not text or DITTO.fullmatch(text):
        return
    reading = read_date(text)
    written = reading.date_text or text
    placed = PlacedText(text, answer.place, answer.label)
    path = _path(rows, index, "date")
    if "date_as_written" in rows.fields:
        rows.draft.put_item(rows.name, index, "date_as_written", written, placed)
    if reading.value is not None:
        rows.draft.put(path, reading.value, placed)
    why = reading.unsure or answer.why
    if reading.value is None and not why and re.search(r"\d", text) and not NO_ANSWER.fullmatch(plain(text)):
        why = "no date could be read"
    if why:
        rows.draft.doubt(path, why, text)
    if reading.value is None and "date_as_written" not in rows.fields:
        rows.ledger.keep(text, answer.place.where)
    if reading.time_text:
        _time_from_date(rows, index, reading.time, reading.time_text, answer)
    if reading.rest:
        rows.ledger.keep(reading.rest, answer.place.where)


def _time_from_date(rows: _Rows, index: int, time: str | None, written: str, answer: Answer) -> None:
    placed = PlacedText(written, answer.place, answer.label)
    if "time" not in rows.fields:
        rows.ledger.keep(written, answer.place.where)
        return
    if time:
        rows.draft.put_item(rows.name, index, "time", time, placed)
    if "time_as_written" in rows.fields:
        rows.draft.put_item(rows.name, index, "time_as_written", written, placed)
    elif not time:
        rows.ledger.keep(written, answer.place.where)


def _time_cell(rows: _Rows, index: int, answer: Answer, *, end: bool) -> None:
    text = " ".join(text_of(answer.blocks).split())
    if not text:
        return
    path = _path(rows, index, "time")
    before = rows.items[index].get("time")
    if DITTO.fullmatch(text) and index:
        _inherit(rows, index, "time")
        return
    reading = read_time(text)
    value = reading.value
    if end and value and before and "/" not in before and "/" not in value:
        value = f"{before}/{value}"
        text = f"{rows.items[index].get('time_as_written') or before} - {text}"
    elif before and value and before != value:
        rows.draft.doubt(path, "date cell and time cell give different times", text)
    placed = PlacedText(text, answer.place, answer.label)
    if value:
        rows.draft.put(path, value, placed)
    if "time_as_written" in rows.fields:
        rows.draft.put_item(rows.name, index, "time_as_written", text, placed)
    elif value is None or reading.rest:
        rows.ledger.keep(text, answer.place.where)
    if reading.unsure or answer.why:
        rows.draft.doubt(path, reading.unsure or answer.why, text)


def _end_date_cell(rows: _Rows, index: int, answer: Answer) -> None:
    text = " ".join(text_of(answer.blocks).split())
    if not text or DITTO.fullmatch(text):
        return
    start = rows.items[index].get("date")
    reading = read_date(text)
    if start and reading.value and "/" not in start and "/" not in reading.value:
        if reading.value != start:
            written = f"{rows.items[index].get('date_as_written')} – {text}"
            placed = PlacedText(written, answer.place, answer.label)
            rows.draft.put_item(rows.name, index, "date", f"{start}/{reading.value}", placed)
            rows.draft.put_item(rows.name, index, "date_as_written", written, placed)
    else:
        rows.ledger.keep(text, answer.place.where)
    if reading.unsure:
        rows.draft.doubt(_path(rows, index, "date"), reading.unsure, text)


def _inherit_date(rows: _Rows, index: int) -> None:
    """A date given once for several rows (blank below, "ditto") belongs to all of them (field dictionary)."""
    item = rows.items[index]
    if item["date"] is None and item["date_as_written"] is None and index:
        time = item.get("time"), item.get("time_as_written")
        _inherit(rows, index, "date")
        item["time"], item["time_as_written"] = time


def _doubt_lone_blanks(rows: _Rows, table_rows: list[ListRow]) -> None:
    """One blank date among many written ones, in a table that repeats equal dates, is rather a date left out."""
    dated = [row for row in table_rows if any(p.endswith((".date", ".date+time")) for p in row.cells)]
    blanks = []
    for number, row in enumerate(dated):
        cell = next(cell for path, cell in row.cells.items() if path.endswith((".date", ".date+time")))
        if is_blank(cell.blocks) and cell.merge != "continue" and not is_empty_row(row):
            blanks.append(number)
    repeats = sum(
        1
        for first, second in zip(rows.items, rows.items[1:], strict=False)
        if first["date"] and first["date"] == second["date"]
    )
    if blanks and repeats - len(blanks) >= max(2, 2 * len(blanks)):
        for index, item in enumerate(rows.items):
            placed = rows.draft.places.get(_path(rows, index, "date"))
            before = rows.draft.places.get(_path(rows, index - 1, "date")) if index else None
            if item["date"] and placed is not None and placed is before and index in blanks:
                rows.draft.doubt(_path(rows, index, "date"), "the row has no date of its own", placed.text)


def is_empty_row(row: ListRow) -> bool:
    return all(is_blank(cell.blocks) for cell in row.cells.values())


# Action plans


def _target_cell(rows: _Rows, index: int, answer: Answer) -> None:
    """Several target dates in one cell: the latest; all of them stay as written (field dictionary)."""
    text = text_of(answer.blocks)
    if not text:
        return
    placed = PlacedText(text, answer.place, answer.label)
    rows.draft.put_item(rows.name, index, "target_date_as_written", text, placed)
    readings = [reading for reading in read_all(" ".join(text.split())) if reading.value]
    path = _path(rows, index, "target_date")
    if readings:
        latest = max(readings, key=lambda reading: (reading.value or "").rpartition("/")[2])
        rows.draft.put(path, latest.value, placed)
        why = next((reading.unsure for reading in readings if reading.unsure and len(readings) == 1), "")
        if why or answer.why:
            rows.draft.doubt(path, why or answer.why, text)
    elif re.search(r"\d", text):
        rows.draft.doubt(path, read_date(" ".join(text.split())).unsure or "no date could be read", text)


def _number_and_inherit(rows: _Rows, row: ListRow, index: int) -> None:
    """ "R1" or "Recommendation 1:" before the wording is the number; a blank cell below goes on with the one above."""
    item = rows.items[index]
    path = _path(rows, index, "recommendation")
    text = item["recommendation"]
    if text is None and index and item.get("action"):
        _inherit(rows, index, "recommendation")
        merged = any(p.endswith(".recommendation") and c.merge == "continue" for p, c in row.cells.items())
        if not merged and item["recommendation"] is not None:
            rows.draft.doubt(path, "the recommendation is taken from the row above", str(item["recommendation"]))
        return
    if text is None:
        return
    match = _NUMBERED.match(text)
    placed = rows.draft.places[path]
    if match and not item.get("number"):
        item["recommendation"] = text[match.end() :].strip() or None
        rows.draft.put_item(rows.name, index, "number", match.group(1), placed)
        if item["recommendation"] is None:
            rows.draft.places.pop(path)
    elif match and item.get("number") == match.group(1):
        item["recommendation"] = text[match.end() :].strip() or text

"""The cells of one worksheet part, read as a stream: sheets that claim a million rows cost what they hold."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from parsers.readers.sheet_regions import Grid, SheetCell
from parsers.readers.sheet_styles import Look, Looks, children, name, rich_runs, show
from records.errors import TooLarge, Unreadable
from records.tree import Control, Run

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(slots=True)
class SheetRows:
    """What a worksheet part holds: the shown cells, the hidden ones by row, header texts, and notices."""

    grid: Grid = field(default_factory=Grid)
    hidden: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    header_texts: list[tuple[str, str]] = field(default_factory=list)
    notices: set[str] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def read_rows(data: bytes, looks: Looks, *, package_limit_rows: int) -> SheetRows:
    """The cells of a worksheet; Unreadable when its XML is broken, TooLarge past the limit of cells."""
    if b"<!DOCTYPE" in data[: data.find(b"<sheetData") if b"<sheetData" in data else 8192]:
        raise Unreadable("The file declares a document type, which no Office document does; it was not opened.")
    sheet, row_number, cells = SheetRows(), 0, 0
    try:
        stream = etree.iterparse(
            io.BytesIO(data), events=("end",), tag=_WATCHED, resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=len(data) > 9_000_000, remove_comments=True,
        )  # fmt: skip
        for _, element in stream:
            tag = name(element)
            if tag == "row":
                row_number = _row_number(element, row_number)
                cells += _take_row(sheet, element, row_number, looks)
                if cells > package_limit_rows:
                    raise TooLarge("A sheet of the workbook holds more cells than this service accepts.")
                _forget(element)
            elif tag in _HANDLERS:
                _HANDLERS[tag](sheet, element)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("The file is damaged: a sheet cannot be read.") from error
    return sheet


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _row_number(element: Any, before: int) -> int:
    written = element.get("r") or ""
    number = int(written) if written.isdecimal() and len(written) <= 7 else before + 1
    return number if 1 <= number <= _LAST_ROW else before + 1


def _take_row(sheet: SheetRows, row: Any, number: int, looks: Looks) -> int:
    cells: dict[int, SheetCell] = {}
    hidden: dict[int, SheetCell] = {}
    row_hidden = row.get("hidden") in ("1", "true") or row.get("ht") == "0"
    column = 0
    for element in row:
        if name(element) != "c":
            continue
        place = cell_place(element.get("r") or "")
        column = place[1] if place else column + 1
        look = looks.of(element.get("s"))
        runs = _runs(sheet, element, look, looks)
        cell = SheetCell(runs, look.shade, look.bordered)
        if not cell.filled and not look.bordered and not look.shade:
            continue
        unseen = row_hidden or any(first <= column <= last for first, last in sheet.hidden_columns)
        (hidden if unseen else cells)[column] = cell
    if any(cell.filled for cell in cells.values()):
        sheet.grid.cells[number] = cells
    if any(cell.filled for cell in hidden.values()):
        sheet.hidden[number] = hidden
    return len(cells) + len(hidden)


def cell_place(reference: str) -> tuple[int, int] | None:
    """Row and column of "B7"; None when it is no reference on a sheet."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if 1 <= row <= _LAST_ROW and column <= _LAST_COLUMN else None


def _runs(sheet: SheetRows, element: Any, look: Look, looks: Looks) -> list[Run]:
    kind = element.get("t") or "n"
    value = next((child.text or "" for child in element if name(child) == "v"), None)
    if kind == "inlineStr":
        return _styled(rich_runs(next(iter(children(element, "is")), [])), look)
    if not value:
        if any(name(child) == "f" for child in element):
            sheet.notices.add("formulas_without_values")
        return []
    if kind == "s":
        index = int(value) if value.isdecimal() else -1
        return _styled(looks.strings[index], look) if 0 <= index < len(looks.strings) else []
    if kind == "b":
        return [look.run("TRUE" if value == "1" else "FALSE")]
    if kind == "e":
        sheet.notices.add("error_values")
        return [look.run(value)]
    if kind in ("n", ""):
        return [_number(value, look, looks)]
    return [look.run(value)]


def _styled(runs: list[Run], look: Look) -> list[Run]:
    """Shared text with the look of the cell added; shared runs are never changed themselves."""
    return [
        Run(
            run.text,
            bold=run.bold or look.bold,
            italic=run.italic or look.italic,
            strike=run.strike or look.strike,
            underline=run.underline or look.underline,
            grey=run.grey or look.grey,
        )
        for run in runs
    ]


def _number(value: str, look: Look, looks: Looks) -> Run:
    try:
        number = float(value)
        text, exact = show(number, look.number_format, epoch_1904=looks.epoch_1904)
    except (ValueError, OverflowError):
        return look.run(value)
    run = look.run(text)
    if exact is not None:
        run.control = Control("date", value=exact)
    return run


def _take_merge(sheet: SheetRows, element: Any) -> None:
    first, _, last = (element.get("ref") or "").partition(":")
    start, end = cell_place(first), cell_place(last or first)
    if start and end and (start[0] <= end[0] and start[1] <= end[1]) and start != end:
        sheet.grid.merges.append((*start, *end))


def _take_columns(sheet: SheetRows, element: Any) -> None:
    if element.get("hidden") in ("1", "true") or element.get("width") == "0":
        first, last = element.get("min") or "", element.get("max") or ""
        if first.isdecimal() and last.isdecimal():
            sheet.hidden_columns.append((int(first), int(last)))


def _take_header(sheet: SheetRows, element: Any) -> None:
    tag = name(element)
    if element.text:
        sheet.header_texts.append(("header" if "Header" in tag else "footer", element.text))


_HANDLERS = {
    "mergeCell": _take_merge,
    "col": _take_columns,
    **dict.fromkeys(("oddHeader", "oddFooter", "firstHeader", "firstFooter"), _take_header),
}
_WATCHED = ["{*}row", *[f"{{*}}{tag}" for tag in _HANDLERS]]

"""The status as files: a workbook for those who sort and filter, a calendar of the deadlines for everybody's diary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from service.status import STATE_WORDS, Row, Status

_HEAD = PatternFill("solid", fgColor="E3ECEF")
_OPEN = ("outstanding", "overdue", "to_look_at")


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Any, ...], ...]


def status_workbook(status: Status) -> bytes:
    """Requests, what needs a person, clocks, what arrived: a sheet each, with heads that stay and filters. No names of
    children.
    """
    workbook = Workbook()
    for name in workbook.sheetnames:
        del workbook[name]
    workbook.properties.creator = ""
    for sheet in _sheets(status):
        _write(workbook, sheet)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _sheets(status: Status) -> Iterator[_Sheet]:
    yield _Sheet(
        "Requests",
        (("Case", 16), ("Agency", 34), ("Form", 34), ("Due", 13), ("State", 24), ("Working days left", 12),
         ("Working days late", 12), ("Version", 9), ("To correct", 11), ("Extended", 10)),
        tuple(_request(row) for row in status.rows),
    )  # fmt: skip
    yield _Sheet(
        "Needs a person",
        (("What", 14), ("Case", 16), ("Why", 80), ("To settle it", 70), ("Id", 24)),
        tuple(
            (one.kind.replace("_", " "), one.case_reference or "", one.why, one.command, one.id)
            for one in status.attention
        ),
    )
    yield _Sheet(
        "Clocks",
        (("Case", 16), ("Clock", 30), ("Counted from", 13), ("Which is", 40), ("Due", 13), ("Working days left", 12)),
        tuple(
            (case, one.title, one.anchor, one.anchor_title, one.due_on, one.working_days_left)
            for case, readings in status.clocks.items()
            for one in readings
        ),
    )
    yield _Sheet(
        "Arrived and written",
        (("What", 14), ("State", 24), ("How many", 10)),
        (
            *(("arrived", state, number) for state, number in status.submissions.items()),
            *(("letters", state.replace("_", " "), number) for state, number in status.letters.items()),
        ),
    )


def _request(row: Row) -> tuple[Any, ...]:
    return (
        row.case_reference,
        row.agency,
        row.form_title,
        row.due_on,
        STATE_WORDS[row.state],
        row.working_days_left if row.state in _OPEN else None,
        row.late_by or None,
        row.version or None,
        row.errors or None,
        "yes" if row.extended else None,
    )


def _write(workbook: Workbook, sheet: _Sheet) -> None:
    made = workbook.create_sheet(sheet.title)
    made.append([title for title, _ in sheet.columns])
    for cell in made[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for values in sheet.rows:
        made.append([_harmless(value) for value in values])
    for number, (_, width) in enumerate(sheet.columns, start=1):
        made.column_dimensions[get_column_letter(number)].width = width
    for cells in made.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, date):
                cell.number_format = "DD MMM YYYY"
            elif isinstance(cell.value, str):
                cell.data_type = "s"
    made.freeze_panes = "A2"
    if sheet.rows:
        made.auto_filter.ref = made.dimensions
    made.page_setup.orientation, made.page_setup.fitToWidth, made.page_setup.fitToHeight = "landscape", 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True


def _harmless(value: Any) -> Any:
    """Text that a workbook can hold; what looks like a formula is text as well (its cell's type says so)."""
    if isinstance(value, str):
        return "".join(letter for letter in value if letter >= " " or letter in "\t\n")
    return value


def status_calendar(status: Status) -> bytes:
    """The deadlines as an iCalendar file: what is awaited, an entry a request, and the clocks.

    Each has the same UID every time, so that taking the file in again moves an entry and makes no second one.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//practice-review-intake//deadlines//EN", "CALSCALE:GREGORIAN"]
    stamp = f"{status.today:%Y%m%d}T000000Z"
    for entry in _entries(status):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(entry.uid)}@practice-review-intake",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.summary)}",
            f"DESCRIPTION:{_escaped(entry.description)}",
            "CLASS:CONFIDENTIAL",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode("utf-8")


@dataclass(frozen=True, slots=True)
class _Entry:
    uid: str
    day: date
    summary: str
    description: str


def _entries(status: Status) -> Iterator[_Entry]:
    closed = {case.reference for case in status.cases if case.closed_on is not None}
    for row in status.rows:
        if row.state in _OPEN and row.case_reference not in closed:
            # Without the day in its UID: extended, the entry moves.
            uid = f"due-{row.case_reference}-{row.agency_id}-{row.form}"
            summary = f"{row.case_reference}: {row.form_title} due from {row.agency}"
            yield _Entry(uid, row.due_on, summary, f"State: {STATE_WORDS[row.state]}.")
    for case, readings in status.clocks.items():
        for one in () if case in closed else readings:
            said = f"Counted from {one.anchor_title}, {one.anchor.day} {one.anchor:%B %Y}."
            yield _Entry(f"clock-{case}-{one.name}", one.due_on, f"{case}: {one.title} due", said)


def _escaped(text: str) -> str:
    for letter, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(letter, written)
    return text


def _folded(line: str, most: int = 75) -> Iterable[str]:
    """The line in pieces of at most 75 bytes; the further ones begin with a space (RFC 5545, 3.1)."""
    pieces: list[str] = []
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode("utf-8"))
        if size + width > most:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return [*pieces, piece]


def write_whole(pairs: Sequence[tuple[Any, bytes]]) -> None:
    """Write each file so that it is there whole or not at all."""
    for path, data in pairs:
        half = path.with_name(f".{path.name}.part")
        half.write_bytes(data)
        half.replace(path)

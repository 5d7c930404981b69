"""The status as a workbook and as a calendar."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mailbox_config.calendar import ClockReading
from records.cases import Case, SubjectChild
from service.cli.app import main
from service.status import Attention, Row, RowState, Status
from service.status_files import status_calendar, status_workbook

TODAY = date(2026, 3, 16)
CASE = Case(
    reference="PR-2026-001",
    kind="rapid_review",
    opened_on=date(2026, 3, 2),
    children=(SubjectChild(code="Child 1", name="Grace Okafor"),),
)
CLOCK = ClockReading("rapid_review", "Rapid review", date(2026, 3, 2), "the notification", date(2026, 3, 23), 5, 7)


def row(state: RowState, form: str = "chronology", agency: str = "Vale Homes; Trust, Ltd") -> Row:
    return Row(
        case_reference="PR-2026-001",
        agency_id="homes",
        agency=agency,
        form=form,
        form_title=form.title(),
        state=state,
        due_on=date(2026, 3, 17),
        working_days_left=1,
        version=0,
        errors=0,
        late_by=0,
        extended=False,
    )


def status(*rows: Row, case: Case = CASE) -> Status:
    asked = Attention("return", "F-1", "PR-2026-001", "=HYPERLINK(1) \x07 is not a formula", "intake file F-1")
    return Status(TODAY, (case,), {"PR-2026-001": (CLOCK,)}, rows, (asked,), {"done": 3}, {"sent": 2})


def unfolded(data: bytes) -> list[str]:
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def _day(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def test_the_workbook_holds_requests_questions_clocks_and_counts() -> None:
    """Dates are dates, text that looks like a formula is text, no child is named."""
    data = status_workbook(status(row("overdue"), row("answered", "agency_summary")))
    workbook = load_workbook(BytesIO(data))
    assert workbook.sheetnames == ["Requests", "Needs a person", "Clocks", "Arrived and written"]
    first = [_day(cell.value) for cell in workbook["Requests"][2]]
    assert first[:5] == ["PR-2026-001", "Vale Homes; Trust, Ltd", "Chronology", date(2026, 3, 17), "overdue"]
    why = workbook["Needs a person"]["C2"]
    assert (why.data_type, why.value) == ("s", "=HYPERLINK(1)  is not a formula")
    assert _day(workbook["Clocks"]["E2"].value) == date(2026, 3, 23)
    assert not any("Okafor" in str(cell.value) for sheet in workbook for cells in sheet.iter_rows() for cell in cells)


def test_the_calendar_has_an_entry_for_each_open_deadline() -> None:
    """What is answered has none; special characters are escaped; long lines are folded; an all-day entry a deadline."""
    lines = unfolded(status_calendar(status(row("outstanding"), row("answered", "agency_summary"))))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "UID:due-PR-2026-001-homes-chronology@practice-review-intake" in lines
    assert "DTSTART;VALUE=DATE:20260317" in lines
    assert "DTEND;VALUE=DATE:20260318" in lines
    assert "SUMMARY:PR-2026-001: Chronology due from Vale Homes\\; Trust\\, Ltd" in lines
    assert "UID:clock-PR-2026-001-rapid_review@practice-review-intake" in lines


def test_a_closed_case_has_no_deadlines() -> None:
    """Nothing is awaited for it any more."""
    closed = CASE.model_copy(update={"closed_on": date(2026, 3, 10)})
    assert "BEGIN:VEVENT" not in unfolded(status_calendar(status(row("overdue"), case=closed)))


def test_an_extended_request_moves_its_entry() -> None:
    """The same UID on another day, so that a diary that takes the file in again shows it once."""
    later = Row(**{name: getattr(row("outstanding"), name) for name in Row.__slots__} | {"due_on": date(2026, 4, 1)})
    uids = [
        [line for line in unfolded(status_calendar(status(one))) if line.startswith("UID:due")]
        for one in (row("outstanding"), later)
    ]
    assert uids[0] == uids[1]


def test_the_command_writes_both(office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside what it shows; a folder that is not there is said."""
    settings = ("-c", str(office / "intake.toml"))
    xlsx, ics = tmp_path / "status.xlsx", tmp_path / "deadlines.ics"
    with pytest.raises(SystemExit) as ended:
        main([*settings, "status", "--xlsx", str(xlsx), "--ics", str(ics), "--json"])
    assert ended.value.code == 0
    assert load_workbook(xlsx)["Requests"].max_row > 7
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR")
    capsys.readouterr()
    assert main([*settings, "status", "--ics", str(tmp_path / "nowhere" / "x.ics")]) == 1
    assert "folder" in capsys.readouterr().err

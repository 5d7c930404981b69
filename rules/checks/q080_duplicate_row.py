"""Two rows say the same.

The same date, time and wording; the source may differ.

Source: manual of the specialist chronology tool (finds duplicated events).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import Reading
from rules.scope import CHRONOLOGY

CODE = "Q080"
TITLE = "Row given twice"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row that repeats an earlier one."""
    seen: dict[tuple[str, str, str, str], int] = {}
    for row in Reading.of(checkable).rows("events"):
        event = plain(row.text("event"))
        if not event or not row.sure("date"):
            continue
        key = (row.text("date"), row.text("time"), event, plain(row.text("agency")))
        if key in seen:
            path = row.path("event")
            yield Found(path, f"Row {row.number} repeats row {seen[key]}.", "Delete one of them, or say what differs.")
        else:
            seen[key] = row.number


PASS = (
    Example(
        form=CHRONOLOGY,
        record={"events": [{"date": "2024-03-12", "event": "Visit."}, {"date": "2024-03-13", "event": "Visit."}]},
    ),
    Example(
        form=CHRONOLOGY,
        record={
            "events": [
                {"date": "2024-03-12", "time": "09:00", "event": "Call."},
                {"date": "2024-03-12", "time": "10:00", "event": "Call."},
            ]
        },
    ),
)
FAIL = (
    Example(
        form=CHRONOLOGY,
        record={"events": [{"date": "2024-03-12", "event": "Visit."}, {"date": "2024-03-12", "event": "VISIT."}]},
    ),
    Example(
        form=CHRONOLOGY,
        record={
            "events": [
                {"date": "2024-03", "event": "Home  visit"},
                {"date": "2024-04-01", "event": "Call"},
                {"date": "2024-03", "event": "Home visit"},
            ]
        },
    ),
)

"""Several events of one day close to the incident have no time, so that their order is not certain.

Close is three days before to three days after; the incident's date is that of the case or of a referral of the case.

Source: manual of the specialist chronology tool (a collapse sorted before "seemed well").
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from records.cases import Case
from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading, Row, day_of
from rules.scope import CHRONOLOGY, REFERRAL
from rules.wording import day_words, label, rows_words

CODE = "Q088"
TITLE = "Times missing around the incident"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_NEAR = timedelta(days=3)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each day with two rows or more of which one has no time."""
    incident = _incident(checkable)
    if incident is None:
        return
    days: dict[date, list[Row]] = {}
    for row in Reading.of(checkable).rows("events"):
        day = row.day("date")
        if day and abs(day - incident) <= _NEAR and row.asked("time"):
            days.setdefault(day, []).append(row)
    for day, rows in days.items():
        missing = [row for row in rows if row.blank("time") and not row.text("time_as_written")]
        if len(rows) > 1 and missing:
            path = missing[0].path("time")
            yield Found(
                path,
                f"“{label(checkable, path)}” is missing on {day_words(day)}, close to the incident, "
                f"in {rows_words([row.number for row in missing])}.",
                "Add the times, or confirm that the rows stand in the right order.",
            )


def _incident(checkable: Checkable) -> date | None:
    if checkable.case is not None and checkable.case.incident_on:
        return checkable.case.incident_on
    days = (day_of(other.record.get("incident_date")) for other in checkable.others if other.form == REFERRAL)
    return next((day for day in days if day), None)


_CASE = Case(reference="RSCP-CR-0900", kind="rapid_review", opened_on=date(2024, 5, 1), incident_on=date(2024, 4, 20))


def _events(*times: str | None) -> dict[str, object]:
    return {"events": [{"date": "2024-04-19", "time": time} for time in times]}


PASS = (
    Example(form=CHRONOLOGY, record=_events("09:00", "10:30"), around={"case": _CASE}),
    Example(form=CHRONOLOGY, record=_events(None), around={"case": _CASE}),
    Example(form=CHRONOLOGY, record=_events(None, None)),
)
FAIL = (
    Example(form=CHRONOLOGY, record=_events(None, "10:30"), around={"case": _CASE}),
    Example(
        form=CHRONOLOGY,
        record=_events(None, None),
        around={"others": (OtherReturn(REFERRAL, "police", 1, {"incident_date": "2024-04-18"}),)},
    ),
)

"""More than a year of the period under review has no entry, and nothing says that there was no contact.

Looks at the stretch before the first entry, between entries and after the last. A row that speaks of no contact, no
involvement or a closed case explains the gap that follows it.

Source: Staffordshire adults' chronology template ("no agency contact for periods … should be made clear").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading, Row
from rules.scope import CHRONOLOGY

CODE = "Q076"
TITLE = "Long gap that is not explained"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_LONGEST = timedelta(days=366)
_EXPLAINED = re.compile(
    r"\bno (?:\w+ ){0,2}(?:contact|involvement|engagement|entries|records?|events?)\b"
    r"|\bnot (?:open|known|involved|registered)\b"
    r"|\b(?:case|file|referral) closed\b|\bdischarged\b|\bmoved (?:out of|away)\b"
    r"|\bre-?opened\b|\bfirst (?:contact|referral)\b",
    re.IGNORECASE,
)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each gap; silent on a chronology with rows whose date is in doubt."""
    reading = Reading.of(checkable)
    rows = list(reading.rows("events"))
    period = reading.bounds("review_period")
    if not rows or any(row.bounds("date") is None for row in rows):
        return
    points = sorted(((row.bounds("date") or _NEVER, row) for row in rows), key=lambda point: point[0])
    reached = max(period[0], _NEVER[0]) if period else points[0][0][0]
    last: Row | None = None
    for (first, end), row in points:
        if first - reached > _LONGEST and not _explains(last) and not _explains(row):
            yield _found(last, row)
        if end >= reached:
            reached, last = end, row
    if period and period[1] != date.max and period[1] - reached > _LONGEST and not _explains(last):
        yield _found(last, None)


def _explains(row: Row | None) -> bool:
    return row is not None and any(_EXPLAINED.search(row.text(field)) for field in ("event", "action", "comment"))


def _found(before: Row | None, after: Row | None) -> Found:
    if before and after:
        where = f"between rows {before.number} and {after.number}"
    elif after:
        where = "from the beginning of the period under review to the first entry"
    else:
        where = "from the last entry to the end of the period under review"
    return Found(
        "events",
        f"There is no entry for more than a year {where}.",
        "If there was no contact, add a row that says so; otherwise add what is missing.",
    )


_NEVER = (date.min, date.min)
_PERIOD = {"review_period": "2021-01-01/2024-01-31"}
PASS = (
    Example(
        form=CHRONOLOGY,
        record={**_PERIOD, "events": [{"date": "2021-11-02"}, {"date": "2022-10-01"}, {"date": "2023-06"}]},
    ),
    Example(
        form=CHRONOLOGY,
        record={
            "events": [
                {"date": "2020-11-02", "event": "Case closed; no further contact until 2023."},
                {"date": "2023-10-01"},
            ]
        },
    ),
    Example(form=CHRONOLOGY, record={**_PERIOD, "events": [{"date": "2021-02-02"}, {"date": None}]}),
)
FAIL = (
    Example(
        form=CHRONOLOGY,
        record={"events": [{"date": "2020-11-02", "event": "Visit."}, {"date": "2023-10-01", "event": "Visit."}]},
    ),
    Example(form=CHRONOLOGY, record={**_PERIOD, "events": [{"date": "2023-11-02", "event": "Visit."}]}),
)

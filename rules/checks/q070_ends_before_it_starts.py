"""A period runs backwards: its end is before its beginning.

Source: manual of the specialist chronology tool on start and end dates.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY, SUMMARY
from rules.wording import field_words

CODE = "Q070"
TITLE = "End before start"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY, SUMMARY)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row, and for the period under review."""
    reading = Reading.of(checkable)
    periods = [("review_period", reading.bounds("review_period"))]
    if checkable.form == CHRONOLOGY:
        periods += [(row.path("date"), row.bounds("date")) for row in reading.rows("events")]
    for path, period in periods:
        if period and period[0] > period[1]:
            yield Found(path, f"{field_words(checkable, path)} ends before it begins.", "Correct the two dates.")


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03-12/2024-03-14"}]}),
    Example(form=CHRONOLOGY, record={"review_period": "2022-04-01/..", "events": []}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03-14/2024-03-12"}]}),
    Example(form=SUMMARY, record={"review_period": "2024-04-01/2022-04-01"}),
)

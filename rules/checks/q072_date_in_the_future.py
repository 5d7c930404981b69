"""An event is dated after the day on which the chronology was completed, or after we received it.

Source: inferred: such a date is impossible.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words

CODE = "Q072"
TITLE = "Event dated in the future"
SEVERITY = Severity.ERROR
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row that is later than the form for certain."""
    reading = Reading.of(checkable)
    completed = reading.bounds("date_completed")
    for row in reading.rows("events"):
        event = row.bounds("date")
        if event is None:
            continue
        path = row.path("date")
        if event[0] > checkable.received_on:
            yield Found(
                path, f"{field_words(checkable, path)} is after the day on which we received the form.", _REMEDY
            )
        elif completed and event[0] > completed[1]:
            words = f"{field_words(checkable, path)} is after {field_words(checkable, 'date_completed')}."
            yield Found(path, words, _REMEDY)


_REMEDY = "Check the date, the year above all, and correct it."
PASS = (
    Example(form=CHRONOLOGY, record={"date_completed": "2024-05-30", "events": [{"date": "2024-05-30"}]}),
    Example(form=CHRONOLOGY, record={"date_completed": "2024-05-30", "events": [{"date": "2024"}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"date_completed": "2024-05-30", "events": [{"date": "2024-05-31"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2042-05"}]}),
)

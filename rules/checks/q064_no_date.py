"""A row of the chronology has no date.

Rows that inherit the date of the row above (merged cells, ditto) have it.

Source: manual of the specialist chronology tool (the start date is mandatory).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words

CODE = "Q064"
TITLE = "Row without a date"
SEVERITY = Severity.ERROR
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row in which nothing stands for a date."""
    for row in Reading.of(checkable).rows("events"):
        if row.blank("date") and not row.text("date_as_written") and not row.is_doubted("date_as_written"):
            path = row.path("date")
            yield Found(
                path,
                f"{field_words(checkable, path)} is empty.",
                "Give the date, or what you know of it (month, year).",
            )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03", "date_as_written": "March 2024"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": None, "date_as_written": None}]}, review=("events[0].date",)),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"date": None, "date_as_written": None}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03-01"}, {"date": None, "date_as_written": ""}]}),
)

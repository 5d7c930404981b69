"""A year was typed with two digits and could belong to either century.

Only where it matters: the date read is in the future, before 1990, or long before the child's birth.

Source: inferred; the histories of parents reach back into the last century.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words

CODE = "Q069"
TITLE = "Two-digit year may be of either century"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_SHORT = re.compile(r"(?:.*[^\d])?\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d\d|.*[A-Za-z]{3,}[\s.'’-]+\d\d")
_LONGEST = 80
_EARLY = 1990
_BEFORE_BIRTH = 40


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each such row."""
    reading = Reading.of(checkable)
    born = reading.bounds("date_of_birth")
    for row in reading.rows("events"):
        read = row.bounds("date")
        if read is None or not _SHORT.fullmatch(row.text("date_as_written")[:_LONGEST]):
            continue
        early = read[0].year < _EARLY or (born is not None and read[0].year < born[0].year - _BEFORE_BIRTH)
        if early or read[0] > checkable.received_on:
            path = row.path("date")
            yield Found(
                path,
                f"{field_words(checkable, path)} was typed with two digits for the year and read as {read[0].year}.",
                "Confirm the year, and write it with four digits.",
            )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2016-05-22", "date_as_written": "22.05.16"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "1978-05-22", "date_as_written": "22/05/1978"}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "1978-05-22", "date_as_written": "22/05/78"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2028-05", "date_as_written": "May 28"}]}),
)

"""One row holds several events, each with a date or time of its own.

Counts lines of the event's text that begin with a date or a time.

Source: inferred from the manual of the specialist chronology tool (such a row cannot be sorted).
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

CODE = "Q083"
TITLE = "Several events in one row"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_STAMP = re.compile(
    r"\s*(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8} \d{4}\b"
    r"|(?:[01]?\d|2[0-3])[:.][0-5]\d\s?(?:hrs|am|pm)?\s?[-–:])"
)
_FEWEST = 2


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row with at least two such lines."""
    for row in Reading.of(checkable).rows("events"):
        number = sum(bool(_STAMP.match(line)) for line in row.text("event").split("\n"))
        if number >= _FEWEST:
            path = row.path("event")
            yield Found(
                path,
                f"{field_words(checkable, path)} holds {number} entries with a date or time of their own.",
                "Give each event a row of its own.",
            )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"event": "Visit on 12/03/2024.\nNext visit planned."}]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": "12/03/2024 letter received.\n3 children were seen."}]}),
)
FAIL = (
    Example(
        form=CHRONOLOGY, record={"events": [{"event": "12/03/2024 letter received.\n14/03/2024 letter answered."}]}
    ),
    Example(form=CHRONOLOGY, record={"events": [{"event": "09:30 - call from school\n10.15am - visit"}]}),
)

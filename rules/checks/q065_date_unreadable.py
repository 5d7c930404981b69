"""The words in a date field are no day of the calendar, or cannot be read as a date.

The reader leaves such a date empty and keeps the words; nothing is guessed.

Source: manual of the specialist chronology tool (valid dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import NO_DATE, Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words

CODE = "Q065"
TITLE = "Date that cannot be read"
SEVERITY = Severity.ERROR
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_DIGITS = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[A-Za-z]{3,9})[\s./-]+(?:\d{4}|\d{2})(?:\s+\d{1,2}[:.]\d\d)?"
)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row with words for a date and no date."""
    for row in Reading.of(checkable).rows("events"):
        words = str(row.values.get("date_as_written") or "").strip()
        if row.values.get("date") or not words or plain(words).strip("?. ") in NO_DATE:
            continue
        path = row.path("date")
        shown = f": “{words}”" if _DIGITS.fullmatch(words) else ""
        yield Found(
            path,
            f"{field_words(checkable, path)} cannot be read as a day, month or year{shown}.",
            "Write the date as day/month/year, or as month and year if that is all you know.",
        )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03-12?", "date_as_written": "?12/3/24"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": None, "date_as_written": "Undated"}]}),
)
FAIL = (
    Example(
        form=CHRONOLOGY,
        record={"events": [{"date": None, "date_as_written": "31/04/2024"}]},
        review=("events[0].date",),
    ),
    Example(form=CHRONOLOGY, record={"events": [{"date": None, "date_as_written": "the day after"}]}),
)

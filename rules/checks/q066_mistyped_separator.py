"""A date was typed with mixed separators and read all the same.

Source: manual of the specialist chronology tool (recognises "22.05/16").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import day_words, field_words

CODE = "Q066"
TITLE = "Mistyped separators in a date"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "office"

_MIXED = re.compile(r"\d{1,2}\s*([./,-])\s*\d{1,2}\s*([./,-])\s*\d{2,4}")


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each date with two kinds of separator."""
    for row in Reading.of(checkable).rows("events"):
        match = _MIXED.fullmatch(row.text("date_as_written"))
        day = row.day("date")
        if match and match[1] != match[2] and day:
            path = row.path("date")
            yield Found(
                path,
                f"{field_words(checkable, path)} was typed as “{match[0]}” and read as {day_words(day)}.",
                "Look at the original if the row matters; otherwise nothing needs to be done.",
            )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2016-05-22", "date_as_written": "22.05.16"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2016-05-22", "date_as_written": "22 May 2016"}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2016-05-22", "date_as_written": "22.05/16"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2016-05-22", "date_as_written": "22/05.2016"}]}),
)

"""A row gives no source.

Source: manual of the specialist chronology tool (the source is mandatory); Isle of Wight's guidance on chronologies.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words, label

CODE = "Q077"
TITLE = "Source is blank"
SEVERITY = Severity.ERROR
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row; one for the whole column when it is empty throughout."""
    rows = list(Reading.of(checkable).rows("events"))
    blank = [row for row in rows if row.blank("source")]
    if len(blank) == len(rows) > 1:
        yield Found("events", f"“{label(checkable, 'events[0].source')}” is empty in every row.", _REMEDY)
        return
    for row in blank:
        path = row.path("source")
        yield Found(path, f"{field_words(checkable, path)} is empty.", _REMEDY)


_REMEDY = "Name the record that the entry was taken from."
PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"source": "GP record"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": "Visit."}, {"source": None}]}, review=("events[1].source",)),
)
FAIL = (
    Example(
        form=CHRONOLOGY,
        record={"events": [{"source": "GP record"}, {"source": None}]},
        labels={"events[1].source": "Source of information"},
    ),
    Example(form=CHRONOLOGY, record={"events": [{"source": None}, {"source": ""}]}),
)

"""A row does not say what happened.

Source: manual of the specialist chronology tool (mandatory columns);
guidance on chronologies ("all columns completed").
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words

CODE = "Q079"
TITLE = "Event is blank"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row."""
    for row in Reading.of(checkable).rows("events"):
        if row.blank("event"):
            path = row.path("event")
            yield Found(
                path, f"{field_words(checkable, path)} is empty.", "Say in a sentence what happened, or delete the row."
            )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"event": "Home visit."}]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": None}]}, review=("events[0]",)),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"event": None, "source": "GP record"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": "Home visit."}, {"event": " "}]}),
)

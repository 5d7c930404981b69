"""An event is dated before the child was born.

Events of the pregnancy and of the parents' lives belong in a chronology; a wrong year looks the same.

Source: guidance on chronologies of Plymouth and Leeds.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words, rows_words

CODE = "Q073"
TITLE = "Event before the child's birth"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding with the rows; a row in which the child was seen is named for itself."""
    reading = Reading.of(checkable)
    born = reading.bounds("date_of_birth")
    if born is None:
        return
    before = [row for row in reading.rows("events") if (event := row.bounds("date")) and event[1] < born[0]]
    for row in before:
        if row.sure("child_seen") == "yes":
            path = row.path("date")
            yield Found(
                path,
                f"{field_words(checkable, path)} is before the child's birth, yet the child was seen.",
                "Ask the agency to check the date.",
            )
    rest = [row.number for row in before if row.sure("child_seen") != "yes"]
    if rest:
        yield Found(
            "events",
            f"Before the child's birth: {rows_words(rest)}.",
            "Nothing needs to be done if they are about the parents.",
        )


PASS = (
    Example(form=CHRONOLOGY, record={"date_of_birth": "2015-04-09", "events": [{"date": "2015-04-09"}]}),
    Example(form=CHRONOLOGY, record={"date_of_birth": "2015-04-09", "events": [{"date": "2015"}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"date_of_birth": "2015-04-09", "events": [{"date": "2014-04-10"}]}),
    Example(
        form=CHRONOLOGY, record={"date_of_birth": "2015-04-09", "events": [{"date": "2015-03", "child_seen": "yes"}]}
    ),
)

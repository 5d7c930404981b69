""" "Child seen" or the impact on the child is blank in every row.

Source: guidance on chronologies of Tayside (impact on the child and action taken).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import label

CODE = "Q087"
TITLE = "Child seen or impact blank throughout"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_FEWEST = 5


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each of the two columns, in a chronology of five rows or more."""
    rows = list(Reading.of(checkable).rows("events"))
    if len(rows) < _FEWEST:
        return
    for field, remedy in (
        ("child_seen", "Say for each contact whether the child was seen; write “Not applicable” for the others."),
        ("impact", "Say for the significant events what they meant for the child."),
    ):
        if all(row.left_blank(field) for row in rows):
            yield Found("events", f"“{label(checkable, rows[0].path(field))}” is empty in every row.", remedy)


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"impact": None}] * 6}, asked=("events[].date", "events[].event")),
    Example(form=CHRONOLOGY, record={"events": [{"child_seen": "yes"}, *[{"child_seen": None}] * 5]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": "Visit."}] * 6}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"impact": None}] * 6}, asked=("events[].date", "events[].impact")),
    Example(form=CHRONOLOGY, record={"events": [{"child_seen": None}] * 5}),
    Example(form=CHRONOLOGY, record={"events": [{"child_seen": "no", "impact": None}] * 6}),
)

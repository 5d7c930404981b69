"""The agency has learning of its own but lists no action.

Source: Worcestershire adults' scoping form.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q054"
TITLE = "Learning without actions"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for a yes above an empty table of actions."""
    reading = Reading.of(checkable)
    if reading.sure("single_agency_learning") == "yes" and reading.left_blank("actions"):
        yield Found(
            "actions",
            f"{field_words(checkable, 'single_agency_learning')} is answered with yes, but no action is listed.",
            "List the actions that follow, each with a lead and a date, or say that none are needed.",
        )


PASS = (
    Example(form=SUMMARY, record={"single_agency_learning": "yes", "actions": [{"action": "Audit of 20 records"}]}),
    Example(form=SUMMARY, record={"single_agency_learning": "no", "actions": []}),
)
FAIL = (
    Example(form=SUMMARY, record={"single_agency_learning": "yes", "actions": []}),
    Example(
        form=SUMMARY,
        record={"single_agency_learning": "yes", "single_agency_learning_details": "Internal review.", "actions": []},
    ),
)

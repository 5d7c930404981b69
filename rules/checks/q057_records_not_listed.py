"""The records searched are not listed, or the day on which they were secured is missing.

Source: the standard format for an individual management review; Staffordshire's notice of a scoping panel.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q057"
TITLE = "Records searched or secured not stated"
SEVERITY = Severity.INFORMATION
APPLIES = (SUMMARY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each; a nil return need not have secured records, but must have searched."""
    reading = Reading.of(checkable)
    if reading.left_blank("records_searched"):
        yield Found(
            "records_searched",
            f"{field_words(checkable, 'records_searched')} is empty.",
            "List the systems and files that were searched.",
        )
    if reading.sure("has_involvement") == "yes" and reading.left_blank("records_secured_date"):
        yield Found(
            "records_secured_date",
            f"{field_words(checkable, 'records_secured_date')} is empty.",
            "Secure the records if that was not done, and give the date.",
        )


PASS = (
    Example(
        form=SUMMARY, record={"records_searched": "Case file", "has_involvement": "no", "records_secured_date": None}
    ),
    Example(
        form=SUMMARY,
        record={"records_searched": "Case file", "has_involvement": "yes", "records_secured_date": "2024-05-02"},
    ),
)
FAIL = (
    Example(form=SUMMARY, record={"records_searched": None, "has_involvement": "no"}),
    Example(
        form=SUMMARY, record={"records_searched": "Case file", "has_involvement": "yes", "records_secured_date": None}
    ),
)

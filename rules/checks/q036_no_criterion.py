"""No criterion for a review is ticked.

Source: the referral forms of Manchester and Solihull.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL
from rules.wording import field_words

CODE = "Q036"
TITLE = "No criterion ticked"
SEVERITY = Severity.ERROR
APPLIES = (REFERRAL,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the question was asked and nothing is ticked."""
    if Reading.of(checkable).blank("criteria"):
        yield Found(
            "criteria",
            f"Nothing is ticked under {field_words(checkable, 'criteria')}.",
            "Tick the criteria that you think are met, and send the form again.",
        )


PASS = (
    Example(form=REFERRAL, record={"criteria": ["abuse_or_neglect"]}),
    Example(form=REFERRAL, record={"criteria": []}, review=("criteria",)),
)
FAIL = (
    Example(form=REFERRAL, record={"criteria": []}),
    Example(form=REFERRAL, record={"criteria": [], "criteria_rationale": "The injuries are severe."}),
)

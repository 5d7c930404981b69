"""The question about immediate safety is not answered, or there are concerns and no action is given.

Acting for the child's safety comes before any review.

Source: the Scottish notification form; Liverpool's process.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL
from rules.wording import field_words

CODE = "Q043"
TITLE = "Immediate safety not answered"
SEVERITY = Severity.ERROR
APPLIES = (REFERRAL,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for the answer, or for the action that is missing."""
    reading = Reading.of(checkable)
    if reading.blank("immediate_concerns"):
        yield Found(
            "immediate_concerns",
            f"{field_words(checkable, 'immediate_concerns')} is not answered.",
            "Answer it today, by telephone if you can, and say what was done to keep children safe.",
        )
    elif reading.sure("immediate_concerns") in ("yes", "not_known") and reading.blank("immediate_action"):
        yield Found(
            "immediate_action",
            f"{field_words(checkable, 'immediate_action')} is empty although there are concerns for a child's safety.",
            "Tell us today, by telephone if you can, what was done to keep children safe.",
        )


PASS = (
    Example(form=REFERRAL, record={"immediate_concerns": "yes", "immediate_action": "Placed with grandparents."}),
    Example(form=REFERRAL, record={"immediate_concerns": "no", "immediate_action": None}),
    Example(form=REFERRAL, record={"immediate_concerns": None}, review=("immediate_concerns",)),
)
FAIL = (
    Example(form=REFERRAL, record={"immediate_concerns": None, "immediate_action": None}),
    Example(form=REFERRAL, record={"immediate_concerns": "yes", "immediate_action": None}),
)

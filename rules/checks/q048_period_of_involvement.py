"""The period of involvement is missing, runs backwards, or lies wholly outside the period under review.

Source: Worcestershire adults' scoping form; single-agency management review format of the Isle of Man.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q048"
TITLE = "Period of involvement missing or out of scope"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "agency"

_PERIOD = "period_of_involvement"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for the first of the three."""
    reading = Reading.of(checkable)
    if reading.sure("has_involvement") != "yes":
        return
    words = field_words(checkable, _PERIOD)
    if reading.left_blank(_PERIOD):
        yield Found(_PERIOD, f"{words} is empty.", "Give the dates from which and to which your agency was involved.")
        return
    period = reading.bounds(_PERIOD)
    if period is None:
        return
    scope = reading.bounds("review_period")
    if period[0] > period[1]:
        yield Found(_PERIOD, f"{words} ends before it begins.", "Correct the dates.")
    elif scope and scope[0] <= scope[1] and (period[1] < scope[0] or period[0] > scope[1]):
        yield Found(
            _PERIOD,
            f"{words} lies wholly outside {field_words(checkable, 'review_period')}.",
            "Check the dates; say so in the summary if your agency was involved only before or after.",
        )


PASS = (
    Example(
        form=SUMMARY,
        record={
            "has_involvement": "yes",
            "period_of_involvement": "2016/2024-05",
            "review_period": "2022-01-01/2024-05-01",
        },
    ),
    Example(form=SUMMARY, record={"has_involvement": "no", "period_of_involvement": None}),
)
FAIL = (
    Example(form=SUMMARY, record={"has_involvement": "yes", "period_of_involvement": None}),
    Example(form=SUMMARY, record={"has_involvement": "yes", "period_of_involvement": "2024-05-01/2023-05-01"}),
    Example(
        form=SUMMARY,
        record={
            "has_involvement": "yes",
            "period_of_involvement": "2016/2018",
            "review_period": "2022-01-01/2024-05-01",
        },
    ),
)

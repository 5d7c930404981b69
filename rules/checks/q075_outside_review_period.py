"""Events lie outside the period under review.

The period is that of the form, or of the case where the form gives none.

Source: Staffordshire adults' chronology template.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from records.cases import Case
from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import rows_words

CODE = "Q075"
TITLE = "Events outside the period under review"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding with the rows that lie outside for certain."""
    reading = Reading.of(checkable)
    period = reading.bounds("review_period")
    case = checkable.case
    if period is None and case is not None and case.review_from and case.review_to:
        period = (case.review_from, case.review_to)
    if period is None or period[0] > period[1]:
        return
    outside = [
        row.number
        for row in reading.rows("events")
        if (event := row.bounds("date")) and (event[1] < period[0] or event[0] > period[1])
    ]
    if outside:
        yield Found(
            "events",
            f"Outside the period under review: {rows_words(outside)}.",
            "Decide whether they stay in the pack; they are kept either way.",
        )


PASS = (
    Example(
        form=CHRONOLOGY,
        record={"review_period": "2022-04-01/2024-04-30", "events": [{"date": "2022"}, {"date": "2024-04-30"}]},
    ),
    Example(form=CHRONOLOGY, record={"review_period": None, "events": [{"date": "1998"}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"review_period": "2022-04-01/2024-04-30", "events": [{"date": "2022-03-31"}]}),
    Example(
        form=CHRONOLOGY,
        record={"events": [{"date": "2023-01-01"}, {"date": "2024-06-01"}]},
        around={
            "case": Case(
                reference="RSCP-CR-0900",
                kind="rapid_review",
                opened_on=date(2024, 5, 1),
                review_from=date(2022, 4, 1),
                review_to=date(2024, 4, 30),
            )
        },
    ),
)

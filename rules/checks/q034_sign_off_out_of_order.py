"""A sign-off is dated before the form was completed, before the incident, or after the form came.

Source: inferred: such an order is impossible.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY, REFERRAL, SIGNED_FORMS, SUMMARY
from rules.wording import field_words

CODE = "Q034"
TITLE = "Sign-off date out of order"
SEVERITY = Severity.WARNING
APPLIES = (*SIGNED_FORMS, CHRONOLOGY)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each signature date that cannot be right."""
    reading = Reading.of(checkable)
    after = "date_completed" if checkable.form in (SUMMARY, CHRONOLOGY) else "incident_date"
    earliest = reading.bounds(after)
    for path in ("signature.date", "quality_assurance.date"):
        signed = reading.bounds(path)
        if signed is None:
            continue
        if signed[0] > checkable.received_on:
            yield Found(
                path, f"{field_words(checkable, path)} is after the day on which we received the form.", _REMEDY
            )
        elif earliest and signed[1] < earliest[0]:
            yield Found(path, f"{field_words(checkable, path)} is before {field_words(checkable, after)}.", _REMEDY)


_REMEDY = "Check the date of signing and correct it."
PASS = (
    Example(form=SUMMARY, record={"date_completed": "2024-06-01", "signature": {"date": "2024-06-01"}}),
    Example(
        form=SUMMARY,
        record={"date_completed": "2024-06-20", "signature": {"date": "2024-06"}},
        received_on=date(2024, 6, 21),
    ),
)
FAIL = (
    Example(form=SUMMARY, record={"date_completed": "2024-06-02", "quality_assurance": {"date": "2024-06-01"}}),
    Example(form=REFERRAL, record={"signature": {"date": "2025-06-01"}}),
    Example(form=REFERRAL, record={"incident_date": "2024-05-20", "signature": {"date": "2023-05-21"}}),
)

"""Two dates of the form stand in an order that cannot be.

An incident after the referral, a birth after the death or (for a referral) after the incident with the child already
named, a completion before the request or after we received the form. Only days that are certain enough are compared.

Source: inferred: such an order is impossible.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import EVERY_FORM, REFERRAL, SUMMARY
from rules.wording import field_words

CODE = "N004"
TITLE = "Dates in an impossible order"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_ORDERS = (
    ("incident_date", "date_of_referral"),
    ("date_requested", "date_completed"),
    ("date_requested", "date_due"),
    ("date_of_plan", ""),
    ("date_of_referral", ""),
    ("date_completed", ""),
    ("verification_date", ""),
)
_CHILD_ORDERS = (("date_of_birth", "date_of_death"),)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding at the first date of each pair that is the later one for certain; "" stands for the day of receipt."""
    reading = Reading.of(checkable)
    for earlier, later in _ORDERS:
        first, second = reading.bounds(earlier), reading.bounds(later) if later else _received(checkable)
        if first and second and first[0] > second[1]:
            yield _found(checkable, earlier, later)
    for row in reading.rows("children"):
        for earlier, later in _CHILD_ORDERS:
            first, second = row.bounds(earlier), row.bounds(later)
            if first and second and first[0] > second[1]:
                yield _found(checkable, row.path(earlier), row.path(later))
        born = row.bounds("date_of_birth")
        if born and born[0] > checkable.received_on:
            yield _found(checkable, row.path("date_of_birth"), "")


def _received(checkable: Checkable) -> tuple[date, date]:
    return checkable.received_on, checkable.received_on


def _found(checkable: Checkable, earlier: str, later: str) -> Found:
    than = field_words(checkable, later) if later else "the day on which we received the form"
    return Found(
        earlier,
        f"{field_words(checkable, earlier)} is after {than}.",
        "Check both dates, and correct the one that is wrong.",
    )


PASS = (
    Example(form=REFERRAL, record={"incident_date": "2024-05", "date_of_referral": "2024-05-12"}),
    Example(
        form=SUMMARY, record={"date_requested": "2024-05-01", "date_completed": "2024-05-01", "date_due": "2024-05-20"}
    ),
)
FAIL = (
    Example(form=REFERRAL, record={"incident_date": "2024-05-20", "date_of_referral": "2024-05-12"}),
    Example(form=SUMMARY, record={"date_completed": "2025-05-12"}),
    Example(form=REFERRAL, record={"children": [{"date_of_birth": "2024-05-20", "date_of_death": "2023-05-20"}]}),
)

"""The person was 18 or over at the time of the incident.

Reckoned from the latest day of birth and the earliest day of the incident that the form's words allow.

Source: Slough's guidance (the route for care leavers up to 24 is another one).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.dates import age_on
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL
from rules.wording import field_words

CODE = "Q039"
TITLE = "Aged 18 or over at the incident"
SEVERITY = Severity.WARNING
APPLIES = (REFERRAL,)
AUDIENCE = "office"

_ADULT = 18


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each person who was an adult for certain."""
    reading = Reading.of(checkable)
    incident = reading.bounds("incident_date")
    if incident is None:
        return
    for row in reading.rows("children"):
        born = row.bounds("date_of_birth")
        if born and age_on(born[1], incident[0]) >= _ADULT:
            path = row.path("date_of_birth")
            yield Found(
                path,
                f"By {field_words(checkable, path)}, the person was 18 or over at the incident.",
                "Check the date with the referrer, and consider the route for care leavers or for adults.",
            )


PASS = (
    Example(form=REFERRAL, record={"incident_date": "2024-05-01", "children": [{"date_of_birth": "2006-05-02"}]}),
    Example(form=REFERRAL, record={"incident_date": "2024-05", "children": [{"date_of_birth": "2006"}]}),
)
FAIL = (
    Example(form=REFERRAL, record={"incident_date": "2024-05-01", "children": [{"date_of_birth": "2006-05-01"}]}),
    Example(
        form=REFERRAL,
        record={"incident_date": "2024-05", "children": [{"date_of_birth": "2010-01-01"}, {"date_of_birth": "2004"}]},
    ),
)

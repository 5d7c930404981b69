"""More than five working days from incident to referral, and no notification to the national panel is noted.

Only for criteria that call for a notification. Silent where the case holds the date of the notification or the form
speaks of one. Days are working days of England; the incident's last possible day counts.

Source: the government's guidance on reporting a serious child safeguarding incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.dates import working_days_after
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL

CODE = "Q041"
TITLE = "Statutory notification may be overdue"
SEVERITY = Severity.WARNING
APPLIES = (REFERRAL,)
AUDIENCE = "office"

_WORKING_DAYS = 5
_HARM = {
    "child_died",
    "child_seriously_harmed",
    "life_threatening_injury",
    "serious_sexual_abuse",
    "permanent_impairment",
}
_NOTED = re.compile(
    r"\bSIN\b|serious (?:incident|safeguarding incident) notification"
    r"|notif\w+ (?:to|sent to|the) (?:the )?(?:national )?panel"
)


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the clock may have run out."""
    if checkable.case is not None and checkable.case.notified_on is not None:
        return
    reading = Reading.of(checkable)
    ticked = set(reading.sure("criteria") or ())
    due = bool("abuse_or_neglect" in ticked and ticked & _HARM) or "looked_after_child_died" in ticked
    incident, referred = reading.bounds("incident_date"), reading.bounds("date_of_referral")
    if not due or incident is None or referred is None or incident[1] >= referred[0]:
        return
    days = working_days_after(incident[1], referred[0])
    if days > _WORKING_DAYS and not any(
        _NOTED.search(text) for text in checkable.record.values() if isinstance(text, str)
    ):
        yield Found(
            "incident_date",
            f"The referral came {days} working days after the incident, and no notification to the national "
            "panel is noted.",
            "Ask the local authority whether a serious incident notification was sent, and when.",
        )


_TICKED = {"criteria": ["abuse_or_neglect", "child_seriously_harmed"]}
PASS = (
    Example(form=REFERRAL, record={**_TICKED, "incident_date": "2024-05-03", "date_of_referral": "2024-05-13"}),
    Example(
        form=REFERRAL,
        record={"criteria": ["lessons_non_statutory"], "incident_date": "2024-01-03", "date_of_referral": "2024-05-13"},
    ),
    Example(
        form=REFERRAL,
        record={
            **_TICKED,
            "incident_date": "2024-05-01",
            "date_of_referral": "2024-05-20",
            "work_undertaken": "SIN sent on 3 May.",
        },
    ),
)
FAIL = (
    Example(form=REFERRAL, record={**_TICKED, "incident_date": "2024-05-03", "date_of_referral": "2024-05-14"}),
    Example(form=REFERRAL, record={**_TICKED, "incident_date": "2024-03", "date_of_referral": "2024-05-14"}),
)

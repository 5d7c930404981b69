"""An age given in the text or in a box does not agree with the date of birth.

In a chronology only an age that stands beside the child's own forename is compared. One year either way is let pass.

Source: manual of the specialist chronology tool (age calculator).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from records.checking import Checkable, Found
from records.results import Severity
from rules.dates import age_on
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY, REFERRAL
from rules.wording import field_words

CODE = "Q089"
TITLE = "Age does not agree with the date of birth"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY, REFERRAL)
AUDIENCE = "agency"

_YEARS = re.compile(r"\s*(\d{1,2})(?:\s*(?:years?|yrs?|y)(?:\s*old)?)?\s*", re.IGNORECASE)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each age that is off by more than a year."""
    reading = Reading.of(checkable)
    found = _in_boxes(reading) if checkable.form == REFERRAL else _in_rows(reading)
    for path in found:
        yield Found(
            path,
            f"{field_words(checkable, path)} gives an age that does not agree with the date of birth.",
            "Check both, and correct the one that is wrong.",
        )


def _in_boxes(reading: Reading) -> Iterator[str]:
    day = reading.bounds("incident_date") or reading.bounds("date_of_referral")
    for row in reading.rows("children"):
        born, match = row.day("date_of_birth"), _YEARS.fullmatch(row.text("age"))
        if born and day and match and _is_off(int(match[1]), born, day):
            yield row.path("age")


def _in_rows(reading: Reading) -> Iterator[str]:
    born = reading.day("date_of_birth")
    forename = re.match(r"[^\W\d_]{3,}(?=\s)", reading.text("child_name"))
    if not born or not forename:
        return
    name = re.escape(forename[0])
    beside = re.compile(
        rf"\b{name},? (?:\((?:aged? )?|aged? |is |was )(\d{{1,2}})(?:\)| years? old| ?yrs?|,| at)", re.IGNORECASE
    )
    for row in reading.rows("events"):
        day, match = row.bounds("date"), beside.search(row.text("event"))
        if day and match and _is_off(int(match[1]), born, day):
            yield row.path("event")


def _is_off(age: int, born: date, day: tuple[date, date]) -> bool:
    if day[0] < born:
        return False
    return not age_on(born, day[0]) - 1 <= age <= age_on(born, min(day[1], date(9000, 1, 1))) + 1


_CHILD = {"child_name": "Ada Fictional", "date_of_birth": "2015-04-09"}
PASS = (
    Example(
        form=CHRONOLOGY,
        record={**_CHILD, "events": [{"date": "2024-03-01", "event": "Ada, aged 8, seen with Ben (3)."}]},
    ),
    Example(
        form=REFERRAL,
        record={"incident_date": "2024-03-01", "children": [{"date_of_birth": "2015-04-09", "age": "8 years"}]},
    ),
)
FAIL = (
    Example(form=CHRONOLOGY, record={**_CHILD, "events": [{"date": "2024-03-01", "event": "Ada (5) seen at school."}]}),
    Example(
        form=REFERRAL,
        record={"incident_date": "2024-03-01", "children": [{"date_of_birth": "2015-04-09", "age": "11"}]},
    ),
)

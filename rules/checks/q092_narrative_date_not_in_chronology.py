"""The summary's account gives a date that the chronology of the same agency does not have.

Only full dates within the span of the chronology are compared, and never a date of birth: a clause that speaks
of a birth is passed over.

Source: a template for executive summaries (the narrative "should be consistent with the detailed chronology").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.dates import days_in_text
from rules.examples import Example
from rules.reading import Reading, bounds_of
from rules.scope import CHRONOLOGY, SUMMARY
from rules.wording import day_words, field_words, listed

CODE = "Q092"
TITLE = "Date in the summary is not in the chronology"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "agency"

_CLAUSE = re.compile(r"[;\n]|\.(?!\d)")
_BIRTH = re.compile(r"\b(?:born|birth|dob)\b|\bd\.o\.b\b", re.IGNORECASE)
_FIELDS = ("summary_of_involvement", "key_practice_episodes")


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each field with the dates that are missing."""
    days = [
        limits
        for other in checkable.others
        if other.same_agency and other.form == CHRONOLOGY
        for row in other.record.get("events") or ()
        if (limits := bounds_of(row.get("date")))
    ]
    if not days:
        return
    first, last = min(limits[0] for limits in days), max(limits[1] for limits in days)
    reading = Reading.of(checkable)
    born = {row.day("date_of_birth") for row in reading.rows("children")}
    for path in _FIELDS:
        missing = sorted(
            {
                day
                for day in _days(reading.text(path))
                if first <= day <= last and day not in born and not any(low <= day <= high for low, high in days)
            }
        )
        if missing:
            yield Found(
                path,
                f"{field_words(checkable, path)} gives {listed(day_words(day) for day in missing)}; "
                "your chronology has no entry for it.",
                "Correct the date, or add the event to the chronology.",
            )


def _days(text: str) -> Iterator[date]:
    for clause in _CLAUSE.split(text):
        if not _BIRTH.search(clause):
            yield from days_in_text(clause)


_CHRONOLOGY = OtherReturn(
    CHRONOLOGY,
    "police",
    1,
    {"events": [{"date": "2022-03-01"}, {"date": "2023-05"}, {"date": "2024-02-01"}]},
    same_agency=True,
)
PASS = (
    Example(
        form=SUMMARY,
        record={"summary_of_involvement": "A brother was born on 02.03.2022. Seen on 1 March 2022."},
        around={"others": (_CHRONOLOGY,)},
    ),
    Example(
        form=SUMMARY,
        record={"summary_of_involvement": "Seen on 1 March 2022 and 12/05/23."},
        around={"others": (_CHRONOLOGY,)},
    ),
    Example(
        form=SUMMARY, record={"summary_of_involvement": "Known since 04/05/2016."}, around={"others": (_CHRONOLOGY,)}
    ),
)
FAIL = (
    Example(
        form=SUMMARY, record={"summary_of_involvement": "Seen on 2nd March 2022."}, around={"others": (_CHRONOLOGY,)}
    ),
    Example(
        form=SUMMARY, record={"key_practice_episodes": "The visit of 01.06.23."}, around={"others": (_CHRONOLOGY,)}
    ),
)

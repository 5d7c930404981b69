"""The return came after its due date.

The due date in force is the request's, extensions included; where no request is known, the date printed on the form.
A corrected version of a return that came in time is not late: the agency answered, and was asked again.

Source: the dates log on the forms of Oldham and Manchester.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from records.cases import Request
from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.dates import working_days_after
from rules.examples import Example
from rules.reading import Reading
from rules.scope import EVERY_FORM, SUMMARY
from rules.wording import count_words, day_words

CODE = "Q024"
TITLE = "Return came late"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding with the days it was late."""
    if checkable.request is not None:
        due: date | None = checkable.request.due_on
    else:
        due = Reading.of(checkable).day("date_due")
    if due is None or min(checkable.received_on, *_earlier_versions(checkable)) <= due:
        return
    days = working_days_after(due, checkable.received_on)
    yield Found(
        "date_due" if "date_due" in checkable.record else "",
        f"The return was due on {day_words(due)} and came on {day_words(checkable.received_on)}, "
        f"{count_words(days, 'working day')} late.",
        "Record the reason if the agency gave one.",
    )


def _earlier_versions(checkable: Checkable) -> list[date]:
    """The days on which this agency's other versions of the form came; far in the future where there are none."""
    own = (one for one in checkable.others if one.same_agency and one.form == checkable.form)
    return [one.received_on for one in own if one.received_on is not None] or [date.max]


_REQUEST = Request(
    id="r1",
    case_reference="RSCP-CR-0900",
    agency_id="police",
    form=SUMMARY,
    requested_on=date(2024, 5, 20),
    due_on=date(2024, 6, 3),
)
_FIRST = OtherReturn(form=SUMMARY, agency_id="police", version=1, record={}, same_agency=True)
PASS = (
    Example(form=SUMMARY, received_on=date(2024, 6, 3), around={"request": _REQUEST}),
    Example(
        form=SUMMARY, record={"date_due": "2024-05-27"}, received_on=date(2024, 6, 3), around={"request": _REQUEST}
    ),
    Example(form=SUMMARY, record={"date_due": "2024-05"}, received_on=date(2024, 6, 3)),
    Example(
        form=SUMMARY,
        received_on=date(2024, 6, 10),
        around={"request": _REQUEST, "others": (replace(_FIRST, received_on=date(2024, 6, 3)),)},
    ),
)
FAIL = (
    Example(
        form=SUMMARY,
        received_on=date(2024, 6, 10),
        around={"request": _REQUEST, "others": (replace(_FIRST, received_on=date(2024, 6, 4)),)},
    ),
    Example(form=SUMMARY, received_on=date(2024, 6, 4), around={"request": _REQUEST}),
    Example(form=SUMMARY, record={"date_due": "2024-05-31"}, received_on=date(2024, 6, 3)),
)

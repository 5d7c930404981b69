"""A form came back that is not the one that was asked for.

Silent where the form asked for came from the same agency as well (a summary and its chronology in one message).

Source: the register of clinical reviews of the Prisons and Probation Ombudsman ("was the review on the template").
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.scope import CHRONOLOGY, EVERY_FORM, REFERRAL, SUMMARY
from rules.wording import title_of

CODE = "Q013"
TITLE = "Not the form that was asked for"
SEVERITY = Severity.ERROR
APPLIES = EVERY_FORM
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when another form was asked for and has not come."""
    asked = checkable.asked_form or (checkable.request.form if checkable.request else None)
    if asked is None or asked == checkable.form:
        return
    if any(other.same_agency and other.form == asked for other in checkable.others):
        return
    yield Found(
        "",
        f"We asked for the {title_of(asked)} and received the {title_of(checkable.form)}.",
        f"Complete the {title_of(asked)} that came with our request and send it.",
    )


PASS = (
    Example(form=SUMMARY, around={"asked_form": SUMMARY}),
    Example(
        form=CHRONOLOGY,
        around={"asked_form": SUMMARY, "others": (OtherReturn(SUMMARY, "police", 1, {}, same_agency=True),)},
    ),
)
FAIL = (
    Example(form=REFERRAL, around={"asked_form": SUMMARY}),
    Example(
        form=CHRONOLOGY,
        around={"asked_form": SUMMARY, "others": (OtherReturn(SUMMARY, "hospital", 1, {}, same_agency=False),)},
    ),
)

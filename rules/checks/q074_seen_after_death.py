"""The child is recorded as seen after the date of death.

The date of death is that of the case, or of a referral of the same case, for a case with one child.

Source: inferred: one of the two dates must be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from records.cases import Case, SubjectChild
from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading, bounds_of
from rules.scope import CHRONOLOGY, REFERRAL
from rules.wording import field_words

CODE = "Q074"
TITLE = "Child seen after the date of death"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each such row."""
    died = _date_of_death(checkable)
    if died is None:
        return
    for row in Reading.of(checkable).rows("events"):
        event = row.bounds("date")
        if event and event[0] > died and row.sure("child_seen") == "yes":
            path = row.path("date")
            yield Found(
                path,
                f"{field_words(checkable, path)} is after the date of death in the case, yet the child was seen.",
                "Check the date and the answer, and correct what is wrong.",
            )


def _date_of_death(checkable: Checkable) -> date | None:
    children = list(checkable.case.children) if checkable.case else []
    if len(children) == 1 and (limits := bounds_of(children[0].date_of_death)):
        return limits[1]
    for other in checkable.others:
        named = other.record.get("children") or []
        if other.form == REFERRAL and len(named) == 1 and (limits := bounds_of(named[0].get("date_of_death"))):
            return limits[1]
    return None


_CASE = Case(
    reference="RSCP-CR-0900",
    kind="rapid_review",
    opened_on=date(2024, 5, 1),
    children=(SubjectChild(code="Child 1", name="Ada Fictional", date_of_death="2024-04-20"),),
)
_REFERRAL = OtherReturn(REFERRAL, "police", 1, {"children": [{"date_of_death": "2024-04-20"}]})
PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-04-22", "child_seen": None}]}, around={"case": _CASE}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-04-22", "child_seen": "yes"}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-04-22", "child_seen": "yes"}]}, around={"case": _CASE}),
    Example(
        form=CHRONOLOGY, record={"events": [{"date": "2024-05", "child_seen": "yes"}]}, around={"others": (_REFERRAL,)}
    ),
)

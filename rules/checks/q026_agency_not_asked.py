"""A return from an agency that nobody asked.

It is welcome: the agency is added to the register of the case.

Source: Devon's rapid review flowchart (further agencies are found on the way).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from records.cases import Agency, Case
from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import CHRONOLOGY, SUMMARY

CODE = "Q026"
TITLE = "Return from an agency that was not asked"
SEVERITY = Severity.INFORMATION
APPLIES = (SUMMARY, CHRONOLOGY)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when case and agency are known and there is no request."""
    if checkable.case is None or checkable.agency is None or checkable.request is not None:
        return
    if checkable.agency.id in checkable.extra.get("asked_agencies", ()):
        return
    yield Found(
        "agency",
        f"{checkable.agency.name} was not asked for a return in this case.",
        "Add the agency to the case, so that its other forms are asked for too.",
    )


_CASE = Case(reference="RSCP-CR-0900", kind="rapid_review", opened_on=date(2024, 5, 1))
_AGENCY = Agency(id="housing", name="Fictional Homes")
PASS = (
    Example(form=SUMMARY, around={"agency": _AGENCY}),
    Example(form=CHRONOLOGY, around={"case": _CASE, "agency": _AGENCY, "extra": {"asked_agencies": ("housing",)}}),
)
FAIL = (
    Example(form=SUMMARY, around={"case": _CASE, "agency": _AGENCY}),
    Example(form=CHRONOLOGY, around={"case": _CASE, "agency": _AGENCY, "extra": {"asked_agencies": ("police",)}}),
)

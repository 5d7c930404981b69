"""The form was not signed off by the agency's sub-group representative.

Needs a name and a signature; the date is looked at by rule Q033.

Source: Salford's notice of March 2021 and its toolkit ("completed and quality assured").
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import GOOD_OUTCOME, REFERRAL, SIGNED_FORMS, SUMMARY

CODE = "Q031"
TITLE = "No quality assurance sign-off"
SEVERITY = Severity.ERROR
APPLIES = SIGNED_FORMS
AUDIENCE = "agency"

_BLOCK = "quality_assurance"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when nobody is named, or the one named has not signed."""
    reading = Reading.of(checkable)
    if reading.doubted(_BLOCK) or not reading.asked(_BLOCK):
        return
    named = not reading.blank(f"{_BLOCK}.name")
    unsigned = reading.asked(f"{_BLOCK}.signed") and reading.sure(f"{_BLOCK}.signed") != "yes"
    if not named:
        words = "The quality assurance sign-off by your sub-group representative is empty."
        yield Found(f"{_BLOCK}.name", words, _REMEDY)
    elif unsigned:
        words = "The quality assurance sign-off names your sub-group representative but is not signed."
        yield Found(f"{_BLOCK}.signed", words, _REMEDY)


_REMEDY = "Ask your representative on the practice review sub group to check and sign the form, and send it again."
PASS = (
    Example(form=SUMMARY, record={_BLOCK: {"name": "Rep Fictional", "date": "2024-06-01", "signed": "yes"}}),
    Example(form=SUMMARY, record={_BLOCK: {"name": None, "signed": "no"}}, review=("quality_assurance.signed",)),
    Example(form=REFERRAL, record={}),
)
FAIL = (
    Example(form=SUMMARY, record={_BLOCK: {"name": None, "role": None, "date": None, "signed": "no"}}),
    Example(form=REFERRAL, record={_BLOCK: {"name": "Rep Fictional", "date": "2024-06-01", "signed": "no"}}),
    Example(form=GOOD_OUTCOME, record={_BLOCK: {"name": "Rep Fictional", "signed": None}}),
)

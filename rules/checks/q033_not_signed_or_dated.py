"""A signature block is not signed or not dated.

A typed name, a picture or a mark counts as signed; a bare line does not.

Source: the signature blocks of Solihull's and Milton Keynes' referral forms.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL, SIGNED_FORMS, SUMMARY
from rules.wording import field_words

CODE = "Q033"
TITLE = "Not signed or not dated"
SEVERITY = Severity.ERROR
APPLIES = SIGNED_FORMS
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for the author's block and one for a sign-off without a date."""
    reading = Reading.of(checkable)
    if reading.asked("signature.signed") and not reading.doubted("signature.signed"):
        if reading.sure("signature.signed") != "yes":
            yield Found(
                "signature.signed",
                "The form is not signed by the person who completed it.",
                "Sign the form, and send it again.",
            )
        elif reading.blank("signature.date"):
            yield Found("signature.date", f"{field_words(checkable, 'signature.date')} is empty.", _DATE)
    if reading.sure("quality_assurance.signed") == "yes" and reading.blank("quality_assurance.date"):
        yield Found("quality_assurance.date", f"{field_words(checkable, 'quality_assurance.date')} is empty.", _DATE)


_DATE = "Add the date of signing, and send the form again."
PASS = (
    Example(form=SUMMARY, record={"signature": {"signed": "yes", "date": "2024-06-01"}}),
    Example(form=SUMMARY, record={"signature": {"signed": "yes", "date": None}}, review=("signature.date",)),
    Example(form=REFERRAL, record={"quality_assurance": {"signed": "no", "date": None}}),
)
FAIL = (
    Example(form=SUMMARY, record={"signature": {"name": "Ann Fictional", "signed": "no", "date": None}}),
    Example(form=REFERRAL, record={"signature": {"signed": "yes", "date": None}}),
    Example(form=REFERRAL, record={"quality_assurance": {"signed": "yes", "date": None}}),
)

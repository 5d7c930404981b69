"""An NHS number is not ten digits with the right check digit.

Source: NHS Data Dictionary (modulus 11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from records.values import nhs_number_is_valid
from rules.examples import Example
from rules.reading import Reading
from rules.scope import GOOD_OUTCOME, REFERRAL, SUMMARY
from rules.wording import field_words

CODE = "N001"
TITLE = "NHS number is not valid"
SEVERITY = Severity.WARNING
APPLIES = (REFERRAL, GOOD_OUTCOME, SUMMARY)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each number that cannot be right."""
    for row in Reading.of(checkable).rows("children"):
        number = row.text("nhs_number")
        if number and re.search(r"\d", number) and not nhs_number_is_valid(number):
            path = row.path("nhs_number")
            yield Found(
                path,
                f"{field_words(checkable, path)} is not a valid NHS number.",
                "Check it against your records, and correct it.",
            )


PASS = (
    Example(form=SUMMARY, record={"children": [{"nhs_number": "9990000018"}]}),
    Example(form=SUMMARY, record={"children": [{"nhs_number": "Not known"}, {"nhs_number": None}]}),
)
FAIL = (
    Example(form=SUMMARY, record={"children": [{"nhs_number": "9990000019"}]}),
    Example(form=REFERRAL, record={"children": [{"nhs_number": "999000001"}]}),
)

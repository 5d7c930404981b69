"""The right form in an old edition.

The service gives the editions in use as `extra["current_edition"]` (form's own wording, such as "v3.2"); a form that
states another edition, or speaks of bodies and guidance that are gone, is old. A form that says nothing is not judged.

Source: the dated footers of Manchester's form; Salford's page, where both names of the board appear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.scope import EVERY_FORM, REFERRAL, SUMMARY

CODE = "Q014"
TITLE = "Old edition of the form"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_GONE = re.compile(
    r"\b(?:[A-Z]*LSCB|SSCB|SCRSG|Working Together (?:to Safeguard Children )?\(?20(?:06|10|13|15|18))", re.IGNORECASE
)


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the form's own edition is not the one in use."""
    edition = plain(checkable.returned.edition)
    current = plain(str(checkable.extra.get("current_edition", "")))
    if not edition:
        return
    if (current and current not in edition) or _GONE.search(edition):
        yield Found(
            "",
            "The form is an old edition; newer questions are missing from it.",
            "Use the edition that came with our request. What you have written will be used in the meantime.",
        )


PASS = (
    Example(form=SUMMARY, edition="RSCP-PR3 v3.2 · February 2025", around={"extra": {"current_edition": "v3.2"}}),
    Example(form=SUMMARY, edition="", around={"extra": {"current_edition": "v3.2"}}),
)
FAIL = (
    Example(form=SUMMARY, edition="RSCP-PR3 v2.0 · September 2022", around={"extra": {"current_edition": "v3.2"}}),
    Example(form=REFERRAL, edition="LSCB referral form, November 2018"),
)

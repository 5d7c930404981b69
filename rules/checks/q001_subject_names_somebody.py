"""The subject line of the e-mail holds a child's name, date of birth or NHS number.

Subjects are shown in lists and previews and travel unprotected. Looks at `extra["subject"]` where the service gives it.

Source: secure e-mail rules of NHS trusts.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import names_somebody
from rules.scope import CHRONOLOGY, EVERY_FORM, SUMMARY

CODE = "Q001"
TITLE = "Personal details in the subject line"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the subject names somebody."""
    if names_somebody(str(checkable.extra.get("subject", "")), checkable):
        yield Found(
            "",
            "The subject line of the e-mail holds personal details of a child.",
            "Use the case reference alone in the subject line from now on.",
        )


PASS = (
    Example(
        form=SUMMARY,
        record={"children": [{"name": "Ada Fictional"}]},
        around={"extra": {"subject": "RE: RSCP-CR-0231"}},
    ),
    Example(
        form=SUMMARY, record={"children": [{"name": "Ada Fictional"}]}, around={"extra": {"subject": "Form from Ada"}}
    ),
)
FAIL = (
    Example(
        form=SUMMARY,
        record={"children": [{"name": "Ada Fictional"}]},
        around={"extra": {"subject": "Summary for FICTIONAL, Ada"}},
    ),
    Example(
        form=CHRONOLOGY,
        record={"child_name": None, "date_of_birth": "2015-04-09"},
        around={"extra": {"subject": "child dob 09.04.2015"}},
    ),
)

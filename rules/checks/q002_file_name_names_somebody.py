"""The name of the file holds a child's name, date of birth or NHS number.

Looks at `extra["file_name"]` where the service gives it.

Source: secure e-mail rules of NHS trusts ("never use person-identifiable information to name any attachments").
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import names_somebody
from rules.scope import CHRONOLOGY, EVERY_FORM, SUMMARY

CODE = "Q002"
TITLE = "Personal details in the file name"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the file name names somebody."""
    if names_somebody(str(checkable.extra.get("file_name", "")), checkable):
        yield Found(
            "",
            "The name of the file holds personal details of a child.",
            "Name files with the case reference, the form and your agency from now on.",
        )


PASS = (
    Example(
        form=CHRONOLOGY,
        record={"child_name": "Ada Fictional"},
        around={"extra": {"file_name": "RSCP-CR-0231 chronology.docx"}},
    ),
    Example(form=CHRONOLOGY, record={"child_name": "Ada Fictional"}),
)
FAIL = (
    Example(
        form=CHRONOLOGY,
        record={"child_name": "Ada Fictional"},
        around={"extra": {"file_name": "ada_fictional_v2.docx"}},
    ),
    Example(
        form=SUMMARY,
        record={"children": [{"nhs_number": "9990000018"}]},
        around={"extra": {"file_name": "summary 999 000 0018.pdf"}},
    ),
)

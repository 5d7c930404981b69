"""Tracked changes or comments are still in the document.

Comments and deletions of an agency's own quality assurance would go on to the panel.

Source: inferred from the duty of quality that Croydon's process lays on the agency's representative.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import CHRONOLOGY, EVERY_FORM, SUMMARY
from rules.wording import listed

CODE = "Q009"
TITLE = "Tracked changes or comments left in the document"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_NOTICES = {"tracked_changes": "tracked changes", "comments": "comments"}


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding that names which of the two are there."""
    present = [words for notice, words in _NOTICES.items() if notice in checkable.notices]
    if present:
        yield Found(
            "",
            f"The document still holds {listed(present)}.",
            "Accept or reject the changes, delete the comments, and send a clean copy; "
            "tell us if a comment was meant for us.",
        )


PASS = (Example(form=SUMMARY), Example(form=SUMMARY, around={"notices": ("macros",)}))
FAIL = (
    Example(form=SUMMARY, around={"notices": ("tracked_changes",)}),
    Example(form=CHRONOLOGY, around={"notices": ("comments", "tracked_changes")}),
)

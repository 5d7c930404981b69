"""Other files are embedded in or attached to the document.

A chronology pasted into a summary as an icon is easily overlooked.

Source: this program's own promise that nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import EVERY_FORM, PLAN, SUMMARY

CODE = "N007"
TITLE = "Files inside the file"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for embedded or attached files."""
    if "embedded_files" in checkable.notices or "attachments" in checkable.notices:
        yield Found(
            "",
            "Other files are embedded in the document or attached to it.",
            "Open the original, look at them, and file by hand what is a return or evidence.",
        )


PASS = (Example(form=SUMMARY), Example(form=SUMMARY, around={"notices": ("macros",)}))
FAIL = (
    Example(form=SUMMARY, around={"notices": ("embedded_files",)}),
    Example(form=PLAN, around={"file_kind": "pdf", "notices": ("attachments",)}),
)

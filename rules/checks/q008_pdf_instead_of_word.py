"""The form came back as a PDF where a Word document was sent out.

Source: single-agency management review format of the Isle of Man ("PDFs do not allow us to insert a report number").
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import CHRONOLOGY, EVERY_FORM, PLAN

CODE = "Q008"
TITLE = "PDF returned where Word was sent"
SEVERITY = Severity.INFORMATION
APPLIES = EVERY_FORM
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for a PDF that is not a scan (those have a rule of their own)."""
    if checkable.file_kind == "pdf" and "ocr" not in checkable.notices and not checkable.extra.get("pdf_was_sent"):
        yield Found(
            "",
            "The form came back as a PDF.",
            "Send the Word document next time, so that queries can be marked in it.",
        )


PASS = (
    Example(form=CHRONOLOGY, around={"file_kind": "docx"}),
    Example(form=CHRONOLOGY, around={"file_kind": "pdf", "extra": {"pdf_was_sent": True}}),
)
FAIL = (
    Example(form=CHRONOLOGY, around={"file_kind": "pdf"}),
    Example(form=PLAN, around={"file_kind": "pdf", "notices": ("annotations",)}),
)

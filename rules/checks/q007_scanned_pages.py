"""The return is a scan: a picture of pages, read by optical character recognition.

Numbering, merging and searching need the text, and reading a picture is less sure than reading a document.

Source: single-agency management review format of the Isle of Man; guidance of Darlington.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import EVERY_FORM, SUMMARY

CODE = "Q007"
TITLE = "Scanned pages instead of a document"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for a scan."""
    if checkable.file_kind == "scan" or "ocr" in checkable.notices:
        yield Found(
            "",
            "The form came as scanned pages, so its text had to be recognised from a picture.",
            "Send the completed Word document as well, if you have it.",
        )


PASS = (Example(form=SUMMARY, around={"file_kind": "docx"}), Example(form=SUMMARY, around={"file_kind": "pdf"}))
FAIL = (
    Example(form=SUMMARY, around={"file_kind": "pdf", "notices": ("ocr",)}),
    Example(form=SUMMARY, around={"file_kind": "scan"}),
)

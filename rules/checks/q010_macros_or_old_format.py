"""The document contains macros or is in an old Word format.

Source: manual of the specialist chronology tool (macro documents occasionally fail in the post).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import EVERY_FORM, SUMMARY

CODE = "Q010"
TITLE = "Macros or an old Word format"
SEVERITY = Severity.INFORMATION
APPLIES = EVERY_FORM
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding that names what it is."""
    if "macros" in checkable.notices or checkable.file_kind == "docm":
        what = "contains macros"
    elif checkable.file_kind == "doc":
        what = "is in the Word format of before 2007"
    else:
        return
    yield Found("", f"The document {what}.", "Save it as an ordinary Word document (.docx) next time.")


PASS = (Example(form=SUMMARY, around={"file_kind": "docx"}), Example(form=SUMMARY, around={"file_kind": "odt"}))
FAIL = (
    Example(form=SUMMARY, around={"file_kind": "doc"}),
    Example(form=SUMMARY, around={"file_kind": "docx", "notices": ("macros",)}),
)

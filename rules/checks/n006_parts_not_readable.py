"""Some part of the file could not be read: cells with errors, formulas without a value, form fields of an unknown kind.

Source: this program's own promise that nothing typed is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import CHRONOLOGY, EVERY_FORM, SUMMARY
from rules.wording import listed

CODE = "N006"
TITLE = "Part of the file could not be read"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "office"

_PARTS = {
    "error_values": "cells that show an error",
    "formulas_without_values": "formulas without a saved value",
    "fields_unread": "form fields of an unknown kind",
    "xfa": "an Adobe form (XFA), of which only the fallback can be read",
}


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding that names the parts."""
    parts = [words for notice, words in _PARTS.items() if notice in checkable.notices]
    if parts:
        yield Found(
            "",
            f"The file holds {listed(parts)}.",
            "Compare the original with the record before you rely on it; ask for a Word document if something is "
            "missing.",
        )


PASS = (Example(form=SUMMARY), Example(form=SUMMARY, around={"notices": ("ocr",)}))
FAIL = (
    Example(form=CHRONOLOGY, around={"notices": ("error_values",)}),
    Example(form=SUMMARY, around={"notices": ("xfa", "fields_unread")}),
)

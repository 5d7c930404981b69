"""The document holds hidden text, rows or sheets.

What is hidden is not read as an answer. It would still go out with the original, to people it was not meant for.

Source: this program's own need: originals are part of the pack.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import CHRONOLOGY, EVERY_FORM, SUMMARY
from rules.wording import listed

CODE = "N005"
TITLE = "Hidden text in the document"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_HIDDEN = {"hidden_text": "hidden text", "hidden_rows": "hidden rows or sheets"}


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for either."""
    hidden = [words for notice, words in _HIDDEN.items() if notice in checkable.notices]
    if hidden:
        yield Found(
            "",
            f"The document holds {listed(hidden)}, which was not read as an answer.",
            "Show it if it belongs to your answers, delete it if it does not, and send the document again.",
        )


PASS = (Example(form=SUMMARY), Example(form=SUMMARY, around={"notices": ("comments",)}))
FAIL = (
    Example(form=SUMMARY, around={"notices": ("hidden_text",)}),
    Example(form=CHRONOLOGY, around={"notices": ("hidden_rows", "hidden_text")}),
)

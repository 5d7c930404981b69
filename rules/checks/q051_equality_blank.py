"""Ethnicity, or the part on equality and context, is blank or "N/A".

The national panel's guidance of 2025 asks how racism, ableism and other inequalities shaped the child's life.

Source: the purposes of a rapid review as Cambridgeshire and Devon print them.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q051"
TITLE = "Equality and context not answered"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "agency"

_NOTHING = {"n/a", "na", "not applicable", "none", "nil", "-"}


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each of the fields that says nothing, from an involved agency."""
    reading = Reading.of(checkable)
    if reading.sure("has_involvement") != "yes":
        return
    paths = ["equality_and_context", *(row.path("ethnicity") for row in reading.rows("children"))]
    for path in paths:
        if reading.left_blank(path) or plain(reading.text(path)).strip(" .") in _NOTHING:
            yield Found(
                path,
                f"{field_words(checkable, path)} says nothing of the child's identity and circumstances.",
                "Write what your records show, or that they do not show it.",
            )


PASS = (
    Example(form=SUMMARY, record={"has_involvement": "yes", "equality_and_context": "First language recorded."}),
    Example(form=SUMMARY, record={"has_involvement": "no", "equality_and_context": None}),
    Example(form=SUMMARY, record={"has_involvement": "yes", "children": [{"ethnicity": "Not recorded"}]}),
)
FAIL = (
    Example(form=SUMMARY, record={"has_involvement": "yes", "equality_and_context": "N/A"}),
    Example(form=SUMMARY, record={"has_involvement": "yes", "children": [{"ethnicity": None}]}),
)

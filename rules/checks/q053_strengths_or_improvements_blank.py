"""The practice strengths or the areas for improvement are blank.

Source: Plymouth's rapid review process.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q053"
TITLE = "Strengths or improvements are blank"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each of the two, for an involved agency."""
    reading = Reading.of(checkable)
    if reading.sure("has_involvement") != "yes":
        return
    for path in ("practice_strengths", "areas_for_improvement"):
        if reading.left_blank(path):
            yield Found(
                path,
                f"{field_words(checkable, path)} is empty.",
                "Complete it, or say that none were found and how you looked.",
            )


PASS = (
    Example(
        form=SUMMARY,
        record={"has_involvement": "yes", "practice_strengths": "Quick.", "areas_for_improvement": "Linking."},
    ),
    Example(form=SUMMARY, record={"has_involvement": "no", "practice_strengths": None}),
)
FAIL = (
    Example(
        form=SUMMARY, record={"has_involvement": "yes", "practice_strengths": None, "areas_for_improvement": "Linking."}
    ),
    Example(
        form=SUMMARY, record={"has_involvement": "yes", "practice_strengths": "Quick.", "areas_for_improvement": None}
    ),
)

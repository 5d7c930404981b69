"""Learning is said to be embedded, and nothing says how that was tested.

Source: guidance on governing safeguarding action plans (evidence that practice has changed).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import VERIFICATION
from rules.wording import field_words

CODE = "Q103"
TITLE = "Embedded, but not tested"
SEVERITY = Severity.WARNING
APPLIES = (VERIFICATION,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each recommendation."""
    for row in Reading.of(checkable).rows("items"):
        if row.text("how_embedded") and row.left_blank("how_tested"):
            path = row.path("how_tested")
            yield Found(
                path,
                f"{field_words(checkable, path)} is empty although the learning is said to be embedded.",
                "Say how you know: an audit, a dip sample, a survey, supervision.",
            )


PASS = (
    Example(
        form=VERIFICATION, record={"items": [{"how_embedded": "In induction", "how_tested": "Audit of 30 records"}]}
    ),
    Example(form=VERIFICATION, record={"items": [{"how_embedded": None, "how_tested": None}]}),
)
FAIL = (
    Example(form=VERIFICATION, record={"items": [{"how_embedded": "In induction", "how_tested": None}]}),
    Example(form=VERIFICATION, record={"items": [{"number": "1"}, {"how_embedded": "Briefing", "how_tested": " "}]}),
)

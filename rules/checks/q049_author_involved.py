"""The author was involved with the child or family, or managed those who were.

Source: the standard format for an individual management review; Hull's procedures.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q049"
TITLE = "Author was directly involved"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for an author who is not independent."""
    if Reading.of(checkable).sure("author_independent") == "no":
        yield Found(
            "author_independent",
            f"By {field_words(checkable, 'author_independent')}, the author was directly involved.",
            "Decide with the agency's sub-group representative whether somebody else should check the summary.",
        )


PASS = (
    Example(form=SUMMARY, record={"author_independent": "yes"}),
    Example(form=SUMMARY, record={"author_independent": None}),
)
FAIL = (
    Example(form=SUMMARY, record={"author_independent": "no"}),
    Example(
        form=SUMMARY, record={"author_independent": "no"}, labels={"author_independent": "Were you directly involved?"}
    ),
)

"""A sentence blames a worker whose name stands on the form.

Finds sentences that hold both a name from the form's own lists of staff and a word of blame.

Source: Salford's practice review policy (learning, not blame); Devon's guidance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import name_words
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q056"
TITLE = "Blaming words about a named worker"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "agency"

_BLAME = re.compile(
    r"\b(?:failed|neglected|omitted) to\b"
    r"|\b(?:incompeten\w+|negligen\w+|careless\w*|lazy|at fault|to blame|inexcusabl\w+)\b"
    r"|\bshould have known\b|\bcould not be bothered\b",
    re.IGNORECASE,
)
_FIELDS = (
    "background",
    "summary_of_involvement",
    "key_practice_episodes",
    "areas_for_improvement",
    "contextual_factors",
    "single_agency_learning_details",
)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each field that holds such a sentence."""
    reading = Reading.of(checkable)
    staff = [name_words(row.text("name")) for row in reading.rows("professionals")]
    staff = [words for words in staff if words]
    for path in _FIELDS:
        sentences = re.split(r"(?<=[.!?])\s+|\n", reading.text(path))
        if any(_BLAME.search(sentence) and _names(sentence, staff) for sentence in sentences):
            yield Found(
                path,
                f"{field_words(checkable, path)} blames a member of staff by name.",
                "Describe what happened and why, by role and without blame.",
            )


def _names(sentence: str, staff: list[frozenset[str]]) -> bool:
    words = name_words(sentence)
    return any(name <= words for name in staff)


_STAFF = [{"name": "Nora Fictional", "role": "Social Worker"}]
PASS = (
    Example(
        form=SUMMARY,
        record={"professionals": _STAFF, "background": "The service failed to visit. Nora Fictional called back."},
    ),
    Example(form=SUMMARY, record={"professionals": [], "background": "Nora Fictional failed to visit."}),
)
FAIL = (
    Example(form=SUMMARY, record={"professionals": _STAFF, "background": "It rained. Nora Fictional failed to visit."}),
    Example(
        form=SUMMARY,
        record={"professionals": _STAFF, "areas_for_improvement": "FICTIONAL, Nora was careless with notes."},
    ),
)

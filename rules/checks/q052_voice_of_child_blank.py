"""Nothing is said of the child's voice and lived experience.

Source: the purposes of a rapid review as Devon prints them.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q052"
TITLE = "Voice of the child is blank"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for an involved agency."""
    reading = Reading.of(checkable)
    if reading.sure("has_involvement") == "yes" and reading.left_blank("voice_of_child"):
        yield Found(
            "voice_of_child",
            f"{field_words(checkable, 'voice_of_child')} is empty.",
            "Write what the child said, showed or did; for a baby, what was seen. If nothing was recorded, say so.",
        )


PASS = (
    Example(form=SUMMARY, record={"has_involvement": "yes", "voice_of_child": "Seen alone twice."}),
    Example(form=SUMMARY, record={"has_involvement": "no", "voice_of_child": None}),
)
FAIL = (
    Example(form=SUMMARY, record={"has_involvement": "yes", "voice_of_child": None}),
    Example(form=SUMMARY, record={"has_involvement": "yes", "voice_of_child": ""}),
)

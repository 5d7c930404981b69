"""The summary tells what happened but does not analyse key practice episodes.

Source: the purposes of a rapid review in the national panel's guidance of 2025, as Cambridgeshire prints them.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q050"
TITLE = "No analysis of key practice episodes"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for an involved agency."""
    reading = Reading.of(checkable)
    if reading.sure("has_involvement") == "yes" and reading.left_blank("key_practice_episodes"):
        yield Found(
            "key_practice_episodes",
            f"{field_words(checkable, 'key_practice_episodes')} is empty.",
            "Choose the episodes that mattered most, and say what was done well and what was not.",
        )


PASS = (
    Example(
        form=SUMMARY,
        record={"has_involvement": "yes", "key_practice_episodes": None},
        asked=("summary_of_involvement",),
    ),
    Example(form=SUMMARY, record={"has_involvement": "yes", "key_practice_episodes": "Episode 1: the visit in May."}),
    Example(form=SUMMARY, record={"has_involvement": "no", "key_practice_episodes": None}),
    Example(
        form=SUMMARY,
        record={"has_involvement": "yes", "key_practice_episodes": None},
        around={"extra": {"not_asked": {"key_practice_episodes"}}},
    ),
)
FAIL = (
    Example(
        form=SUMMARY, record={"has_involvement": "yes", "key_practice_episodes": None}, asked=("key_practice_episodes",)
    ),
    Example(form=SUMMARY, record={"has_involvement": "yes", "key_practice_episodes": None}),
    Example(form=SUMMARY, record={"has_involvement": "yes", "key_practice_episodes": "  "}),
)

"""An action is said to be complete without a date of completion, or with nothing that shows it.

Source: a multi-agency action plan ("date of completion and outcome").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import PLAN
from rules.wording import field_words

CODE = "Q097"
TITLE = "Completion claimed without date or evidence"
SEVERITY = Severity.ERROR
APPLIES = (PLAN,)
AUDIENCE = "agency"

_DONE = re.compile(r"\s*(?:complete[d]?|achieved|done)\b", re.IGNORECASE)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each such action; evidence is missed only where the form asks for it."""
    for row in Reading.of(checkable).rows("actions"):
        claimed = row.sure("status") == "blue" or bool(_DONE.match(row.text("progress")))
        if claimed and row.blank("completion_date"):
            path = row.path("completion_date")
            yield Found(
                path,
                f"{field_words(checkable, path)} is empty although the action is said to be complete.",
                "Give the date of completion, or correct the status.",
            )
        elif (claimed or row.sure("completion_date")) and row.left_blank("evidence") and not row.text("progress"):
            path = row.path("evidence")
            yield Found(
                path,
                f"{field_words(checkable, path)} is empty although the action is said to be complete.",
                "Say what shows that it was done.",
            )


PASS = (
    Example(form=PLAN, record={"actions": [{"status": "blue", "completion_date": "2024-05-01"}]}),
    Example(
        form=PLAN,
        record={"actions": [{"status": "green", "completion_date": None, "progress": "Two sessions completed."}]},
    ),
)
FAIL = (
    Example(form=PLAN, record={"actions": [{"status": "blue", "completion_date": None}]}),
    Example(form=PLAN, record={"actions": [{"progress": "Complete: sent to all schools.", "completion_date": None}]}),
    Example(form=PLAN, record={"actions": [{"completion_date": "2024-05-01", "evidence": None}]}),
)

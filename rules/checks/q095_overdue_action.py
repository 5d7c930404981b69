"""The target date has passed and the action is not completed.

Worded more sharply where the status is green.

Source: a multi-agency action plan with its progress indicator.
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

CODE = "Q095"
TITLE = "Target date passed, action not completed"
SEVERITY = Severity.WARNING
APPLIES = (PLAN,)
AUDIENCE = "agency"

_DONE = re.compile(r"\s*(?:complete[d]?|achieved|done|closed)\b", re.IGNORECASE)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each such action."""
    for row in Reading.of(checkable).rows("actions"):
        target = row.bounds("target_date")
        if target is None or target[1] >= checkable.received_on:
            continue
        claimed = row.sure("status") == "blue" or _DONE.match(row.text("progress"))
        if claimed or not row.blank("completion_date"):
            continue
        path = row.path("target_date")
        green = " although its status is green" if row.sure("status") == "green" else ""
        yield Found(
            path,
            f"{field_words(checkable, path)} has passed and the action is not completed{green}.",
            "Give the date of completion, or a new target date with the reason, and bring the status up to date.",
        )


PASS = (
    Example(form=PLAN, record={"actions": [{"target_date": "2024-05-01", "completion_date": "2024-05-20"}]}),
    Example(form=PLAN, record={"actions": [{"target_date": "2024-06", "completion_date": None}]}),
    Example(form=PLAN, record={"actions": [{"target_date": "2024-05-01", "completion_date": None, "status": "blue"}]}),
)
FAIL = (
    Example(form=PLAN, record={"actions": [{"target_date": "2024-05-01", "completion_date": None, "status": "green"}]}),
    Example(form=PLAN, record={"actions": [{"target_date": "2024-05", "completion_date": None, "status": "red"}]}),
)

"""An action has no target date, a vague one, or only a month.

Source: a multi-agency action plan and an NHS action plan (a date for each milestone).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.edtf import precision
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading, bounds_of
from rules.scope import PLAN
from rules.wording import field_words

CODE = "Q094"
TITLE = "Target date missing or vague"
SEVERITY = Severity.WARNING
APPLIES = (PLAN,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each action that is not completed yet."""
    for row in Reading.of(checkable).rows("actions"):
        if row.sure("completion_date") or row.is_doubted("target_date") or not row.asked("target_date"):
            continue
        path = row.path("target_date")
        target = row.sure("target_date")
        if bounds_of(target) is None:
            written = row.text("target_date_as_written")
            words = f"{field_words(checkable, path)} is {'no date' if written else 'empty'}."
        elif precision(target) in ("month", "season", "year"):
            words = f"{field_words(checkable, path)} gives the {precision(target)} only."
        else:
            continue
        yield Found(path, words, "Give the day by which the action will be completed.")


PASS = (
    Example(form=PLAN, record={"actions": [{"target_date": "2024-10-31"}]}),
    Example(
        form=PLAN,
        record={
            "actions": [{"target_date": None, "target_date_as_written": "Ongoing", "completion_date": "2024-05-01"}]
        },
    ),
)
FAIL = (
    Example(form=PLAN, record={"actions": [{"target_date": None, "target_date_as_written": "Ongoing"}]}),
    Example(form=PLAN, record={"actions": [{"target_date": None}]}),
    Example(form=PLAN, record={"actions": [{"target_date": "2024-10"}]}),
)

"""A recommendation has no action, or an action has no recommendation.

Source: the checklist for systems analysis reports (the link between analysis, findings and recommendations).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import Reading
from rules.scope import PLAN
from rules.wording import field_words

CODE = "Q098"
TITLE = "Recommendation without action, or action without recommendation"
SEVERITY = Severity.ERROR
APPLIES = (PLAN,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row with one of the two; a recommendation that has an action in another row is let pass."""
    rows = list(Reading.of(checkable).rows("actions"))
    acted = {plain(row.text("number")) or plain(row.text("recommendation")) for row in rows if row.text("action")}
    for row in rows:
        known = plain(row.text("number")) or plain(row.text("recommendation"))
        if row.blank("action") and (row.text("recommendation") or row.text("number")) and known not in acted:
            path = row.path("action")
            yield Found(
                path, f"{field_words(checkable, path)} is empty.", "Say what will be done about the recommendation."
            )
        elif row.text("action") and row.blank("recommendation") and not row.text("number"):
            path = row.path("recommendation")
            yield Found(
                path, f"{field_words(checkable, path)} is empty.", "Say which recommendation the action belongs to."
            )


PASS = (
    Example(
        form=PLAN, record={"actions": [{"number": "1", "recommendation": "Know the protocol.", "action": "Audit."}]}
    ),
    Example(
        form=PLAN,
        record={
            "actions": [
                {"number": "1", "recommendation": "Know the protocol.", "action": None},
                {"number": "1", "recommendation": None, "action": "Audit."},
            ]
        },
    ),
)
FAIL = (
    Example(form=PLAN, record={"actions": [{"number": "1", "recommendation": "Know the protocol.", "action": None}]}),
    Example(form=PLAN, record={"actions": [{"number": None, "recommendation": None, "action": "Audit."}]}),
)

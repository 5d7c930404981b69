"""The recommendation numbers of the plan and of its verification do not match.

A verification for one agency need not cover the whole plan, but may not go beyond it.

Source: Salford's toolkit (all recommendations are addressed).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import PLAN, VERIFICATION
from rules.wording import listed

CODE = "Q100"
TITLE = "Plan and verification number different recommendations"
SEVERITY = Severity.ERROR
APPLIES = (VERIFICATION,)
AUDIENCE = "agency"

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for numbers that the plan lacks, and one for those that the verification lacks."""
    plans = [other for other in checkable.others if other.form == PLAN]
    reading = Reading.of(checkable)
    if not plans or reading.doubted("items"):
        return
    plan = max(plans, key=lambda item: item.version)
    planned = _numbers(entry.get("number") for entry in plan.record.get("actions") or ())
    verified = _numbers(row.text("number") for row in reading.rows("items"))
    if not planned or not verified:
        return
    beyond = [number for number in verified if number not in planned]
    left_out = [number for number in planned if number not in verified]
    if beyond:
        yield Found("items", f"The action plan has no recommendation {listed(beyond)}.", _REMEDY)
    if left_out and reading.sure("basis") != "agency" and not reading.text("agency"):
        yield Found(
            "items", f"The verification leaves out recommendation {listed(left_out)} of the action plan.", _REMEDY
        )


def _numbers(texts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(match[0] for text in texts if (match := _NUMBER.search(text or ""))))


_REMEDY = "Use the numbers of the action plan, and say something of each recommendation."
_PLAN = OtherReturn(PLAN, None, 1, {"actions": [{"number": "1"}, {"number": "1"}, {"number": "Recommendation 2"}]})
PASS = (
    Example(form=VERIFICATION, record={"items": [{"number": "1."}, {"number": "R2"}]}, around={"others": (_PLAN,)}),
    Example(form=VERIFICATION, record={"basis": "agency", "items": [{"number": "2"}]}, around={"others": (_PLAN,)}),
)
FAIL = (
    Example(
        form=VERIFICATION,
        record={"items": [{"number": "1"}, {"number": "2"}, {"number": "3"}]},
        around={"others": (_PLAN,)},
    ),
    Example(form=VERIFICATION, record={"basis": "case", "items": [{"number": "1"}]}, around={"others": (_PLAN,)}),
)

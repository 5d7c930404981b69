"""An action does no more than remind staff or send a policy round again.

Source: guidance on governing safeguarding action plans (tick-box actions are discouraged).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import PLAN, SUMMARY
from rules.wording import field_words

CODE = "Q099"
TITLE = "Action only reminds staff"
SEVERITY = Severity.INFORMATION
APPLIES = (PLAN, SUMMARY)
AUDIENCE = "agency"

_REMINDER = re.compile(
    r"(?:to )?(?:remind|re-?issue|re-?circulate|circulate|e-?mail|re-?send)\b"
    r"|(?:all )?(?:staff|practitioners|gps|teams) (?:to be |are |will be )?reminded",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:audit|test|check|sample|train|review|supervis|measure|monitor|evaluat|survey|and)\w*", re.IGNORECASE
)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each such action that names nothing to test whether it worked."""
    for row in Reading.of(checkable).rows("actions"):
        text = row.text("action")
        if _REMINDER.match(text) and not _MORE.search(text):
            path = row.path("action")
            yield Found(
                path,
                f"{field_words(checkable, path)} only reminds staff.",
                "Add how you will know that practice has changed, such as an audit.",
            )


PASS = (
    Example(form=PLAN, record={"actions": [{"action": "Remind staff of the protocol and audit 30 records."}]}),
    Example(form=PLAN, record={"actions": [{"action": "Deliver a briefing to all practices."}]}),
)
FAIL = (
    Example(form=PLAN, record={"actions": [{"action": "Remind all staff of the bruising protocol."}]}),
    Example(form=SUMMARY, record={"actions": [{"action": "Staff to be reminded of the escalation policy"}]}),
)

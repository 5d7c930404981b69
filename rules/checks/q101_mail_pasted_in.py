"""An e-mail or an e-mail address is pasted into a plan that will be published.

Source: a multi-agency action plan that names people.
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

CODE = "Q101"
TITLE = "E-mail pasted into the plan"
SEVERITY = Severity.WARNING
APPLIES = (PLAN,)
AUDIENCE = "agency"

_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w"
    r"|^\s*(?:from|sent|subject):\s|\be-?mail (?:dated|from)\b",
    re.IGNORECASE | re.MULTILINE,
)
_FIELDS = ("recommendation", "action", "lead", "milestones", "progress", "evidence", "impact")


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each field that holds one."""
    for row in Reading.of(checkable).rows("actions"):
        for field in _FIELDS:
            if _MAIL.search(row.text(field)):
                path = row.path(field)
                yield Found(
                    path,
                    f"{field_words(checkable, path)} holds an e-mail or an e-mail address.",
                    "Say in a sentence what was answered, without names.",
                )


PASS = (
    Example(form=PLAN, record={"actions": [{"progress": "Letter sent; answer expected."}]}),
    Example(form=PLAN, record={"actions": [{"progress": "Guidance sent by e-mail to all schools."}]}),
)
FAIL = (
    Example(form=PLAN, record={"actions": [{"progress": "Email dated 15/11/2016. Response: agreed."}]}),
    Example(form=PLAN, record={"actions": [{"lead": "head@school.example"}]}),
)

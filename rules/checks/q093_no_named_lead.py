"""An action has no lead, or a lead that is nobody in particular.

Source: guidance on governing safeguarding action plans (named leads).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import Reading
from rules.scope import PLAN
from rules.wording import field_words

CODE = "Q093"
TITLE = "Action without a named lead"
SEVERITY = Severity.ERROR
APPLIES = (PLAN,)
AUDIENCE = "agency"

_NOBODY = re.compile(
    r"(?:all|all (?:agencies|partners|staff|services|managers|teams)|everyone|everybody|the |(?:the )?teams?|managers?"
    r"|various|multi-?agency|partners?(?:hip)?|tb[ca]|to be confirmed|n/?a|n/?k|not known|\?+|-)",
    re.IGNORECASE,
)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each action."""
    for row in Reading.of(checkable).rows("actions"):
        path = row.path("lead")
        if row.blank("lead"):
            words = f"{field_words(checkable, path)} is empty."
        elif _NOBODY.fullmatch(plain(row.text("lead")).strip(" .")) and row.text("lead"):
            words = f"{field_words(checkable, path)} names nobody in particular."
        else:
            continue
        yield Found(path, words, "Name the post and the agency that will see the action through.")


PASS = (
    Example(form=PLAN, record={"actions": [{"lead": "Fictional Council – Principal Social Worker"}]}),
    Example(form=PLAN, record={"actions": [{"lead": "Team Manager, MASH"}]}),
)
FAIL = (
    Example(form=PLAN, record={"actions": [{"lead": None}]}),
    Example(form=PLAN, record={"actions": [{"lead": "All agencies"}, {"lead": "Head of Service"}]}),
)

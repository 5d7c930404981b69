"""A row judges instead of telling: "clearly", "failed to", "manipulative".

Opinion belongs in the comment. A sentence that reports what somebody said (in quotation marks) is let pass.

Source: guidance on chronologies of Leeds and Tayside (factual, non-judgemental).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words, listed

CODE = "Q086"
TITLE = "Opinion in the account of an event"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_JUDGING = re.compile(
    r"\b(clearly|obviously|failed to|manipulative|attention[- ]seeking|refused to engage|disguised compliance|"
    r"in denial|hard to reach|promiscuous|incompetent|negligent|lifestyle choice|inappropriate(?:ly)?|typical of)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]{0,400}”|\"[^\"]{0,400}\"|‘[^’]{0,400}’(?!\w)")


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row, with the words."""
    for row in Reading.of(checkable).rows("events"):
        words = dict.fromkeys(word.lower() for word in _JUDGING.findall(_QUOTED.sub(" ", row.text("event"))))
        if words:
            path = row.path("event")
            yield Found(
                path,
                f"{field_words(checkable, path)} judges: {listed(f'“{word}”' for word in words)}.",
                "Say what was seen, said or done; put an opinion into the comment, as an opinion.",
            )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"event": "Mother did not open the door."}]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": "Mother said that the school had “failed to listen”."}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"event": "Mother was clearly drunk and refused to engage."}]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": "School failed to ring."}]}),
)

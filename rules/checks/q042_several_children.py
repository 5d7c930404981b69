"""The referral names more than one child.

One notification serves for an incident, with up to four children.

Source: the government's guidance on reporting a serious child safeguarding incident.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL

CODE = "Q042"
TITLE = "More than one child"
SEVERITY = Severity.INFORMATION
APPLIES = (REFERRAL,)
AUDIENCE = "office"

_MOST = 4


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding with the number of children."""
    reading = Reading.of(checkable)
    number = sum(bool(row.text("name")) for row in reading.rows("children"))
    if number > 1:
        extra = "" if number <= _MOST else " The notification has room for four; the others go into its free text."
        yield Found("children", f"The referral names {number} children.", f"Open one case for the incident.{extra}")


PASS = (
    Example(form=REFERRAL, record={"children": [{"name": "Ada Fictional"}]}),
    Example(form=REFERRAL, record={"children": [{"name": "Ada Fictional"}, {"name": None}]}),
)
FAIL = (
    Example(form=REFERRAL, record={"children": [{"name": "Ada Fictional"}, {"name": "Bea Fictional"}]}),
    Example(form=REFERRAL, record={"children": [{"name": f"Child {letter} Fictional"} for letter in "ABCDE"]}),
)

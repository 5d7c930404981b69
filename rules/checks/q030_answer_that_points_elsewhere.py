"""An answer only points elsewhere: "see attached", "as above", "TBC"; or a needed field says "N/A".

"Not known" is a good answer and is let pass, and so are "as above" in an address and "N/A" in a nil return.

Source: Bradford's agency report form (not known is better than a blank; an attachment must be there).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import Reading
from rules.scope import GOOD_OUTCOME, REFERRAL, SUMMARY
from rules.wording import asks, field_words

CODE = "Q030"
TITLE = "Answer points elsewhere or is still to come"
SEVERITY = Severity.WARNING
APPLIES = (REFERRAL, GOOD_OUTCOME, SUMMARY)
AUDIENCE = "agency"

_ELSEWHERE = re.compile(
    r"(?:please )?(?:see|refer to) (?:the )?(?:attached|attachment|above|below|enclosed|chronology|report)"
    r"(?: [\w ]{0,40})?"
    r"|as (?:attached|enclosed)|tb[cad]|to be (?:confirmed|completed|advised|decided)|to follow|awaited|pending"
)
_AS_ABOVE = {"as above", "same as above", "ditto", "as before", "see above"}
_NOTHING = {"n/a", "na", "not applicable", "none", "nil", "-", "x", "."}
_DETAIL = {
    "address",
    "gp",
    "school",
    "agency",
    "contact",
    "phone",
    "email",
    "ethnicity",
    "relationship",
    "legal_status",
}


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each answer that is none yet."""
    reading = Reading.of(checkable)
    nil = reading.sure("has_involvement") == "no"
    for path, ask in asks(checkable.form).items():
        base, many, field = path.partition("[].")
        places = [row.path(field) for row in reading.rows(base)] if many else [path]
        for place in places:
            if _points_elsewhere(reading.text(place), ask.needed and not nil, path.rpartition(".")[2]):
                yield Found(
                    place,
                    f"{field_words(checkable, place)} does not hold the answer itself.",
                    "Write the answer in the field, or “Not known”; send the attachment if you mean one.",
                )


def _points_elsewhere(text: str, needed: bool, name: str) -> bool:
    answer = plain(text).strip(" .()[]!")
    if _ELSEWHERE.fullmatch(answer):
        return True
    if answer in _AS_ABOVE:
        return name not in _DETAIL
    return needed and plain(text) in _NOTHING


PASS = (
    Example(form=SUMMARY, record={"has_involvement": "no", "summary_of_involvement": "N/A"}),
    Example(form=SUMMARY, record={"background": "Not known", "children": [{"address": "As above"}]}),
    Example(
        form=REFERRAL, record={"incident_summary": "See attached photographs were shown to the parents, who left."}
    ),
    Example(form=REFERRAL, record={"linked_cases": "None", "children": [{"school": "N/A"}]}),
)
FAIL = (
    Example(form=SUMMARY, record={"summary_of_involvement": "Please see attached report"}),
    Example(form=REFERRAL, record={"criteria_rationale": "As above"}),
    Example(form=REFERRAL, record={"referrer": {"role": "TBC"}}),
    Example(form=GOOD_OUTCOME, record={"learning_to_share": "N/A"}),
)

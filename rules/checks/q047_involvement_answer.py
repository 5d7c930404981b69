"""The question whether the agency was involved is unanswered, or the answer and the account contradict each other.

"No" is a complete nil return and needs nothing below it.

Source: Worcestershire adults' scoping form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q047"
TITLE = "Involvement: answer and account do not agree"
SEVERITY = Severity.ERROR
APPLIES = (SUMMARY,)
AUDIENCE = "agency"

_QUESTION = "has_involvement"
_ACCOUNT = ("summary_of_involvement", "key_practice_episodes")
_NIL = re.compile(r"(?:n/?a|none|nil|no|not applicable|nil return|see above|-)?\.?", re.IGNORECASE)
_NO_CONTACT = re.compile(
    r"\bnot (?:been )?(?:known|involved|open)\b"
    r"|\bno (?:\w+ )?(?:contact|involvement|records?|trace|knowledge|dealings)\b"
    r"|\bnil return\b|\bnever (?:been )?(?:known|involved|had)\b"
    r"|\bnothing (?:is )?(?:held|known|recorded)\b|\bunknown to\b",
    re.IGNORECASE,
)
_LONG = 400


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for the contradiction or the missing answer."""
    reading = Reading.of(checkable)
    if reading.doubted(_QUESTION):
        return
    words = field_words(checkable, _QUESTION)
    if reading.blank(_QUESTION):
        yield Found(_QUESTION, f"{words} is not answered.", "Answer yes or no; “No” is a complete return.")
        return
    answer = reading.sure(_QUESTION)
    account = " ".join(reading.text(path) for path in _ACCOUNT).strip()
    if answer == "no" and _tells_of_involvement(account):
        yield Found(
            _QUESTION,
            f"{words} is answered with no, but {field_words(checkable, 'summary_of_involvement')} gives an account.",
            "Confirm whether your agency was involved, and correct one or the other.",
        )
    elif (
        answer == "yes" and all(reading.blank(path) for path in _ACCOUNT if reading.asked(path)) and _any_asked(reading)
    ):
        yield Found(
            _QUESTION,
            f"{words} is answered with yes, but {field_words(checkable, 'summary_of_involvement')} is empty.",
            "Add the account of your involvement, or correct the answer.",
        )


def _any_asked(reading: Reading) -> bool:
    return any(reading.asked(path) for path in _ACCOUNT)


def _tells_of_involvement(account: str) -> bool:
    if _NIL.fullmatch(account):
        return False
    return len(account) > _LONG or not _NO_CONTACT.search(account)


PASS = (
    Example(
        form=SUMMARY, record={"has_involvement": "no", "summary_of_involvement": "The family was not known to us."}
    ),
    Example(form=SUMMARY, record={"has_involvement": "yes", "summary_of_involvement": "Six visits."}),
    Example(form=SUMMARY, record={"has_involvement": None}, review=("has_involvement",)),
)
FAIL = (
    Example(form=SUMMARY, record={"has_involvement": None, "summary_of_involvement": "Six visits."}),
    Example(
        form=SUMMARY, record={"has_involvement": "no", "summary_of_involvement": "Officers attended on six occasions."}
    ),
    Example(form=SUMMARY, record={"has_involvement": "yes", "summary_of_involvement": None}),
)

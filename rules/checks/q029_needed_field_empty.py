"""A field that the form needs is empty.

Silent on questions that the agency's edition of the form does not ask, on answers the reader is not sure of, and on
those that have a rule of their own (sign-off Q031, criteria Q036, involvement Q047, rows of a chronology Q064, Q077 and
Q079, actions Q093, Q094 and Q098). A nil return needs no account of involvement.

Source: Worcestershire adults' scoping form; manual of the specialist chronology tool (mandatory columns).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY, EVERY_FORM, GOOD_OUTCOME, REFERRAL, SUMMARY
from rules.wording import asks, field_words, title_of

CODE = "Q029"
TITLE = "Needed field is empty"
SEVERITY = Severity.ERROR
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_OWN_RULES = ("quality_assurance.", "signature.", "criteria", "has_involvement", "events[]", "actions[]")
_LISTS = {
    "children": "No child is named",
    "events": "No event is listed",
    "actions": "No action is listed",
    "items": "No recommendation is listed",
}
_OPTIONAL = {(GOOD_OUTCOME, "events"), (SUMMARY, "actions")}


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each needed field that was asked and left empty."""
    reading = Reading.of(checkable)
    nil = reading.sure("has_involvement") == "no"
    for name, words in _LISTS.items():
        if (checkable.form, name) not in _OPTIONAL and reading.blank(name):
            yield Found(
                name,
                f"{words} on the form.",
                f"Complete this part of the {title_of(checkable.form)} and send it again.",
            )
    for path, ask in asks(checkable.form).items():
        if not ask.needed or path.startswith(_OWN_RULES) or (nil and path == "summary_of_involvement"):
            continue
        for place in _places(reading, path):
            if reading.blank(place) and not _answered_otherwise(reading, place):
                yield Found(
                    place,
                    f"{field_words(checkable, place)} is empty.",
                    "Complete it and send the form again; write “Not known” if your records do not say.",
                )


def _places(reading: Reading, path: str) -> Iterator[str]:
    base, many, field = path.partition("[].")
    if not many:
        yield path
        return
    for row in reading.rows(base):
        yield row.path(field)


def _answered_otherwise(reading: Reading, place: str) -> bool:
    return place.endswith("].date_of_birth") and bool(reading.text(place.replace(".date_of_birth", ".age")))


PASS = (
    Example(form=SUMMARY, record={"agency": "Fictional Police"}, asked=("agency",)),
    Example(form=SUMMARY, record={"case_reference": "RSCP-CR-0900", "agency": "Fictional Police"}),
    Example(form=SUMMARY, record={"case_reference": None}, around={"extra": {"not_asked": {"case_reference"}}}),
    Example(form=SUMMARY, record={"has_involvement": "no", "summary_of_involvement": None}),
    Example(form=REFERRAL, record={"incident_date": None}, review=("incident_date",)),
    Example(form=REFERRAL, record={"children": [{"date_of_birth": None, "age": "About 4"}]}),
)
FAIL = (
    Example(form=SUMMARY, record={"agency": None}, asked=("case_reference",)),
    Example(form=SUMMARY, record={"author": {"email": None}}),
    Example(form=REFERRAL, record={"children": []}),
    Example(form=REFERRAL, record={"children": [{"date_of_birth": None, "age": None}]}),
    Example(form=CHRONOLOGY, record={"agency": " "}, labels={"agency": "Service / agency:"}),
)

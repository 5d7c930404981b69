"""A fact that we filled in before sending came back changed.

It may be new information (a move, an order) or a slip. The service gives what was sent as `extra["prefilled"]`, a
mapping of record path to value. Name, date of birth and reference are compared by rule Q021.

Source: inferred from the Scottish agency report form, whose first block repeats the notification.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import Reading
from rules.scope import EVERY_FORM, SUMMARY
from rules.wording import field_words

CODE = "Q023"
TITLE = "Pre-filled fact came back changed"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "office"

_ELSEWHERE = ("name", "child_name", "date_of_birth", "case_reference")


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each pre-filled fact that is no longer what was sent."""
    reading = Reading.of(checkable)
    for path, sent in dict(checkable.extra.get("prefilled", {})).items():
        if path.rpartition(".")[2] in _ELSEWHERE or reading.doubted(path):
            continue
        returned = checkable.value(path)
        if plain(str(returned or "")) != plain(str(sent or "")):
            what = "was emptied" if not returned else "was changed"
            yield Found(
                path,
                f"{field_words(checkable, path)} was filled in by us and {what} by the agency.",
                "Ask whether this is new information, and update the case if it is.",
            )


PASS = (
    Example(
        form=SUMMARY, record={"date_due": "2024-06-10"}, around={"extra": {"prefilled": {"date_due": "2024-06-10"}}}
    ),
    Example(
        form=SUMMARY,
        record={"children": [{"address": "1 Fictional  Street"}]},
        around={"extra": {"prefilled": {"children[0].address": "1 FICTIONAL Street"}}},
    ),
)
FAIL = (
    Example(
        form=SUMMARY,
        record={"children": [{"address": "2 Imaginary Road"}]},
        around={"extra": {"prefilled": {"children[0].address": "1 Fictional Street"}}},
    ),
    Example(
        form=SUMMARY,
        record={"children": [{"legal_status": None}]},
        around={"extra": {"prefilled": {"children[0].legal_status": "Section 20"}}},
    ),
)

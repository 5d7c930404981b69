"""The key to people gives one code to two people, or two codes to one.

Source: manual of the specialist chronology tool on anonymising.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import (
    plain,
    same_person,
)
from rules.reading import Reading, Row
from rules.scope import (
    CHRONOLOGY,
)
from rules.wording import field_words

CODE = "Q062"
TITLE = "Key to people is not one to one"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row of the key that contradicts an earlier one."""
    codes: dict[str, Row] = {}
    people: list[Row] = []
    for row in Reading.of(checkable).rows("people_key"):
        code, name = row.text("code"), row.text("name")
        path = row.path("code")
        earlier = codes.get(plain(code))
        if earlier and name and earlier.text("name") and not same_person(name, earlier.text("name")):
            yield Found(
                path,
                f"{field_words(checkable, path)}: {code} already stands for somebody else in "
                f"row {earlier.number} of the key.",
                "Give each person a code of their own, and correct the rows that use it.",
            )
        for other in people:
            if code and same_person(name, other.text("name")) and plain(other.text("code")) != plain(code):
                yield Found(
                    path,
                    f"{field_words(checkable, path)}: {code} is the person whom row {other.number} of the key calls "
                    f"{other.text('code')}.",
                    "Use one code for one person, and correct the rows that use the other.",
                )
                break
        if code:
            codes.setdefault(plain(code), row)
            people.append(row)


def _key(*pairs: tuple[str, str]) -> dict[str, object]:
    return {"people_key": [{"code": code, "name": name} for code, name in pairs]}


PASS = (
    Example(form=CHRONOLOGY, record=_key(("HV1", "Nora Fictional"), ("HV2", "Otto Fictional"))),
    Example(form=CHRONOLOGY, record=_key(("HV1", "Nora Fictional"), ("HV1", "FICTIONAL, Nora"))),
)
FAIL = (
    Example(form=CHRONOLOGY, record=_key(("HV1", "Nora Fictional"), ("HV1", "Otto Fictional"))),
    Example(form=CHRONOLOGY, record=_key(("HV1", "Nora Fictional"), ("SW1", "Nora Fictional"))),
)

"""The key to people gives one code to two people, or two codes to one.

Source: manual of the specialist chronology tool on anonymising.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import name_words, plain, same_person
from rules.reading import Reading, Row
from rules.scope import CHRONOLOGY
from rules.wording import field_words

CODE = "Q062"
TITLE = "Key to people is not one to one"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row of the key that contradicts an earlier one."""
    by_code: dict[str, Row] = {}
    by_name: dict[frozenset[str], Row] = {}
    for row in Reading.of(checkable).rows("people_key"):
        code, name = plain(row.text("code")), row.text("name")
        if not code or not name_words(name):
            continue
        path = row.path("code")
        same_code = by_code.setdefault(code, row)
        if not same_person(name, same_code.text("name")) and name_words(name) != name_words(same_code.text("name")):
            yield Found(
                path,
                f"{field_words(checkable, path)} already stands for somebody in row {same_code.number} of the key.",
                "Give each person a code of their own, and correct the rows that use it.",
            )
        same_name = by_name.setdefault(name_words(name), row)
        if plain(same_name.text("code")) != code:
            yield Found(
                path,
                f"{field_words(checkable, path)} is another code for the person in row {same_name.number} of the key.",
                "Use one code for one person, and correct the rows that use the other.",
            )


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

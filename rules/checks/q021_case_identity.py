"""The child or the case reference on the return is not the one of the case.

A return in the wrong case is the worst mistake in filing, and a child counted twice comes next. Names are compared
without regard to order, titles and capitals; a date that is in doubt or not a full day is not compared.

Source: the National Child Mortality Database's guidance on double notifications.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from records.cases import Case, SubjectChild
from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import same_person
from rules.reading import Reading, day_of
from rules.scope import CHRONOLOGY, EVERY_FORM, REFERRAL, SUMMARY
from rules.wording import field_words

CODE = "Q021"
TITLE = "Child or case reference differs from the case"
SEVERITY = Severity.ERROR
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_NOT_LETTERS = re.compile(r"[\W_]+")
_NO_REFERENCE = {"", "tbc", "na", "notknown", "nk", "unknown", "none", "tobeconfirmed"}


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for the reference, and for each child that is not one of the case or differs from it."""
    case = checkable.case
    if case is None:
        return
    reading = Reading.of(checkable)
    yield from _reference(reading, case)
    for row_path, name, born, number in _children(reading):
        yield from _child(reading, case, (row_path, name, born, number))


def _reference(reading: Reading, case: Case) -> Iterator[Found]:
    given = _bare(reading.text("case_reference"))
    known = {_bare(reference) for reference in (case.reference, *case.other_references)}
    if given not in _NO_REFERENCE and not any(reference in given for reference in known if reference):
        yield Found(
            "case_reference",
            f"{field_words(reading.checkable, 'case_reference')} is not a reference of the case it was filed under.",
            f"Confirm that this return is for {case.reference}, and correct the reference.",
        )


def _children(reading: Reading) -> Iterator[tuple[str, str, date | None, str]]:
    for row in reading.rows("children"):
        yield f"children[{row.index}]", row.text("name"), row.day("date_of_birth"), row.text("nhs_number")
    if reading.checkable.form == CHRONOLOGY:
        yield "", reading.text("child_name"), reading.day("date_of_birth"), ""


def _child(reading: Reading, case: Case, given: tuple[str, str, date | None, str]) -> Iterator[Found]:
    base, name, born, number = given
    path = f"{base}.name" if base else "child_name"
    born_path = f"{base}.date_of_birth" if base else "date_of_birth"
    if not case.children or not name:
        return
    named = [child for child in case.children if same_person(name, child.name)]
    if not named:
        alike = any(born and born == day_of(child.date_of_birth) for child in case.children)
        alike = alike or any(number and number == child.nhs_number for child in case.children)
        how = "is spelt differently from the case" if alike else "is not a child of this case"
        yield Found(path, f"{field_words(reading.checkable, path)} {how}.", _REMEDY)
        return
    known = {day_of(child.date_of_birth) for child in named} - {None}
    if born and known and born not in known:
        yield Found(born_path, f"{field_words(reading.checkable, born_path)} differs from the case.", _REMEDY)
    numbers = {child.nhs_number for child in named if child.nhs_number}
    if number and numbers and number not in numbers:
        path = f"{base}.nhs_number"
        yield Found(path, f"{field_words(reading.checkable, path)} differs from the case.", _REMEDY)


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


_REMEDY = "Check it against your records and confirm which is right, or tell us if this is another child."
_CASE = Case(
    reference="RSCP-CR-0900",
    kind="rapid_review",
    opened_on=date(2024, 5, 1),
    children=(SubjectChild(code="Child 1", name="Ada Fictional", date_of_birth="2015-04-09", nhs_number="9990000018"),),
)
PASS = (
    Example(
        form=SUMMARY,
        record={
            "case_reference": "rscp/cr/0900",
            "children": [{"name": "FICTIONAL, Ada", "date_of_birth": "2015-04-09", "nhs_number": "9990000018"}],
        },
        around={"case": _CASE},
    ),
    Example(
        form=CHRONOLOGY,
        record={"case_reference": "TBC", "child_name": "Ada Fictional", "date_of_birth": "2015-04-19"},
        review=("date_of_birth",),
        around={"case": _CASE},
    ),
    Example(
        form=CHRONOLOGY, record={"child_name": "Ada Fictional", "date_of_birth": "2015-04"}, around={"case": _CASE}
    ),
)
FAIL = (
    Example(form=SUMMARY, record={"case_reference": "RSCP-CR-0901"}, around={"case": _CASE}),
    Example(
        form=SUMMARY,
        record={"children": [{"name": "Bert Imaginary", "date_of_birth": "2012-01-01"}]},
        around={"case": _CASE},
    ),
    Example(
        form=CHRONOLOGY, record={"child_name": "Ada Fictional", "date_of_birth": "2015-09-04"}, around={"case": _CASE}
    ),
    Example(
        form=REFERRAL,
        record={"children": [{"name": "Ada Fictional", "nhs_number": "9990000026"}]},
        around={"case": _CASE},
    ),
)

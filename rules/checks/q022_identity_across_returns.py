"""The same child has another date of birth or NHS number in another return of the case.

Source: the National Child Mortality Database's guidance on double notifications.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.naming import same_person
from rules.reading import Reading, day_of
from rules.scope import CHRONOLOGY, GOOD_OUTCOME, REFERRAL, SUMMARY
from rules.wording import field_words

CODE = "Q022"
TITLE = "Child's details differ between agencies"
SEVERITY = Severity.ERROR
APPLIES = (REFERRAL, GOOD_OUTCOME, SUMMARY, CHRONOLOGY)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each detail that another return gives differently."""
    reading = Reading.of(checkable)
    others = [child for other in checkable.others if not other.same_agency for child in _children(other.record)]
    for base, mine in _own(reading):
        for field in ("date_of_birth", "nhs_number"):
            value = mine.get(field)
            if field == "date_of_birth" and day_of(value) is None:
                continue
            path = f"{base}.{field}" if base else field
            if value and any(_differs(mine, other, field) for other in others):
                yield Found(
                    path,
                    f"{field_words(checkable, path)} is not what another return of this case gives for the child.",
                    "Ask both agencies to check their records, and correct the case when it is settled.",
                )


def _own(reading: Reading) -> Iterator[tuple[str, dict[str, str]]]:
    fields = ("name", "date_of_birth", "nhs_number")
    for row in reading.rows("children"):
        yield f"children[{row.index}]", {field: row.text(field) for field in fields}
    if reading.text("child_name"):
        yield "", {"name": reading.text("child_name"), "date_of_birth": reading.text("date_of_birth")}


def _children(record: dict[str, object]) -> Iterator[dict[str, str]]:
    children = record.get("children") or ()
    if isinstance(children, (list, tuple)):
        yield from children
    if record.get("child_name"):
        yield {"name": str(record["child_name"]), "date_of_birth": str(record.get("date_of_birth") or "")}


def _differs(mine: dict[str, str], other: dict[str, str], field: str) -> bool:
    theirs = other.get(field)
    if not theirs or not same_person(mine.get("name") or "", other.get("name") or ""):
        return False
    if field == "date_of_birth":
        return day_of(theirs) is not None and day_of(theirs) != day_of(mine[field])
    return theirs != mine[field]


_OTHER = OtherReturn(CHRONOLOGY, "police", 1, {"child_name": "FICTIONAL, Ada", "date_of_birth": "2015-04-09"})
PASS = (
    Example(
        form=SUMMARY,
        record={"children": [{"name": "Ada Fictional", "date_of_birth": "2015-04-09"}]},
        around={"others": (_OTHER,)},
    ),
    Example(
        form=SUMMARY,
        record={"children": [{"name": "Bert Fictional", "date_of_birth": "2012-04-09"}]},
        around={"others": (_OTHER,)},
    ),
    Example(
        form=SUMMARY,
        record={"children": [{"name": "Ada Fictional", "date_of_birth": "2015"}]},
        around={"others": (_OTHER,)},
    ),
)
FAIL = (
    Example(
        form=SUMMARY,
        record={"children": [{"name": "Ada Fictional", "date_of_birth": "2015-09-04"}]},
        around={"others": (_OTHER,)},
    ),
    Example(
        form=CHRONOLOGY,
        record={"child_name": "Ada Fictional", "date_of_birth": "2014-04-09"},
        around={"others": (_OTHER,)},
    ),
)

"""A death is ticked and no date of death given, or a date of death given and no death ticked.

Source: Solihull's form; the criteria of Cambridgeshire and Peterborough.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL
from rules.wording import field_words

CODE = "Q037"
TITLE = "Criteria and date of death do not agree"
SEVERITY = Severity.ERROR
APPLIES = (REFERRAL,)
AUDIENCE = "agency"

_DEATH = {"child_died", "looked_after_child_died", "regulated_setting_death", "died_in_custody"}
_MAY_BE_DEATH = {*_DEATH, "detained_mental_health", "deprivation_of_liberty"}


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for either contradiction; silent where the form has no place for a date of death."""
    reading = Reading.of(checkable)
    ticked = set(reading.sure("criteria") or ())
    rows = [row for row in reading.rows("children") if row.posed("date_of_death")]
    if not ticked or not rows or any(row.is_doubted("date_of_death") for row in rows):
        return
    dead = [row for row in rows if not row.blank("date_of_death")]
    if ticked & _DEATH and not dead:
        path = rows[0].path("date_of_death")
        yield Found(
            path,
            f"A child's death is ticked under {field_words(checkable, 'criteria')}, but "
            f"{field_words(checkable, path)} is empty.",
            "Add the date of death, or correct the criteria.",
        )
    elif dead and not ticked & _MAY_BE_DEATH:
        yield Found(
            "criteria",
            f"{field_words(checkable, dead[0].path('date_of_death'))} is filled in, but no death is ticked under "
            f"{field_words(checkable, 'criteria')}.",
            "Tick that the child has died, or correct the date.",
        )


PASS = (
    Example(
        form=REFERRAL,
        record={"criteria": ["child_died"], "children": [{"date_of_death": "2024-05-20"}, {"date_of_death": None}]},
    ),
    Example(
        form=REFERRAL,
        record={"criteria": ["child_died"], "children": [{"date_of_death": None}]},
        review=("children[0].date_of_death",),
    ),
    Example(form=REFERRAL, record={"criteria": ["child_seriously_harmed"], "children": [{"date_of_death": None}]}),
)
FAIL = (
    Example(
        form=REFERRAL, record={"criteria": ["abuse_or_neglect", "child_died"], "children": [{"date_of_death": None}]}
    ),
    Example(
        form=REFERRAL, record={"criteria": ["child_seriously_harmed"], "children": [{"date_of_death": "2024-05-20"}]}
    ),
)

"""Only one half of the statutory criterion is ticked: harm or death without abuse or neglect, or the reverse.

Silent where another route stands by itself: a death in care, in custody, in a regulated setting or under detention, a
referral for lessons below the threshold, a positive outcome.

Source: the criteria as Devon and Kent print them.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL
from rules.wording import field_words

CODE = "Q038"
TITLE = "Only one half of the criterion is ticked"
SEVERITY = Severity.WARNING
APPLIES = (REFERRAL,)
AUDIENCE = "agency"

_HARM = {
    "child_died",
    "child_seriously_harmed",
    "life_threatening_injury",
    "permanent_impairment",
    "serious_sexual_abuse",
}
_ABUSE = {"abuse_or_neglect", "serious_sexual_abuse", "parent_homicide"}
_STANDS_ALONE = {
    "looked_after_child_died",
    "regulated_setting_death",
    "died_in_custody",
    "detained_mental_health",
    "deprivation_of_liberty",
    "lessons_non_statutory",
    "positive_outcome",
}


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when exactly one half is there and no other route."""
    ticked = set(Reading.of(checkable).sure("criteria") or ())
    if not ticked or ticked & _STANDS_ALONE:
        return
    harm, abuse = bool(ticked & _HARM), bool(ticked & _ABUSE)
    if harm != abuse:
        missing = "abuse or neglect, known or suspected" if harm else "death or serious harm"
        yield Found(
            "criteria",
            f"{field_words(checkable, 'criteria')} leaves out {missing}; a serious incident needs both.",
            "Tick the other half if it applies, or explain in the rationale why the case should be considered.",
        )


PASS = (
    Example(form=REFERRAL, record={"criteria": ["abuse_or_neglect", "child_seriously_harmed"]}),
    Example(form=REFERRAL, record={"criteria": ["child_seriously_harmed", "detained_mental_health"]}),
    Example(form=REFERRAL, record={"criteria": []}),
)
FAIL = (
    Example(form=REFERRAL, record={"criteria": ["child_seriously_harmed"]}),
    Example(form=REFERRAL, record={"criteria": ["abuse_or_neglect", "interagency_working"]}),
)

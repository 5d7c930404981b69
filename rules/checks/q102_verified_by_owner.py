"""The verification was done by the agency that owns the actions.

Source: Salford's toolkit (the sub group verifies).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import same_agency, same_person
from rules.reading import Reading
from rules.scope import VERIFICATION
from rules.wording import field_words

CODE = "Q102"
TITLE = "Verified by the agency that owns the actions"
SEVERITY = Severity.WARNING
APPLIES = (VERIFICATION,)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the verifier's agency is the agency of the form, or the verifier completed it."""
    reading = Reading.of(checkable)
    own_agency = same_agency(reading.text("agency"), reading.text("verified_by.agency"))
    if own_agency or same_person(reading.text("completed_by.name"), reading.text("verified_by.name")):
        path = "verified_by.agency" if own_agency else "verified_by.name"
        what = "is the agency whose actions are verified" if own_agency else "is the person who completed the form"
        yield Found(
            path,
            f"{field_words(checkable, path)} {what}.",
            "Ask a member of the sub group from another agency to verify it.",
        )


PASS = (
    Example(
        form=VERIFICATION,
        record={"agency": "Fictional Homes", "verified_by": {"name": "Vera Fictional", "agency": "Fictional Police"}},
    ),
    Example(form=VERIFICATION, record={"agency": None, "verified_by": {"name": None, "agency": "Fictional Police"}}),
)
FAIL = (
    Example(form=VERIFICATION, record={"agency": "Fictional Homes", "verified_by": {"agency": "The Fictional Homes"}}),
    Example(
        form=VERIFICATION,
        record={"completed_by": {"name": "Vera Fictional"}, "verified_by": {"name": "FICTIONAL, Vera"}},
    ),
)

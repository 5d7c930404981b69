"""The incident happened in the area of another partnership.

The area of the incident leads the review. Known by the postcodes of the partnership's own area, which the service gives
as `extra["own_postcodes"]` (the beginnings, such as "M5"); silent where it gives none or the place has no postcode.

Source: the national panel's answers to frequent questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL
from rules.wording import field_words

CODE = "Q040"
TITLE = "Incident in another area"
SEVERITY = Severity.WARNING
APPLIES = (REFERRAL,)
AUDIENCE = "office"

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}\b")


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when every postcode of the place lies outside."""
    own = tuple(str(start).upper().replace(" ", "") for start in checkable.extra.get("own_postcodes", ()))
    districts = _POSTCODE.findall(Reading.of(checkable).text("incident_location").upper())
    if own and districts and not any(district in own for district in districts):
        path = "incident_location"
        yield Found(
            path,
            f"{field_words(checkable, path)} gives a postcode outside the partnership's area.",
            "Ask the partnership of that area whether it leads.",
        )


_OWN = {"extra": {"own_postcodes": ("CK1", "CK2")}}
PASS = (
    Example(form=REFERRAL, record={"incident_location": "Fictional Park, CK2 9ZZ"}, around=_OWN),
    Example(form=REFERRAL, record={"incident_location": "Family home"}, around=_OWN),
    Example(form=REFERRAL, record={"incident_location": "Fictional Park, ZX1 9ZZ"}),
)
FAIL = (
    Example(form=REFERRAL, record={"incident_location": "Fictional Park, ZX1 9ZZ"}, around=_OWN),
    Example(form=REFERRAL, record={"incident_location": "fictional pool, ck20 1aa"}, around=_OWN),
)

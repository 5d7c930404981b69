"""The referral does not say with which safeguarding lead it was discussed.

Silent where the referrer's own post is that of a safeguarding lead.

Source: the referral forms of Milton Keynes and Surrey; Plymouth's rapid review process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL

CODE = "Q035"
TITLE = "Not discussed with a safeguarding lead"
SEVERITY = Severity.ERROR
APPLIES = (REFERRAL,)
AUDIENCE = "agency"

_LEAD = re.compile(
    r"safeguarding (?:lead|manager|partner)|designated|named (?:nurse|doctor|midwife|gp|professional)|\bdsl\b",
    re.IGNORECASE,
)


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the block is empty and the referrer is no lead."""
    reading = Reading.of(checkable)
    if reading.doubted("safeguarding_lead") or not reading.blank("safeguarding_lead.name"):
        return
    if reading.text("safeguarding_lead.role") or _LEAD.search(reading.text("referrer.role")):
        return
    yield Found(
        "safeguarding_lead.name",
        "The form does not say with which safeguarding lead the referral was discussed.",
        "Discuss the referral with your agency's safeguarding lead, add their details, and send it again.",
    )


PASS = (
    Example(form=REFERRAL, record={"safeguarding_lead": {"name": "Lee Fictional"}}),
    Example(
        form=REFERRAL,
        record={"safeguarding_lead": {"name": None}, "referrer": {"role": "Named Nurse for Safeguarding Children"}},
    ),
    Example(form=REFERRAL, record={"safeguarding_lead": {"name": None, "role": "Designated Safeguarding Lead"}}),
)
FAIL = (
    Example(form=REFERRAL, record={"safeguarding_lead": {"name": None, "role": None}}),
    Example(form=REFERRAL, record={"safeguarding_lead": {"name": ""}, "referrer": {"role": "Social Worker"}}),
)

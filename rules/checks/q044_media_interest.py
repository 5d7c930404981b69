"""There is or may be interest by the media.

Source: Kent's process (telephone first); Ofsted's notification form.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import REFERRAL
from rules.wording import field_words

CODE = "Q044"
TITLE = "Media interest"
SEVERITY = Severity.INFORMATION
APPLIES = (REFERRAL,)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for a yes."""
    if Reading.of(checkable).sure("media_interest") == "yes":
        yield Found(
            "media_interest",
            f"{field_words(checkable, 'media_interest')} is answered with yes.",
            "Telephone the communications leads of the safeguarding partners.",
        )


PASS = (
    Example(form=REFERRAL, record={"media_interest": "no"}),
    Example(form=REFERRAL, record={"media_interest": None}),
)
FAIL = (
    Example(form=REFERRAL, record={"media_interest": "yes"}),
    Example(form=REFERRAL, record={"media_interest": "yes"}, labels={"media_interest": "Is there any media interest?"}),
)

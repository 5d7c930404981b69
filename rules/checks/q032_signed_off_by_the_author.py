"""The form was signed off by the person who wrote it.

Source: Worcestershire's form (signed by the designated lead); Croydon's process.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import same_person
from rules.reading import Reading
from rules.scope import CHRONOLOGY, REFERRAL, SIGNED_FORMS, SUMMARY
from rules.wording import field_words

CODE = "Q032"
TITLE = "Author and sign-off are the same person"
SEVERITY = Severity.WARNING
APPLIES = (*SIGNED_FORMS, CHRONOLOGY)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when both names are the same."""
    reading = Reading.of(checkable)
    writer = "referrer.name" if "referrer" in checkable.record else "author.name"
    if same_person(reading.text(writer), reading.text("quality_assurance.name")):
        yield Found(
            "quality_assurance.name",
            f"{field_words(checkable, 'quality_assurance.name')} is the person who wrote the form.",
            "Ask your representative on the practice review sub group, or their deputy, to check and sign it.",
        )


PASS = (
    Example(form=SUMMARY, record={"author": {"name": "Ann Fictional"}, "quality_assurance": {"name": "Ben Fictional"}}),
    Example(form=SUMMARY, record={"author": {"name": None}, "quality_assurance": {"name": None}}),
)
FAIL = (
    Example(
        form=SUMMARY, record={"author": {"name": "FICTIONAL, Ann"}, "quality_assurance": {"name": "Dr Ann Fictional"}}
    ),
    Example(
        form=REFERRAL, record={"referrer": {"name": "Ann Fictional"}, "quality_assurance": {"name": "A. Fictional"}}
    ),
)

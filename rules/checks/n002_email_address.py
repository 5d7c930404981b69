"""An e-mail address cannot be one, so that an answer would not arrive.

Source: this program's own need: queries are answered by e-mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.fields import Kind
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import Reading
from rules.scope import EVERY_FORM, REFERRAL, SUMMARY
from rules.wording import asks, field_words

CODE = "N002"
TITLE = "E-mail address cannot be right"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_ADDRESS = re.compile(r"[^\s@,;<>()\[\]]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_NO_ANSWER = {"n/a", "na", "n/k", "none", "not known", "tbc", "-"}


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each address that is none."""
    reading = Reading.of(checkable)
    for path, ask in asks(checkable.form).items():
        text = reading.text(path) if ask.kind is Kind.EMAIL else ""
        parts = re.split(r"\s*(?:[,;/]|\bor\b|\n)\s*|\s+", text.strip(" <>.")) if text else []
        if (
            text
            and plain(text) not in _NO_ANSWER
            and not all(_ADDRESS.fullmatch(part.strip("<>()")) for part in parts if part)
        ):
            yield Found(path, f"{field_words(checkable, path)} cannot be an e-mail address.", "Write the full address.")


PASS = (
    Example(form=SUMMARY, record={"author": {"email": "ann.o'fictional@nhs-trust.example"}}),
    Example(form=SUMMARY, record={"author": {"email": "ann@trust.example; team@trust.example"}}),
)
FAIL = (
    Example(form=SUMMARY, record={"author": {"email": "ann.fictional.trust.example"}}),
    Example(form=REFERRAL, record={"referrer": {"email": "ann@trust"}}),
)

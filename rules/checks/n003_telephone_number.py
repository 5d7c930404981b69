"""A telephone number has too few or too many digits.

Source: this program's own need: urgent queries are made by telephone. UK numbers have 10 or 11 digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.fields import Kind
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import EVERY_FORM, REFERRAL, SUMMARY
from rules.wording import asks, field_words

CODE = "N003"
TITLE = "Telephone number cannot be right"
SEVERITY = Severity.INFORMATION
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_EXTENSION = re.compile(r"\b(?:ext(?:ension|n)?|x)\.?\s*:?\s*\d+", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;/\n]|\bor\b|\band\b", re.IGNORECASE)
_LENGTHS = {10, 11}
_SHORT = re.compile(r"\s*(?:101|111|999|119|18001)")


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each number of a wrong length; words without digits are let pass."""
    reading = Reading.of(checkable)
    for path, ask in asks(checkable.form).items():
        text = _EXTENSION.sub(" ", reading.text(path)) if ask.kind is Kind.PHONE else ""
        numbers = [_digits(part) for part in _BETWEEN.split(text) if not _SHORT.match(part)]
        if any(digits and len(digits) not in _LENGTHS for digits in numbers):
            yield Found(
                path,
                f"{field_words(checkable, path)} has too few or too many digits.",
                "Check the number, and give it with its area code.",
            )


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    for prefix in ("0044", "44"):
        if digits.startswith(prefix) and len(digits) > len("01614960000"):
            return "0" + digits.removeprefix(prefix)
    return digits


PASS = (
    Example(form=SUMMARY, record={"author": {"phone": "0161 496 0100 ext. 22 / 07700 900123"}}),
    Example(form=SUMMARY, record={"author": {"phone": "+44 (0)161 496 0100"}}),
    Example(form=SUMMARY, record={"author": {"phone": "via the duty desk"}}),
)
FAIL = (
    Example(form=SUMMARY, record={"author": {"phone": "496 0100"}}),
    Example(form=REFERRAL, record={"referrer": {"phone": "0161 496 010012"}}),
)

"""A prompt or placeholder of the blank form stands where an answer should be.

The reader already drops the prompts of the blanks it knows; this finds what looks like one all the same.

Source: single-agency management review format of the Isle of Man ("please do not reproduce the guidance notes").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.scope import CHRONOLOGY, EVERY_FORM, REFERRAL, SUMMARY
from rules.wording import field_words

CODE = "Q018"
TITLE = "Prompt or placeholder left as an answer"
SEVERITY = Severity.INFORMATION
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_PROMPT = re.compile(
    r"(?:click|tap) (?:or (?:click|tap) )?here|choose an item|delete as (?:appropriate|applicable|necessary)"
    r"|\[(?:insert|enter|add|type|name|date|details?)\b[^\]]{0,80}\]|^d{1,2}\s*[/.-]\s*m{1,2}\s*[/.-]\s*y{2,4}$"
    r"|^(?:please )?(?:insert|enter|type) (?:text|name|date|details)(?: here)?\.?$|^yes\s*/\s*no(?:\s*/\s*not known)?$",
    re.IGNORECASE,
)


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for each answer that reads as a prompt."""
    for path, text in _texts(checkable.record):
        if _PROMPT.search(text.strip()):
            yield Found(
                path,
                f"{field_words(checkable, path)} still holds the form's own prompt.",
                "Replace the prompt with your answer, or write “Not known” or “Not applicable”.",
            )


def _texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{index}]")
    elif isinstance(value, str) and value:
        yield path, value


PASS = (
    Example(form=SUMMARY, record={"background": "He was asked to tap on the door and enter."}),
    Example(
        form=CHRONOLOGY,
        record={"events": [{"event": "Yes or no questions were put to the child [interpreter present]."}]},
    ),
)
FAIL = (
    Example(form=SUMMARY, record={"background": "Click or tap here to enter text."}),
    Example(form=CHRONOLOGY, record={"events": [{"date_as_written": "dd/mm/yyyy"}]}),
    Example(form=REFERRAL, record={"referrer": {"agency": "[insert agency]"}}),
)

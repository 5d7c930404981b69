"""Codes for people are used, and the form has no key to people.

Source: the checklist for systems analysis reports (a key, returned apart from the report).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import field_words, listed

CODE = "Q063"
TITLE = "Key to people is missing"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_CODE = re.compile(r"(?<![\w/-])(?:HV|SW|GP|PC|DS|DC|MW|SN|TM|CC|DR|RN|T|TA|SSW|FSW|YJ|PO|PP|CP)\d{1,2}(?![\w/-])")
_FEWEST = 2


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when at least two codes are used."""
    reading = Reading.of(checkable)
    if not reading.left_blank("people_key"):
        return
    used = Counter(
        code
        for row in reading.rows("events")
        for field in ("event", "people")
        for code in _CODE.findall(row.text(field))
    )
    if len(used) >= _FEWEST:
        yield Found(
            "people_key",
            f"The rows use codes such as {listed(sorted(used)[:3])}, but "
            f"{field_words(checkable, 'people_key')} is empty.",
            "Send the key (code, name, role) as a separate document.",
        )


PASS = (
    Example(
        form=CHRONOLOGY,
        record={"people_key": [{"code": "HV1", "name": "Nora Fictional"}], "events": [{"event": "HV1 and SW1 met."}]},
    ),
    Example(
        form=CHRONOLOGY,
        record={"people_key": [], "events": [{"event": "The health visitor and the social worker met."}]},
    ),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"people_key": [], "events": [{"event": "HV1 and SW1 met."}]}),
    Example(form=CHRONOLOGY, record={"people_key": [], "events": [{"event": "Seen."}, {"people": "GP1, PC2"}]}),
)

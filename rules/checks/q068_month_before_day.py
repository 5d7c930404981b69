"""Some dates look as if the month came first, so that others may have been read the wrong way round.

Dates are read with the day first. A column in which some date can only be month first (03/25/2024) comes from an
American export, and then every date that could be read either way is in doubt.

Source: inferred from exports of case systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import rows_words

CODE = "Q068"
TITLE = "Month may stand before the day"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_NUMERIC = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d{2})\b")


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding that names the rows in doubt."""
    swapped: list[int] = []
    either: list[int] = []
    for row in Reading.of(checkable).rows("events"):
        if match := _NUMERIC.match(str(row.values.get("date_as_written") or "")):
            first, second = int(match[1]), int(match[2])
            if first <= 12 < second <= 31:
                swapped.append(row.number)
            elif first <= 12 and second <= 12 and first != second:
                either.append(row.number)
    if swapped and either:
        yield Found(
            "events",
            f"The date in {rows_words(swapped)} has the month first, so the day and the month may be "
            f"the wrong way round in {rows_words(either)}.",
            "Tell us whether the dates are day/month/year or month/day/year.",
        )


def _dates(*written: str) -> dict[str, object]:
    return {"events": [{"date": None, "date_as_written": words} for words in written]}


PASS = (
    Example(form=CHRONOLOGY, record=_dates("03/04/2024", "25/04/2024")),
    Example(form=CHRONOLOGY, record=_dates("13/14/2024", "05/05/2024")),
)
FAIL = (
    Example(form=CHRONOLOGY, record=_dates("03/04/2024", "03/25/2024")),
    Example(form=CHRONOLOGY, record=_dates("12-31-23", "01-02-24", "01-01-24")),
)

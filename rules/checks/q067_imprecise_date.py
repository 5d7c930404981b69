"""A date is in doubt, approximate, or not a full day; or the row says that it has none ("Undated").

It stays as written; what it might be is never shown as if it were known.

Source: manual of the specialist chronology tool on imprecise dates.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.edtf import precision, qualifier
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import NO_DATE, Reading, bounds_of
from rules.scope import CHRONOLOGY
from rules.wording import field_words

CODE = "Q067"
TITLE = "Uncertain or imprecise date"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "office"

_MARKS = {"?": "is in doubt", "~": "is approximate", "%": "is approximate and in doubt"}


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each such row."""
    for row in Reading.of(checkable).rows("events"):
        written = row.sure("date")
        path = row.path("date")
        if written is None and plain(row.text("date_as_written")).strip("?. ") in NO_DATE:
            message = f"{field_words(checkable, path)} is given as not known."
            yield Found(path, message, "Decide with the agency where the row belongs; it is shown among the undated.")
        if bounds_of(written) is None:
            continue
        exact = precision(written)
        words = [_MARKS[qualifier(written)]] if qualifier(written) else []
        if exact in ("month", "season", "year"):
            words.append(f"gives the {exact} only")
        if words:
            yield Found(
                path,
                f"{field_words(checkable, path)} {' and '.join(words)}.",
                "Nothing needs to be done; it stays as written and is placed by its earliest day.",
            )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03-12"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03-11/2024-03-17"}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"date": None, "date_as_written": "Undated"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03-12?"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2015~"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-21"}]}),
)

"""A row is very long: more than 200 words, or a pasted case note.

Source: guidance on chronologies of Wirral and Darlington (brief headlines; "if everything is recorded it loses value").
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import count_words, field_words

CODE = "Q084"
TITLE = "Row is very long"
SEVERITY = Severity.INFORMATION
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_MOST = 200


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each such row with its number of words."""
    for row in Reading.of(checkable).rows("events"):
        number = len(row.text("event").split())
        if number > _MOST:
            path = row.path("event")
            yield Found(
                path,
                f"{field_words(checkable, path)} has {count_words(number, 'word')}.",
                "Keep what is significant; a sentence or two is enough.",
            )


PASS = (
    Example(form=CHRONOLOGY, record={"events": [{"event": "Home visit. Child seen."}]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": "word " * 200}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"events": [{"event": "word " * 201}]}),
    Example(form=CHRONOLOGY, record={"events": [{"event": "Visit."}, {"event": "note\n" * 600}]}),
)

"""The words in a date field are no day of the calendar, or cannot be read as a date.

The reader leaves such a date empty and keeps the words; nothing is guessed.

Source: manual of the specialist chronology tool (valid dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.fields import Kind
from records.results import Severity
from rules.examples import Example
from rules.naming import plain
from rules.reading import NO_DATE, Reading, generic
from rules.scope import CHRONOLOGY, EVERY_FORM, SUMMARY
from rules.wording import asks, field_words

CODE = "Q065"
TITLE = "Date that cannot be read"
SEVERITY = Severity.ERROR
APPLIES = EVERY_FORM
AUDIENCE = "agency"

_DIGITS = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[A-Za-z]{3,9})[\s./-]+(?:\d{4}|\d{2})(?:\s+\d{1,2}[:.]\d\d)?"
)


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row with words for a date and no date, and for each other date whose words are in digits."""
    yield from _events(checkable)
    dates = {path for path, ask in asks(checkable.form).items() if ask.kind is Kind.DATE}
    for item in checkable.returned.review:
        words = item.text.strip()
        if item.field.startswith("events[") or generic(item.field) not in dates or not _DIGITS.fullmatch(words):
            continue
        if checkable.value(item.field) is None:
            shown = "" if item.field.endswith("date_of_birth") else f": “{words}”"  # a letter never tells a birthday
            yield _unreadable(checkable, item.field, shown)


def _events(checkable: Checkable) -> Iterator[Found]:
    for row in Reading.of(checkable).rows("events"):
        words = str(row.values.get("date_as_written") or "").strip()
        if row.values.get("date") or not words or plain(words).strip("?. ") in NO_DATE:
            continue
        path = row.path("date")
        shown = f": “{words}”" if _DIGITS.fullmatch(words) else ""
        yield _unreadable(checkable, path, shown)


def _unreadable(checkable: Checkable, path: str, shown: str) -> Found:
    return Found(
        path,
        f"{field_words(checkable, path)} cannot be read as a day, month or year{shown}.",
        "Write the date as day/month/year, or as month and year if that is all you know.",
    )


PASS = (
    Example(
        form=SUMMARY,
        record={"date_completed": "2024-06-04", "records_secured_date": None},
        review=("date_completed", "records_secured_date"),
        texts={"date_completed": "4/6/24", "records_secured_date": "when we were told"},
    ),
    Example(form=CHRONOLOGY, record={"events": [{"date": "2024-03-12?", "date_as_written": "?12/3/24"}]}),
    Example(form=CHRONOLOGY, record={"events": [{"date": None, "date_as_written": "Undated"}]}),
)
FAIL = (
    Example(
        form=SUMMARY,
        record={"records_secured_date": None},
        review=("records_secured_date",),
        texts={"records_secured_date": "31/06/2025"},
    ),
    Example(
        form=SUMMARY,
        record={"children": [{"date_of_birth": None}]},
        review=("children[0].date_of_birth",),
        texts={"children[0].date_of_birth": "30.02.2019"},
    ),
    Example(
        form=CHRONOLOGY,
        record={"events": [{"date": None, "date_as_written": "31/04/2024"}]},
        review=("events[0].date",),
    ),
    Example(form=CHRONOLOGY, record={"events": [{"date": None, "date_as_written": "the day after"}]}),
)

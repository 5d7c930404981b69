"""The summary names an agency that has not been asked for a return.

Compares “Other agencies involved” with the directory (names, aliases, former names) and with the agencies asked so
far, which the service gives as `extra["asked_agencies"]` (ids). Silent where that is not known.

Source: Worcestershire adults' scoping form ("aware of involvement by any agency not listed above").
"""

from __future__ import annotations

from collections.abc import Iterator

from records.cases import Agency
from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import mentions
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import field_words

CODE = "Q027"
TITLE = "Agency named that has not been asked"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY,)
AUDIENCE = "office"

_SHORTEST = 4


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each agency of the directory that is named and was not asked."""
    asked = checkable.extra.get("asked_agencies")
    reading = Reading.of(checkable)
    text = reading.text("other_agencies")
    if asked is None or not text:
        return
    for agency in checkable.directory:
        own = checkable.agency is not None and agency.id == checkable.agency.id
        if own or agency.id in asked:
            continue
        names = [name for name in (agency.name, *agency.aliases, *agency.former_names) if len(name) >= _SHORTEST]
        if any(mentions(text, name) for name in names):
            yield Found(
                "other_agencies",
                f"{field_words(checkable, 'other_agencies')} names {agency.name}, which has not been asked.",
                f"Decide whether to send {agency.name} a request.",
            )


_DIRECTORY = (
    Agency(id="fire", name="Fictional Fire and Rescue", aliases=("fire and rescue service",)),
    Agency(id="police", name="Fictional Police"),
)
PASS = (
    Example(
        form=SUMMARY,
        record={"other_agencies": "Fictional Police"},
        around={"directory": _DIRECTORY, "extra": {"asked_agencies": ("police",)}},
    ),
    Example(
        form=SUMMARY,
        record={"other_agencies": "None known"},
        around={"directory": _DIRECTORY, "extra": {"asked_agencies": ()}},
    ),
)
FAIL = (
    Example(
        form=SUMMARY,
        record={"other_agencies": "Fire and Rescue Service (safe and well visit)"},
        around={"directory": _DIRECTORY, "extra": {"asked_agencies": ("police",)}},
    ),
    Example(
        form=SUMMARY,
        record={"other_agencies": "Fictional Police; school"},
        around={"directory": _DIRECTORY, "extra": {"asked_agencies": ()}},
    ),
)

"""A row names a professional for whom the key to people gives a code.

Looks for the names of the form's own key in the rows, so that it cannot mistake a family member for a professional.

Source: manual of the specialist chronology tool on anonymising; the checklist for systems analysis reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import name_words, people_of
from rules.reading import Reading
from rules.scope import CHRONOLOGY
from rules.wording import code_words, field_words

CODE = "Q061"
TITLE = "Name used where the key gives a code"
SEVERITY = Severity.WARNING
APPLIES = (CHRONOLOGY,)
AUDIENCE = "agency"

_FIELDS = ("event", "people", "action", "impact", "comment", "source")


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each row, at the first field that names somebody."""
    reading = Reading.of(checkable)
    people = [row for row in reading.rows("people_key") if row.text("code") and len(name_words(row.text("name"))) > 1]
    family = {word for name in people_of(checkable.record.get("child_name"), "name") for word in name_words(name)}
    names = {name_words(row.text("name")) - family: row.text("code") for row in reversed(people)}
    by_word: dict[str, list[frozenset[str]]] = {}
    for name in names:
        if len(name) > 1:
            by_word.setdefault(min(name), []).append(name)
    for row in reading.rows("events"):
        for field in _FIELDS:
            words = name_words(row.text(field))
            named = next((name for word in sorted(words) for name in by_word.get(word, ()) if name <= words), None)
            if named:
                code = code_words(names[named])
                path = row.path(field)
                yield Found(
                    path,
                    f"{field_words(checkable, path)} names the person whom your key to people gives {code}.",
                    "Write the code in place of the name.",
                )
                break


_KEY = [{"code": "HV1", "name": "Nora Fictional", "role": "Health Visitor"}]
PASS = (
    Example(form=CHRONOLOGY, record={"people_key": _KEY, "events": [{"event": "HV1 visited; Nora the cat was seen."}]}),
    Example(form=CHRONOLOGY, record={"people_key": [], "events": [{"event": "Nora Fictional visited."}]}),
)
FAIL = (
    Example(form=CHRONOLOGY, record={"people_key": _KEY, "events": [{"event": "Nora Fictional visited."}]}),
    Example(form=CHRONOLOGY, record={"people_key": _KEY, "events": [{"event": "Visit.", "people": "FICTIONAL, Nora"}]}),
)

"""The words findings share: a field by the label printed on the agency's own form, a row by its number, a day in full.

No name, date of birth or NHS number is ever put into a message: field and row suffice to find the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from forms.registry import form
from records.checking import Checkable
from records.fields import Ask, walk_asks
from rules.reading import generic

_LONGEST_LABEL = 70
_LIST_NOUNS = {
    "events": "row {}",
    "actions": "row {}",
    "items": "row {}",
    "children": "child {}",
    "family": "family, row {}",
    "agencies_involved": "agencies involved, row {}",
    "key_dates": "key dates, row {}",
    "people_key": "key to people, row {}",
    "glossary": "glossary, row {}",
    "professionals": "professionals, row {}",
}
_BLOCK_TITLES = {
    "referrer": "referrer",
    "safeguarding_lead": "safeguarding lead",
    "quality_assurance": "quality assurance sign-off",
    "author": "author",
    "signature": "signature block",
    "completed_by": "completed by",
    "verified_by": "verified by",
    "chair_sign_off": "sign-off by the chair",
}
_BLOCK_FIELD_TITLES = {
    "quality_assurance": "Quality assurance sign-off",
    "signature": "Signature",
    "children": "Children",
    "events": "Events",
    "actions": "Actions",
    "items": "Recommendations",
    "people_key": "Key to people",
    "glossary": "Glossary",
    "safeguarding_lead": "Safeguarding lead",
    "agencies_involved": "Agencies involved",
}
_PERSON_CODE = re.compile(r"[A-Z][A-Za-z]{0,7} ?\d{1,3}")
_LIST_PART = re.compile(r"(\w+)\[(\d+)\]")


@cache
def asks(form_id: str) -> dict[str, Ask]:
    """Every question of the form by its path, rows as `children[].name`."""
    return dict(walk_asks(form(form_id).record))


def title_of(form_id: str) -> str:
    """The plain name of a form, in the middle of a sentence."""
    title = form(form_id).title
    return title[:1].lower() + title[1:]


def label(checkable: Checkable, path: str) -> str:
    """What the form itself calls this field; the field's plain name where that is not known."""
    placed = checkable.returned.places.get(path)
    printed = " ".join(placed.label.split()).strip(" :*") if placed else ""
    if printed:
        return printed if len(printed) <= _LONGEST_LABEL else f"{printed[: _LONGEST_LABEL - 1].rstrip()}…"
    return plain_name(checkable.form, path)


def plain_name(form_id: str, path: str) -> str:
    """The plain name of a field or block, for where the form's own is not known."""
    ask = asks(form_id).get(generic(path))
    if ask is not None:
        return ask.title
    last = generic(path).rpartition(".")[2].removesuffix("[]")
    return _BLOCK_FIELD_TITLES.get(last, last.replace("_", " ").capitalize())


def field_words(checkable: Checkable, path: str) -> str:
    """The field and where it stands: “Source” (row 5), “Date” (quality assurance sign-off), “What happened”."""
    return place_words(label(checkable, path), path)


def place_words(name: str, path: str) -> str:
    """A field's name and where it stands."""
    words = f"“{name}”"
    if match := _LIST_PART.match(path):
        noun = _LIST_NOUNS.get(match[1], match[1].replace("_", " ") + ", row {}")
        return f"{words} ({noun.format(int(match[2]) + 1)})"
    block = path.partition(".")[0]
    if "." in path and block in _BLOCK_TITLES:
        return f"{words} ({_BLOCK_TITLES[block]})"
    return words


def day_words(day: date) -> str:
    """A day as it is written in a letter: 3 July 2024."""
    return f"{day.day} {day:%B %Y}"


def listed(items: Iterable[str], most: int = 12) -> str:
    """The items in a sentence: "a, b and c"; what is over `most` is counted."""
    shown = list(items)
    if len(shown) > most:
        shown = [*shown[:most], f"{len(shown) - most} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def rows_words(numbers: Sequence[int]) -> str:
    """Row numbers in a sentence, runs folded: "rows 3, 5 and 7 to 9"."""
    ordered = sorted(set(numbers))
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]} to {run[-1]}" if len(run) > 2 else " and ".join(map(str, run)) for run in runs]
    return f"{'row' if len(ordered) == 1 else 'rows'} {listed(parts)}"


def code_words(code: str) -> str:
    """A code for a person as it may be shown: what does not look like a code could be a name, and is not shown."""
    return f"the code {code}" if _PERSON_CODE.fullmatch(code) else "a code"


def count_words(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 row", "3 rows"."""
    return f"{number} {one if number == 1 else many or one + 's'}"

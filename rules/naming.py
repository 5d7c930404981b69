"""Whether two names mean the same person or the same agency, and whether a text names somebody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from records.cases import Agency
from records.checking import Checkable

_TITLES = frozenset(
    re.findall(r"\w+", "mr mrs ms miss mx dr prof professor rev revd sir dame lord lady di dci ds dc pc sgt insp cllr")
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset({"the", "and", "of", "for", "in"})


def plain(text: str) -> str:
    """Lower case, accents and typographic marks gone, white space folded."""
    flat = unicodedata.normalize("NFKD", text.replace("’", "'").replace("–", "-"))
    return " ".join("".join(mark for mark in flat if not unicodedata.combining(mark)).casefold().split())


def name_words(name: str) -> frozenset[str]:
    """The words of a person's name, order and titles aside: "OKAFOR, Grace (Dr)" is grace, okafor."""
    return frozenset(word for word in _WORD.findall(plain(name).replace("'", "")) if word not in _TITLES)


def same_person(one: str, other: str) -> bool:
    """Whether two spellings are one name: the same words, or an initial for a forename with the same other words."""
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return False
    if first == second:
        return True
    only_first, only_second = first - second, second - first
    if not (first & second):
        return False
    if not only_first or not only_second:
        return len(first & second) >= 2
    return (
        len(only_first) == len(only_second) == 1
        and min(len(next(iter(only_first))), len(next(iter(only_second)))) == 1
        and next(iter(only_first))[0] == next(iter(only_second))[0]
    )


def agency_words(name: str) -> frozenset[str]:
    """The words of an agency's name that tell it from others."""
    return frozenset(word for word in re.findall(r"\w+", plain(name)) if word not in _SMALL_WORDS)


def same_agency(one: str, other: str) -> bool:
    """Whether two texts are the same name of an agency, small words, case and punctuation aside."""
    return bool(agency_words(one)) and agency_words(one) == agency_words(other)


def agency_by_name(text: str, directory: Iterable[Agency]) -> tuple[Agency, bool] | None:
    """The agency of the directory with this name, and whether the name is one that it has given up."""
    agencies = list(directory)
    for agency in agencies:
        if any(same_agency(text, name) for name in (agency.name, *agency.aliases)):
            return agency, False
    for agency in agencies:
        if any(same_agency(text, name) for name in agency.former_names):
            return agency, True
    return None


def mentions(text: str, name: str) -> bool:
    """Whether a text holds this name as whole words."""
    return bool(name.strip()) and re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", plain(text)) is not None


def people_of(value: Any, key: str = "") -> Iterator[str]:
    """Every name of a person in a record."""
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from people_of(inner, field)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from people_of(inner, key)
    elif isinstance(value, str) and key in ("name", "child_name", "also_known_as"):
        yield value


def names_somebody(text: str, checkable: Checkable) -> bool:
    """Whether a subject or file name holds a child's name, or a date of birth or NHS number of the return or case."""
    flat = re.sub(r"[_+.-]+", " ", plain(text))
    children = [*(checkable.value("children") or ())]
    names = [child.get("name") for child in children] + [checkable.value("child_name")]
    born = [child.get("date_of_birth") for child in children] + [checkable.value("date_of_birth")]
    numbers = [child.get("nhs_number") for child in children]
    if checkable.case:
        names += [child.name for child in checkable.case.children]
        born += [child.date_of_birth for child in checkable.case.children]
        numbers += [child.nhs_number for child in checkable.case.children]
    words = frozenset(_WORD.findall(flat.replace("'", "")))
    if any(name and len(name_words(name)) > 1 and name_words(name) <= words for name in names):
        return True
    digits = re.sub(r"[ ]", "", flat)
    if any(number and number in digits for number in numbers):
        return True
    return any(form in digits for date in born if date for form in _spellings(date))


def _spellings(edtf: str) -> tuple[str, ...]:
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", edtf)
    if not match:
        return ()
    year, month, day = match.groups()
    return (f"{day}{month}{year}", f"{day}/{month}/{year}", f"{day}/{month}/{year[2:]}", f"{year}{month}{day}")

"""The canary that every message of a rule is held against."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from records.checking import Checkable
from records.edtf import bounds
from rules.naming import people_of
from rules.wording import day_words


@pytest.fixture
def assert_names_nobody() -> Callable[[str, Checkable], None]:
    """Fails when a private particular of the return or its case is in the text."""
    return _assert_names_nobody


def _assert_names_nobody(text: str, checkable: Checkable) -> None:
    """Fails when a private particular of the return or its case is in the text."""
    records = [checkable.record, *(other.record for other in checkable.others)]
    names = [name for record in records for name in people_of(record)]
    children = [child for record in records for child in record.get("children") or ()]
    born = [record.get("date_of_birth") for record in (*records, *children, *_family(records))]
    numbers = [child.get("nhs_number") for child in children]
    if checkable.case:
        names += [child.name for child in checkable.case.children]
        born += [child.date_of_birth for child in checkable.case.children]
    for name in names:
        assert len(name) < 4 or name.casefold() not in text.casefold()
    for number in numbers:
        assert not number or not re.search(r"\d", number) or number not in text
    for day in filter(None, born):
        first = bounds(day)[0]
        for spelling in (day, day_words(first), f"{first:%d/%m/%Y}", f"{first:%d/%m/%y}", f"{first:%d.%m.%Y}"):
            assert len(day) < 10 or spelling not in text


def _family(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [person for record in records for person in record.get("family") or ()]

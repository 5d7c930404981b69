"""Reads documents that tests built, and gives what they ask of the result in a short form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from parsers.read import read_document
from records.results import ReadResult, ReadReturn
from tests.parsers.word_files import Beside, Xml, document, form, heading, label

TITLES = {
    "agency_summary": heading("Agency Summary Form"),
    "chronology": heading("Chronology of Significant Events"),
    "referral": heading("Practice Review Referral Form"),
}

POLICE, AUTHOR, REFERENCE = "Northern Vale Police", "Avery Example", "RR-2026-001"
IDENTITY = {"agency": POLICE, "author.name": AUTHOR, "case_reference": REFERENCE, "date_completed": "2026-03-03"}
FRONT = form(("Case reference", REFERENCE), ("Agency", POLICE), ("Author", AUTHOR), ("Date completed", "3 March 2026"))
"""The front table of an agency summary, and what is read from it."""

HEAD = [label(words) for words in ("Date", "Time", "Source of information", "Event", "Action taken")]
FIRST, SECOND = ["12/03/2024", "14:30", "Note", "Visit.", "A."], ["13/03/2024", "", "Note", "Call.", "B."]
"""The head and two rows of a chronology."""

DEFECT = pytest.mark.xfail(reason="open defect of the reader")


def defect(*values: Any) -> Any:
    """A case that is still read wrong; strict, so that mending it asks for this mark to go."""
    return pytest.param(*values, marks=DEFECT)


@dataclass(frozen=True, slots=True)
class Understood:
    """One return: its answered values by path, the fields in review, and the text that no field took."""

    form: str
    values: dict[str, Any]
    doubted: set[str]
    unplaced: str
    outcome: str

    def settled(self) -> dict[str, Any]:
        """The values that nobody is asked to look at."""
        return {path: value for path, value in self.values.items() if not {path, ""} & self.doubted}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every answered value of a record with its path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{index}]")
    elif value not in (None, [], ""):
        yield path, value


def understood(made: ReadReturn, outcome: str) -> Understood:
    unplaced = "\n".join(item.text for item in made.unplaced)
    return Understood(made.form, dict(leaves(made.record)), {item.field for item in made.review}, unplaced, outcome)


def read_all(*blocks: Xml, beside: Beside | None = None) -> list[Understood]:
    """Every return in a document of these blocks."""
    result = read_document(document(*blocks, beside=beside), "docx")
    return [understood(made, result.outcome) for made in result.returns]


def read_form(form: str, *blocks: Xml, beside: Beside | None = None) -> Understood:
    """The one return of a document that begins with the form's title."""
    (only,) = read_all(TITLES[form], *blocks, beside=beside)
    assert only.form == form
    return only


def words_in(result: ReadResult) -> set[str]:
    """Every word that the result tells, wherever: in records, places, review or unplaced."""
    told = json.dumps([item.to_json() for item in result.returns], ensure_ascii=False)
    return set(re.findall(r"[^\W_]+", re.sub(r"\\[nrt]", " ", told).casefold()))

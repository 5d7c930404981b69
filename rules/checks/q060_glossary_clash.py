"""The glossary explains an abbreviation in another way than another agency of the case does.

Source: inferred from merging chronologies, where one glossary serves all.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.naming import agency_words, plain
from rules.reading import Reading
from rules.scope import CHRONOLOGY, SUMMARY
from rules.wording import field_words

CODE = "Q060"
TITLE = "Abbreviation explained differently by another agency"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY, CHRONOLOGY)
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """A finding for each term with another meaning elsewhere."""
    elsewhere: dict[str, list[str]] = {}
    for other in checkable.others:
        for entry in () if other.same_agency else other.record.get("glossary") or ():
            elsewhere.setdefault(plain(entry.get("term") or ""), []).append(entry.get("meaning") or "")
    for row in Reading.of(checkable).rows("glossary"):
        term, meaning = row.text("term"), row.text("meaning")
        if not term or not meaning:
            continue
        if any(_differs(meaning, other) for other in elsewhere.get(plain(term), ())):
            path = row.path("meaning")
            yield Found(
                path,
                f"{field_words(checkable, path)}: “{term}” has another meaning in another agency's glossary.",
                "Keep both meanings in the pack, each with its agency.",
            )


def _differs(meaning: str, other: str) -> bool:
    ours, theirs = agency_words(meaning), agency_words(other)
    return bool(theirs) and not ours <= theirs and not theirs <= ours


_OTHER = OtherReturn(SUMMARY, "police", 1, {"glossary": [{"term": "CC", "meaning": "Custody clerk"}]})
PASS = (
    Example(
        form=SUMMARY,
        record={"glossary": [{"term": "CC", "meaning": "The custody clerk"}]},
        around={"others": (_OTHER,)},
    ),
    Example(
        form=SUMMARY, record={"glossary": [{"term": "CP", "meaning": "Child protection"}]}, around={"others": (_OTHER,)}
    ),
)
FAIL = (
    Example(
        form=SUMMARY, record={"glossary": [{"term": "CC", "meaning": "Care coordinator"}]}, around={"others": (_OTHER,)}
    ),
    Example(
        form=CHRONOLOGY,
        record={"glossary": [{"term": "cc", "meaning": "County council"}]},
        around={"others": (_OTHER,)},
    ),
)

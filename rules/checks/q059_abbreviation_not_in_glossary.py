"""An abbreviation is used that the glossary does not explain.

Abbreviations that everybody in the field knows (MASH, GP, CAMHS …) are let pass, codes for people (HV1) are not
abbreviations, and a word that is part of a name on the form is never shown.

Source: Staffordshire adults' chronology template; the checklist for systems analysis reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.checking import Checkable, Found
from records.results import Severity
from rules.examples import Example
from rules.naming import name_words, people_of, plain
from rules.reading import Reading
from rules.scope import CHRONOLOGY, SUMMARY
from rules.wording import field_words, listed

CODE = "Q059"
TITLE = "Abbreviation not in the glossary"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY, CHRONOLOGY)
AUDIENCE = "agency"

_TERM = re.compile(r"(?<![\w&@./-])[A-Z](?:[A-Za-z]?[A-Z&]){1,5}s?(?![\w&@/-])")
_KNOWN = frozenset(
    re.findall(
        r"\S+",
        "A&E ABE ADHD ASD CAFCASS CAMHS CCTV CDOP CIN CLA CP CPP CSC CT DBS DNA DOB DSL ED EDT EHCP FGM GP ICB ICPC "
        "IDVA IQ IVF LA LAC LADO LCSPR LSCB MAPPA MARAC MASH MGF MGM MP MRI NFA NHS NICE NK NSPCC OK PC PGF PGM PLO "
        "RCPC RPC SCP SENCO SEND SSCP SUDIC TV UK US WNB YJS YOS YOT AM PM ID IT HR II III IV",
    )
)
_WORDS = frozenset(
    re.findall(
        r"\S+",
        "A AN AND ARE AS AT BE BUT BY DAD DO END FOR FROM GO HAD HAS HE HER HIM HIS IF IN IS IT MET MUM MY NB NEW NO "
        "NOT NOW OF OFF ON ONE OR OUT PLAN RE SAID SAW SEEN SHE SO THE THEM THEN THEY THIS TO TWO UP VISIT WAS WE WERE "
        "WITH YES",
    )
)
_FIELDS = (
    "background",
    "summary_of_involvement",
    "key_practice_episodes",
    "voice_of_child",
    "equality_and_context",
    "practice_strengths",
    "areas_for_improvement",
    "contextual_factors",
    "immediate_action",
    "single_agency_learning_details",
)
_ROW_FIELDS = ("event", "action", "impact", "comment")


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding that lists the abbreviations, in the order in which they come."""
    reading = Reading.of(checkable)
    if reading.doubted("glossary") or not reading.posed("glossary"):
        return
    explained = {plain(row.text("term")) for row in reading.rows("glossary")}
    explained |= {plain(row.text("code")) for row in reading.rows("people_key")}
    names = {word for name in people_of(checkable.record) for word in name_words(name)}
    terms = dict.fromkeys(term for text in _texts(reading) for term in _terms(text))
    missing = [term for term in terms if plain(term) not in explained and plain(term) not in names]
    if missing:
        yield Found(
            "glossary",
            f"{field_words(checkable, 'glossary')} does not explain {listed(missing)}.",
            "Add them to the glossary, or write the words in full.",
        )


def _texts(reading: Reading) -> Iterator[str]:
    if reading.checkable.form == SUMMARY:
        yield from (reading.text(field) for field in _FIELDS)
    else:
        yield from (row.text(field) for row in reading.rows("events") for field in _ROW_FIELDS)


def _terms(text: str) -> Iterator[str]:
    for line in re.split(r"\n|(?<=[.!?])\s", text):
        if line.isupper():
            continue
        for match in _TERM.finditer(line):
            term = match[0].removesuffix("s")
            if term not in _KNOWN and term not in _WORDS:
                yield term


PASS = (
    Example(form=SUMMARY, record={"background": "The GP told MASH.", "glossary": []}),
    Example(
        form=SUMMARY,
        record={"background": "A PSIRF review.", "glossary": [{"term": "PSIRF", "meaning": "Response framework"}]},
    ),
    Example(
        form=CHRONOLOGY,
        record={"events": [{"event": "KHAN, Ali seen by HV1."}], "child_name": "Ali Khan", "glossary": []},
    ),
    Example(form=CHRONOLOGY, record={"events": [{"event": "NO REPLY AT THE DOOR"}], "glossary": []}),
)
FAIL = (
    Example(form=SUMMARY, record={"background": "A PSIRF review.", "glossary": []}),
    Example(
        form=CHRONOLOGY,
        record={"events": [{"event": "VCN sent; two TAFs held."}], "glossary": [{"term": "VCN", "meaning": "Notice"}]},
    ),
)

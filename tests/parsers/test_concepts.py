"""Questions in words that no wording has: told by what they mean, and never for certain."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import parsers.concepts
from forms.registry import all_forms
from parsers.concepts import folded
from parsers.wording import LIKELY, SURE, FormIndex, normal


def test_every_synonym_means_one_concept_and_is_in_normal_form() -> None:
    """A phrase in two concepts, or in letters that no normal form has, would never do what it says."""
    file = Path(parsers.concepts.__file__).with_name("synonyms.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    phrases = [phrase for concept in table.values() for phrase in concept]
    strange = [phrase for phrase in phrases if normal(f"x {phrase}") not in (f"x {phrase}", f"x {folded(phrase)}")]
    owners = {phrase: {concept for concept, words in table.items() if phrase in words} for phrase in phrases}
    assert {phrase: concepts for phrase, concepts in owners.items() if len(concepts) > 1} == {}
    assert [phrase for phrase in strange if not phrase.startswith(("d o b", "e mail"))] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("person notifying", "referred by"), ("press publicity", "media coverage"), ("family doctor", "gp surgery")],
)
def test_words_that_mean_the_same_are_one_concept(first: str, second: str) -> None:
    """Different words for one thing are compared as one."""
    assert set(folded(first).split()) == set(folded(second).split())


def test_what_only_its_meaning_tells_is_never_sure_and_opens_no_block() -> None:
    """A question placed by its concepts is shown to a person."""
    hits = FormIndex(all_forms()["referral"]).find("Likelihood of any publicity in the newspapers and press")
    told = [hit for hit in hits if hit.score >= LIKELY]
    assert [hit.path for hit in told][:1] == ["media_interest"]
    assert all(hit.score < SURE and hit.part != "heading" for hit in told)


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("referral", "Named Nurse"),
        ("action_plan_verification", "Observation of three meetings"),
        ("action_plan_verification", "Supervision records"),
    ],
)
def test_an_answer_that_shares_a_word_with_a_question_is_no_question(form: str, value: str) -> None:
    """Short answers use the words of the field too; most of a question must be known."""
    hits = FormIndex(all_forms()[form]).find(value)
    assert [hit for hit in hits if hit.score >= LIKELY and hit.part == "label"] == []

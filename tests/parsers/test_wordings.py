"""The wordings are data; these hold them to the records they speak of."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from forms.registry import Form, all_forms
from parsers.build import Draft, blank_record
from parsers.wording import FormIndex, normal
from records.fields import Kind

FORMS = list(all_forms().values())
HALVES = {"given", "family", "start", "end"}


def _fields(path: str) -> list[str]:
    """The record paths that a wording's path names."""
    block, dot, names = path.rpartition(".")
    return [f"{block}{dot}{name}" for name in names.partition("#")[0].split("+")]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_wording_speaks_of_a_field_that_the_record_has(form: Form) -> None:
    """A path in labels.toml that no record has would lose what it finds."""
    draft = Draft(form.record, blank_record(form.record))
    for table in (form.wordings.labels, form.wordings.inside, form.wordings.columns, form.wordings.negated):
        for path in table:
            half = path.partition("#")[2]
            assert not half or half in HALVES, path
            for field in _fields(path):
                assert draft.ask(field) is not None, f"{form.id}: {path}"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_options_are_the_codes_of_their_field(form: Form) -> None:
    """Each choice field words all of its codes and no other, each wording one code only."""
    draft = Draft(form.record, blank_record(form.record))
    for path, codes in form.wordings.options.items():
        ask = draft.ask(path)
        assert ask is not None
        assert ask.kind in (Kind.CHOICE, Kind.CHOICES)
        assert set(ask.codes) == set(codes), path
        owners: dict[str, set[str]] = defaultdict(set)
        for code, texts in codes.items():
            for text in texts:
                owners[normal(text)].add(code)
        assert {text: names for text, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_no_two_fields_claim_the_same_clear_wording(form: Form) -> None:
    """A wording that is clear by itself asks for one field; two would be a coin toss."""
    owners: dict[str, set[str]] = defaultdict(set)
    for path, texts in form.wordings.labels.items():
        for text in texts:
            owners[normal(text)].add(path)
    assert {text: paths for text, paths in owners.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_each_wording_finds_its_own_field_first(form: Form) -> None:
    """Numbered, starred, in capitals or with a colon, a known wording is still known."""
    index = FormIndex(form)
    for path, texts in form.wordings.labels.items():
        for text in texts:
            for dressed in (text, f"3. {text}", f"{text}:", f"{text} *", text.upper(), f"Q12) {text}"):
                best = [hit.path for hit in index.find(dressed) if hit.part == "label"]
                assert path in best, (dressed, best)


@pytest.mark.parametrize(
    ("form", "typed", "path"),
    [
        ("referral", "Date of brith", "children[].date_of_birth"),
        ("referral", "Refferer", "referrer.name"),
        ("agency_summary", "Practise strengths", "practice_strengths"),
        ("chronology", "Case referance", "case_reference"),
        ("chronology", "Peroid covered by this chronology", "review_period"),
    ],
)
def test_misspelt_labels_are_known(form: str, typed: str, path: str) -> None:
    """Typing errors in a label do not hide it."""
    hits = FormIndex(all_forms()[form]).find(typed)
    assert path in [hit.path for hit in hits]


@pytest.mark.parametrize("answer", ["Yes", "NO", "N/K", "None", "Yes / No", "n/a", "Not known"])
def test_an_answer_is_never_a_label(answer: str) -> None:
    """However few words the forms have, an answer stays an answer."""
    for form in FORMS:
        assert [hit for hit in FormIndex(form).find(answer) if hit.part in ("label", "inside")] == []


def test_birth_and_death_are_not_each_other_misspelt() -> None:
    """Two known words that differ in two letters are two questions."""
    hits = FormIndex(all_forms()["referral"]).find("Date of death")
    assert {hit.path for hit in hits} == {"children[].date_of_death"}
    assert not re.search("birth", " ".join(hit.path for hit in hits))

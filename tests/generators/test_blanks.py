"""Our own blanks: they ask every question of the record, carry their identity, and give back what was put in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from forms.controls import W
from forms.layout import layout_of
from forms.make_blanks import make_blank
from forms.registry import all_forms, form
from forms.word_package import BODY, open_package, parse_part, read_custom
from generators.blanks import Prefill, blank_bytes, prefill, write_answers
from generators.filling import tagged
from parsers.read import read_document
from records.errors import Refused
from records.fields import walk_asks
from tests.generators.full_records import full_record

FORMS = sorted(all_forms())
FACTS = Prefill(
    case_reference="MV-2026-007",
    agency_id="hillside",
    agency_name="Hillside NHS Trust & Partners <Llŷn>",
    child_name="Sample Child",
    child_date_of_birth="2020-03-04",
    date_requested=date(2026, 11, 20),
    date_due=date(2026, 12, 4),
    review_period="2024-01-01/2026-10-01",
    token="unguessable",
)


def answers(value: Any, path: str = "") -> dict[str, Any]:
    """The answered fields of a record by path; wordings of dates and empty lists left out."""
    if isinstance(value, dict):
        parts = [answers(item, f"{path}.{name}" if path else name) for name, item in value.items()]
    elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        parts = [answers(item, f"{path}[{index}]") for index, item in enumerate(value)]
    else:
        value = tuple(value) if isinstance(value, list) else value
        return {} if value in (None, ()) or path.endswith("_as_written") else {path: value}
    return {key: item for part in parts for key, item in part.items()}


def text_of(data: bytes, part: str = BODY) -> str:
    root = parse_part(open_package(data)[part])
    return "\n".join("".join(t.text or "" for t in p.iter(f"{{{W}}}t")) for p in root.iter(f"{{{W}}}p"))


@pytest.mark.parametrize("form_id", FORMS)
def test_the_committed_blank_is_the_one_the_sources_make(form_id: str) -> None:
    """A record or layout that changed without a new blank is found out."""
    assert make_blank(form(form_id)) == blank_bytes(form_id)


@pytest.mark.parametrize("form_id", FORMS)
def test_a_blank_has_a_control_for_every_field_of_the_record(form_id: str) -> None:
    """Every question of the record is asked, save those that the layout leaves out by name."""
    asked = form(form_id)
    tags = {tag.partition("=")[0] for tag in tagged(parse_part(open_package(blank_bytes(form_id))[BODY]))}
    left_out = set(layout_of(asked).not_asked)
    wanted = {path for path, _ in walk_asks(asked.record) if not path.endswith("_as_written")}
    assert tags == wanted - left_out


@pytest.mark.parametrize("form_id", FORMS)
def test_the_wordings_of_a_blank_are_known_to_the_readers(form_id: str) -> None:
    """A label or option that our own form prints stands in its labels.toml."""
    asked = form(form_id)
    layout, words = layout_of(asked), asked.wordings
    for path, label in layout.labels.items():
        known = [
            text.casefold()
            for wordings in (words.labels, words.inside, words.columns)
            for key, texts in wordings.items()
            if path in (key, key.partition("+")[0])
            for text in texts
        ]
        assert label.casefold() in known, path
    for path, options in layout.options.items():
        for code, wording in options.items():
            assert wording in words.options[path][code]


@pytest.mark.parametrize("form_id", FORMS)
def test_a_prefilled_blank_says_whose_it_is(form_id: str) -> None:
    """Case, agency, form, edition and token come back from the hidden properties, and stand in the footer."""
    made = prefill(form_id, FACTS)
    assert read_custom(open_package(made)) == {
        "intake_case": "MV-2026-007",
        "intake_agency": "hillside",
        "intake_form": form_id,
        "intake_edition": layout_of(form(form_id)).edition,
        "intake_token": "unguessable",
    }
    footer = next(name for name in open_package(made) if name.startswith("word/footer"))
    assert "MV-2026-007 · Hillside NHS Trust & Partners <Llŷn> · return by Friday 4 December 2026" in text_of(
        made, footer
    )


def test_a_prefilled_summary_reads_back_as_its_facts_alone() -> None:
    """The known facts are answers, the prompts are not."""
    result = read_document(prefill("agency_summary", FACTS), "docx")
    assert {path: value for path, value in answers(result.returns[0].record).items() if value != "no"} == {
        "case_reference": "MV-2026-007",
        "children[0].name": "Sample Child",
        "children[0].date_of_birth": "2020-03-04",
        "agency": "Hillside NHS Trust & Partners <Llŷn>",
        "date_requested": "2026-11-20",
        "date_due": "2026-12-04",
        "review_period": "2024-01-01/2026-10-01",
    }


@pytest.mark.parametrize("form_id", FORMS)
def test_a_completed_form_reads_back_as_the_record_it_was_written_from(form_id: str) -> None:
    """Every answer of a full record comes back; nothing is unplaced, nothing is in doubt."""
    record = full_record(form_id)
    result = read_document(write_answers(form_id, record, FACTS), "docx")
    (returned,) = result.returns
    assert answers(returned.record) == answers(record)
    assert (returned.unplaced, returned.review) == ([], [])


@pytest.mark.parametrize("form_id", FORMS)
def test_the_same_answers_give_the_same_bytes(form_id: str) -> None:
    """Nothing of the moment gets into a form."""
    record = full_record(form_id)
    assert write_answers(form_id, record, FACTS) == write_answers(form_id, record, FACTS)


def test_more_rows_than_the_blank_has_are_added() -> None:
    """A long chronology keeps every event in its order."""
    usual = {"date": "2024-03-12", "time": "14:30", "source": "Case note", "action": "None needed", "comment": "None"}
    events = [usual | {"event": f"Visit {number}"} for number in range(40)]
    made = write_answers("chronology", {"child_name": "Sample Child", "events": events})
    (returned,) = read_document(made, "docx").returns
    assert [row["event"] for row in returned.record["events"]] == [f"Visit {number}" for number in range(40)]


def test_every_control_has_an_id_of_its_own() -> None:
    """Word repairs a file in which two controls share an id."""
    made = write_answers("referral", full_record("referral"))
    root = parse_part(open_package(made)[BODY])
    ids = [
        item.get(f"{{{W}}}val")
        for item in root.iter(f"{{{W}}}id")
        if etree.QName(item.getparent()).localname == "sdtPr"
    ]
    assert len(ids) == len(set(ids)) == len(list(root.iter(f"{{{W}}}sdtPr")))


def test_a_date_is_written_as_it_was_written() -> None:
    """The words of a date win over our own spelling of it, also when they gave no date at all."""
    events = [
        {"date": "2024-03-12?", "date_as_written": "?12/3/24", "event": "One"},
        {"date": None, "date_as_written": "after the holidays", "event": "Two"},
        {"date": "2024-03", "event": "Three"},
    ]
    text = text_of(write_answers("chronology", {"events": events}))
    assert all(words in text.split("\n") for words in ("?12/3/24", "after the holidays", "March 2024"))


def test_a_value_without_a_place_is_refused() -> None:
    """What the form does not ask is not left out silently."""
    with pytest.raises(Refused, match=r"events\[\]\.agency"):
        write_answers("chronology", {"events": [{"event": "Visit", "agency": "Ward 4"}]})


def test_a_record_of_another_form_is_refused_without_its_values() -> None:
    """The message names the field and none of what stands in it."""
    with pytest.raises(Refused) as caught:
        write_answers("chronology", {"childs_name": "Secret Name"})
    assert "childs_name" in str(caught.value)
    assert "Secret" not in str(caught.value)


def test_every_form_has_a_layout_and_a_blank() -> None:
    """A form that is only read may go without; ours all have one."""
    assert all(isinstance(item.blank, Path) and item.blank.exists() for item in all_forms().values())

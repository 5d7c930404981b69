"""Learning a partnership's own template: what it asks and prints, and what that changes when a return is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbox_config.wordings import LocalWordings, load_wordings_file, to_toml
from parsers.learn import Learned, LearnedLabel, learn
from parsers.learned import forms_with
from parsers.read import all_readers, default_indexes, indexes_of, read_document
from parsers.wording import FormIndex
from records.errors import Misconfigured, Unrecognised
from records.limits import DEFAULT_LIMITS
from records.results import ReadResult
from tests.parsers.word_files import Xml, cell, control, document, form, heading, label, p, run, table

FILE = Path("own.toml")
NOTE = "Send the finished form to the partnership by secure e-mail and keep a copy."
GUIDANCE = "Please stay with what your records say and leave opinion out."
QUESTIONS = ("Case reference", "Agency", "Author", "Date completed")
BODY_LABELS = ("Summary of involvement", "Practice strengths")


def prompted(tag: str = "", kind: str = "text") -> Xml:
    """A cell with an empty control that shows its prompt."""
    return cell(p(control(run("Click or tap here to enter text."), f"<w:{kind}/>", prompt=True, tag=tag)))


def template(answers: dict[str, str] | None = None, *, extra: tuple[Xml, ...] = ()) -> bytes:
    """An agency summary of a partnership's own, with these answers by label."""
    given_ = answers or {}

    def value(name: str) -> str:
        return given_.get(name, "")

    return document(
        heading("Agency Summary Form"),
        p("Sampleford Partnership", look="b"),
        p(NOTE),
        form(*((name, value(name)) for name in QUESTIONS)),
        form(("Shelf of our desk", value("Shelf of our desk"))),
        table([label("Summary of involvement")], [Xml(p(GUIDANCE) + p(value("Summary of involvement")))]),
        table([label("Practice strengths")], [value("Practice strengths")]),
        table([label("Cabin"), label("Deck")], ["Ferry warden", value("Deck")]),
        *extra,
    )


def tree_of(data: bytes, kind: str = "docx"):  # type: ignore[no-untyped-def]  # the tree of a reader
    return all_readers()[kind](data, DEFAULT_LIMITS)


def learned_of(data: bytes, form_id: str = "") -> Learned:
    return learn(tree_of(data), default_indexes(), form_id)


def wordings_of(data: bytes, form_id: str = "") -> LocalWordings:
    return learned_of(data, form_id).forms[0].wordings("0" * 64)


def indexes_with(*local: LocalWordings) -> dict[str, FormIndex]:
    return indexes_of(forms_with({Path(f"own{number}.toml"): one for number, one in enumerate(local)}))


def label_of(learned: Learned, words: str) -> LearnedLabel:
    return next(one for one in learned.forms[0].labels if one.label == words)


def read_with(data: bytes, *local: LocalWordings) -> ReadResult:
    return read_document(data, "docx", indexes=indexes_with(*local))


def kept_texts(result: ReadResult) -> Counter[str]:
    """Every text of a result that a person can still see: answers, what no field took, what is under review."""
    found: Counter[str] = Counter()
    for made in result.returns:
        found.update(" ".join(placed.text.split()) for placed in made.places.values())
        found.update(item.text.rpartition(": ")[2] for item in made.unplaced)
    return found


ANSWERS = {
    "Case reference": "RR-2026-001",
    "Agency": "Northern Vale Police",
    "Author": "Avery Example",
    "Date completed": "3 March 2026",
    "Summary of involvement": "We met the family twice in 2024.",
    "Practice strengths": "The school told us at once.",
}


def test_known_labels_are_placed_and_the_rest_is_told_apart() -> None:
    """Each label gets its field; guidance, other print and questions of the partnership's own are told apart."""
    learned = learned_of(template())
    assert [one.form for one in learned.forms] == ["agency_summary"]
    placed = {one.label: one.field for one in learned.forms[0].labels if one.how == "known"}
    assert placed == {
        "Case reference": "case_reference",
        "Agency": "agency",
        "Author": "author.name",
        "Date completed": "date_completed",
        "Summary of involvement": "summary_of_involvement",
        "Practice strengths": "practice_strengths",
    }
    assert "Shelf of our desk" in learned.forms[0].unplaced
    assert learned.forms[0].guidance == {"summary_of_involvement": (GUIDANCE,)}
    assert {NOTE, "Sampleford Partnership"} <= set(learned.forms[0].printed)


def test_a_label_is_proposed_by_tag_by_words_or_by_its_place_and_never_silently() -> None:
    """What no wording knows is proposed with its reason and waits for a person; what is misspelt is only known."""
    blank = document(
        heading("Agency Summary Form"),
        form(("Case referense", ""), ("Agency", "")),
        form(("Jotted down by", prompted("summary_of_involvement")), ("Records we secured, when", "")),
        form(("Date requested", ""), ("Xylophone", prompted(kind="date")), ("Date completed", "")),
        form(("Rumours", ""), ("Practice strengths", "")),
    )
    learned = learned_of(blank)
    assert label_of(learned, "Case referense").how == "misspelt"
    assert not label_of(learned, "Case referense").to_confirm
    tagged = label_of(learned, "Jotted down by")
    assert (tagged.field, tagged.how, tagged.to_confirm) == ("summary_of_involvement", "by tag", True)
    reworded = label_of(learned, "Records we secured, when")
    assert (reworded.field, reworded.how, reworded.to_confirm) == ("records_secured_date", "reworded", True)
    between = label_of(learned, "Xylophone")
    assert (between.field, between.how, between.to_confirm) == ("date_due", "by position", True)
    assert label_of(learned, "Rumours").field == ""
    for one in learned.forms[0].labels:
        assert one.how in ("known", "misspelt", "not placed") or one.to_confirm


def test_a_return_of_a_learned_template_has_no_print_left_over() -> None:
    """Before learning the template's own print needs a person; after it the return is read."""
    filled = template(ANSWERS)
    before = read_document(filled, "docx")
    after = read_with(filled, wordings_of(template()))
    assert before.outcome == "needs_review"
    assert after.outcome == "read", [(item.text, item.where) for item in after.returns[0].unplaced]
    assert after.returns[0].record["summary_of_involvement"] == ANSWERS["Summary of involvement"]
    assert after.returns[0].record["practice_strengths"] == ANSWERS["Practice strengths"]


def test_guidance_alone_is_no_answer_and_a_blank_holds_nothing() -> None:
    """The template itself, read with its own wordings, gives no answer and no left-over text."""
    result = read_with(template(), wordings_of(template()))
    assert result.returns[0].record["summary_of_involvement"] is None
    assert result.returns[0].unplaced == []


def test_an_answer_under_a_label_nobody_has_confirmed_is_shown_to_a_person() -> None:
    """It is read into the proposed field and into review; once confirmed it is certain; without a field it is kept."""
    blank = document(
        heading("Agency Summary Form"), form(("Case reference", ""), ("Jotted down by", prompted("background")))
    )
    filled = document(
        heading("Agency Summary Form"),
        form(("Case reference", "RR-2026-001"), ("Agency", "Northern Vale Police"), ("Jotted down by", "Many words.")),
    )
    waiting = wordings_of(blank)
    assert [item.field for item in waiting.confirm] == ["background"]
    result = read_with(filled, waiting)
    assert result.returns[0].record["background"] == "Many words."
    assert "background" in [item.field for item in result.returns[0].review]
    confirmed = waiting.model_copy(update={"confirm": (waiting.confirm[0].model_copy(update={"confirmed": True}),)})
    assert [item.field for item in read_with(filled, confirmed).returns[0].review] == []
    nowhere = waiting.model_copy(update={"confirm": (waiting.confirm[0].model_copy(update={"field": ""}),)})
    assert any("Many words." in item.text for item in read_with(filled, nowhere).returns[0].unplaced)


@cache
def own() -> dict[str, FormIndex]:
    """The forms with the wordings of this module's template on top."""
    return indexes_with(own_print())


@cache
def own_print() -> LocalWordings:
    """What the template of this module prints."""
    return wordings_of(template())


PRINTED = ("Sampleford Partnership", NOTE, "Ferry warden", GUIDANCE)
CELLS = (*QUESTIONS, *BODY_LABELS, "Shelf of our desk", "Deck")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(CELLS), st.sampled_from(PRINTED), min_size=1))
def test_what_is_typed_is_kept_though_the_template_prints_the_same_words(answers: dict[str, str]) -> None:
    """A person may answer with words that the template prints elsewhere: learning it makes none of them disappear."""
    answers = {label: text for label, text in answers.items() if (label, text) != ("Summary of involvement", GUIDANCE)}
    filled = template(answers)
    before, after = kept_texts(read_document(filled, "docx")), kept_texts(read_document(filled, "docx", indexes=own()))
    print_of_it = Counter((*own_print().printed, GUIDANCE))
    for text in answers.values():
        assert after[text] >= before[text] - print_of_it[text], (answers, before, after)
        assert after[text] >= 1, (answers, after)


def kept_lines(result: ReadResult) -> list[str]:
    """What was kept, line by line: lines that follow one another are kept as one passage."""
    return [line for item in result.returns[0].unplaced for line in item.text.split("\n")]


def test_a_typed_sentence_between_the_tables_is_kept_even_if_it_is_printed_once() -> None:
    """Print is taken off as often as the template has it: the second time somebody typed it."""
    result = read_with(template(ANSWERS, extra=(p(NOTE), p("A late note of ours."))), own_print())
    assert kept_lines(result) == [NOTE, "A late note of ours."]


def test_the_print_of_two_templates_is_never_added_up() -> None:
    """Of several learned templates only the one that fits best is taken off."""
    other = own_print().model_copy(update={"printed": (NOTE, "Only in the other template, so to say.")})
    result = read_with(
        template(ANSWERS, extra=(p(NOTE), p("Only in the other template, so to say."))), own_print(), other
    )
    assert kept_lines(result) == [NOTE, "Only in the other template, so to say."]


def test_a_partnerships_own_meaning_outranks_the_shipped_one() -> None:
    """A label that a wording file gives to another field asks for that field."""
    own = LocalWordings(form="agency_summary", labels={"background": ("Summary of involvement",)})
    made = read_with(template(ANSWERS), own).returns[0]
    assert made.record["summary_of_involvement"] is None
    assert ANSWERS["Summary of involvement"] in made.record["background"]


@pytest.mark.parametrize(
    ("own", "key"),
    [
        (LocalWordings(form="no_such_form"), "no_such_form"),
        (LocalWordings(form="chronology", labels={"no_such_field": ("A",)}), "labels.no_such_field"),
        (LocalWordings(form="chronology", headings={"nothing[]": ("A",)}), "headings.nothing[]"),
    ],
)
def test_a_wording_file_that_fits_no_form_names_file_and_key(own: LocalWordings, key: str) -> None:
    """The service does not start with it, and says which file and key to correct."""
    with pytest.raises(Misconfigured) as error:
        forms_with({FILE: own})
    assert "own.toml" in error.value.message
    assert key in error.value.message


def test_a_template_that_no_wording_knows_needs_its_form_named() -> None:
    """Without a word of ours nothing is guessed; with the form named, its returns are recognised by their title."""
    blank = document(p("Sheet of our own making", look="b"), form(("Case reference", ""), ("Qwerty zxcvb", "")))
    with pytest.raises(Unrecognised):
        learned_of(blank)
    own = wordings_of(blank, "action_plan")
    assert own.titles == ("Sheet of our own making",)
    filled = document(
        p("Sheet of our own making", look="b"), form(("Case reference", "RR-2026-001"), ("Qwerty zxcvb", ""))
    )
    result = read_with(filled, own)
    assert [(made.form, made.record["case_reference"]) for made in result.returns] == [("action_plan", "RR-2026-001")]


def test_what_was_learned_survives_being_written_and_read(tmp_path: Path) -> None:
    """The file says the same as what was learned, and reads a return to the same result."""
    path = tmp_path / "own.toml"
    path.write_text(to_toml(own_print(), "A heading\nof two lines"), encoding="utf-8")
    again = load_wordings_file(path)
    assert again == own_print()
    filled = template(ANSWERS)
    assert read_with(filled, again).to_json("x") == read_with(filled, own_print()).to_json("x")


def test_the_shipped_blanks_teach_nothing_new() -> None:
    """Our own blank forms are known: every label placed, nothing left to confirm, nothing unplaced."""
    for form_id, one in default_indexes().items():
        if not one.form.blank.exists():
            continue
        learned = learn(tree_of(one.form.blank.read_bytes()), default_indexes())
        mine = next(made for made in learned.forms if made.form == form_id)
        assert [label.label for label in mine.labels if label.to_confirm or not label.field] == []
        assert replace(mine, printed=()).form == form_id

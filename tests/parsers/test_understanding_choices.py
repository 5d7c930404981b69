"""The habits of people who answer yes or no, or choose one of several."""

from __future__ import annotations

import pytest

from tests.parsers import word_files as word
from tests.parsers.understanding import (
    AUTHOR,
    REFERENCE,
    read_form,
)
from tests.parsers.word_files import Xml, cell, form, heading, label, p, run, table


def _answer(*cells: Xml | str) -> tuple[str | None, bool]:
    """What was read for "Is there media interest?", and whether a person is asked."""
    made = read_form(
        "referral",
        table(
            [label("Case reference"), cell(REFERENCE, span=len(cells))],
            [label("Date of referral"), cell("03/03/2026", span=len(cells))],
            [label("Name of referrer"), cell(AUTHOR, span=len(cells))],
            [label("Is there media interest?"), *cells],
        ),
    )
    return made.values.get("media_interest"), bool(made.unplaced or made.doubted)


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ((word.check_control(ticked=True), " Yes ", word.check_control(ticked=False), " No"), "yes"),
        ((word.check_control(ticked=False), " Yes ", word.check_control(ticked=True), " No"), "no"),
        ((" Yes ", word.check_control(ticked=False), " No", word.check_control(ticked=True)), "no"),
        ((word.legacy_check(ticked=False), " Yes ", word.legacy_check(ticked=True), " No"), "no"),
        ((word.sym("Wingdings", "F0A8"), " Yes ", word.sym("Wingdings", "F0FE"), " No"), "no"),
        ((run("\uf0fc", "rFonts=Wingdings"), " Yes    No"), "yes"),
        ((run("Yes", "strike"), " / No"), "no"),
        ((run("Yes", "highlight"), " / No"), "yes"),
        (("Yes / ", run("No", "b")), "no"),
        (("Yes / ", word.ring(), "No"), "no"),
        (("Yes X   No",), "yes"),
        (("Yes ✓ / No",), "yes"),
        (("Y",), "yes"),
        (("n",), "no"),
        (("N/K",), "not_known"),
        (("Ydw",), "yes"),
        (("Yes / No",), None),
        (("☐ Yes ☐ No ☐ Not known",), None),
        ((run("Yes / No", "b"),), None),
        (("",), None),
    ],
)
def test_habits_of_answering(parts: tuple[str, ...], answer: str | None) -> None:
    """Ticks, strokes, rings, bold, letters: each way of saying yes or no, and the ways of not answering."""
    assert _answer(cell(p(*parts))) == (answer, False)


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        (("Yes – since May",), "yes"),
        (("No. Yes, she was seen",), "no"),
        (("Yes ✓ No ✓",), None),
        ((run("Yes", "strike"),), None),
        (("Not as far as we know",), None),
        (("No interest yet, but yes locally",), None),
        ((word.deleted("Yes / "), "No"), "no"),
    ],
)
def test_answers_with_words_beside_are_shown(parts: tuple[str, ...], answer: str | None) -> None:
    """What is more than a yes or no is kept and shown to a person."""
    value, asked = _answer(cell(p(*parts)))
    assert asked
    assert answer is None or value == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("[ ] Yes [x] No", "no"),
        ("[x] Yes [ ] No", "yes"),
        ("( ) Yes (X) No", "no"),
        ("Yes [ ] No [X]", "no"),
    ],
)
def test_boxes_typed_as_brackets(words: str, answer: str) -> None:
    """Brackets are boxes: an X in one belongs to the word that the empty ones belong to."""
    value, asked = _answer(cell(words))
    assert value == answer or (asked and value is None)


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        (("Yes", "No"), None),
        (("Yes", "No X"), "no"),
        (("Yes", cell(p(run("No", "highlight")))), "no"),
        ((cell(p(run("Yes", "strike"))), "No"), "no"),
        (("☐ Yes", "☒ No"), "no"),
        (("☒ Yes", "☐ No"), "yes"),
        (("Yes", "☐", "No", "☒"), "no"),
        (("☐", "Yes", "☒", "No"), "no"),
        (("Yes", "", "No", "X"), "no"),
        (("Yes", "X", "No", ""), "yes"),
    ],
)
def test_alternatives_in_cells_of_their_own(cells: tuple[Xml | str, ...], answer: str | None) -> None:
    """Yes and No printed in neighbouring cells: never the first one just because it is first."""
    value, asked = _answer(*cells)
    assert value == answer or (value is None and asked)


def test_a_grid_of_yes_and_no_columns_loses_no_tick() -> None:
    """Where the columns are headed Yes and No, each tick is read or shown with its question."""
    made = read_form(
        "referral",
        form(("Case reference", REFERENCE), ("Date of referral", "03/03/2026")),
        table([label("Question"), label("Yes"), label("No")], ["Is there media interest?", "", "✓"]),
    )
    assert made.values.get("media_interest") == "no" or "✓" in made.unplaced


def test_choices_between_words() -> None:
    """Of "Male / Female" the marked one is the answer, without the stroke between them."""
    for marked in (
        p(run("Male", "strike"), " / Female"),
        p("Male / ", run("Female", "b")),
        p("☐ Male ☒ Female"),
        p("Male / ", run("Female", "highlight")),
    ):
        made = read_form(
            "referral",
            heading("The child", 2),
            form(("Name", "Robin Testerby"), ("Gender", cell(marked)), ("Date of birth", "14/05/2019")),
        )
        assert made.settled().get("children[0].gender") in (None, "Female")


def test_criteria_in_one_cell() -> None:
    """Ticked criteria are codes; one that is not of the list is shown."""
    front = (("Case reference", REFERENCE), ("Date of referral", "03/03/2026"))
    question = "Which of these apply?"
    made = read_form(
        "referral", form(*front, (question, cell("☒ A child has died", "☐ The child has been seriously harmed")))
    )
    assert made.settled()["criteria"] == ["child_died"]
    made = read_form("referral", form(*front, (question, cell("☒ A child has died", "☒ Bridge collapse"))))
    assert made.values["criteria"] == ["child_died"]
    assert "criteria" in made.doubted
    assert "Bridge collapse" in made.unplaced


def test_a_ticked_criterion_in_a_small_table_is_not_lost() -> None:
    """A table of two rows is read like a longer one."""
    made = read_form(
        "referral",
        form(("Date of referral", "03/03/2026"), ("Which of these apply?", cell("☒ A child has died"))),
    )
    assert made.values.get("criteria") == ["child_died"] or "A child has died" in made.unplaced


def test_a_typed_cross_chooses_one_of_two_lines() -> None:
    """An X typed before one line does not choose the next line too."""
    made = read_form(
        "referral",
        form(
            ("Case reference", REFERENCE),
            ("Date of referral", "03/03/2026"),
            ("Name of referrer", AUTHOR),
            ("Which of these apply?", cell("X  A child has died", "   The child has been seriously harmed")),
        ),
    )
    assert made.values.get("criteria") == ["child_died"] or "criteria" in made.doubted


def test_words_typed_under_an_option_are_kept() -> None:
    """In a table of options, details typed into an option's own cell are not lost."""
    made = read_form(
        "referral",
        form(("Case reference", REFERENCE), ("Date of referral", "03/03/2026"), ("Name of referrer", AUTHOR)),
        heading("Criteria", 2),
        table(["☐", "A child has died"], ["☒", cell("The child has been seriously harmed", "Burns, in May.")]),
    )
    assert made.values["criteria"] == ["child_seriously_harmed"]
    assert "Burns, in May." in made.unplaced

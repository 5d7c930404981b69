"""How people answer "Yes / No" and tick lists, each way by itself and in contradiction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.marks import read_choice, read_yes_no
from parsers.wording import OptionIndex
from records.tree import Control, Paragraph, Run

VIEWS = OptionIndex(
    {
        "national_review": ("National review",),
        "local_review": ("Local child safeguarding practice review", "Local review"),
        "other_learning": ("Other learning (for example a case discussion)",),
        "no_further_action": ("No further action",),
    }
)


def line(*runs: Run | str) -> list[Paragraph]:
    return [Paragraph([Run(run) if isinstance(run, str) else run for run in runs])]


def box(*, checked: bool) -> Run:
    return Run("☒" if checked else "☐", control=Control("check", checked=checked))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (line("Yes"), "yes"),
        (line("no"), "no"),
        (line("Y"), "yes"),
        (line("N/K"), "not_known"),
        (line("Not known"), "not_known"),
        (line("☒ Yes     ☐ No     ☐ Not known"), "yes"),
        (line("☐ Yes     ☒ No     ☐ Not known"), "no"),
        (line("Yes ☐  No ☑"), "no"),
        (line(box(checked=False), " Yes  ", box(checked=True), " No"), "no"),
        (line("☐ Yes     X No     ☐ Not known"), "no"),
        (line("YES", "/", Run("NO", strike=True)), "yes"),
        (line(Run("YES", strike=True), " / NO / ", Run("N/K", strike=True)), "no"),
        (line("YES", "/", Run("NO", highlight=True)), "no"),
        (line(Run("Yes", bold=True), " / No"), "yes"),
        (line("Yes ✓  No"), "yes"),
        (line("Yes   No X"), "no"),
        (line("X Yes   No"), "yes"),
        (line(Run("", ring=True), "Yes / No"), "yes"),
        (line("✓"), "yes"),
    ],
)
def test_each_way_of_answering_is_read(answer: list[Paragraph], code: str) -> None:
    """A box, a mark beside, a struck-out word, bold, highlight, a ring, or the bare word."""
    reading = read_yes_no(answer)
    assert (reading.codes, reading.unsure) == ([code], "")


@pytest.mark.parametrize("printed", ["Yes / No", "YES/NO", "☐ Yes ☐ No ☐ Not known", "Yes  No  N/K", ""])
def test_a_question_left_as_printed_is_unanswered(printed: str) -> None:
    """Alternatives without a mark are the form, not an answer."""
    reading = read_yes_no(line(printed))
    assert (reading.codes, reading.details, reading.unsure) == ([], "", "")


@pytest.mark.parametrize(
    "contradiction",
    [
        line("☒ Yes  ☒ No"),
        line(Run("Yes", strike=True), " / ", Run("No", strike=True), "  see note"),
        line("☒ ", Run("Yes", strike=True), "  ☐ No"),
        line("It depends on whom you ask"),
    ],
)
def test_what_contradicts_itself_goes_to_a_person(contradiction: list[Paragraph]) -> None:
    """Two marks, or none of the options, is never silently one of them."""
    reading = read_yes_no(contradiction)
    assert reading.unsure or not reading.codes


def test_words_beside_the_answer_are_kept() -> None:
    """ "Yes – since May" is a yes with its words."""
    reading = read_yes_no(line("Yes – since May 2023"))
    assert (reading.codes, reading.details) == (["yes"], "since May 2023")


def test_a_yes_or_no_inside_a_sentence_stays_in_it() -> None:
    """ "Closed with no further action" keeps its "no": without it the words would say the opposite."""
    reading = read_yes_no(line("☒ Yes ☐ No Closed in May with no further action."))
    assert (reading.codes, reading.details) == (["yes"], "Closed in May with no further action.")


def test_several_options_may_be_ticked() -> None:
    """Where more than one may be ticked, all ticked ones count, in the order of the form."""
    reading = read_choice(
        [
            *line("☐ National review"),
            *line("☒ Other learning (for example a case discussion)"),
            *line("☒ Local review"),
        ],
        VIEWS,
        several=True,
    )
    assert (reading.codes, reading.unsure) == (["local_review", "other_learning"], "")


def test_a_ticked_option_that_nobody_knows_is_said() -> None:
    """A tick beside an unknown wording is shown to a person, not dropped."""
    reading = read_choice(line("☒ Something quite different ☐ No further action"), VIEWS, several=True)
    assert reading.unsure


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_or_loses_a_word(text: str) -> None:
    """Whatever stands in the cell, the reading ends, and letters are in an option or in the details."""
    reading = read_yes_no(line(text))
    if not reading.codes and any(char.isalnum() for char in reading.details):
        assert reading.details.split()[0] in text

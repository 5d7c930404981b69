"""The last look: personal data of a child never passes, and ordinary letters do."""

from __future__ import annotations

import pytest

from generators.personal_data import assert_no_personal_data
from records.errors import Refused

NAMES = ("Jamie-Lee O’Exemplar", "Siân Hope", "Mr Rose Sample")
DOBS = ("2020-03-04",)
NUMBERS = ("9990000018",)


def look(text: str, **allowed: tuple[str, ...]) -> None:
    assert_no_personal_data(text, NAMES, DOBS, NUMBERS, **allowed)


@pytest.mark.parametrize(
    "text",
    [
        "Return for Jamie-Lee O'Exemplar",
        "JAMIE-LEE O’EXEMPLAR",
        "O'Exemplar, Jamie-Lee",
        "summary_Sian_Hope_final.docx",
        "SianHope.docx",
        "S. Hope",
        "S Hope",
        "hope, siân",
        "the form of Jamie-Lee is not signed",
        "born 04/03/2020",
        "born 4.3.20",
        "born 2020-03-04",
        "born 4th of March 2020",
        "born Mar 4, 2020",
        "file 04032020.docx",
        "NHS 999 000 0018",
        "NHS 999-000-0018.",
        "9990000018",
    ],
)
def test_personal_data_is_refused_without_being_repeated(text: str) -> None:
    """Any order, case, accent and separator is seen; the message does not tell what was seen."""
    with pytest.raises(Refused) as caught:
        look(text)
    told = str(caught.value).casefold()
    assert not any(part in told for part in ("jamie", "hope", "exemplar", "2020", "999", "04"))


@pytest.mark.parametrize(
    "text",
    [
        "We hope to hear from you by Friday 4 December 2026, 5 pm.",
        "The number of cases rose.",
        "Case MV-2026-007, version 2, row 14, telephone 0161 496 0018",
        "14/03/2020 and 4 March 2021 and 4 March 20201",
        "Ropewalk, hopeful, Rosemary",
    ],
)
def test_ordinary_words_and_other_numbers_pass(text: str) -> None:
    """A letter is not stopped by a word that only looks like a name."""
    look(text)


def test_an_allowed_phrase_may_share_a_word_with_a_name() -> None:
    """The agency's own name may hold a child's surname; the child's name beside it is still seen."""
    look("Dear colleague at Hope Street Surgery", allowed=("Hope Street Surgery",))
    with pytest.raises(Refused):
        look("Hope Street Surgery on Siân Hope", allowed=("Hope Street Surgery",))


def test_an_allowed_phrase_hides_nothing_inside_a_longer_word() -> None:
    """A short allowed phrase does not break a name in two."""
    with pytest.raises(Refused):
        assert_no_personal_data("Exemplar", ("Jamie Exemplar",), allowed=("Ex",))

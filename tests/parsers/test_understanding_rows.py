"""Chronologies: heads, repeated heads, prompt rows, split rows and tables, dates given once."""

from __future__ import annotations

import pytest

from tests.parsers.understanding import (
    AUTHOR,
    FIRST,
    HEAD,
    POLICE,
    REFERENCE,
    SECOND,
    TITLES,
    read_all,
    read_form,
)
from tests.parsers.word_files import Xml, bold, cell, form, heading, label, p, row, table


def events(*blocks: Xml) -> list[tuple[str | None, str | None, str | None]]:
    """Date, time and event of each row."""
    made = read_form("chronology", form(("Case reference", REFERENCE), ("Child's name", "Robin Testerby")), *blocks)
    count = len({path.partition("]")[0] for path in made.values if path.startswith("events[")})
    return [
        (
            made.values.get(f"events[{n}].date"),
            made.values.get(f"events[{n}].time"),
            made.values.get(f"events[{n}].event"),
        )
        for n in range(count)
    ]


BOTH = [("2024-03-12", "14:30", "Visit."), ("2024-03-13", None, "Call.")]


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param((table(HEAD, FIRST, SECOND),), id="one-table"),
        pytest.param((table(row(*HEAD, header=True), FIRST, HEAD, SECOND),), id="repeated-head"),
        pytest.param((table(HEAD, FIRST), p(""), table(HEAD, SECOND)), id="split-with-head"),
        pytest.param((table(HEAD, FIRST), p(""), table(SECOND)), id="split-without-head"),
        pytest.param(
            (
                table(
                    HEAD,
                    ["dd/mm/yyyy", "24 hour", "The record, for example case note or e-mail", "Facts only, brief", ""],
                    FIRST,
                    SECOND,
                ),
            ),
            id="prompt-row",
        ),
        pytest.param((table(HEAD, FIRST, [""] * 5, SECOND, [""] * 5),), id="blank-rows"),
        pytest.param((table(HEAD, FIRST, [cell("No contact this week", span=5)], SECOND),), id="note-between"),
    ],
)
def test_rows_of_a_chronology(blocks: tuple[Xml, ...]) -> None:
    """Heads printed again, prompts, blanks and notes are no events; the order is kept."""
    assert events(*blocks) == BOTH


def test_a_row_cut_by_the_end_of_a_table_is_one_event() -> None:
    """The rest of a sentence in the first row of the next table belongs to the row before."""
    cut = ["12/03/2024", "14:30", "Note", "The visit was made and the", "A."]
    assert events(table(HEAD, cut), p(""), table(["", "", "", "mother was told.", ""], SECOND)) == [
        ("2024-03-12", "14:30", "The visit was made and the mother was told."),
        BOTH[1],
    ]


@pytest.mark.parametrize("again", ["ditto", '"', "as above", "", cell(merge="continue")])
def test_a_date_given_once_for_several_rows(again: str) -> None:
    """Ditto, blank below and merged cells give each row the date of the first."""
    first = cell("12/03/2024", merge="restart") if isinstance(again, Xml) else "12/03/2024"
    made = events(table(HEAD, [first, "14:30", "Note", "Visit.", "A."], [again, "15:00", "Note", "Call.", "B."]))
    assert made == [("2024-03-12", "14:30", "Visit."), ("2024-03-12", "15:00", "Call.")]


def test_the_year_over_a_chronology_does_not_hide_it() -> None:
    """A banner with the year right under the head is no reason to give the table up."""
    made = events(table(HEAD, [cell(bold("2024"), span=5)], FIRST, SECOND))
    assert made == BOTH


@pytest.mark.parametrize(
    "front",
    [
        pytest.param(table(["Agency", POLICE], ["Case reference", REFERENCE]), id="plain"),
        pytest.param(table(["Agency", POLICE]), id="one-row"),
        pytest.param(form(("Agency", POLICE), ("Completed by", AUTHOR)), id="look"),
        pytest.param(Xml(heading("Events", 2) + form(("Agency", POLICE), ("Completed by", AUTHOR))), id="list-heading"),
        pytest.param(p(f"Agency: {POLICE}"), id="paragraph"),
    ],
)
def test_the_agency_of_a_chronology_is_not_an_events(front: Xml) -> None:
    """ "Agency" over the table of events is the agency of the whole, though events have one too."""
    (made,) = read_all(TITLES["chronology"], front, table(HEAD, FIRST, SECOND))
    assert made.settled()["agency"] == POLICE
    assert not [path for path in made.values if path.endswith("].agency")]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("03/04/24", "2024-04-03"),
        ("w/c 11 March 2024", "2024-03-11/2024-03-17"),
        ("?12/3/24", "2024-03-12?"),
        ("Spring 2024", "2024-21"),
        ("12-14 March 2024", "2024-03-12/2024-03-14"),
        ("12/03/2024 at 2.30pm", "2024-03-12"),
    ],
)
def test_dates_of_rows(written: str, date: str) -> None:
    """Dates are read day first and never more precise than written."""
    assert events(table(HEAD, [written, "", "Note", "Visit.", ""], SECOND))[0][0] == date


@pytest.mark.parametrize(
    "written", ["31/02/2024", "3/13/2024", "12/03", "04/03/2024 and 05/03/2024", "Mon 12 March 2024"]
)
def test_dates_that_nobody_can_be_sure_of_are_shown(written: str) -> None:
    """An impossible, unfinished or contradicting date goes to review."""
    made = read_form("chronology", table(HEAD, [written, "", "Note", "Visit.", ""], SECOND))
    assert "events[0].date" in made.doubted
    assert made.values["events[0].date_as_written"]


def test_a_column_that_no_field_asks_for_is_kept_with_its_head() -> None:
    """An agency's own column is not dropped and moves no other."""
    made = read_form(
        "chronology",
        table(
            [label(words) for words in ("Date", "Event", "Risk level", "Action taken")],
            ["12/03/2024", "Visit.", "High", "A."],
            ["13/03/2024", "Call.", "", "B."],
        ),
    )
    assert made.values["events[0].action"] == "A."
    assert "Risk level: High" in made.unplaced


def test_rows_that_nobody_can_name_are_kept() -> None:
    """A chronology without its head keeps every cell for a person."""
    made = read_form("chronology", form(("Case reference", REFERENCE), ("Agency", POLICE)), table(FIRST, SECOND))
    assert {"12/03/2024", "14:30", "Visit.", "Call."} <= set(made.unplaced.splitlines())

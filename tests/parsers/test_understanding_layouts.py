"""Layouts: cards, a column per child, sign-offs under headings of any wording, options with a Yes and a No each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.parsers.understanding import (
    AUTHOR,
    FIRST,
    FRONT,
    HEAD,
    POLICE,
    REFERENCE,
    SECOND,
    Understood,
    read_all,
    read_form,
)
from tests.parsers.word_files import Part, Xml, bold, cell, form, heading, label, p, ring, run, table

PLAN = heading("Review Action Plan")
CHECK = heading("Review Action Plan Verification")
GOOD = heading("Seriously Good Outcome Referral Form")
MAIL = "robin@northernvale.example"


def column(made: Understood, block: str, name: str) -> list[object]:
    """The values of one field in the items of a list, in order."""
    count = 1 + max(
        (int(path.split("[")[1].split("]")[0]) for path in made.values if path.startswith(block)), default=-1
    )
    return [made.values.get(f"{block}[{number}].{name}") for number in range(count)]


def worker(name: str, agency: str, contact: str) -> Xml:
    """A card for one worker, its labels without any look."""
    return table(["Name", name], ["Agency", agency], ["Zzyzx how to get hold of", contact])


def test_cards_of_workers_are_the_rows_of_one_list() -> None:
    """One small table for each worker is one item each; what the vague label asks, its values say."""
    made = read_form(
        "referral",
        heading("Agencies involved", 2),
        worker("Sam Sample", POLICE, "0161 496 0123"),
        worker("Robin Testerby", "Northern Vale School", MAIL),
        form(("Case reference", REFERENCE)),
    )
    assert column(made, "agencies_involved", "name") == ["Sam Sample", "Robin Testerby"]
    assert column(made, "agencies_involved", "contact") == ["0161 496 0123", MAIL]
    assert made.values["case_reference"] == REFERENCE


def action(banner: str, what: str, lead: str, due: str) -> Xml:
    return table(
        [cell(bold(banner), span=4, shade="E2E2E2")],
        [label("Action"), what, label("Lead"), lead],
        [label("Target date"), due, label("Status"), "Green"],
    )


def test_a_plan_in_blocks_is_one_action_a_block() -> None:
    """The row over a block gives the recommendation with its number; blocks are never joined or doubled."""
    (made,) = read_all(
        PLAN,
        form(("Case reference", REFERENCE)),
        action("Recommendation 1: Make it known.", "Write a guide.", "Sam Sample", "1 May 2026"),
        action("Recommendation 2: Check that it is.", "Audit 20 files.", "Robin Testerby", "2 June 2026"),
    )
    assert made.form == "action_plan"
    assert column(made, "actions", "number") == ["1", "2"]
    assert column(made, "actions", "recommendation") == ["Make it known.", "Check that it is."]
    assert column(made, "actions", "action") == ["Write a guide.", "Audit 20 files."]
    assert column(made, "actions", "target_date") == ["2026-05-01", "2026-06-02"]
    assert column(made, "actions", "status") == ["green", "green"]


def test_a_head_with_one_row_is_no_card() -> None:
    """Four heads over four answers are not two labels with their values."""
    made = read_form(
        "referral",
        heading("Agencies involved", 2),
        table(
            [label(words) for words in ("Agency", "Name", "Role", "Still involved?")],
            [POLICE, "Sam Sample", "Sergeant", "Yes"],
        ),
    )
    assert column(made, "agencies_involved", "name") == ["Sam Sample"]
    assert made.values["agencies_involved[0].still_involved"] == "yes"


CHILDREN = (
    ["", label("Child 1"), label("Child 2")],
    [label("Name"), "Robin Testerby", "Sam Testerby"],
    [label("Zzyzx description"), "Girl", "Male"],
    [label("Qwerty zxcvb"), "blue", "green"],
    [label("Date of birth"), "01/02/2015", "03/04/2017"],
)


def test_a_column_for_each_child_survives_questions_nobody_knows() -> None:
    """An unknown question among the rows neither ends the table nor makes a third child."""
    made = read_form("referral", table(*CHILDREN), form(("Case reference", REFERENCE)))
    assert column(made, "children", "name") == ["Robin Testerby", "Sam Testerby"]
    assert column(made, "children", "date_of_birth") == ["2015-02-01", "2017-04-03"]
    assert column(made, "children", "gender") == ["Girl", "Male"]
    assert {"Qwerty zxcvb: blue", "Qwerty zxcvb: green"} <= set(made.unplaced.splitlines())


SIGNED = ("Robin Testerby", "Head of Service", "Robin Testerby", "4 March 2026")
ACROSS = table([label(words) for words in ("Print name", "Job title", "Signature", "Date")], list(SIGNED))
DOWN = form(*zip(("Print name", "Job title", "Signature", "Date"), SIGNED, strict=True))


@pytest.mark.parametrize("layout", [pytest.param(ACROSS, id="across"), pytest.param(DOWN, id="down")])
def test_a_sign_off_under_a_heading_that_no_wording_knows(layout: Xml) -> None:
    """What is asked says that it is a sign-off, the heading's words say whose; the author is not contradicted."""
    made = read_form("agency_summary", FRONT, p("Checked and approved by somebody quite senior here", look="b"), layout)
    settled = made.settled()
    assert settled["author.name"] == AUTHOR
    assert settled["quality_assurance.name"] == "Robin Testerby"
    assert settled["quality_assurance.role"] == "Head of Service"
    assert settled["quality_assurance.date"] == "2026-03-04"
    assert settled["quality_assurance.signed"] == "yes"


def test_the_authors_own_sign_off_is_told_by_the_name() -> None:
    """Where the heading says nothing, the same name as the author's makes it the author's signature."""
    made = read_form(
        "agency_summary",
        FRONT,
        p("Qwerty zxcvb", look="b"),
        table([label("Print name"), label("Signature"), label("Date")], [AUTHOR, AUTHOR, "4 March 2026"]),
    )
    assert made.settled()["signature.name"] == AUTHOR
    assert "quality_assurance.name" not in made.values


def test_a_sign_off_of_nobody_known_is_shown() -> None:
    """Neither heading nor name tells whose it is: whatever is taken, a person looks."""
    made = read_form("agency_summary", FRONT, p("Qwerty zxcvb", look="b"), ACROSS)
    assert "Robin Testerby" not in set(made.settled().values())
    assert "Robin Testerby" in {*made.values.values()} or "Robin Testerby" in made.unplaced


def test_labels_may_name_the_person_they_are_about() -> None:
    """ "Signature of the sub group representative" is a field and a person."""
    made = read_form(
        "agency_summary",
        FRONT,
        heading("Quality assurance", 2),
        form(
            ("Name of sub group representative", "Robin Testerby"),
            ("Signature of sub group representative", "Robin Testerby"),
        ),
    )
    assert made.values["quality_assurance.name"] == "Robin Testerby"
    assert made.values["quality_assurance.signed"] == "yes"


METHODS = ("Appreciative inquiry", "Learning event", "Case discussion")


def chosen(*blocks: Xml) -> tuple[object, bool]:
    (made,) = read_all(GOOD, form(("Date of referral", "3 March 2026")), *blocks)
    return made.values.get("preferred_methodology"), "preferred_methodology" in made.doubted


@pytest.mark.parametrize(
    "choose",
    [
        pytest.param(
            lambda yes: ("Yes / ", run("No", "strike")) if yes else (run("Yes", "strike"), " / No"), id="struck"
        ),
        pytest.param(lambda yes: (run("Yes", "b"), " / No") if yes else ("Yes / ", run("No", "b")), id="bold"),
        pytest.param(lambda yes: (ring(), "Yes / No") if yes else ("Yes / ", ring(), "No"), id="circled"),
        pytest.param(lambda yes: ("☒ Yes ☐ No",) if yes else ("☐ Yes ☒ No",), id="boxes"),
    ],
)
def test_options_with_yes_and_no_on_a_line_each(choose: Callable[[bool], tuple[Part, ...]]) -> None:
    """Under a question in any words each line is an option, chosen where its Yes is."""
    lines = [p(f"{method}  ", *choose(method == "Learning event")) for method in METHODS]
    found = chosen(p("Zzyzx, in what way? (please circle Yes or No for each)", look="b"), *lines)
    assert found == (["learning_event"], False)


def test_options_with_nothing_chosen_are_not_all_chosen() -> None:
    """Lines left as printed choose nothing."""
    lines = [p(f"{method}  Yes / No") for method in METHODS]
    assert chosen(p("Zzyzx, in what way?", look="b"), *lines) == (None, False)


@pytest.mark.parametrize("mark", ["x", "✓", "Yes"])
def test_options_under_yes_and_no_columns(mark: str) -> None:
    """A mark under No chooses nothing, a mark under Yes its option."""
    rows = [[method, mark if method == "Case discussion" else "", ""] for method in METHODS]
    rows[0][2] = "x"
    found = chosen(table([label("Zzyzx, in what way?"), label("Yes"), label("No")], *rows))
    assert found[0] == ["case_discussion"]


def test_options_tell_the_question_that_no_wording_knows() -> None:
    """A cell that lists the options of one field is that field's answer."""
    found = chosen(
        form(("Zzyzx, in what way?", cell("☐ Appreciative inquiry", "\n☒ Learning event", "\n☐ Case discussion")))
    )
    assert found == (["learning_event"], False)


def test_vague_heads_are_placed_by_what_the_cells_hold() -> None:
    """Dates under an unknown head are the events' dates; a vague yes/no head over names is no yes or no."""
    made = read_form(
        "chronology",
        form(("Case reference", REFERENCE), ("Agency", POLICE)),
        table(
            [label(words) for words in ("Zzyzx stamp", "Source of information", "Event", "Action taken")],
            ["12/03/2024", "Case notes", "Visit.", "A."],
            ["13/03/2024", "Case notes", "Call.", "B."],
        ),
    )
    assert column(made, "events", "date") == ["2024-03-12", "2024-03-13"]
    assert not {path for path in made.doubted if path.endswith(".date")}


def test_ticked_answer_columns_win_over_a_head_that_is_only_alike() -> None:
    """Under Yes, Partly and No stands whether it is done; the vague column beside holds the date."""
    (made,) = read_all(
        CHECK,
        form(("Case reference", REFERENCE)),
        table(
            [label(words) for words in ("Recommendation no.", "Yes", "Partly", "No", "Date completed", "Evidence")],
            ["1", "✓", "", "", "14/01/2024", "Minutes of the group"],
            ["2", "", "", "✓", "", "Supervision notes seen"],
        ),
    )
    assert column(made, "items", "completed") == ["yes", "no"]
    assert column(made, "items", "completion_date") == ["2024-01-14", None]


def test_a_chronology_whose_heads_say_nothing_is_read_and_shown() -> None:
    """Dates, times, sources and prose say what the columns are; every value so placed is shown to a person."""
    told = "The worker visited at home and saw the child with the mother in the kitchen."
    made = read_form(
        "chronology",
        form(("Case reference", REFERENCE), ("Agency", POLICE)),
        table(
            [label(words) for words in ("Zzyzx", "Qwerty hh:mm", "Source of information", "Zxcvb")],
            ["12/03/2024", "14:30", "Case notes", told],
            ["13/03/2024", "09:15", "E-mail", told],
            ["14/03/2024", "10:00", "Case notes", told],
        ),
    )
    assert column(made, "events", "date") == ["2024-03-12", "2024-03-13", "2024-03-14"]
    assert column(made, "events", "time") == ["14:30", "09:15", "10:00"]
    assert column(made, "events", "event") == [told] * 3
    assert "events[1].event" in made.doubted


def test_a_table_of_versions_is_no_chronology() -> None:
    """A small table of the form's own history makes no events that nobody is shown."""
    made = read_form(
        "chronology",
        form(("Case reference", REFERENCE), ("Agency", POLICE)),
        table(
            [label(words) for words in ("Version", "Date", "Changed by", "What changed")],
            ["1.0", "01/02/2020", "Sam Sample", "The first edition of this form."],
            ["1.1", "03/04/2021", "Robin Testerby", "The address of the partnership."],
        ),
        table(HEAD, FIRST, SECOND),
    )
    assert [event for event in column(made, "events", "event") if event in ("Visit.", "Call.")] == ["Visit.", "Call."]
    assert not {value for path, value in made.settled().items() if path.endswith(".event")} - {"Visit.", "Call."}

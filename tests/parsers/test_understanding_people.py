"""Whose name it is: two boxes, several children, cells that ask for several things, sign-offs."""

from __future__ import annotations

import pytest

from tests.parsers import word_files as word
from tests.parsers.understanding import (
    AUTHOR,
    FRONT,
    POLICE,
    REFERENCE,
    read_form,
)
from tests.parsers.word_files import Xml, cell, form, heading, label, p, table


def test_a_name_in_two_boxes() -> None:
    """Forename and surname become one name."""
    made = read_form(
        "referral",
        table(
            [label("Forename"), "Robin", label("Surname"), "Testerby"],
            [label("Date of birth"), "14/05/2019", label("Gender"), "M"],
        ),
    )
    assert made.settled() == {
        "children[0].name": "Robin Testerby",
        "children[0].date_of_birth": "2019-05-14",
        "children[0].gender": "M",
    }


def test_a_cell_that_asks_for_several_things() -> None:
    """Address, telephone and e-mail in one cell go to three fields; agency and post in one cell to two."""
    made = read_form(
        "referral",
        heading("Referrer", 2),
        table(
            [label("Name"), label("Agency & designation/title"), label("Contact details")],
            [
                AUTHOR,
                cell(POLICE, "Detective Sergeant"),
                cell("1 Sample Street, Vale", "Tel: 0161 496 0123", "avery@police.example"),
            ],
        ),
    )
    assert made.settled() == {
        "referrer.name": AUTHOR,
        "referrer.agency": POLICE,
        "referrer.role": "Detective Sergeant",
        "referrer.address": "1 Sample Street, Vale",
        "referrer.phone": "0161 496 0123",
        "referrer.email": "avery@police.example",
    }


CHILDREN = {
    "children[0].name": "Robin Testerby",
    "children[0].date_of_birth": "2019-05-14",
    "children[1].name": "Jamie Testerby",
    "children[1].date_of_birth": "2021-02-01",
}


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(
            (
                heading("Children", 2),
                table(
                    [label("Name"), label("Date of birth")],
                    ["Robin Testerby", "14/05/2019"],
                    ["Jamie Testerby", "01/02/2021"],
                    ["", ""],
                ),
            ),
            id="rows",
        ),
        pytest.param(
            (
                form(
                    ("Child's name", "Robin Testerby"),
                    ("Child's date of birth", "14/05/2019"),
                    ("Child's name", "Jamie Testerby"),
                    ("Child's date of birth", "01/02/2021"),
                ),
            ),
            id="repeated-labels",
        ),
        pytest.param(
            (
                heading("Child 1", 2),
                form(("Name", "Robin Testerby"), ("Date of birth", "14/05/2019")),
                heading("Child 2", 2),
                form(("Name", "Jamie Testerby"), ("Date of birth", "01/02/2021")),
            ),
            id="headings",
        ),
    ],
)
def test_several_children(blocks: tuple[Xml, ...]) -> None:
    """Each child keeps its own date of birth."""
    assert read_form("referral", *blocks, form(("Case reference", REFERENCE))).settled() == {
        **CHILDREN,
        "case_reference": REFERENCE,
    }


def test_a_child_without_a_birth_date_does_not_get_its_sisters() -> None:
    """A blank in one child's block stays blank."""
    made = read_form(
        "referral",
        form(
            ("Child's name", "Robin Testerby"),
            ("Child's date of birth", ""),
            ("Child's name", "Jamie Testerby"),
            ("Child's date of birth", "01/02/2021"),
        ),
    )
    assert "children[0].date_of_birth" not in made.values
    assert made.values["children[1].date_of_birth"] == "2021-02-01"


def test_blocks_named_by_a_merged_cell() -> None:
    """A label merged over several rows names the person of those rows."""
    rows = []
    for title, name in (("Referrer", AUTHOR), ("Safeguarding lead", "Sam Sample")):
        rows.append([label(title, merge="restart"), label("Name"), name])
        rows.append([label("", merge="continue"), label("Agency"), f"Agency of {name}"])
    settled = read_form("referral", table(*rows), form(("Case reference", REFERENCE))).settled()
    assert settled.get("referrer.name", AUTHOR) == AUTHOR
    assert settled.get("safeguarding_lead.name", "Sam Sample") == "Sam Sample"
    assert AUTHOR not in {value for path, value in settled.items() if not path.startswith("referrer")}


def test_a_person_whom_no_heading_names_is_shown() -> None:
    """Where several people could be meant, nobody is chosen silently."""
    made = read_form(
        "referral",
        table(
            [label("Name"), label("Agency & designation/title"), label("Contact details")],
            [AUTHOR, cell(POLICE, "Sergeant"), "0161 496 0123"],
        ),
        form(("Case reference", REFERENCE)),
    )
    assert AUTHOR not in {value for path, value in made.settled().items() if not path.startswith("referrer")}


def test_two_sign_offs_with_the_same_labels() -> None:
    """Name, signature and date belong to the sign-off whose heading stands above them."""
    made = read_form(
        "agency_summary",
        FRONT,
        heading("Quality assured by", 2),
        form(("Name", "Sam Sample"), ("Signature", cell(p(word.picture()))), ("Date", "04/03/2026")),
        heading("Author's signature", 2),
        form(("Name", AUTHOR), ("Signature", "________"), ("Date", "")),
    )
    settled = made.settled()
    assert {path: value for path, value in settled.items() if path.startswith(("quality", "signature"))} == {
        "quality_assurance.name": "Sam Sample",
        "quality_assurance.date": "2026-03-04",
        "quality_assurance.signed": "yes",
        "signature.name": AUTHOR,
        "signature.signed": "no",
    }


def test_a_front_table_after_a_sign_off_keeps_its_date() -> None:
    """Under an open sign-off whose date was left blank, "Date completed" still is the form's own date."""
    made = read_form(
        "agency_summary",
        heading("Quality assured by", 2),
        form(("Name", "Sam Sample"), ("Signature", "S Sample"), ("Date", "")),
        form(("Case reference", REFERENCE), ("Agency", POLICE), ("Author", AUTHOR), ("Date completed", "3 March 2026")),
    )
    assert "quality_assurance.date" not in made.settled()

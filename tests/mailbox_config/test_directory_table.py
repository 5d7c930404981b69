"""The directory as a table goes out and comes back unchanged; mistakes name row and column."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import mailbox_config
from mailbox_config.directory import Directory, load_directory
from mailbox_config.directory_table import as_toml, read_table, write_table
from records.cases import Agency, Contact
from records.errors import Misconfigured

EXAMPLE = Path(mailbox_config.__file__).parent / "directory.example.toml"


@pytest.mark.parametrize("name", ["directory.xlsx", "directory.csv"])
def test_a_directory_survives_the_way_through_a_table(tmp_path: Path, name: str) -> None:
    """Out to a table and back gives the same directory, and so does its TOML."""
    directory = load_directory(EXAMPLE)
    write_table(directory, tmp_path / name)
    again = read_table(tmp_path / name)
    assert again == directory
    (tmp_path / "directory.toml").write_text(as_toml(again), encoding="utf-8")
    assert load_directory(tmp_path / "directory.toml") == directory


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30))
def test_any_name_survives_toml(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Quotes, backslashes and control characters in a name come back as they were."""
    contact = Contact(role="author", name=name, email="a@one.example")
    directory = Directory((Agency(id="one", name="One", contacts=(contact,)),))
    path = tmp_path_factory.mktemp("toml") / "directory.toml"
    path.write_text(as_toml(directory), encoding="utf-8", newline="")
    assert load_directory(path) == directory


def write_csv(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["ID", "Agency", "Sector", "Domains", "Role", "Contact", "Email"], *rows])
    return path


def test_further_contacts_need_not_repeat_the_agency(tmp_path: Path) -> None:
    """Empty cells mean the agency of the row above; headings and roles may be written as people write them."""
    path = write_csv(
        tmp_path / "d.csv",
        ["police", "Sampleshire Police", "Police", "police.example", "Author", "A", "a@police.example"],
        ["", "", "", "", "Sub-group representative", "B", "b@police.example"],
        ["", "", "", "", "", "", ""],
    )
    (agency,) = read_table(path).agencies
    assert [contact.role for contact in agency.contacts] == ["author", "sub_group_representative"]
    assert agency.sector == "police"


def test_every_mistake_names_its_row_and_column(tmp_path: Path) -> None:
    """All mistakes are told at once."""
    path = write_csv(
        tmp_path / "d.csv",
        ["", "Nobody", "", "", "author", "A", "a@x.example"],
        ["police", "Sampleshire Police", "army", "", "author", "A", ""],
        ["police", "Another Police", "", "", "boss", "B", "b@police.example"],
        ["school", "", "", "", "author", "C", "c@school.example"],
    )
    with pytest.raises(Misconfigured) as caught:
        read_table(path)
    for part in (
        "Row 2, column “Id”",
        "Row 3, column “Sector”",
        "Row 3, column “Email”",
        "Row 4, column “Agency”",
        "Row 4, column “Role”",
        "“school” has no name",
    ):
        assert part in caught.value.message


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("d.csv", "Id,Agency,Role\n", "no column “Email”"),
        ("d.csv", "Id,Agency,Role,Email,Fax\n", "“Fax” is not known"),
        ("d.csv", "", "no column “Id”"),
        ("d.xlsx", "not a workbook", "cannot be read"),
        ("d.ods", "", "neither .xlsx nor .csv"),
    ],
)
def test_a_file_that_is_no_such_table_says_so(tmp_path: Path, name: str, text: str, part: str) -> None:
    """Missing or unknown columns, damaged and foreign files are plain sentences."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=part):
        read_table(tmp_path / name)


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """No spreadsheet may run what stands in a directory."""
    contact = Contact(role="author", name='=HYPERLINK("x")', email="a@one.example")
    directory = Directory((Agency(id="one", name="One", contacts=(contact,)),))
    write_table(directory, tmp_path / "d.xlsx")
    assert load_workbook(tmp_path / "d.xlsx").worksheets[0]["I2"].data_type == "s"
    assert read_table(tmp_path / "d.xlsx") == directory
    write_table(directory, tmp_path / "d.csv")
    assert "'=HYPERLINK" in (tmp_path / "d.csv").read_text(encoding="utf-8-sig")
    assert read_table(tmp_path / "d.csv") == directory


def test_the_language_of_the_letters_is_a_column(tmp_path: Path) -> None:
    """By code or by name; empty is English; a misspelt one is said with its row."""
    contact = Contact(role="author", name="A", email="a@one.example")
    directory = Directory(
        (
            Agency(id="one", name="One", contacts=(contact,), language="cy"),
            Agency(id="two", name="Two", contacts=(contact.model_copy(update={"email": "b@two.example"}),)),
        )
    )
    for name in ("d.xlsx", "d.csv"):
        write_table(directory, tmp_path / name)
        assert read_table(tmp_path / name) == directory
    text = (tmp_path / "d.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "words.csv").write_text(text.replace(",cy", ",Welsh"), encoding="utf-8")
    assert read_table(tmp_path / "words.csv") == directory
    (tmp_path / "wrong.csv").write_text(text.replace(",cy", ",Wlesh"), encoding="utf-8")
    with pytest.raises(Misconfigured, match="Row 2, column “Language”"):
        read_table(tmp_path / "wrong.csv")
    (tmp_path / "d.toml").write_text(as_toml(directory), encoding="utf-8")
    assert load_directory(tmp_path / "d.toml") == directory

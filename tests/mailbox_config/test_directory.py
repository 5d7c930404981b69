"""The agency directory says who is meant, or leaves it to a person."""

from __future__ import annotations

from pathlib import Path

import pytest

import mailbox_config
from mailbox_config.directory import Directory, contact_for, directory_problems, load_directory
from records.cases import Agency, Contact
from records.errors import Misconfigured

EXAMPLE = Path(mailbox_config.__file__).parent / "directory.example.toml"


@pytest.fixture
def directory() -> Directory:
    return load_directory(EXAMPLE)


@pytest.mark.parametrize(
    "written",
    ["Sampleshire Police", "SAMPLESHIRE POLICE.", "Sampleshire Constabulary", "sampol", "The Sampleshire Police"],
)
def test_names_former_names_and_aliases_are_known(directory: Directory, written: str) -> None:
    """Case, punctuation and little words apart, each name of an agency leads to it."""
    found = directory.by_name(written)
    assert found is not None
    assert found.id == "police"


def test_a_near_name_is_a_candidate_and_never_an_answer(directory: Directory) -> None:
    """A misspelt name is offered to a person."""
    assert directory.by_name("Sampelshire Police") is None
    assert [near.agency.id for near in directory.near_names("Sampelshire Police")] == ["police"]
    assert directory.by_name("") is None
    assert directory.near_names("A garage") == ()


@pytest.mark.parametrize(
    ("address", "agency_id"),
    [
        ("someone@sampleshire-police.example", "police"),
        ("someone@ppu.Sampleshire-Police.example", "police"),
        ("someone@sampleshire-police.example.cjsm.net", "police"),
        ("someone@notsampleshire-police.example", None),
        ("someone@nhs.net", None),
        ("not an address", None),
    ],
)
def test_domains_include_their_sub_domains_and_nothing_else(
    directory: Directory, address: str, agency_id: str | None
) -> None:
    """A sub-domain belongs to the agency; a domain that merely ends alike does not."""
    found = directory.by_domain(address)
    assert (found.id if found else None) == agency_id


def test_a_contact_with_a_shared_domain_is_known_by_the_whole_address() -> None:
    """A surgery on nhs.net is known by its contact's own address."""
    surgery = Agency(
        id="gp", name="Example Surgery", contacts=(Contact(role="author", name="Dr F", email="gp.f@nhs.net"),)
    )
    directory = Directory((surgery,))
    assert directory.by_sender("GP.F@nhs.net") == surgery
    assert directory.by_sender("other@nhs.net") is None


def test_the_next_contact_up_the_ladder_stands_in(directory: Directory) -> None:
    """Without a sub-group representative the safeguarding lead is written to."""
    services = directory.get("childrens-services")
    assert services is not None
    contact = contact_for(services, "sub_group_representative")
    assert contact is not None
    assert contact.role == "safeguarding_lead"
    police = directory.get("police")
    assert police is not None
    chief = contact_for(police, "chief_officer")
    assert chief is not None
    assert chief.role == "sub_group_representative"


def test_every_fault_of_a_directory_is_told() -> None:
    """Duplicates, shared domains, wrong addresses and lonely agencies are each a sentence."""
    author = Contact(role="author", name="A", email="a@one.example")
    faults = list(
        directory_problems(
            Directory(
                (
                    Agency(id="one", name="One", domains=("one.example", "nhs.net"), contacts=(author, author)),
                    Agency(id="two", name="Two", aliases=("ONE",), domains=("one.example", "TWO.example")),
                    Agency(id="two", name="Three", contacts=(Contact(role="author", name="B", email="b at three"),)),
                )
            )
        )
    )
    text = "\n".join(faults)
    for part in (
        "The id “two”",
        "The domain “one.example”",
        "The name “one”",
        "no contact",
        "nhs.net",
        "TWO.example",
        "not an address",
        "more than one author",
    ):
        assert part in text
    assert len(faults) == 8


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "names no agency"),
        ("[[agencies]]\nid = 'x'\n", "unknown key “agencies”"),
        ("[[agency]]\nid = 'x'\nname = 'X'\ndomain = 'x.example'\n", "Did you mean “domains”"),
        ("[[agency]]\nid = 'x'\nname = 'X'\nsector = 'army'\n", "sector"),
        (
            "[[agency]]\nid = 'x'\nname = 'X'\n[[agency.contacts]]\nrole='author'\nname='A'\nmail = 'a@x.example'\n",
            "contacts[1].mail",
        ),
    ],
)
def test_a_wrong_directory_file_names_the_place(tmp_path: Path, text: str, part: str) -> None:
    """The message says where in the file the fault lies."""
    path = tmp_path / "directory.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured) as caught:
        load_directory(path)
    assert part in str(caught.value)

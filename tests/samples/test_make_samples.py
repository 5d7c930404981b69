"""The committed samples are the ones that the script makes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mailbox_config.directory import load_directory
from records.values import nhs_number_is_valid
from samples.cast import NHS_NUMBER, OTHER_NHS_NUMBER
from samples.make_samples import make_samples
from tests.samples.conftest import ROOT

SAMPLES = ROOT / "samples"


def test_made_anew_they_are_the_committed_ones(tmp_path: Path) -> None:
    """Byte for byte, but for the copies that LibreOffice makes."""
    written = make_samples(tmp_path, convert=lambda _: None)
    assert len(written) == 17
    for path in written:
        committed = SAMPLES / path.relative_to(tmp_path)
        assert path.read_bytes() == committed.read_bytes(), committed.name


def test_nothing_else_lies_in_the_story(tmp_path: Path) -> None:
    """Every committed piece is made by the script, with its converter or without."""
    written = {path.relative_to(tmp_path) for path in make_samples(tmp_path, convert=lambda docx: docx)}
    committed = {path.relative_to(SAMPLES) for path in (SAMPLES / "story").rglob("*") if path.is_file()}
    assert committed == {path for path in written if path.parts[0] == "story"}


def test_everybody_is_visibly_fictional() -> None:
    """Addresses end in `.example`; NHS numbers begin with 999 and have the right check digit."""
    directory = load_directory(SAMPLES / "directory.toml")
    assert len(directory.agencies) == 8
    addresses = [contact.email for agency in directory.agencies for contact in agency.contacts]
    assert all(address.endswith(".example") for address in addresses)
    assert all(domain.endswith(".example") for agency in directory.agencies for domain in agency.domains)
    for number in (NHS_NUMBER, OTHER_NHS_NUMBER):
        assert number.startswith("999")
        assert nhs_number_is_valid(number)
    settings = tomllib.loads((SAMPLES / "intake.toml").read_text("utf-8"))
    assert settings["partnership"]["contact_phone"].startswith("0161 496 0")


@pytest.mark.parametrize("agency", ["school", "gp-surgery"])
def test_names_of_contacts_share_no_word_with_a_child(agency: str) -> None:
    """Otherwise a letter that greets its reader would look like one that names a child."""
    directory = load_directory(SAMPLES / "directory.toml")
    found = directory.get(agency)
    assert found is not None
    words = {word for contact in found.contacts for word in contact.name.split()}
    assert words.isdisjoint({"Ivy", "Samplesdale", "Jasper", "Fictionby"})

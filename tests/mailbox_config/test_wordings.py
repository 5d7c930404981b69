"""The wording files of own templates: read strictly, written so that they read the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbox_config.wordings import Confirm, LocalWordings, load_local_wordings, load_wordings_file, to_toml
from records.errors import Misconfigured

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
TABLE = st.dictionaries(TEXT, TEXTS, max_size=3)
WORDINGS = st.builds(
    LocalWordings,
    form=TEXT,
    edition=TEXT,
    printed=TEXTS,
    unplaced=TEXTS,
    labels=TABLE,
    prompts=TABLE,
    options=st.dictionaries(TEXT, TABLE, max_size=2),
    confirm=st.lists(st.builds(Confirm, label=TEXT, field=TEXT, why=TEXT, confirmed=st.booleans()), max_size=2).map(
        tuple
    ),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDINGS)
def test_what_is_written_is_read_again(tmp_path: Path, wordings: LocalWordings) -> None:
    """Whatever a template prints, quotation marks and control characters and all, comes back as it was."""
    path = tmp_path / "own.toml"
    path.write_text(to_toml(wordings, "Look through it."), encoding="utf-8", newline="")
    assert load_wordings_file(path) == wordings


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('form = "chronology"\nlabel = {}', "label"),
        ('form = "chronology"\n[[confirm]]\nlabel = "A"\nfield = "b"\nsure = true', "confirm[0].sure"),
        ('edition = "1"', "form"),
        ('form = "chronology"\nprinted = 7', "printed"),
        ('form = "chronology"\n[labels]\nagency = "Agency"', "labels.agency"),
        ('form = "chronology"\n[[confirm]]\nlabel = "A"\nfield = "b"\npart = "anything"', "confirm.0.part"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    """An unknown key, a missing one and a wrong value each say which, in which file."""
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured) as error:
        load_wordings_file(path)
    assert str(path) in error.value.message
    assert f"“{key}”" in error.value.message
    assert error.value.hint


def test_a_folder_gives_its_files_in_order_and_none_is_needed(tmp_path: Path) -> None:
    """Files that are not wordings are left alone; a folder that is not there holds none."""
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text('form = "chronology"\n', encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no wordings", encoding="utf-8")
    assert [path.name for path in load_local_wordings(tmp_path)] == ["a.toml", "b.toml"]
    assert load_local_wordings(tmp_path / "nowhere") == {}
    assert load_local_wordings(None) == {}

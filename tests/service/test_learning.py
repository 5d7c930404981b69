"""`intake forms learn`: from an unfilled template to returns that are read with it, by real reader processes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import mailbox_config
from mailbox_config.wordings import load_wordings_file
from service.cli.app import main
from tests.parsers.word_files import document, form, heading, p

EXAMPLES = Path(mailbox_config.__file__).parent
NOTE = "Return this sheet to Sampleford Safeguarding Children Partnership."
ANSWERS = ("RR-2026-001", "Northern Vale Police", "Avery Example", "3 March 2026")


def run(*words: str) -> int:
    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


def template(*answers: str) -> bytes:
    labels = ("Case reference", "Agency", "Author", "Date completed")
    values = answers or ("",) * len(labels)
    return document(heading("Agency Summary Form"), p(NOTE), form(*zip(labels, values, strict=True)))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings, a template and a return of it, entered."""
    for name in ("intake", "directory"):
        shutil.copy(EXAMPLES / f"{name}.example.toml", tmp_path / f"{name}.toml")
    (tmp_path / "ours.docx").write_bytes(template())
    (tmp_path / "return.docx").write_bytes(template(*ANSWERS))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def outcome(capsys: pytest.CaptureFixture[str]) -> tuple[str, list[str]]:
    capsys.readouterr()
    assert run("read", "return.docx", "--json") == 0
    result = json.loads(capsys.readouterr().out)
    return result["outcome"], [item["text"] for made in result["returns"] for item in made["unplaced"]]


def test_a_template_is_learned_and_its_returns_are_read_with_it(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file lands in the folder of the settings, is said with what to do next, and is used from then on."""
    assert outcome(capsys) == ("needs_review", [NOTE])
    assert run("forms", "learn", "ours.docx") == 0
    shown = capsys.readouterr().out
    for part in ("case_reference", "known", NOTE[:30], "ours.toml", "intake check-config"):
        assert part in shown
    assert outcome(capsys) == ("read", [])
    assert run("check-config") == 0


def test_programs_get_the_same_as_json(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every label with its field and how sure it is; the file is written all the same."""
    assert run("forms", "learn", "ours.docx", "--out", "elsewhere.toml", "--json") == 0
    (made,) = json.loads(capsys.readouterr().out)
    assert made["form"] == "agency_summary"
    assert {(one["label"], one["field"], one["how"]) for one in made["labels"]} >= {("Agency", "agency", "known")}
    assert made["printed"] == [NOTE]
    assert load_wordings_file(office / "elsewhere.toml").printed == (NOTE,)


def test_nothing_is_overwritten_and_every_refusal_says_what_to_do(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is there, one that is no form, one that is not there: a sentence, a remedy, and nothing written."""
    (office / "kept.toml").write_text("# mine\n", encoding="utf-8")
    (office / "letter.docx").write_bytes(document(p("Dear colleague, nothing here is a form.")))
    for words in (("ours.docx", "--out", "kept.toml"), ("letter.docx",), ("missing.docx",), ("kept.toml",)):
        assert run("forms", "learn", *words) == 1
        assert "→" in capsys.readouterr().err
    assert (office / "kept.toml").read_text(encoding="utf-8") == "# mine\n"
    assert not (office / "wordings").exists()


def test_a_wording_file_that_is_wrong_is_found_before_anything_is_read(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """check-config and read both name the file and the key; proposals that wait are mentioned and stop nothing."""
    folder = office / "wordings"
    folder.mkdir()
    wrong = folder / "wrong.toml"
    wrong.write_text('form = "agency_summary"\n[labels]\nno_such_field = ["A"]\n', encoding="utf-8")
    assert run("check-config") == 78
    assert "labels.no_such_field" in capsys.readouterr().out
    assert run("read", "return.docx") == 78
    waiting = '[[confirm]]\nlabel = "A"\nfield = "background"\n'
    wrong.write_text(f'form = "agency_summary"\n{waiting}', encoding="utf-8")
    assert run("check-config") == 0
    assert "wait for `confirmed = true`: 1." in capsys.readouterr().err

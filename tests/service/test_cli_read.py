"""`intake read` from the command line, with real reader processes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from service.cli.app import main


def run(*words: str) -> int:
    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without settings, entered, with a good form and some bad files."""
    document = docx.Document()
    document.add_heading("Chronology of significant events", level=1)
    table = document.add_table(rows=0, cols=2)
    for label, answer in (("Case reference", "PR-2026-001"), ("Child's name", "Grace Okafor")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, answer
    held = io.BytesIO()
    document.save(held)
    (tmp_path / "good.docx").write_bytes(held.getvalue())
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "cut.docx").write_bytes(held.getvalue()[:500])
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_one_line_a_file_in_order_and_the_status_of_the_worst(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad files are rejected with a reason, the good one after them is read, the status is 1."""
    files = ["empty.docx", "missing.docx", "cut.docx", "photo.jpg", "good.docx"]
    assert run("read", *files, "--json") == 1
    shown = capsys.readouterr()
    lines = [json.loads(line) for line in shown.out.splitlines()]
    assert [line["file"] for line in lines] == files
    assert [line["outcome"] == "rejected" for line in lines] == [True, True, True, True, False]
    assert all(line["reason"] for line in lines[:4])
    assert lines[4]["returns"][0]["record"]["child_name"] == "Grace Okafor"
    assert "Traceback" not in shown.err


def test_good_files_end_with_nought_and_can_be_read_by_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json a person sees the form and what needs a look; nothing is left in the folder."""
    before = sorted(path.name for path in folder.iterdir())
    assert run("read", "good.docx") == 0
    assert "Chronology of significant events" in capsys.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize(
    "words", [("read",), ("read", "good.docx", "--no-such"), ("read", "good.docx", "--workers", "0")]
)
def test_wrong_usage_is_two(folder: Path, words: tuple[str, ...]) -> None:
    """No file, an unknown option, an impossible number."""
    assert run(*words) == 2


def test_broken_settings_stop_the_reading(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings that are there must be right; none are needed."""
    (folder / "intake.toml").write_text("[partnership\n", encoding="utf-8")
    assert run("read", "good.docx") == 78
    assert "intake.toml is not valid TOML" in capsys.readouterr().err

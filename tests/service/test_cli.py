"""The command line: plain sentences, what to do next, the right exit status, never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import mailbox_config
from records.errors import Encrypted, MailboxUnavailable, Misconfigured, Refused
from service.cli.app import command_names, exit_status, main

EXAMPLES = Path(mailbox_config.__file__).parent


def run(*words: str) -> int:
    """The exit status of a command run in this process."""
    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings that are right, entered."""
    shutil.copy(EXAMPLES / "intake.example.toml", tmp_path / "intake.toml")
    shutil.copy(EXAMPLES / "directory.example.toml", tmp_path / "directory.toml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_kind_of_error_has_its_exit_status() -> None:
    """Settings 78, try again later 75, everything else foreseeable 1."""
    assert [exit_status(error) for error in (Misconfigured(), MailboxUnavailable(), Refused(), Encrypted())] == [
        78,
        75,
        1,
        1,
    ]


def test_every_command_loads_and_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is the registry: each file there is a command with a help text."""
    assert run("--help") == 0
    shown = capsys.readouterr().out
    for name in command_names():
        assert name in shown
        assert run(name, "--help") == 0
    assert {"check-config", "doctor", "forms"} <= set(command_names())


@pytest.mark.parametrize(
    "words", [("nothing",), ("forms", "schema"), ("forms", "schema", "no_such_form"), ("forms", "list", "--no-such")]
)
def test_wrong_usage_ends_with_two(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command, argument or option is wrong usage."""
    assert run(*words) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_check_config_passes_the_example(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The documented example is right as soon as its directory is there."""
    assert run("check-config") == 0
    assert "is right" in capsys.readouterr().out


def test_check_config_lists_everything_for_programs_too(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem comes with its remedy; the status is that of wrong settings."""
    with (office / "intake.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[chasing.rapid_review.steps]]\nname = "a"\nworking_days = 1\n')
    text = (office / "intake.toml").read_text(encoding="utf-8")
    text = text.replace("[opening]", '[opening]\nforms = ["nothing"]').replace(
        "[files]", '[files]\nrule_policy = "p.toml"'
    )
    (office / "intake.toml").write_text(text, encoding="utf-8")
    (office / "p.toml").write_text('[rules]\nQ999 = "off"\n', encoding="utf-8")
    assert run("check-config", "--json") == 78
    problems = json.loads(capsys.readouterr().out)
    assert len(problems) == 2
    assert "Q999" in problems[0]["problem"]
    assert "nothing" in problems[1]["problem"]
    assert all(problem["remedy"] for problem in problems)


def test_missing_settings_are_told_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a settings file the sentence says where the example is."""
    monkeypatch.chdir(tmp_path)
    assert run("check-config") == 78
    assert "intake.example.toml" in capsys.readouterr().out


def test_the_config_option_may_name_a_file_like_a_command(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A settings file called like a command is still a settings file."""
    (office / "intake.toml").rename(office / "forms")
    assert run("--config", "forms", "check-config") == 0


def test_forms_are_listed_and_described_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """The six forms with their fields; the schema is JSON Schema."""
    assert run("forms", "list", "--json") == 0
    assert {form["form"] for form in json.loads(capsys.readouterr().out)} == {
        "action_plan",
        "action_plan_verification",
        "agency_summary",
        "chronology",
        "good_outcome_referral",
        "referral",
    }
    assert run("forms", "schema", "chronology", "--json") == 0
    assert "events" in json.loads(capsys.readouterr().out)["properties"]


def test_doctor_says_what_each_missing_thing_costs(capsys: pytest.CaptureFixture[str]) -> None:
    """For each thing: whether it is there, what it is for, what is lost without it, how to get it."""
    assert run("doctor", "--json") == 0
    items = {item["name"]: item for item in json.loads(capsys.readouterr().out)}
    assert {"Python", "SQLite", "LibreOffice", "Tesseract", "PostgreSQL driver", "Fonts"} <= set(items)
    assert items["LibreOffice"]["cost"]
    assert items["LibreOffice"]["install"]


def test_doctor_on_a_bare_machine_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without any program on the path the service still works, and says what is lost."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run("doctor") == 0
    shown = capsys.readouterr().out
    assert "LibreOffice is missing" in shown
    assert "apt install tesseract-ocr" in shown


def test_the_program_starts_from_a_shell_and_prints_utf_8(tmp_path: Path) -> None:
    """Under a plain C locale too, results come out as UTF-8."""
    done = subprocess.run(
        [sys.executable, "-c", "from service.cli import main; import sys; sys.exit(main(['check-config']))"],
        capture_output=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        check=False,
        timeout=60,
    )
    assert done.returncode == 78
    assert "→" in done.stdout.decode("utf-8")
    assert done.stderr == b""

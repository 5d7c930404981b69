"""status, case and chase over a real store: what they show, and what they refuse."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import mailbox_config
from mailbox_config.loading import load_settings
from records.cases import Case, Request, SubjectChild
from records.ledger import Task
from records.submissions import Letter
from service.cli.app import main
from store import open_store

EXAMPLES = Path(mailbox_config.__file__).parent


def run(*words: str) -> int:
    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office on 18 March 2026 with one case that asked the police for two forms by the 17th."""
    shutil.copy(EXAMPLES / "intake.example.toml", tmp_path / "intake.toml")
    shutil.copy(EXAMPLES / "directory.example.toml", tmp_path / "directory.toml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTAKE__CLOCK__TODAY", "2026-03-18")
    store = open_store(load_settings(tmp_path / "intake.toml", {}).database_url)
    with store.transaction() as tx:
        tx.cases.add(
            Case(
                reference="PR-2026-001",
                kind="rapid_review",
                opened_on=date(2026, 3, 2),
                notified_on=date(2026, 3, 2),
                children=(SubjectChild(code="Child 1", name="Grace Okafor"),),
            )
        )
        for form in ("agency_summary", "chronology"):
            tx.requests.add(
                Request(
                    id=f"r-{form}",
                    case_reference="PR-2026-001",
                    agency_id="police",
                    form=form,
                    requested_on=date(2026, 3, 3),
                    due_on=date(2026, 3, 17),
                    token=f"token-{form}",
                )
            )
        tx.tasks.add(
            Task(
                id="t1",
                key="t1",
                about="case",
                about_id="PR-2026-001",
                case_reference="PR-2026-001",
                reason="The child's date of birth is missing: ask the referrer.",
                command="intake case show PR-2026-001",
                opened_at=datetime(2026, 3, 3, tzinfo=UTC),
            )
        )
    store.close()
    return tmp_path


def test_status_shows_cases_requests_and_what_needs_a_person(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people and for programs; never a child's name."""
    assert run("status") == 0
    shown = capsys.readouterr().out
    for part in ("PR-2026-001", "overdue by 1", "Rapid review: 23 Mar 2026", "Needs a person (1)"):
        assert part in shown
    assert run("status", "PR-2026-001", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["state"] for row in found["requests"]] == ["overdue", "overdue"]
    assert found["attention"][0]["command"] == "intake case show PR-2026-001"
    assert "Grace" not in shown + json.dumps(found)


def test_a_case_is_shown_with_its_letters(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The letters of the case are part of it; the list names every case."""
    store = open_store(load_settings(office / "intake.toml", {}).database_url)
    with store.transaction() as tx:
        tx.letters.add(
            Letter(
                id="l1",
                key="chase/PR-2026-001/police/2026-03-17/before",
                kind="reminder",
                case_reference="PR-2026-001",
                agency_id="police",
                to=("a@police.example",),
                subject="s",
                body_text="b",
                message_id="<m@sscp.example>",
                dated=date(2026, 3, 13),
                state="sent",
            )
        )
    store.close()
    assert run("case", "show", "PR-2026-001", "--json") == 0
    assert [one["kind"] for one in json.loads(capsys.readouterr().out)["letters"]] == ["reminder"]
    assert run("case", "show", "PR-2026-001") == 0
    assert "13 Mar 2026" in capsys.readouterr().out
    assert run("case", "list") == 0
    assert "PR-2026-001" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("status", "PR-1"), ("case", "show", "PR-1")])
def test_an_unknown_case_is_a_plain_sentence(
    office: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """It says where the cases are listed."""
    assert run(*words) == 1
    assert "intake case list" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("as_of", "steps"),
    [("2026-03-13", ["before"]), ("2026-03-18", ["overdue"]), ("2026-03-20", ["escalation"]), ("2026-03-21", [])],
)
def test_the_chase_of_any_day_can_be_looked_at(
    office: Path, as_of: str, steps: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The past as it was, today, and days to come as if nothing arrived; one letter for both forms."""
    assert run("chase", "--dry-run", "--as-of", as_of, "--json") == 0
    letters = json.loads(capsys.readouterr().out)
    assert [letter["step"] for letter in letters] == steps
    assert all(len(letter["requests"]) == 2 and letter["to"] for letter in letters)
    assert run("chase", "--dry-run", "--as-of", as_of) == 0


def test_a_date_that_is_none_is_wrong_usage(office: Path) -> None:
    """Dates are written year first."""
    assert run("chase", "--dry-run", "--as-of", "18/03/2026") == 2


def test_wrong_settings_stop_every_command_that_needs_them(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing directory is told before anything is opened."""
    (office / "directory.toml").unlink()
    assert run("status") == 78
    assert "directory.toml" in capsys.readouterr().err

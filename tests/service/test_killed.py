"""The service killed with SIGKILL at every step of a submission's way, and started again (invariants 1 and 2)."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from store import open_store

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
REFERRAL = SAMPLES / "story" / "2026-03-02" / "mail" / "referral.eml"
STEPS = (
    "receive",
    "take",
    "open_documents",
    "read_into_store",
    "file_document",
    "request_letters",
    "answer_submission",
    "finish",
    "send_letter",
    "tell_source",
    "put_down",
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The settings of the samples in a folder of their own, with a referral waiting in the shared folder."""
    folder = tmp_path / "office"
    folder.mkdir()
    for name in ("intake.toml", "directory.toml"):
        shutil.copy(SAMPLES / name, folder / name)
    inbox = tmp_path / "demo" / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy(REFERRAL, inbox / "referral.eml")
    return folder


def run(folder: Path, point: str) -> int:
    command = [sys.executable, "-m", "tests.service.kill_runner", str(folder), point]
    return subprocess.run(command, cwd=ROOT, timeout=120, check=False, capture_output=True).returncode


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_and_started_again_it_ends_as_if_nothing_had_been(office: Path, step: str, when: str) -> None:
    """One submission, one return, one case, each letter once, the file moved on, nothing left over."""
    assert run(office, f"{when} {step}") == -signal.SIGKILL
    assert run(office, "") == 0
    demo = office.parent / "demo"
    store = open_store(f"sqlite:///{demo / 'data' / 'intake.sqlite'}")
    with store.reading() as tx:
        submissions, returns, cases = tx.submissions.all(), tx.returns.all(), tx.cases.all()
        letters = Counter((one.kind, one.agency_id) for one in tx.letters.all())
        states = {one.state for one in tx.letters.all()}
        problems = store.verify_audit()
    store.close()
    assert [one.state for one in submissions] == ["done"]
    assert [(one.form, one.version, one.state) for one in returns] == [("referral", 1, "filed")]
    assert len(cases) == 1
    assert set(letters.values()) == {1}
    assert Counter(kind for kind, _ in letters) == {"request": 7, "acknowledgement": 1}
    assert states == {"written_unsent"}
    assert problems == ()
    assert len(list((demo / "letters").glob("*.eml"))) == 8
    assert list((demo / "inbox").rglob("*.eml")) == []
    assert len(list((demo / "data").rglob("referral.eml"))) == 1

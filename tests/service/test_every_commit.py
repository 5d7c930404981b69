"""The service killed right after each of its commits, inside the steps too, and started again (invariants 1 and 2)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import open_store

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
REFERRAL = SAMPLES / "story" / "2026-03-02" / "mail" / "referral.eml"
EVERY = int(os.environ.get("INTAKE_EVERY_COMMIT", "9"))
"""Which commits are tried: 1 for each of them, which takes minutes."""


class Lives:
    """Lives of the service over one database after the other."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def live(self, office: Path, die_after: int = 0) -> int:
        """One life; how many commits it made, 0 when it was killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{office} {die_after}\n".encode())
        self._process.stdin.flush()
        commits = 0
        while (said := self._process.stdout.readline().decode().strip()) != "ended":
            assert said
            commits = int(said.removeprefix("commits "))
        return commits


@contextmanager
def lives(url: str) -> Iterator[Lives]:
    command = [sys.executable, "-m", "tests.service.commit_runner"]
    environment = os.environ | ({"INTAKE__DATABASE__URL": url} if url else {})
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        yield Lives(process)


def office(place: Path) -> Path:
    """The settings of the samples in a folder of their own, with a referral waiting in the shared folder."""
    folder, inbox = place / "office", place / "demo" / "inbox"
    folder.mkdir(parents=True)
    inbox.mkdir(parents=True)
    for name in ("intake.toml", "directory.toml"):
        shutil.copy(SAMPLES / name, folder / name)
    shutil.copy(REFERRAL, inbox / "referral.eml")
    return folder


def wrong(place: Path, url: str) -> list[str]:
    """What is not as it must be."""
    store = open_store(url or f"sqlite:///{place / 'demo' / 'data' / 'intake.sqlite'}")
    with store.reading() as tx:
        submissions, returns, letters = tx.submissions.all(), tx.returns.all(), tx.letters.all()
        in_hand = tx.in_hand.left_behind(ended=lambda _: True)
        cases = tx.cases.all()
    problems = store.verify_audit()
    store.close()
    kinds = Counter(one.kind for one in letters)
    checks = {
        "state": [(one.state, one.attempts) for one in submissions] == [("done", 0)],
        "returns": [(one.form, one.version, one.state) for one in returns] == [("referral", 1, "filed")],
        "cases": len(cases) == 1,
        "letters": kinds == {"request": 7, "acknowledgement": 1},
        "each letter once": len({(one.kind, one.agency_id) for one in letters}) == len(letters),
        "written": {one.state for one in letters} == {"written_unsent"},
        "outbox": len(list((place / "demo" / "letters").glob("*.eml"))) == 8,
        "inbox": list((place / "demo" / "inbox").rglob("*.eml")) == [],
        "kept": len(list((place / "demo" / "data").rglob("referral.eml"))) == 1,
        "audit": problems == (),
        "in hand": in_hand == (),
    }
    return [what for what, right in checks.items() if not right]


def test_killed_after_any_commit_it_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    """On SQLite: one submission, one return, one case, each letter once, the file moved on, nothing left over."""
    with lives("") as service:
        total = service.live(office(tmp_path / "calm"))
        assert total > 20
        assert wrong(tmp_path / "calm", "") == []
        for number in range(1, total, EVERY):
            place = tmp_path / str(number)
            assert service.live(office(place), number) == 0
            assert service.live(place / "office") > 0
            assert (number, wrong(place, "")) == (number, [])


@pytest.mark.postgres
def test_killed_after_any_commit_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    """The same on PostgreSQL, killed in one life after the other until it is through."""
    place = tmp_path / "storm"
    made = office(place)
    with lives(postgres_url) as service:
        killed = 0
        while service.live(made, 6 + killed % 5) == 0:
            killed += 1
            assert killed < 60
        assert killed > 3
        assert wrong(place, postgres_url) == []

"""What the durable way does when something outside is down, and what its logs say when something inside goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailbox_config.loading import load_settings
from records.errors import StoreBusy
from service import workflow
from service.bootstrap import Service, build
from service.running import run_until_idle

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The service over the samples' settings, with the referral waiting in its shared folder."""
    folder = tmp_path / "office"
    folder.mkdir()
    for name in ("intake.toml", "directory.toml"):
        shutil.copy(SAMPLES / name, folder / name)
    inbox = tmp_path / "demo" / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy(SAMPLES / "story" / "2026-03-02" / "mail" / "referral.eml", inbox / "referral.eml")
    settings = load_settings(folder / "intake.toml", {})
    with build(settings, now=lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC)) as built:
        yield built


def _submission(service: Service) -> tuple[str, int]:
    with service.store.reading() as tx:
        (only,) = tx.submissions.all()
    return only.state, only.attempts


def test_an_outage_leaves_the_submission_waiting_and_costs_no_attempt(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While something outside is down nothing is given up; when it is back the submission goes its way."""

    def busy(*_: Any) -> int:
        raise StoreBusy

    with monkeypatch.context() as outage:
        outage.setattr(workflow, "read_into_store", busy)
        run_until_idle(service)
        run_until_idle(service)
        assert _submission(service) == ("received", 0)
    run_until_idle(service)
    assert _submission(service)[0] == "done"


def test_a_fault_inside_is_put_to_a_person_and_its_words_stay_out_of_the_log(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """After three attempts the submission is shown; what an exception quotes is in no log."""

    def faulty(*_: Any) -> int:
        raise ValueError("CANARYNAME 2014-07-03")

    monkeypatch.setattr(workflow, "read_into_store", faulty)
    for _ in range(5):
        run_until_idle(service)
    assert _submission(service)[0] == "failed"
    shown = capfd.readouterr()
    assert "CANARYNAME" not in shown.out + shown.err + caplog.text

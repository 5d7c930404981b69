"""What the durable way does when something outside is down, and what its logs say when something inside goes wrong."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailbox_config.loading import load_settings
from records.errors import StoreBusy
from service import in_hand, running, workflow
from service.bootstrap import Service, build
from service.deciding import try_again
from service.running import run_until_idle, take_in
from service.workers import has_ended

_DEAD = 4_194_305  # above every process number there can be
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


def _received(service: Service) -> str:
    """The id of the referral, taken in and not begun."""
    source = service.sources[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "work_off", lambda _: "received")
        for _ in range(2):
            take_in(source, service)
    with service.store.reading() as tx:
        (only,) = tx.submissions.all()
    return only.id


def _die_over(submission_id: str, service: Service, times: int) -> None:
    """So many workers died with this in hand."""
    for number in range(times):
        with service.store.transaction() as tx:
            dead = f"{platform.node()}|{_DEAD}|{number}"
            assert tx.in_hand.take(submission_id, dead, 900, ended=has_ended) == number
            tx.in_hand.begin(submission_id, dead)


def test_deaths_of_workers_cost_nothing_once_it_gets_on(service: Service) -> None:
    """However often a worker died over it: when it gets on at last it goes its whole way, and nobody is asked."""
    submission_id = _received(service)
    _die_over(submission_id, service, in_hand.MAXIMUM_CRASHES - 1)
    run_until_idle(service)
    assert _submission(service) == ("done", 0)
    with service.store.reading() as tx:
        assert tx.in_hand.left_behind(ended=lambda _: True) == ()


def test_what_workers_keep_dying_over_is_put_to_a_person(service: Service) -> None:
    """It is set aside untouched, with the reason; tried again by a person it goes its way."""
    submission_id = _received(service)
    _die_over(submission_id, service, in_hand.MAXIMUM_CRASHES + 1)
    run_until_idle(service)
    with service.store.reading() as tx:
        assert tx.submissions.get(submission_id).state == "failed"
        assert tx.documents.of(submission_id) == ()
        (task,) = tx.tasks.about("submission", submission_id)
    assert f"intake retry {submission_id}" in task.command
    assert try_again(submission_id, service.parts, by="Robin Sample") == "done"


def test_what_another_worker_has_in_hand_is_left_alone(service: Service) -> None:
    """Two workers never work at one thing."""
    submission_id = _received(service)
    with service.store.transaction() as tx:
        tx.in_hand.take(submission_id, "another machine|1|x", 900, ended=has_ended)
    run_until_idle(service)
    with service.store.reading() as tx:
        assert tx.submissions.get(submission_id).state == "received"
        assert tx.documents.of(submission_id) == ()


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

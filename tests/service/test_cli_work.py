"""The commands that change something, over the samples: a referral taken in, then what people decide about the rest."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mailbox_config.loading import load_settings
from records.ledger import Task
from service.cli.app import main
from service.tasks import ask_a_person
from store import Store, Transaction, open_store

SAMPLES = Path(__file__).parents[2] / "samples"
STORY = SAMPLES / "story"
REFERRAL = STORY / "2026-03-02" / "mail" / "referral.eml"
OWN_LAYOUT = STORY / "2026-03-06" / "mail" / "surgery-own-layout.eml"
CORRECTED = STORY / "2026-03-16" / "mail" / "surgery-corrected.eml"
WRONG_CHILD = STORY / "2026-03-06" / "mail" / "community-wrong-child.eml"
NIL_RETURN = STORY / "2026-03-04" / "mail" / "probation-nil-return.eml"
PHOTO = STORY / "2026-03-06" / "IMG_0417.jpg"
CASE = "MV-2026-001"
TODAY = "2026-03-13"
"""The day of the referral: its requests are due on 25 March, and first reminders go two working days before."""

Run = Callable[..., Any]


def run(*words: str) -> int:
    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.fixture(scope="module")
def after_referral(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' settings in a folder of their own, and the referral submitted by the command."""
    folder = tmp_path_factory.mktemp("referred")
    (folder / "office").mkdir()
    (folder / "demo" / "inbox").mkdir(parents=True)
    for name in ("intake.toml", "directory.toml"):
        shutil.copy(SAMPLES / name, folder / "office" / name)
    with pytest.MonkeyPatch.context() as clock:
        clock.setenv("INTAKE__CLOCK__TODAY", TODAY)
        assert run("-c", str(folder / "office" / "intake.toml"), "submit", str(REFERRAL)) == 0
    return folder


@pytest.fixture
def office(after_referral: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the office in which the referral has opened its case."""
    shutil.copytree(after_referral, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("INTAKE__CLOCK__TODAY", TODAY)
    monkeypatch.chdir(tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def said(office: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls a command that must succeed; what it says for programs."""

    def call(*words: str) -> Any:
        capsys.readouterr()
        assert run(*words, "--json") == 0
        return json.loads(capsys.readouterr().out)

    return call


@contextmanager
def looking(office: Path) -> Iterator[Transaction]:
    store = opened(office)
    try:
        with store.reading() as tx:
            yield tx
        assert store.verify_audit() == ()
    finally:
        store.close()


@contextmanager
def changing(office: Path) -> Iterator[Transaction]:
    store = opened(office)
    try:
        with store.transaction() as tx:
            yield tx
    finally:
        store.close()


def opened(office: Path) -> Store:
    return open_store(load_settings(office / "intake.toml", {}).database_url)


def waiting(tx: Transaction, about_id: str) -> list[Task]:
    return [task for task in tx.tasks.waiting() if task.about_id == about_id]


def mails(office: Path) -> Counter[str]:
    """The letters that went out, by kind."""
    return Counter(path.name.split("_")[2] for path in (office.parent / "demo" / "letters").glob("*.eml"))


def test_a_submitted_referral_opens_its_case_and_asks(office: Path, said: Run) -> None:
    """What became of the file is said; given again, nothing is done twice."""
    again = said("submit", str(REFERRAL))
    assert (again["new"], again["state"]) == (False, "done")
    assert [(one["form"], one["case"], one["state"]) for one in again["returns"]] == [("referral", CASE, "filed")]
    assert Counter((one["kind"], one["state"]) for one in again["letters"]) == {
        ("request", "written_unsent"): 7,
        ("acknowledgement", "written_unsent"): 1,
    }
    assert mails(office) == {"request": 7, "acknowledgement": 1}


def test_a_file_that_cannot_be_taken_ends_with_1_and_the_others_are_taken(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file has its line; what waits for a person comes with its command."""
    assert run("submit", "missing.docx", str(PHOTO)) == 1
    shown = capsys.readouterr().out
    assert "missing.docx: not taken" in shown
    assert "needs a person" in shown
    assert "intake settle S-" in shown


def test_a_return_filed_by_hand_answers_its_request_and_closes_the_question(office: Path, said: Run) -> None:
    """Set aside it is awaited again; filed again it is no second letter; said twice it is confirmed."""
    taken = said("submit", str(WRONG_CHILD))
    returned = taken["returns"][0]["id"]
    assert (taken["state"], taken["returns"][0]["state"]) == ("attention", "needs_person")

    filed = said("file", returned, "--case", CASE, "--by", "robin")
    assert filed["return"]["state"] == "filed"
    assert filed["request"]["state"] == "answered"
    assert filed["submission_state"] == "done"
    with looking(office) as tx:
        assert waiting(tx, returned) == []
        assert {task.settled_by for task in tx.tasks.about("return", returned)} == {"robin"}
        assert ("robin", "return.filed") in {(one.actor, one.action) for one in tx.audit.entries()}
    sent = mails(office)

    aside = said("set-aside", returned, "--reason", "Another child")
    assert (aside["return"]["state"], aside["request"]["state"]) == ("set_aside", "outstanding")
    assert said("file", returned, "--case", CASE)["request"]["state"] == "answered"
    assert said("file", returned, "--case", CASE)["confirmed"] is True
    assert mails(office) == sent


def test_a_return_is_not_filed_where_nothing_is(office: Path, said: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown case, an unknown agency, another place than where it is filed: refused, and nothing changes."""
    returned = said("submit", str(WRONG_CHILD))["returns"][0]["id"]
    assert run("file", returned, "--case", "MV-2026-999") == 1
    assert run("file", returned, "--case", CASE, "--agency", "nobody") == 1
    with looking(office) as tx:
        assert tx.returns.get(returned).state == "needs_person"
        assert len(waiting(tx, returned)) == 1
        referral = next(one.id for one in tx.returns.all() if one.form == "referral")
    capsys.readouterr()
    assert run("file", referral, "--case", CASE, "--agency", "school") == 1
    assert f"intake set-aside {referral}" in capsys.readouterr().err


def test_a_corrected_version_closes_the_question_about_the_first_and_gives_it_back(office: Path, said: Run) -> None:
    """Nobody confirms an answer of a form that was replaced; with the new one set aside it is asked again."""
    first = said("submit", str(OWN_LAYOUT))["returns"]
    with looking(office) as tx:
        assert all(len(waiting(tx, one["id"])) == 1 for one in first)
    second = said("submit", str(CORRECTED))["returns"]
    assert [one["version"] for one in second] == [2, 2]
    with looking(office) as tx:
        assert not any(waiting(tx, one["id"]) for one in (*first, *second))
    said("set-aside", second[0]["id"], "--reason", "Sent too early")
    with looking(office) as tx:
        again = [one["id"] for one in first if waiting(tx, one["id"])]
        assert [tx.returns.get(one).form for one in again] == [second[0]["form"]]
        assert [tx.returns.get(one).state for one in again] == ["filed"]


def test_a_nil_return_set_aside_is_awaited_again_in_all_its_forms(office: Path, said: Run) -> None:
    """What it answered by itself comes back with it."""
    taken = said("submit", str(NIL_RETURN))
    assert taken["state"] == "done"
    with looking(office) as tx:
        assert {one.state for one in tx.requests.of_case(CASE) if one.agency_id == "probation"} == {"nil"}
    said("set-aside", taken["returns"][0]["id"], "--reason", "Withdrawn by the agency")
    with looking(office) as tx:
        assert {one.state for one in tx.requests.of_case(CASE) if one.agency_id == "probation"} == {"outstanding"}


def test_the_chase_writes_a_reminder_once_and_only_on_its_day(
    office: Path, said: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two working days before the due date each agency has one reminder; asked again, none."""
    assert said("chase") == []
    assert run("chase", "--as-of", "2026-03-23") == 1
    monkeypatch.setenv("INTAKE__CLOCK__TODAY", "2026-03-23")
    written = said("chase", "--as-of", "2026-03-23")
    assert Counter((one["kind"], one["state"]) for one in written) == {("reminder", "written_unsent"): 7}
    assert said("chase") == []
    assert mails(office)["reminder"] == 7


def test_a_case_opened_by_hand_asks_its_agencies(office: Path, said: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Its letters are sent; without kind and child nothing is opened."""
    opened_case = said("case", "open", "--kind", "local_review", "--child", "Petra Example", "--dob", "2015-03")
    assert (opened_case["case"], opened_case["kind"]) == ("MV-2026-002", "local_review")
    assert Counter(one["state"] for one in opened_case["letters"]) == {"written_unsent": 7}
    with looking(office) as tx:
        child = tx.cases.get("MV-2026-002").children[0]
    assert (child.code, child.date_of_birth) == ("Child 1", "2015-03")
    assert run("case", "open", "--child", "Petra Example") == 1
    assert "--kind" in capsys.readouterr().err


def test_a_referral_that_waits_opens_its_case_by_hand(office: Path, said: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where people open cases: the referral is filed with it and acknowledged, and a second call opens no other."""
    shutil.rmtree(office.parent / "demo")
    (office.parent / "demo" / "inbox").mkdir(parents=True)
    monkeypatch.setenv("INTAKE__OPENING__AUTOMATIC", "false")
    waits = said("submit", str(REFERRAL))
    referral = waits["returns"][0]["id"]
    assert waits["returns"][0]["state"] == "needs_person"
    first = said("case", "open", "--from", referral, "--kind", "local_review")
    assert (first["case"], first["kind"]) == (CASE, "local_review")
    assert said("case", "open", "--from", referral)["case"] == CASE
    assert mails(office) == {"request": 7, "acknowledgement": 1}
    with looking(office) as tx:
        assert tx.returns.get(referral).state == "filed"
        assert [one.state for one in tx.submissions.all()] == ["done"]
        assert tx.tasks.waiting() == ()


def test_what_failed_is_tried_again_and_nothing_is_done_twice(office: Path, said: Run) -> None:
    """The return, the case and the letters stay one each; the question is closed."""
    with changing(office) as tx:
        submission = tx.submissions.all()[0].id
        tx.submissions.set_state(submission, "failed", "The service failed on this three times.")
        ask_a_person(tx, "submission", submission, "The service failed on this three times.")
    again = said("retry", submission)
    assert again["state"] == "done"
    assert mails(office) == {"request": 7, "acknowledgement": 1}
    with looking(office) as tx:
        assert (len(tx.cases.all()), len(tx.returns.all()), len(tx.letters.all())) == (1, 1, 8)
        assert waiting(tx, submission) == []
    assert run("retry", submission) == 1


def test_what_is_still_not_understood_still_asks_until_it_is_settled(office: Path, said: Run) -> None:
    """Trying again without removing the cause closes nothing; a person may say that it is settled."""
    photo = said("submit", str(PHOTO))["submission"]
    assert said("retry", photo)["state"] == "attention"
    with looking(office) as tx:
        assert len(waiting(tx, photo)) == 1
    assert run("settle", photo, "--reason", " ") == 1
    assert said("settle", photo, "--reason", "Asked for the form itself")["state"] == "ignored"
    with looking(office) as tx:
        assert waiting(tx, photo) == []
        assert tx.submissions.get(photo).reason == "Asked for the form itself"
    assert run("settle", photo, "--reason", "Again") == 1
    assert said("retry", photo)["state"] == "attention"
    with looking(office) as tx:
        assert len(waiting(tx, photo)) == 1


def test_held_letters_go_or_are_dropped_as_a_person_says(
    office: Path, said: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing held goes by itself; each goes once; a dropped one never."""
    monkeypatch.setenv("INTAKE__LETTERS__REMINDER", "hold")
    monkeypatch.setenv("INTAKE__CLOCK__TODAY", "2026-03-23")
    first, second, *_ = [one["id"] for one in said("chase")]
    assert mails(office)["reminder"] == 0
    assert said("letter", "send", first)["state"] == "written_unsent"
    assert said("letter", "drop", second, "--reason", "Spoke on the telephone")["state"] == "dropped"
    assert run("letter", "send", first) == 1
    assert run("letter", "send", second) == 1
    assert mails(office)["reminder"] == 1
    with looking(office) as tx:
        assert waiting(tx, first) + waiting(tx, second) == []


def test_a_letter_that_came_back_goes_to_the_address_the_directory_has_now(office: Path, said: Run) -> None:
    """After the address was corrected, the same letter is sent to it."""
    with changing(office) as tx:
        letter = next(one for one in tx.letters.all() if one.agency_id == "school")
        tx.letters.readdress(letter.id, ("left@school.example",))
        tx.letters.set_state(letter.id, "bounced", "The recipient's mail server refused it.")
    assert said("letter", "send", letter.id)["state"] == "written_unsent"
    with looking(office) as tx:
        assert tx.letters.get(letter.id).to == letter.to


def test_one_round_of_the_service_works_what_lies_in_the_folder(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says ids and counts, never a file's or a person's name."""
    shutil.copy(WRONG_CHILD, office.parent / "demo" / "inbox" / WRONG_CHILD.name)
    capsys.readouterr()
    assert run("run", "--once") == 0
    line = capsys.readouterr().out
    assert "1 attention (S-" in line
    assert "wrong-child" not in line
    assert list((office.parent / "demo" / "inbox").rglob("*.eml")) == []
    assert run("run", "--once") == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_service_ends_cleanly_when_it_is_told_to(office: Path, number: signal.Signals) -> None:
    """It works off what waits, goes on watching, and ends with 0."""
    shutil.copy(NIL_RETURN, office.parent / "demo" / "inbox" / NIL_RETURN.name)
    command = [sys.executable, "-c", "from service.cli.app import main; raise SystemExit(main())", "run"]
    with subprocess.Popen(command, cwd=office, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        assert service.stdout.readline().startswith("1 done (S-")
        service.send_signal(number)
        _, errors = service.communicate(timeout=60)
    assert service.returncode == 0
    assert "Traceback" not in errors

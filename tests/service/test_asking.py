"""What a person asks once a case is open: more forms, more time, nothing after all, a nil return; dates and links."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.word_package import open_package
from generators.render import text_of_package
from mailbox_config.calendar import clocks
from mailbox_config.settings import Clock
from records.cases import Case, Extension
from records.errors import Refused
from service.asking import Aim, Wanted, ask, extend, record_nil, withdraw
from service.bootstrap import Service
from service.cases import set_dates
from service.cli.app import main
from service.tasks import ask_a_person
from service.waiving import dismiss


def _states(service: Service, reference: str, agency: str) -> dict[str, str]:
    with service.store.reading() as tx:
        return {one.form: one.state for one in tx.requests.of_case(reference) if one.agency_id == agency}


def _letters(service: Service, reference: str) -> list[tuple[str, tuple[str, ...]]]:
    """Agency and enclosed forms of each letter that asked for something."""
    with service.store.reading() as tx:
        letters = tx.letters.of_case(reference)
    return [(one.agency_id or "", tuple(name for name, _ in one.attachments[1:])) for one in letters]


def test_a_later_request_is_a_letter_of_its_own_with_its_blank(service: Service, case: Case) -> None:
    """One more form from one agency on the same day: one more letter with that form alone; asked again, none."""
    before = _letters(service, case.reference)
    agency = before[0][0]
    wanted = Wanted(case_reference=case.reference, forms=("action_plan", "chronology"), agencies=(agency,))
    asked = ask(wanted, service.parts, by="robin")
    assert [one.form for one in asked.requests] == ["action_plan"]
    assert [one.form for one in asked.asked_before] == ["chronology"]
    new = _letters(service, case.reference)
    assert len(new) == len(before) + 1
    ((to, enclosed),) = set(new) - set(before)
    assert to == agency
    assert {name.rpartition(".")[0] for name in enclosed} == {f"{case.reference}-action-plan"}
    assert ask(wanted, service.parts, by="robin").letters == ()
    assert len(_letters(service, case.reference)) == len(new)


def test_what_was_withdrawn_is_asked_anew(service: Service, case: Case) -> None:
    """Withdrawn, nothing is awaited; asked again it is, with a new date and a letter."""
    agency = _letters(service, case.reference)[0][0]
    withdraw(Aim(case.reference, agency), "Not involved after all", service.parts, by="robin")
    assert set(_states(service, case.reference, agency).values()) == {"withdrawn"}
    with pytest.raises(Refused, match="Nothing is awaited"):
        withdraw(Aim(case.reference, agency), "Again", service.parts, by="robin")
    due_on = date(2026, 3, 20)
    wanted = Wanted(case_reference=case.reference, forms=("chronology",), agencies=(agency,), due_on=due_on)
    asked = ask(wanted, service.parts, by="robin")
    assert [(one.state, one.due_on) for one in asked.requests] == [("outstanding", due_on)]
    assert len(asked.letters) == 1


def test_a_nil_return_told_to_a_person_answers_all(service: Service, case: Case) -> None:
    """Every form of the agency is answered nil, under the name and reason of the person."""
    agency = _letters(service, case.reference)[0][0]
    record_nil(Aim(case.reference, agency), "Telephone, 2 March", service.parts, by="robin")
    assert set(_states(service, case.reference, agency).values()) == {"nil"}
    with service.store.reading() as tx:
        said = {(one.actor, one.reason) for one in tx.audit.entries() if one.action == "request.nil"}
    assert said == {("robin", "Telephone, 2 March")}


def test_an_extension_keeps_the_first_date(service: Service, case: Case) -> None:
    """The date before stands beside the new one; an earlier date is refused."""
    agency = _letters(service, case.reference)[0][0]
    with service.store.reading() as tx:
        first = tx.requests.of_case(case.reference)[0].due_on
    later = Extension(due_on=date(2026, 3, 31), reason="Author on leave", by="robin", on=date(2026, 3, 2))
    (moved, *_) = extend(Aim(case.reference, agency), later, service.parts).requests
    assert (moved.due_on, moved.extensions[0].before) == (date(2026, 3, 31), first)
    with pytest.raises(Refused, match="not later"):
        extend(Aim(case.reference, agency), later, service.parts)


@pytest.mark.parametrize("wrong", [{"forms": ("referral",)}, {"agencies": ("nobody",)}, {"due_on": date(2026, 3, 1)}])
def test_what_cannot_be_asked_is_refused_and_nothing_is_kept(
    service: Service, case: Case, wrong: dict[str, Any]
) -> None:
    """A form nobody is asked for, an agency nobody knows, a date that has passed."""
    agency = _letters(service, case.reference)[0][0]
    good: dict[str, Any] = {"case_reference": case.reference, "forms": ("action_plan",), "agencies": (agency,)}
    with pytest.raises(Refused):
        ask(Wanted(**good | wrong), service.parts, by="robin")
    assert "action_plan" not in _states(service, case.reference, agency)


def test_each_clock_runs_from_its_own_anchor(service: Service, case: Case) -> None:
    """Becoming aware, the notification, the start of a local review: each date worked by hand."""
    with service.store.transaction() as tx:
        set_dates(tx, case.reference, {"incident_on": date(2026, 2, 20)}, actor="robin")
        aware = set_dates(tx, case.reference, {"aware_on": date(2026, 3, 27)}, actor="robin")
    assert [(one.name, one.anchor, one.due_on) for one in clocks(aware, Clock(), date(2026, 3, 30))] == [
        ("notification", date(2026, 3, 27), date(2026, 4, 7))  # Good Friday and Easter Monday lie between
    ]
    with service.store.transaction() as tx:
        told = set_dates(tx, case.reference, {"notified_on": date(2026, 3, 30)}, actor="robin")
        with pytest.raises(Refused, match="before the day of becoming aware"):
            set_dates(tx, case.reference, {"notified_on": date(2026, 3, 26)}, actor="robin")
    assert [(one.name, one.due_on) for one in clocks(told, Clock(), date(2026, 3, 31))] == [
        ("rapid_review", date(2026, 4, 22))
    ]
    local = told.model_copy(update={"kind": "local_review", "begun_on": date(2026, 8, 31)})
    assert [(one.anchor, one.due_on) for one in clocks(local, Clock(), date(2026, 9, 1))] == [
        (date(2026, 8, 31), date(2027, 2, 28))
    ]


def test_a_question_about_a_case_is_dismissed_with_its_reason(service: Service, case: Case) -> None:
    """The command that the question names closes it; a question with a command of its own is not closed by this."""
    with service.store.transaction() as tx:
        task = ask_a_person(tx, "case", case.reference, "A return names an agency.", case_reference=case.reference)
        other = ask_a_person(tx, "submission", "S-1", "Look at it.")
    assert f"intake dismiss {task.id}" in task.command
    dismiss(task.id, "Known already", service.parts, by="robin")
    with pytest.raises(Refused, match="command of its own"):
        dismiss(other.id, "x", service.parts, by="robin")
    with service.store.reading() as tx:
        assert [one.id for one in tx.tasks.waiting()] == [other.id]


def test_a_request_letter_names_the_agencies_the_case_asks(service: Service, case: Case) -> None:
    """Not those of the settings: one that was withdrawn is not named to the one that is asked later."""
    first, second, *_ = (one[0] for one in _letters(service, case.reference))
    withdraw(Aim(case.reference, first), "Not involved", service.parts, by="robin")
    wanted = Wanted(case_reference=case.reference, forms=("action_plan",), agencies=(second,))
    (letter_id,) = ask(wanted, service.parts, by="robin").letters
    with service.store.reading() as tx:
        letter = tx.letters.get(letter_id)
        text = text_of_package(open_package(tx.originals.get(letter.attachments[0][1])))
    directory = service.parts.directory
    gone, there = directory.get(first), directory.get(second)
    assert gone is not None
    assert there is not None
    assert there.name in text
    assert gone.name not in text


def test_the_commands(service: Service, case: Case, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each change is made by its command, seen by the next one, and leaves the audit log whole."""

    def run(*words: str) -> Any:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["-c", str(office / "intake.toml"), *words, "--json"])
        assert ended.value.code == 0
        return json.loads(capsys.readouterr().out)

    agency, other, *_ = (one[0] for one in _letters(service, case.reference))
    reference = case.reference
    reason = ("--reason", "Agreed by telephone", "--by", "robin")
    asked = run("request", reference, "--form", "action_plan", "--agencies", f"{agency},{other}", "--by", "robin")
    assert [one["form"] for one in asked["requests"]] == ["action_plan", "action_plan"]
    moved = run("extend", reference, agency, "--until", "2027-03-31", *reason)
    assert {one["due_on"] for one in moved["requests"]} == {"2027-03-31"}
    gone = run("withdraw", reference, agency, "--form", "action_plan", *reason)
    assert [one["state"] for one in gone["requests"]] == ["withdrawn"]
    nil = run("nil", reference, other, *reason)
    assert {one["state"] for one in nil["requests"]} == {"nil"}
    dated = run("case", "dates", reference, "--notified-on", "2026-03-02", "--by", "robin")
    assert dated["clocks"][0]["due_on"] == "2026-03-23"
    assert run("case", "close", reference, *reason)["closed_on"]
    assert run("case", "reopen", reference, *reason)["closed_on"] is None
    assert run("case", "findings", reference) == []
    verified = run("audit", "verify")
    assert verified["problems"] == []
    assert verified["entries"] == run("audit", "show", "--newest", "1")[0]["number"]

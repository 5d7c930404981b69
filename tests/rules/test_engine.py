"""The engine finds, runs, stamps and orders; the policy decides; a faulty rule hides nothing."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from datetime import date
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from forms.registry import all_forms
from records.checking import Checkable, Found
from records.errors import Misconfigured
from records.fields import Kind, ask_of, block_of
from records.results import ReadReturn, Severity
from rules.engine import all_rules, check_policy, check_return, explain, is_for_agency, load, rule_of, run
from rules.examples import Example
from rules.scope import CHRONOLOGY, EVERY_FORM, REFERRAL, SUMMARY

CANARY = "Canary Fictionalperson"


def rule_module(name: str, code: str, *fields: str, **changes: Any) -> ModuleType:
    """A rule of the test's own that finds something at each of these fields."""

    def check(checkable: Checkable) -> Iterator[Found]:
        for field in fields:
            yield Found(field, f"Something at {field}.", "Mend it.")

    parts = {
        "__name__": name,
        "__doc__": "A rule.",
        "CODE": code,
        "TITLE": "A rule",
        "SEVERITY": Severity.WARNING,
        "APPLIES": EVERY_FORM,
        "AUDIENCE": "agency",
        "check": check,
        "PASS": (),
        "FAIL": (),
        **changes,
    }
    module = ModuleType(name, "A rule.")
    module.__dict__.update(parts)
    return module


def chronology(**record: Any) -> Checkable:
    return Example(form=CHRONOLOGY, record=record).checkable()


def test_two_rules_with_one_code_are_fatal_and_both_are_named() -> None:
    """The folder is the registry, and a double code stops the start."""
    with pytest.raises(Misconfigured, match=r"Q901: first_file and second_file"):
        load([rule_module("first_file", "Q901"), rule_module("second_file", "Q901")])


def test_a_file_that_is_no_whole_rule_is_fatal() -> None:
    """A missing part is named."""
    broken = rule_module("half_a_rule", "Q901")
    del broken.TITLE

    with pytest.raises(Misconfigured, match=r"half_a_rule is not a whole rule: it has no TITLE"):
        load([broken])


@pytest.mark.parametrize("changes", [{"CODE": "21"}, {"APPLIES": ("letter",)}])
def test_a_wrong_code_or_form_is_fatal(changes: dict[str, Any]) -> None:
    """Codes have one shape and forms exist."""
    with pytest.raises(Misconfigured, match="some_file"):
        load([rule_module("some_file", "Q901", **changes)])


def test_findings_are_stamped_and_stand_in_a_stable_order() -> None:
    """Errors first, then code, then the place in the form by number, not by letter."""
    loaded = load(
        [
            rule_module("c", "Q903", "events[10].date", "events[2].date"),
            rule_module("b", "Q902", "agency", SEVERITY=Severity.ERROR),
            rule_module("a", "Q901", "", SEVERITY=Severity.INFORMATION),
        ]
    )

    findings = run(loaded.values(), chronology(), {})

    assert [(item.rule, item.severity, item.field) for item in findings] == [
        ("Q902", "error", "agency"),
        ("Q903", "warning", "events[2].date"),
        ("Q903", "warning", "events[10].date"),
        ("Q901", "information", ""),
    ]


def test_the_policy_changes_severity_and_switches_off() -> None:
    """The partnership decides what a finding weighs, not the rule."""
    loaded = load([rule_module("a", "Q901", "agency"), rule_module("b", "Q902", "agency")])

    findings = run(loaded.values(), chronology(), {"Q901": Severity.ERROR, "Q902": "off"})

    assert [(item.rule, item.severity) for item in findings] == [("Q901", Severity.ERROR)]


def test_a_rule_runs_only_on_its_forms() -> None:
    """A rule for referrals is silent on a chronology."""
    loaded = load([rule_module("a", "Q901", "agency", APPLIES=(REFERRAL,))])

    assert run(loaded.values(), chronology(), {}) == []


def test_a_faulty_rule_is_shown_and_logged_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    """What was found before the fault stays; neither log nor finding repeats what the error says."""

    def faulty(checkable: Checkable) -> Iterator[Found]:
        yield Found("agency", "Found before.", "Mend it.")
        raise ValueError(CANARY)

    loaded = load([rule_module("a", "Q901", check=faulty), rule_module("b", "Q902", "child_name")])

    with caplog.at_level(logging.DEBUG):
        findings = run(loaded.values(), chronology(child_name=CANARY), {})

    assert [item.rule for item in findings] == ["Q901", "Q901", "Q902"]
    assert "could not be run" in findings[0].message
    assert "By hand" in findings[0].remedy or "by hand" in findings[0].remedy
    assert [record.message for record in caplog.records] == ["rule_could_not_run"]
    assert (caplog.records[0].__dict__["rule"], caplog.records[0].__dict__["error"]) == ("Q901", "ValueError")
    assert CANARY not in caplog.text + str(findings)


def test_a_policy_with_an_unknown_code_or_severity_is_named() -> None:
    """A slip in the policy stops the start rather than being passed over."""
    check_policy({"Q021": "warning", "Q034": "off"})
    with pytest.raises(Misconfigured, match="Q999"):
        check_policy({"Q999": "off"})
    with pytest.raises(Misconfigured, match="fatal"):
        check_policy({"Q021": "fatal"})


def test_a_rule_explains_itself() -> None:
    """The explanation holds title, severity, forms and the docstring with its source."""
    text = explain("Q021")

    assert text.startswith("Q021: Child or case reference differs from the case (error)")
    assert "Applies to:" in text
    assert "Source:" in text
    with pytest.raises(Misconfigured, match=r"docs/rules\.md"):
        explain("Q999")


def test_rules_say_whom_they_speak_to() -> None:
    """A query letter may ask for a missing source, never for the coordinator's own business."""
    assert is_for_agency("Q077")
    assert not is_for_agency("Q026")
    assert not is_for_agency("unknown")
    assert {rule.audience for rule in all_rules().values()} == {"agency", "office"}
    assert rule_of("Q077").code == "Q077"


ODD_TEXTS = (None, "", " ", "N/A", "?", "x" * 3000, "See attached", "12/34/5678", "A.B@", "(((", "Ünï Cödé")
ODD_DATES = (None, "2024~", "/2024-05", "2024-05-02/..", "9999", "0001-01-01", "9999-12-31", "2024-24%", "2024-03-02")
ODD_TIMES = (None, "00:00", "23:59/00:01")


def odd_record(model: Any, chance: random.Random) -> dict[str, Any]:
    """A record of this shape filled with what nobody would expect."""
    record: dict[str, Any] = {}
    for name in model.model_fields:
        block = block_of(model, name)
        if block:
            inner, many = block
            rows = [odd_record(inner, chance) for _ in range(chance.randint(0, 5))] if many else []
            record[name] = rows if many else odd_record(inner, chance)
            continue
        ask = ask_of(model, name)
        kind = ask.kind if ask else Kind.TEXT
        choices: dict[Kind, tuple[Any, ...]] = {
            Kind.DATE: ODD_DATES,
            Kind.DATE_RANGE: ODD_DATES,
            Kind.TIME: ODD_TIMES,
            Kind.YES_NO: (None, "yes", "no", "not_known"),
            Kind.SIGNED: (None, "yes", "no"),
            Kind.CHOICE: (None, *(ask.codes if ask else ())),
        }
        if kind is Kind.CHOICES:
            record[name] = [code for code in (ask.codes if ask else ()) if chance.random() < 0.3]
        else:
            record[name] = chance.choice(choices.get(kind, ODD_TEXTS))
    return record


@pytest.mark.parametrize("form_id", sorted(EVERY_FORM))
def test_no_record_makes_a_rule_fail(form_id: str) -> None:
    """Empty, odd and absurd records give findings, never a rule that could not run."""
    model = all_forms()[form_id].record
    chance = random.Random(form_id)
    records = [model().model_dump(mode="json"), {}, *(odd_record(model, chance) for _ in range(60))]

    for record in records:
        returned = ReadReturn(form=form_id, form_confidence=1.0, record=record)
        findings = check_return(Checkable(returned=returned, received_on=date(2024, 6, 3)))
        assert [item for item in findings if "could not be run" in item.message] == []
        assert all(item.message and item.remedy for item in findings)


def test_the_same_return_gives_the_same_findings() -> None:
    """Same in, same out, in the same order."""
    record = odd_record(all_forms()[SUMMARY].record, random.Random(7))
    checkables = [Example(form=SUMMARY, record=record).checkable() for _ in range(2)]

    assert check_return(checkables[0]) == check_return(checkables[1])


def test_a_policy_of_nothing_is_the_rules_own() -> None:
    """Without a policy every finding has its rule's own severity."""
    findings = check_return(Example(form=CHRONOLOGY, record={"events": [{"source": None}], "agency": None}).checkable())

    assert {(item.rule, item.severity) for item in findings} == {("Q029", Severity.ERROR), ("Q077", Severity.ERROR)}
    assert SimpleNamespace(**findings[0].to_json()).severity == "error"

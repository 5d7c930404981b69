"""Every rule keeps the promises of its own examples."""

from __future__ import annotations

import pytest

from records.results import ReviewItem
from rules.engine import Rule, all_rules, run
from rules.examples import Example

RULES = list(all_rules().values())
PASSES = [pytest.param(rule, item, id=f"{rule.code}-pass-{n}") for rule in RULES for n, item in enumerate(rule.passes)]
FAILS = [pytest.param(rule, item, id=f"{rule.code}-fail-{n}") for rule in RULES for n, item in enumerate(rule.fails)]


@pytest.mark.parametrize(("rule", "example"), PASSES)
def test_a_rule_is_silent_on_what_it_lets_pass(rule: Rule, example: Example) -> None:
    """A PASS example gives no finding."""
    assert run([rule], example.checkable(), {}) == []


@pytest.mark.parametrize(("rule", "example"), FAILS)
def test_a_rule_speaks_on_what_it_is_for(rule: Rule, example: Example) -> None:
    """A FAIL example gives a finding with a message and a next step, of the rule's own severity."""
    findings = run([rule], example.checkable(), {})

    assert findings
    for finding in findings:
        assert (rule.code, rule.severity) == (finding.rule, finding.severity)
        assert finding.message[:1].isupper() or finding.message.startswith(("“", "…"))
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")
        assert "could not be run" not in finding.message


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_enough_examples_and_an_explanation(rule: Rule) -> None:
    """Two examples each way at least, each of a form it applies to, and a docstring that names its source."""
    assert len(rule.passes) >= 2
    assert len(rule.fails) >= 2
    assert {example.form for example in (*rule.passes, *rule.fails)} <= rule.applies
    assert "Source:" in rule.explanation
    assert rule.module.rpartition(".")[2].startswith(rule.code.lower())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_nothing_in_doubt_is_built_upon(rule: Rule) -> None:
    """With the whole return in review, no rule says anything of an answer."""
    for example in rule.fails:
        checkable = example.checkable()
        if not checkable.record or rule.code in ABOUT_THE_FILE:
            continue
        checkable.returned.review.append(_whole_return())
        assert [finding for finding in run([rule], checkable, {}) if finding.field] == []


ABOUT_THE_FILE = {"Q018", "Q024", "Q065", "Q068"}
"""Rules whose subject is what was typed as such, or the arrival, not the answer understood from it."""


def _whole_return() -> ReviewItem:
    return ReviewItem("", "not sure which form this is")

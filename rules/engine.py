"""Finds the rules, runs them on a return, stamps what they found.

A rule is a file in `rules/checks/`: `CODE`, `TITLE`, `SEVERITY`, `APPLIES` (form ids), `AUDIENCE`, a docstring that
documents it with its source, `check(checkable)` and the examples `PASS` and `FAIL`. Rules detect, this module stamps,
the policy of the partnership decides.
"""

from __future__ import annotations

import inspect
import logging
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Literal

import rules.checks
from forms.registry import all_forms
from records.checking import Checkable, Found
from records.errors import Misconfigured
from records.results import Finding, Severity
from rules.examples import Example
from rules.scope import Audience

log = logging.getLogger(__name__)

Policy = Mapping[str, Severity | Literal["off"]]
"""Rule code → another severity, or "off". Codes that are not named keep the rule's own severity."""

_CODE = re.compile(r"[QN]\d{3}\Z")
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule as loaded from its file."""

    code: str
    title: str
    severity: Severity
    applies: frozenset[str]
    audience: Audience
    explanation: str
    check: Callable[[Checkable], Iterator[Found]]
    passes: tuple[Example, ...]
    fails: tuple[Example, ...]
    module: str


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by its code, in order of code; Misconfigured when two files claim one code or one is not a rule."""
    names = sorted(module.name for module in pkgutil.iter_modules(rules.checks.__path__))
    return load(import_module(f"rules.checks.{name}") for name in names)


def load(modules: Iterable[ModuleType]) -> dict[str, Rule]:
    """The rules in these modules by code; Misconfigured names what is wrong and both files of a double code."""
    found: dict[str, Rule] = {}
    for module in modules:
        rule = _rule(module)
        if rule.code in found:
            raise Misconfigured(
                f"Two rules claim the code {rule.code}: {found[rule.code].module} and {rule.module}.",
                hint="Give one of them a code of its own.",
            )
        found[rule.code] = rule
    return dict(sorted(found.items()))


def check_return(checkable: Checkable, policy: Policy | None = None) -> list[Finding]:
    """What the rules say of a return: errors first, then by code and by place in the form.

    A rule that fails is a fault of this program: it is logged and shown as a finding, and the other rules go on.
    """
    return run(all_rules().values(), checkable, policy or {})


def run(chosen: Iterable[Rule], checkable: Checkable, policy: Policy) -> list[Finding]:
    """`check_return` with the rules given."""
    findings: list[Finding] = []
    for rule in chosen:
        severity = policy.get(rule.code, rule.severity)
        if severity != "off" and checkable.form in rule.applies:
            findings += _run_one(rule, checkable, Severity(severity))
    unique = dict.fromkeys(findings)
    return sorted(unique, key=lambda finding: (_RANK[finding.severity], finding.rule, _natural(finding.field)))


def explain(code: str) -> str:
    """What a rule looks for and why, as a person reads it; Misconfigured when there is no such rule."""
    rule = rule_of(code)
    forms = ", ".join(form.title for name, form in all_forms().items() if name in rule.applies)
    return f"{rule.code}: {rule.title} ({rule.severity})\nApplies to: {forms}.\n\n{rule.explanation}"


def rule_of(code: str) -> Rule:
    """The rule with this code; Misconfigured when there is none."""
    try:
        return all_rules()[code]
    except KeyError:
        raise Misconfigured(
            f"There is no rule “{code}”.", hint="The codes stand in the catalogue of rules (docs/rules.md)."
        ) from None


def check_policy(policy: Mapping[str, str]) -> None:
    """Nothing when every code and severity of the policy exists; Misconfigured names the first that does not."""
    for code, severity in policy.items():
        rule_of(code)
        if severity != "off" and severity not in set(Severity):
            raise Misconfigured(
                f"The policy gives rule {code} the severity “{severity}”.",
                hint="Write error, warning, information or off.",
            )


def is_for_agency(code: str) -> bool:
    """Whether the agency can put this right, so that a query letter may ask for it."""
    return code in all_rules() and all_rules()[code].audience == "agency"


def _run_one(rule: Rule, checkable: Checkable, severity: Severity) -> list[Finding]:
    findings: list[Finding] = []
    try:
        for found in rule.check(checkable):
            findings.append(Finding(rule.code, severity, found.field, found.message, found.remedy))
    except Exception as error:  # noqa: BLE001 - one faulty rule must not hide what the others found
        # The words of the error can hold personal data, so only its kind is logged.
        log.error("rule_could_not_run", extra={"rule": rule.code, "error": type(error).__name__})
        findings.append(
            Finding(
                rule.code,
                Severity.WARNING,
                "",
                f"The check “{rule.title}” could not be run on this return.",
                "Check this point by hand, and tell whoever looks after this service.",
            )
        )
    return findings


def _rule(module: ModuleType) -> Rule:
    try:
        rule = Rule(
            code=module.CODE,
            title=module.TITLE,
            severity=module.SEVERITY,
            applies=frozenset(module.APPLIES),
            audience=module.AUDIENCE,
            explanation=inspect.getdoc(module) or "",
            check=module.check,
            passes=tuple(module.PASS),
            fails=tuple(module.FAIL),
            module=module.__name__,
        )
    except AttributeError as error:
        raise Misconfigured(
            f"{module.__name__} is not a whole rule: it has no {error.name}.", hint="See another rule for the parts."
        ) from error
    unknown = rule.applies - set(all_forms())
    if unknown or not _CODE.match(rule.code):
        wrong = f"applies to an unknown form “{min(unknown)}”" if unknown else f"has the code “{rule.code}”"
        raise Misconfigured(f"{rule.module} {wrong}.", hint="Codes are Q or N and three digits; forms are form ids.")
    return rule


def _natural(path: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", path))

"""The partnership's own view of the rules: another severity, or off, per rule code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from mailbox_config.loading import read_toml, unknown_key_error
from records.errors import Misconfigured
from records.results import Severity

RulePolicy = Mapping[str, Severity | Literal["off"]]
"""Rule code → another severity, or "off". A rule that is not named keeps the severity it comes with."""


def load_rule_policy(path: Path | None) -> RulePolicy:
    """The policy in this file, or the empty one when no file is named. `rules.engine.check_policy` knows the codes."""
    if path is None:
        return {}
    data = read_toml(path, what="rule policy")
    for key in data:
        if key != "rules":
            raise unknown_key_error(path, key, "rules")
    rules = data.get("rules", {})
    if not isinstance(rules, dict):
        raise Misconfigured(f"{path}: “rules” is not a table.", hint="Write [rules] and one line per rule below it.")
    return {str(code): _word(value, str(code), path) for code, value in rules.items()}


def _word(value: object, code: str, path: Path) -> Severity | Literal["off"]:
    if value == "off":
        return "off"
    if value in set(Severity):
        return Severity(str(value))
    words = ", ".join([*Severity, "off"])
    raise Misconfigured(f"{path}: the rule {code} is set to “{value}”.", hint=f"Use one of {words}.")

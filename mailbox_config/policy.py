"""The partnership's own view of the rules: another severity, or off, per rule code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from mailbox_config.loading import read_toml, unknown_key_error
from records.errors import Misconfigured
from records.results import Severity

Override = Literal["error", "warning", "information", "off"]


@dataclass(frozen=True)
class RulePolicy:
    """Overrides only; a rule that is not named keeps the severity it comes with."""

    overrides: Mapping[str, Override] = field(default_factory=dict)

    def severity(self, code: str, default: Severity) -> Severity | None:
        """The severity that counts for this rule; None when it is switched off."""
        override = self.overrides.get(code)
        if override == "off":
            return None
        return default if override is None else Severity(override)


def load_rule_policy(path: Path | None) -> RulePolicy:
    """The policy in this file, or the empty one when no file is named."""
    if path is None:
        return RulePolicy()
    data = read_toml(path, what="rule policy")
    for key in data:
        if key != "rules":
            raise unknown_key_error(path, key, "rules")
    rules = data.get("rules", {})
    for code, value in rules.items():
        if value not in get_args(Override):
            raise Misconfigured(
                f"{path}: the rule {code} is set to “{value}”.", hint=f"Use one of {', '.join(get_args(Override))}."
            )
    return RulePolicy(dict(rules))


def unknown_rules(policy: RulePolicy, codes: Collection[str]) -> tuple[str, ...]:
    """The codes in the policy that no rule has; `service.bootstrap` refuses to start on them."""
    return tuple(sorted(set(policy.overrides) - set(codes)))

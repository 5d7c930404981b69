"""The catalogue of rules, made from their docstrings: `python -m rules.catalogue` writes docs/rules.md."""

from __future__ import annotations

import sys
from pathlib import Path

from forms.registry import all_forms
from rules.engine import Rule, all_rules
from rules.scope import EVERY_FORM

TARGET = Path(__file__).parent.parent / "docs" / "rules.md"
_HEAD = """# Rules

What the program checks on a return, made from the rules themselves by `python -m rules.catalogue`; change a rule's
docstring, not this page. Codes are for ever; Q codes number the checks that the field itself asks for, N codes are
ours.

A rule says what it found and where, in the words that the agency's own form uses, and what to do next. It builds on
nothing that the reader is not sure of, and says nothing of a question that the agency's edition of the form does not
ask.

A partnership may give a rule another severity or switch it off: name a file under `rule_policy` in the settings, and
write one line per rule (`Q008 = "off"`) below `[rules]`. `error` means that the return cannot be accepted or must be
put right before the pack, `warning` that a person should look, `information` that it is only shown. Rules for the
*agency* may stand in a query letter; rules for the *office* are for the coordinator.
"""


def catalogue() -> str:
    """The page as Markdown."""
    rules = all_rules().values()
    rows = [f"| {rule.code} | {rule.title} | {rule.severity} | {rule.audience} | {_forms(rule)} |" for rule in rules]
    parts = [
        _HEAD,
        f"{len(rows)} rules.\n",
        "| Code | Rule | Severity | For | Forms |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n",
        *(f"## {rule.code} {rule.title}\n\n{rule.explanation}\n" for rule in rules),
    ]
    return "\n".join(parts)


def _forms(rule: Rule) -> str:
    if rule.applies == frozenset(EVERY_FORM):
        return "every form"
    return ", ".join(form.title.lower() for name, form in all_forms().items() if name in rule.applies)


def main(target: Path = TARGET) -> None:
    """Write the page."""
    target.parent.mkdir(exist_ok=True)
    target.write_text(catalogue(), encoding="utf-8")
    sys.stdout.write(f"{target.name}: {len(all_rules())} rules\n")


if __name__ == "__main__":
    main()

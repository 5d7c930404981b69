"""The page of rules is made from the rules."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from rules.catalogue import TARGET, catalogue
from rules.engine import all_rules, check_policy

POLICY = Path(__file__).parents[2] / "rules" / "policy.toml"


def test_the_page_is_up_to_date() -> None:
    """`python -m rules.catalogue` has been run since a rule last changed."""
    assert TARGET.read_text(encoding="utf-8") == catalogue()


def test_the_page_names_every_rule() -> None:
    """Every rule has a heading of its own."""
    page = catalogue()

    assert [code for code in all_rules() if f"\n## {code} " not in page] == []


def test_the_example_policy_names_rules_that_exist() -> None:
    """Also the lines that are commented out."""
    text = POLICY.read_text(encoding="utf-8")

    assert tomllib.loads(text) == {"rules": {}}
    check_policy(dict(re.findall(r'^# (\w\d{3}) = "(\w+)"', text, flags=re.MULTILINE)))

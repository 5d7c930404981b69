"""The folder is the registry: what lies in it is found, sorted, once; what claims the same thing is refused."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from forms.registry import all_forms
from generators.letters.write import all_letters
from parsers.read import all_readers
from records.errors import Misconfigured, ServiceError
from records.fields import walk_asks
from records.submissions import LetterKind
from rules.checks import q021_case_identity
from rules.engine import all_rules, load
from service.cli.app import command_names
from tests.architecture.source import TOP


def test_every_form_folder_is_a_form_with_all_that_a_form_needs() -> None:
    """Sorted; each with its wordings, its blank, and at least one answer that it is for."""
    folders = sorted(path.parent.name for path in TOP.glob("forms/*/record.py"))
    assert list(all_forms()) == folders
    for form in all_forms().values():
        assert form.blank.is_file()
        assert form.wordings.titles
        assert any(ask.needed for _, ask in walk_asks(form.record))
    titles = [form.title for form in all_forms().values()]
    assert len(set(titles)) == len(titles)


def test_no_two_forms_answer_to_one_title_or_code() -> None:
    """Exactly one form claims a heading, or nobody could say which form it is."""
    owners: dict[str, set[str]] = {}
    for form in all_forms().values():
        for wording in (*form.wordings.titles, *form.wordings.codes):
            owners.setdefault(" ".join(wording.casefold().split()), set()).add(form.id)
    assert {wording: forms for wording, forms in owners.items() if len(forms) > 1} == {}


def test_every_rule_file_is_a_rule_whose_code_begins_its_name() -> None:
    """Sorted by code; a file is found by the code that a finding shows."""
    codes = list(all_rules())
    assert codes == sorted(codes)
    files = sorted(path.stem for path in TOP.glob("rules/checks/*.py") if path.stem != "__init__")
    assert sorted(f"{rule.module.rpartition('.')[2]}" for rule in all_rules().values()) == files
    for rule in all_rules().values():
        assert rule.module.rpartition(".")[2].startswith(f"{rule.code.lower()}_")


def test_two_rules_with_one_code_are_refused() -> None:
    """The error names the code and both files, before anything is checked."""
    twin = ModuleType("rules.checks.q021_again")
    twin.__dict__.update(
        {name: getattr(q021_case_identity, name) for name in dir(q021_case_identity) if name[0] != "_"}
    )
    twin.__doc__ = q021_case_identity.__doc__
    with pytest.raises(Misconfigured, match=r"Q021.*q021_case_identity.*q021_again"):
        load([q021_case_identity, twin])


def test_every_kind_of_file_has_one_reader() -> None:
    """Each kind that intake knows how to name and that a form can come in is read by exactly one module."""
    kinds = list(all_readers())
    assert {"docx", "pdf", "xlsx", "html", "text"} <= set(kinds)
    assert all(callable(reader) for reader in all_readers().values())


def test_every_letter_folder_is_a_letter_of_a_known_kind() -> None:
    """Sorted; codes are unique and for ever; the kinds are those that the ledger knows."""
    letters = all_letters()
    assert list(letters) == sorted(letters)
    assert set(letters) == set(LetterKind.__args__)
    codes = [letter.code for letter in letters.values()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"LT-[A-Z]{3}", code) for code in codes)


def test_every_command_file_is_a_command() -> None:
    """Sorted, and in words that can be typed."""
    names = command_names()
    assert list(names) == sorted(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


def test_every_error_has_a_code_of_its_own_and_says_what_to_do() -> None:
    """One class a situation; its words come from its docstring, and it ends with what to do next."""
    errors = sorted(family(ServiceError), key=lambda error: error.__name__)
    codes = [error.code for error in errors if "code" in vars(error)]
    assert len(set(codes)) == len(codes)
    assert [error.__name__ for error in errors if not error.__doc__] == []


def family(error: type[ServiceError]) -> set[type[ServiceError]]:
    """All classes below this one that are ours."""
    below = {one for one in error.__subclasses__() if not one.__module__.startswith("tests")}
    return below.union(*(family(one) for one in below)) if below else set()

"""The documents are true: what there is stands in them, what stands in them is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.main import get_command

from forms.registry import all_forms
from generators.letters.write import all_letters
from mailbox_config import reference as settings_reference
from mailbox_config.loading import known_keys
from mailbox_config.settings import Settings
from records.submissions import LetterState, SubmissionState
from rules.engine import all_rules
from service.cli import reference as command_reference
from service.cli.app import build
from service.status import STATE_WORDS

TOP = Path(__file__).parents[2]
PAGES = sorted(
    (*TOP.glob("*.md"), *TOP.glob("docs/**/*.md"), *TOP.glob("generators/letters/*.md"), *TOP.glob("benchmarks/*.md"))
)
NAMES = [path.relative_to(TOP).as_posix() for path in PAGES]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CALL = re.compile(r"^(?:\$ |sudo -u intake )?(?:\.venv/bin/|/\S*/bin/)?intake( .+)$")
MACHINE_PATH = re.compile(r"(?<![\w./])/(work|tmp|root|home/\w+|mnt)/")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def everything() -> str:
    return "\n".join(text_of(path) for path in PAGES)


def calls(text: str) -> Iterator[list[str]]:
    """Every call of the command in fenced blocks and in inline code, as its words."""
    fenced = [line for _, block in FENCE.findall(text) for line in block.splitlines()]
    inline = re.findall(r"`(intake [^`]+)`", FENCE.sub("", text))
    for line in (*fenced, *inline):
        if found := CALL.match(line.strip()):
            yield shlex.split(found[1].partition(" #")[0].replace("’", ""), posix=True)


def resolved(words: list[str]) -> str:
    """What is wrong with a call as it is written; "" when each of its words is a command or an option of it."""
    command: Any = None
    for number, word in enumerate(words):
        if command is None:
            command = application()
        inner = getattr(command, "commands", {})
        if word in inner:
            command = inner[word]
        elif word.startswith("-"):
            if word.partition("=")[0] not in options(command):
                return f"no option {word}"
        elif inner and not word.isupper() and words[number - 1] not in ("-c", "--config"):
            return f"no command {word}"
    return ""


def application() -> Any:
    return get_command(build(()))


def options(command: Any) -> set[str]:
    return {"-h", "--help"}.union(*({*one.opts, *one.secondary_opts} for one in command.params))


def test_the_page_of_commands_is_up_to_date() -> None:
    """`python -m service.cli.reference` has been run since a command last changed."""
    assert text_of(command_reference.TARGET) == command_reference.page()


def test_the_page_of_settings_is_up_to_date() -> None:
    """`python -m mailbox_config.reference` has been run since the example last changed."""
    assert text_of(settings_reference.TARGET) == settings_reference.page()


def test_every_setting_stands_in_the_page_of_settings() -> None:
    """Every key that the program knows, but for the passwords, which come from the environment."""
    page = text_of(settings_reference.TARGET)
    keys = [re.sub(r"^chasing\.\w+\.steps\[\]", "chasing.KIND.steps", key).replace("[]", "") for key in leaves()]
    assert [key for key in keys if f"`{key}`" not in page and not key.endswith(".password")] == []
    variables = {f"INTAKE__{key.replace('.', '__').upper()}" for key in keys if key.endswith(".password")}
    assert {name for name in variables if name not in everything()} == set()


def leaves() -> list[str]:
    """The keys that hold a value, not a part."""
    keys = list(known_keys(Settings))
    return [key for key in keys if not any(re.match(rf"{re.escape(key)}(\[\])?\.", other) for other in keys)]


def test_every_command_stands_in_the_guides() -> None:
    """Not only in the page of commands: somebody who reads the guides meets every one of them."""
    guides = "\n".join(text_of(path) for path in PAGES if path != command_reference.TARGET)
    called = {re.sub(r"^(-c|--config) \S+ ", "", " ".join(words)) for words in calls(guides)}
    names = [" ".join(words) for words in command_reference.commands()]
    assert [name for name in names if not any(f"{call} ".startswith(f"{name} ") for call in called)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_call_that_is_shown_can_be_made(name: str) -> None:
    """A command, or an option of it, that does not exist is not documented as if it did."""
    wrong = [(" ".join(words), why) for words in calls(text_of(TOP / name)) if (why := resolved(words))]
    assert wrong == []


def test_a_call_that_cannot_be_made_is_seen() -> None:
    """The test above sees an unknown command, an unknown inner command and an unknown option."""
    text = "```\n$ intake nonsense\nintake case nonsense\n```\nand `intake status --nonsense`, `intake status [CASE]`"
    assert [resolved(words) for words in calls(text)] == [
        "no command nonsense",
        "no command nonsense",
        "no option --nonsense",
        "",
    ]


def test_every_rule_form_letter_and_state_is_named() -> None:
    """Whatever a person can meet on the screen or in a letter can be looked up."""
    text = everything()
    assert [code for code in all_rules() if code not in text] == []
    assert [form.id for form in all_forms().values() if f"`{form.id}`" not in text or form.title not in text] == []
    assert [kind for kind, letter in all_letters().items() if f"`{kind}`" not in text or letter.code not in text] == []
    assert [word for word in STATE_WORDS.values() if f"*{word}*" not in text] == []
    states = (*get_args(SubmissionState), *get_args(LetterState))
    assert [state for state in states if f"| `{state}` |" not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    """Relative links and pictures exist, and so do the headings they point at."""
    path = TOP / name
    for target in LINK.findall(FENCE.sub("", text_of(path))):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, heading = target.partition("#")
        other = (path.parent / file) if file else path
        assert other.exists(), target
        if heading:
            assert heading in anchors(text_of(other)), target


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings give."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_no_page_knows_the_machine_it_was_written_on(name: str) -> None:
    """No path of one machine, no address that only works there."""
    assert MACHINE_PATH.search(text_of(TOP / name)) is None


def test_the_index_names_every_page() -> None:
    """Nobody has to look through the folder."""
    index = text_of(TOP / "docs" / "README.md")
    assert [
        path.name for path in TOP.glob("docs/*.md") if path.name != "README.md" and f"({path.name})" not in index
    ] == []


def test_the_settings_that_are_shown_are_settings() -> None:
    """Every key in a block of settings exists."""
    known = {key.replace("[]", "") for key in known_keys(Settings)}
    for name in NAMES:
        for language, block in FENCE.findall(text_of(TOP / name)):
            if language == "toml":
                assert [key for key in keys_in(block) if key not in known] == [], name


def keys_in(block: str) -> Iterator[str]:
    part = ""
    for line in block.splitlines():
        if found := re.match(r"\[\[?([\w.]+)\]\]?", line):
            part = found[1]
        elif found := re.match(r"(\w+) = ", line):
            yield f"{part}.{found[1]}"

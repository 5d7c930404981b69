"""The guide to adding a form can be followed, command by command, in its order."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

import mailbox_config
from service.cli.app import main

PAGE = Path(__file__).parents[2] / "docs" / "adding-a-form.md"
EXAMPLES = Path(mailbox_config.__file__).parent
BLOCK = re.compile(r"^ *```console\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def status(words: list[str]) -> int:
    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


def test_the_commands_of_the_guide_work_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command in a `console` block ends well, in a folder that holds the example settings and nothing else."""
    for name in ("intake", "directory"):
        shutil.copy(EXAMPLES / f"{name}.example.toml", tmp_path / f"{name}.toml")
    monkeypatch.chdir(tmp_path)
    lines = [line.strip() for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")) for line in block.splitlines()]
    commands = [shlex.split(line.removeprefix("$ intake ")) for line in lines if line.startswith("$ intake ")]
    assert len(commands) == len(lines) > 5
    assert [(words, status(words)) for words in commands] == [(words, 0) for words in commands]
    capsys.readouterr()
    assert (tmp_path / "wordings" / "our-chronology.toml").exists()


def test_every_file_that_the_guide_names_is_there() -> None:
    """Files and folders in code style that look like paths of this repository exist."""
    top = PAGE.parents[1]
    named = re.findall(r"`((?:forms|records|rules|tests)/[\w/]+(?:\.\w+)?/?)`", PAGE.read_text(encoding="utf-8"))
    assert len(named) > 5
    assert [name for name in named if not (top / name).exists()] == []

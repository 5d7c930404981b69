"""What every module keeps to: its size, its names, what it may do, and that importing it does nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import TOP, Function, dotted, functions_of, is_within, modules, text_of, tree_of

MOST_LINES, LONG = 600, 400
MOST_FUNCTION_LINES = 80

LONG_MODULES = {
    "parsers/readers/wordml.py": "one walk over one grammar: whatever can stand in a Word body, in its order",
    "parsers/marks.py": "one table of signs and the few functions that weigh them against each other",
    "parsers/wording.py": "what a text may ask for: its normal forms and the one index that is asked for them",
    "parsers/locate.py": "one search for the answer of a label; its steps hand one value on",
    "parsers/readers/scan.py": "one path from the picture of a page to the tree, in the order it is walked",
}
"""Modules over 400 lines that are still one thing, each with the reason."""

VAGUE = re.compile(r"_?(utils?|helpers?|managers?|base|common|misc|tools?|stuff)(_.*)?|.*_(utils?|helpers?|manager)")

CLOCK = {
    "service": "the composition root and the commands read the clock once and hand it down",
    "store/store.py": "the default of a parameter; every test hands in a clock of its own",
}
ENVIRONMENT = {
    "service/cli": "reads the environment once, for the settings",
    "mailbox_config": "lays environment variables over the settings file",
    "parsers/worker.py": "starts reader processes with a few variables and no others",
    "parsers/worker_process.py": "is a process of its own and points its temporary files into its own folder",
    "parsers/ocr.py": "starts Tesseract with a few variables and no others",
    "generators/pdf.py": "starts LibreOffice with a few variables and no others",
}
TEMPLATES = {"generators/render.py": "the one strict, escaping, sandboxed template environment"}

NOW = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
ENVIRON = re.compile(r"\bos\.(environ|getenv|putenv)\b")
WORD_TEMPLATE = re.compile(r"\bDocxTemplate\b")
JINJA = re.compile(r"\b(Sandboxed|Immutable\w*)?Environment\(")


def numbered(path: Path) -> int:
    return len(text_of(path).splitlines())


def uses(pattern: re.Pattern[str], allowed: dict[str, str]) -> list[str]:
    """Where the pattern stands in code (not in comments or strings) outside the places that are allowed to."""
    found = []
    for path in modules():
        if pattern.search(text_of(path)) and not any(is_within(path, place) for place in allowed):
            found += [f"{path}:{node.lineno}" for node in ast.walk(tree_of(path)) if says(node, pattern)]
    return found


def says(node: ast.AST, pattern: re.Pattern[str]) -> bool:
    return isinstance(node, ast.Call | ast.Attribute | ast.Name) and bool(pattern.match(ast.unparse(node)))


def test_no_module_is_longer_than_it_should_be() -> None:
    """At most 600 lines; over 400 only with a reason that stands here."""
    sizes = {path.as_posix(): numbered(path) for path in modules()}
    assert {path: size for path, size in sizes.items() if size > MOST_LINES} == {}
    assert {path for path, size in sizes.items() if size > LONG} - set(LONG_MODULES) == set()


def test_the_reasons_for_long_modules_are_still_needed() -> None:
    """A module that has become short again loses its reason."""
    assert [path for path in LONG_MODULES if not (TOP / path).exists() or numbered(Path(path)) <= LONG] == []


def test_functions_fit_a_screen_or_two() -> None:
    """No function is longer than 80 lines, and at most one in twenty is longer than 40."""
    lengths = {f"{path}:{one.name}": length(one) for path in modules() for one in functions_of(path)}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_FUNCTION_LINES} == {}
    assert sum(lines > 40 for lines in lengths.values()) <= len(lengths) / 20


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_modules_are_named_after_what_they_are() -> None:
    """No module is a drawer for whatever had no place."""
    assert [str(path) for path in modules() if VAGUE.fullmatch(path.stem)] == []


def test_every_module_says_what_it_is() -> None:
    """Each module with code begins with a docstring."""
    assert [str(path) for path in modules() if text_of(path).strip() and not ast.get_docstring(tree_of(path))] == []


def test_only_the_command_line_speaks() -> None:
    """`print` writes past the command line's rules on results and notes; scripts that make files are commands too."""
    found = [
        f"{path}:{node.lineno}"
        for path in modules()
        if not is_within(path, "service/cli") and not is_script(path)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


def is_script(path: Path) -> bool:
    return path.stem.startswith("make_")


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [(NOW, CLOCK), (ENVIRON, ENVIRONMENT), (WORD_TEMPLATE, TEMPLATES), (JINJA, TEMPLATES)],
    ids=["clock", "environment", "word-templates", "template-environments"],
)
def test_what_comes_from_outside_comes_in_at_named_places(pattern: re.Pattern[str], allowed: dict[str, str]) -> None:
    """Clock, environment and templates are met in a few files that say why; everything else is handed them."""
    assert uses(pattern, allowed) == []
    unused = [place for place in allowed if not any(is_within(path, place) for path in modules())]
    assert unused == []


def test_broad_excepts_stand_where_one_loop_must_go_on() -> None:
    """Each is marked for the linter, with its reason beside it."""
    found = [
        f"{path}:{number}"
        for path in modules()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if re.search(r"#\s*noqa: BLE001\s*$", line)
    ]
    assert found == []


def import_all(top: Path, names: list[str]) -> list[str]:
    """What importing these modules does, as an interpreter of its own tells it."""
    run = subprocess.run(
        [sys.executable, "-I", "-B", str(Path(__file__).with_name("importing.py")), str(top), *names],
        env={},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return run.stdout.splitlines() + run.stderr.splitlines()


def test_importing_any_module_does_nothing() -> None:
    """With an empty environment, in an empty folder: no file is written, nothing is started or connected."""
    names = [dotted(path) for path in modules() if path.stem != "__main__" and "migrations" not in path.parts]
    assert import_all(TOP, names) == [f"{len(names)} imported"]


def test_an_import_that_does_something_is_seen(tmp_path: Path) -> None:
    """The watcher of the test above sees a file written, a program started, an error and a thread."""
    for name, does in {
        "writes": "open('left', 'w').close()",
        "starts": "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
        "needs": "import os; os.environ['SETTINGS']",
        "waits": "import threading, time; threading.Thread(target=time.sleep, args=(3,), daemon=True).start()",
    }.items():
        (tmp_path / f"{name}.py").write_text(does, encoding="utf-8")
    seen = import_all(tmp_path, ["writes", "starts", "needs", "waits"])
    assert seen[0] == "writes: writes a file"
    assert "starts: subprocess.Popen" in seen
    assert "needs: KeyError: 'SETTINGS'" in seen
    assert seen[-2:] == ["a thread is running", "4 imported"]

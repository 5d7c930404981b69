"""The page of settings, made from the example file: `python -m mailbox_config.reference` writes docs/settings.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

EXAMPLE = Path(__file__).parent / "intake.example.toml"
TARGET = Path(__file__).parents[1] / "docs" / "settings.md"
_HEAD = """# Settings

Every key of the settings file `intake.toml`, made from `mailbox_config/intake.example.toml` by
`python -m mailbox_config.reference`; change the example, not this page. Copy the example to begin with.

A key may be left out unless it is marked *needed*. An unknown key is an error that names the key and the nearest known
one. An environment variable goes over a key: `INTAKE__FOLDERS__DATA` is `folders.data`. Passwords never stand in the
file: `INTAKE__DATABASE__PASSWORD`, or a file that only the service's account can read.
"""
_PART = re.compile(r"(?:# )?(\[\[?)([a-z_.]+)\]\]?$")
_KEY = re.compile(r"(# )?([a-z_]+) = (.*)$")
_LADDER = re.compile(r"chasing\.[a-z_]+\.steps")


def page() -> str:
    """The page as it should stand in docs/."""
    return _HEAD + "\n".join(_lines(EXAMPLE.read_text(encoding="utf-8"))) + "\n"


def _lines(example: str) -> Iterator[str]:
    """A heading for each part, a row for each key once, and the comments between them as text."""
    part, text, seen, in_table = "", list[str](), set[str](), False
    for line in example.splitlines():
        if found := _PART.match(line):
            name = _LADDER.sub("chasing.KIND.steps", found[2])
            if name != part:
                yield from _heading(name, " ".join(text))
                part, in_table = name, False
            text = []
        elif part and (found := _KEY.match(line)):
            key = f"{part}.{found[2]}"
            if key not in seen:
                yield from () if in_table else ("| Key | Example | |", "|---|---|---|")
                in_table = True
                yield _row(key, found[3], needed=not found[1])
            seen.add(key)
        elif not in_table and line.startswith("# ") and part:
            yield f"{line[2:]}\n"
        elif in_table and line.startswith("# "):
            text.append(line[2:])


def _heading(part: str, text: str) -> Iterator[str]:
    yield f"\n## {part}\n"
    if text:
        yield f"{text}\n"


def _row(key: str, rest: str, *, needed: bool) -> str:
    value, _, meaning = re.sub(r"\s+#\s+", "\n", rest, count=1).partition("\n")
    words = " ".join(filter(None, ("*Needed.*" if needed else "", meaning.replace("|", "\\|"))))
    return f"| `{key}` | `{value}` | {words} |"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")

"""A partnership's own templates: the wordings it prints, one TOML file a template and form, in the wordings folder.

`intake forms learn` writes such a file from an unfilled template; a coordinator confirms or changes it. The parts are
those of a form's `labels.toml`. Here as well: `printed` (all other print, each text as often as the template has it),
`unplaced` (labels that no field asks for), `[prompts]` by field (guidance inside that field's answer), `[[confirm]]`
(what was proposed and not known). An answer under a label that waits for its `confirmed = true` is shown to a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from mailbox_config.loading import read_toml, unknown_key_error, unknown_keys
from mailbox_config.settings import Part
from records.errors import Misconfigured

Texts = tuple[str, ...]
WordingPart = Literal["titles", "headings", "labels", "inside", "columns", "negated"]
_TABLES = ("headings", "labels", "inside", "columns", "negated", "prompts")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Confirm(Part):
    """A proposal: this label may ask for this field. A coordinator confirms it, changes it, or removes it."""

    label: str
    field: str
    """A record path; "" says that no field asks for it (the answer is then kept beside the record)."""
    part: WordingPart = "labels"
    why: str = ""
    confirmed: bool = False


class LocalWordings(Part):
    """What one template prints for one form."""

    form: str
    edition: str = ""
    source_sha256: str = ""
    titles: Texts = ()
    codes: Texts = ()
    printed: Texts = ()
    unplaced: Texts = ()
    headings: Mapping[str, Texts] = {}
    labels: Mapping[str, Texts] = {}
    inside: Mapping[str, Texts] = {}
    columns: Mapping[str, Texts] = {}
    negated: Mapping[str, Texts] = {}
    options: Mapping[str, Mapping[str, Texts]] = {}
    prompts: Mapping[str, Texts] = {}
    """Field path → guidance printed inside its answer; "texts" → guidance that is none anywhere in the form."""
    confirm: tuple[Confirm, ...] = ()


def load_wordings_file(path: Path) -> LocalWordings:
    """The wordings in one file; Misconfigured names the file and the key that is not right."""
    data = read_toml(path, what="wording file")
    for key, nearest in unknown_keys(data, LocalWordings):
        raise unknown_key_error(path, key, nearest)
    try:
        return LocalWordings(**data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise Misconfigured(
            f"{path}: “{key}” is not right: {first['msg']}.",
            hint="Correct it; `intake forms learn` writes a file that is right.",
        ) from None


def load_local_wordings(folder: Path | None) -> dict[Path, LocalWordings]:
    """Every wording file of the folder, in the order of their names; none when there is no folder."""
    if folder is None or not folder.is_dir():
        return {}
    return {path: load_wordings_file(path) for path in sorted(folder.glob("*.toml"))}


# Writing


def to_toml(wordings: LocalWordings, heading: str = "") -> str:
    """The file that says the same, for people to read and change; `heading` comes first, as comments."""
    return "\n".join(_lines(wordings, heading)) + "\n"


def _lines(wordings: LocalWordings, heading: str) -> Iterator[str]:
    yield from (f"# {line}".rstrip() for line in heading.splitlines())
    yield ""
    for name in ("form", "edition", "source_sha256"):
        yield f"{name} = {_quoted(getattr(wordings, name))}"
    yield f"titles = {_list(wordings.titles)}"
    yield f"codes = {_list(wordings.codes)}"
    yield "# Labels that no field asks for: what stands beside them is kept and shown, never dropped."
    yield f"unplaced = {_list(wordings.unplaced, long=True)}"
    yield "# All other print: subtracted from returns where it is no answer, each text as often as it stands here."
    yield f"printed = {_list(wordings.printed, long=True)}"
    if wordings.confirm:
        yield from ("", "# To confirm: correct the field where it is wrong, then write confirmed = true.")
    for item in wordings.confirm:
        yield from ("", "[[confirm]]", f"label = {_quoted(item.label)}", f"field = {_quoted(item.field)}")
        yield f"part = {_quoted(item.part)}"
        yield f"why = {_quoted(item.why)}"
        yield f"confirmed = {'true' if item.confirmed else 'false'}"
    for name in _TABLES:
        table: Mapping[str, Texts] = getattr(wordings, name)
        if table:
            yield from ("", f"[{name}]")
            yield from (f"{_key(path)} = {_list(texts)}" for path, texts in table.items())
    for field, codes in wordings.options.items():
        yield from ("", f"[options.{_key(field)}]")
        yield from (f"{_key(code)} = {_list(texts)}" for code, texts in codes.items())


def _quoted(text: Any) -> str:
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _list(texts: Texts, *, long: bool = False) -> str:
    if not long or not texts:
        return f"[{', '.join(map(_quoted, texts))}]"
    return "\n".join(["[", *(f"  {_quoted(text)}," for text in texts), "]"])

"""Finds the forms: every folder here that holds a `record.py` is one, with its `labels.toml` and its `blank.docx`.

`labels.toml` holds wordings as data. Its parts:

    titles      how editions of the form name themselves
    codes       form codes that stand in titles and footers ("PR1")
    [headings]  block path → headings that open the block ("referrer" = ["Details of the person making the referral"])
    [labels]    field path → question wordings that are clear by themselves, anywhere in the form
    [inside]    field path → short wordings that mean the field only inside its block ("referrer.name" = ["Name"])
    [columns]   field path → column heads of a table of repeating rows
    [negated]   field path → yes/no questions put the other way round
    [options.F] code → wordings of the options of the choice field F
    [prompts]   texts = printed guidance that is not an answer

Paths are record paths, list items as `children[].name`. `a.b#given` and `a.b#family` are the two halves of a name in
two boxes; `events[].date#start`/`#end` the two halves of a range; `a.b+c` says that one cell asks for several fields.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pathlib import Path

from forms.layout import load_layout
from records.errors import Misconfigured
from records.fields import Record, walk_asks

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Wordings:
    """The wordings of one form, as in its `labels.toml`."""

    titles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    negated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    prompts: tuple[str, ...] = ()
    guidance: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a partnership's own template: field path → guidance that it prints inside that field's answer."""
    printed: tuple[tuple[str, ...], ...] = ()
    """Of each own template: all its other print, each text as often as it stands there."""
    unconfirmed: frozenset[tuple[str, str]] = frozenset()
    """Of own templates: (label, field path) that were proposed and not yet confirmed by a person."""


@dataclass(frozen=True)
class Form:
    id: str
    title: str
    record: type[Record]
    wordings: Wordings
    blank: Path
    """The blank Word form; may not exist for a form that is only read."""


def load_wordings(path: Path) -> Wordings:
    """The wordings in a `labels.toml`; Misconfigured names the file and the key that is not right."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{path} is not valid TOML: {error}.", hint="Correct the line it names.") from error
    lists = {"titles", "codes"}
    tables = {"headings", "labels", "inside", "columns", "negated"}
    unknown = set(data) - lists - tables - {"options", "prompts"}
    if unknown:
        raise Misconfigured(
            f"{path} has an unknown part “{sorted(unknown)[0]}”.", hint="See the guide to adding a form."
        )
    read = {name: {key: tuple(value) for key, value in data.get(name, {}).items()} for name in tables}
    return Wordings(
        titles=tuple(data.get("titles", ())),
        codes=tuple(data.get("codes", ())),
        headings=read["headings"],
        labels=read["labels"],
        inside=read["inside"],
        columns=read["columns"],
        negated=read["negated"],
        options={
            name: {code: tuple(value) for code, value in codes.items()}
            for name, codes in data.get("options", {}).items()
        },
        prompts=tuple(data.get("prompts", {}).get("texts", ())),
    )


def _with_common(record: type[Record], own: Wordings) -> Wordings:
    """The form's wordings with the short wordings of `common.toml` for every field of a block that has them."""
    common = load_wordings(HERE / "common.toml").inside
    inside = {path: list(texts) for path, texts in own.inside.items()}
    for path, _ in walk_asks(record):
        block, dot, name = path.rpartition(".")
        if not dot:
            continue
        for key, texts in common.items():
            field_name, mark, half = key.partition("#")
            if field_name == name:
                merged = inside.setdefault(f"{block}.{name}{mark}{half}", [])
                merged += [text for text in texts if text not in merged]
    return replace(own, inside={path: tuple(texts) for path, texts in inside.items()})


@cache
def all_forms() -> dict[str, Form]:
    """Every form by its id, in alphabetical order."""
    forms: dict[str, Form] = {}
    for folder in sorted(path.parent for path in HERE.glob("*/record.py")):
        module = import_module(f"forms.{folder.name}.record")
        labels, layout = folder / "labels.toml", folder / "layout.toml"
        wordings = load_wordings(labels) if labels.exists() else Wordings()
        if layout.exists():
            printed = load_layout(layout).printed()
            wordings = replace(wordings, prompts=tuple(dict.fromkeys((*wordings.prompts, *printed))))
        forms[folder.name] = Form(
            id=folder.name,
            title=module.TITLE,
            record=module.RECORD,
            wordings=_with_common(module.RECORD, wordings),
            blank=folder / "blank.docx",
        )
    return forms


def form(form_id: str) -> Form:
    """The form with this id; Misconfigured when there is none."""
    try:
        return all_forms()[form_id]
    except KeyError:
        raise Misconfigured(
            f"There is no form “{form_id}”.", hint=f"The forms are: {', '.join(all_forms())}."
        ) from None

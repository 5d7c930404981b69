"""Learns a partnership's own template: the file is read here, understood in `parsers.learn`, and written down."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from forms.registry import all_forms
from intake.sniff import sniff
from mailbox_config.wordings import LocalWordings, to_toml
from parsers.learn import Learned, LearnedForm, learn
from parsers.read import all_readers, indexes_of
from records.errors import Refused, Unreadable, Unsupported
from records.limits import DEFAULT_LIMITS, Limits

_HEADING = """What the template “{name}” prints on the form “{title}”, as `intake forms learn` found it.

Look through it once: are the labels under the right fields (`intake forms schema {form}` shows them)? Correct what is
not, settle each [[confirm]], then run `intake check-config`. A label that is listed under `unplaced` can be moved below
[labels] to a field. Copy nothing from a filled-in form into this file."""


@dataclass(frozen=True, slots=True)
class LearnedTemplate:
    """A template that was learned, and the SHA-256 of its file."""

    learned: Learned
    sha256: str
    name: str


def learn_template(path: Path, *, form: str = "", limits: Limits = DEFAULT_LIMITS) -> LearnedTemplate:
    """What the unfilled template in this file asks and prints; `form` where nothing printed tells which form it is.

    Raises InputProblem when the file cannot be read or no form is recognised in it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be opened: {error.strerror}.", hint="Name the template's file.") from error
    reader = all_readers().get(sniff(data, path.name))
    if reader is None:
        raise Unsupported(hint="Give the template as a Word document or a PDF.")
    tree = reader(data, limits)
    return LearnedTemplate(learn(tree, indexes_of(all_forms()), form), hashlib.sha256(data).hexdigest(), path.name)


def files_of(template: LearnedTemplate, target: Path) -> Mapping[Path, LearnedForm]:
    """The file of each form: the target itself for one form, with the form's name in it for several."""
    forms = template.learned.forms
    if len(forms) == 1:
        return {target: forms[0]}
    return {target.with_name(f"{target.stem}.{form.form}{target.suffix}"): form for form in forms}


def write_wordings(template: LearnedTemplate, files: Mapping[Path, LearnedForm]) -> dict[Path, LocalWordings]:
    """Writes the wording files, whole or not at all; Refused when one is there already."""
    for path in files:
        if path.exists():
            raise Refused(f"{path} is there already.", hint="Move it away, or name another file with --out.")
    written = {}
    for path, form in files.items():
        wordings = form.wordings(template.sha256)
        title = all_forms()[form.form].title
        heading = _HEADING.format(name=template.name, title=title, form=form.form)
        _write_whole(path, to_toml(wordings, heading).encode("utf-8"))
        written[path] = wordings
    return written


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)

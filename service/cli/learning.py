"""Shows a coordinator what was learned from a template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forms.registry import all_forms
from parsers.learn import LearnedForm
from service.cli import speaking

_MOST = 12


def as_json(files: Mapping[Path, LearnedForm]) -> list[dict[str, Any]]:
    """What was learned, for programs."""
    return [
        {
            "file": str(path),
            "form": form.form,
            "edition": form.edition,
            "labels": [
                {"label": one.label, "field": one.field, "part": one.part, "how": one.how, "why": one.why}
                for one in form.labels
            ],
            "headings": {block: list(texts) for block, texts in form.headings.items()},
            "options": {
                field: {code: list(texts) for code, texts in codes.items()} for field, codes in form.options.items()
            },
            "guidance": {field: list(texts) for field, texts in form.guidance.items()},
            "unplaced": list(form.unplaced),
            "printed": list(form.printed),
        }
        for path, form in files.items()
    ]


def show(form: LearnedForm) -> None:
    """Labels with their fields, what could not be placed, what counts as print."""
    placed = [one for one in form.labels if one.field]
    rows = [(one.label, one.field, f"{one.how} – please confirm" if one.to_confirm else one.how) for one in placed]
    speaking.table(all_forms()[form.form].title, ("Label as printed", "Field", "How sure"), rows)
    for field, codes in form.options.items():
        speaking.result(f"Options of {field}: {sum(map(len, codes.values()))} known.")
    _list("labels that no field could be found for (their answers are kept and shown)", form.unplaced)
    guidance = [f"{field}: {text}" for field, texts in form.guidance.items() for text in texts]
    _list("texts of guidance inside answers", guidance)
    _list("other printed texts, taken off returns where they are no answer", form.printed)


def next_steps(files: Mapping[Path, LearnedForm]) -> None:
    """What the coordinator does now."""
    waiting = sum(one.to_confirm for form in files.values() for one in form.labels)
    for path in files:
        speaking.result(f"Written: {path}")
    speaking.result("Next:")
    speaking.result(
        "  1. Open the file and look whether each label stands under the right field; correct what does not."
    )
    if waiting:
        speaking.result(f"  2. Settle each proposal ({waiting}): correct the field, then write confirmed = true.")
        speaking.result("     Until then the answers to these labels are read and shown to a person.")
    speaking.result(f"  {3 if waiting else 2}. Run `intake check-config`, then `intake read` on a return you know.")


def _list(title: str, lines: tuple[str, ...] | list[str]) -> None:
    if not lines:
        return
    speaking.result(f"\n{len(lines)} {title}:")
    for line in lines[:_MOST]:
        speaking.result(f"  – {' '.join(line.split())[:140]}")
    if len(lines) > _MOST:
        speaking.result(f"  … and {len(lines) - _MOST} more (all of them in the file)")

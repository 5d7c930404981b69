"""A query's points as notes in the agency's own document: each at the place that the record keeps of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from forms.registry import all_forms
from generators.annotated import Note
from generators.annotated_pdf import annotate_pdf
from generators.annotated_word import By, annotate_word
from records.errors import InputProblem
from records.fields import walk_asks
from records.results import Finding
from records.submissions import Document, FiledReturn

_ITEM = re.compile(r"(.*\[\d+\])\.(.+)\Z")
_COLUMN = re.compile(r"column (\d+)\Z")

Original = Callable[[str], bytes]


def own_document_back(
    filed: FiledReturn, document: Document, findings: Sequence[Finding], original: Original, by: By
) -> tuple[tuple[str, bytes], ...]:
    """The document with its notes, under a name that shows no person; nothing for kinds that cannot carry notes."""
    notes = [_note(filed, finding) for finding in findings]
    name = f"{filed.case_reference or 'return'}-{filed.form.replace('_', '-')}-with-notes"
    try:
        if document.kind == "docx":
            return ((f"{name}.docx", annotate_word(original(document.sha256), notes, by).data),)
        if document.kind == "pdf":
            return ((f"{name}.pdf", annotate_pdf(original(document.sha256), notes, by.author, by.on).data),)
    except InputProblem:
        return ()  # the letter lists every point all the same
    return ()


def _note(filed: FiledReturn, finding: Finding) -> Note:
    message = f"{finding.message}\n{finding.remedy}"
    place, column = _place(filed.result.get("places") or {}, finding.field)
    labels = tuple(dict.fromkeys(_labels(filed, finding.field)))
    if place is None:
        return Note(message=message, labels=labels)
    box = place.get("box")
    return Note(
        message=message,
        where=place.get("where") or "",
        text=place.get("text") or "",
        column=column,
        page=place.get("page"),
        box=(box[0], box[1], box[2], box[3]) if box else None,
        labels=labels,
    )


def _place(places: dict[str, Any], path: str) -> tuple[dict[str, Any] | None, int | None]:
    """The place of an answer; of an empty one the place of its row, with the column it would stand in."""
    if path in places:
        return places[path], None
    inside = next((place for name, place in places.items() if path and name.startswith((f"{path}.", f"{path}["))), None)
    item = _ITEM.match(path)
    if inside is not None or item is None:
        return inside, None
    row = next((place for name, place in places.items() if name.startswith(f"{item[1]}.")), None)
    return row, _column_of(places, item[1], item[2])


def _column_of(places: dict[str, Any], item: str, name: str) -> int | None:
    """The column in which the other rows of the list have this field."""
    block = re.escape(item.rpartition("[")[0])
    for path, place in places.items():
        if re.fullmatch(rf"{block}\[\d+\]\.{re.escape(name)}", path):
            column = _COLUMN.search(place.get("where") or "")
            if column:
                return int(column[1])
    return None


def _labels(filed: FiledReturn, path: str) -> Iterator[str]:
    """What a form may print at this field: as it was read, as the wordings have it, as the record calls it."""
    known = filed.result.get("labels") or {}
    if path in known:
        yield str(known[path])
    form = all_forms().get(filed.form)
    if form is None or not path:
        return
    general = re.sub(r"\[\d+\]", "[]", path)
    for wordings in (form.wordings.labels, form.wordings.headings):
        yield from wordings.get(general, ())
    if "[]" not in general:
        yield from (ask.title for name, ask in walk_asks(form.record) if name == general)

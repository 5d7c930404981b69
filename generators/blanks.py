"""Our own Word forms, filled: pre-filled ones to send out, completed ones from a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree
from pydantic import ValidationError

from forms.controls import W, number_controls
from forms.layout import layout_of
from forms.registry import Form, form
from forms.ticks import option_tag, option_wordings
from forms.word_package import BODY, open_package, parse_part, serialise_part, with_custom, write_package
from generators.filling import fill, items_for, tag_of, tagged, tick
from generators.written_dates import edtf_in_words, exact_day, long_date
from records.errors import Misconfigured, Refused
from records.fields import Ask, Kind, walk_asks

_WRITTEN = "_as_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """What the partnership knows before it sends a form. Dates of the child and the period are EDTF, as in records."""

    case_reference: str
    agency_id: str
    agency_name: str
    child_name: str = ""
    child_date_of_birth: str = ""
    date_requested: date | None = None
    date_due: date | None = None
    review_period: str = ""
    token: str = ""
    edition: str = ""
    """The edition of the form; empty: the one of the blank."""


def prefill(form_id: str, facts: Prefill) -> bytes:
    """The form's blank with the known answers filled in, and its identity hidden in the properties and in the footer.

    The hidden properties are intake_case, intake_agency, intake_form, intake_edition and intake_token.
    """
    asked = form(form_id)
    parts = _blank_parts(asked)
    body = parse_part(parts[BODY])
    controls = tagged(body)
    for path, value in known_answers(facts).items():
        if path in controls:
            _answer(controls[path][0], value, dict(walk_asks(asked.record))[path])
    return _packed(asked, parts, body, facts)


def write_answers(form_id: str, record: dict[str, Any], facts: Prefill | None = None) -> bytes:
    """A completed copy of our own form with the answers of this record (its plain JSON shape).

    With `facts` it is one that we sent pre-filled: it carries their identity. Refused when the record is not one of
    this form, or when it holds a value that the form has no place for; nothing is left out silently.
    """
    asked = form(form_id)
    try:
        values = asked.record.model_validate(record).model_dump()
    except ValidationError as error:
        fields = sorted({".".join(str(step) for step in item["loc"]) for item in error.errors()})
        raise Refused(f"This is not a record of the form “{form_id}”: {', '.join(fields)}.") from None
    parts = _blank_parts(asked)
    body = parse_part(parts[BODY])
    _Writer(asked).write(body, values, "")
    return _packed(asked, parts, body, facts)


def blank_bytes(form_id: str) -> bytes:
    """The blank form as it is; Misconfigured when the form has none."""
    path = form(form_id).blank
    try:
        return path.read_bytes()
    except OSError as error:
        raise Misconfigured(f"The form “{form_id}” has no blank.", hint="Run `python -m forms.make_blanks`.") from error


class _Writer:
    """Writes the values of one record into the controls of one form."""

    def __init__(self, asked: Form) -> None:
        self._asks = dict(walk_asks(asked.record))
        self._layout = layout_of(asked)

    def write(self, root: etree._Element, values: dict[str, Any], prefix: str) -> None:
        """Write a block's values into the controls below `root`."""
        controls = tagged(root)
        for name, value in values.items():
            path = f"{prefix}{name}"
            if value is None or value == ():
                continue
            if self._is_written_form(path):
                self._write_words_alone(controls, path.removesuffix(_WRITTEN), value, values)
            elif isinstance(value, dict):
                self.write(root, value, f"{path}.")
            elif path in self._asks:
                self._write_answer(controls, path, value, values)
            else:
                self._write_items(root, f"{path}[]", value)

    def _write_items(self, root: etree._Element, block: str, rows: tuple[dict[str, Any], ...]) -> None:
        items = items_for(root, block, len(rows))
        if not items:
            raise _no_place(block)
        for item, row in zip(items, rows, strict=False):
            self.write(item, row, f"{block}.")

    def _write_answer(
        self, controls: dict[str, list[etree._Element]], path: str, value: Any, beside: dict[str, Any]
    ) -> None:
        ask = self._asks[path]
        if ask.kind is Kind.SIGNED:
            if value == "no":
                return
            value = beside.get("name") or "Signed"
        codes = value if isinstance(value, tuple) else (value,)
        boxes = [controls[tag][0] for tag in (option_tag(path, code) for code in codes) if tag in controls]
        if boxes and len(boxes) == len(codes):
            for box in boxes:
                tick(box)
        elif path not in controls:
            raise _no_place(path)
        else:
            options = option_wordings(self._layout, path, ask)
            written = beside.get(f"{path.rpartition('.')[2]}{_WRITTEN}")
            _answer(controls[path][0], options.get(value, value), ask, written=written)

    def _write_words_alone(
        self, controls: dict[str, list[etree._Element]], path: str, words: str, beside: dict[str, Any]
    ) -> None:
        """Words of a date or time that gave no value stand in its place; with a value they are written with it."""
        if beside[path.rpartition(".")[2]] is None:
            if path not in controls:
                raise _no_place(path)
            fill(controls[path][0], words)

    def _is_written_form(self, path: str) -> bool:
        """Whether this is the wording of another field's date or time, which is written in that field's place."""
        return path.endswith(_WRITTEN) and path.removesuffix(_WRITTEN) in self._asks


def _answer(control: etree._Element, value: str, ask: Ask, *, written: str | None = None) -> None:
    """Fill one control; a certain day is also set in its date picker, unless the words differ from it."""
    if ask.kind in (Kind.DATE, Kind.DATE_RANGE):
        words = edtf_in_words(value)
        shown = written or words
        fill(control, shown, day=exact_day(value) if shown == words else None)
    elif ask.kind is Kind.TIME:
        fill(control, written or value.replace("/", "–"))
    else:
        fill(control, value)


def _no_place(path: str) -> Refused:
    return Refused(f"Our form has no place for “{path}”.", hint="Take it out of the record, or add it to the layout.")


def _blank_parts(asked: Form) -> dict[str, bytes]:
    return open_package(blank_bytes(asked.id))


def known_answers(facts: Prefill) -> dict[str, str]:
    """Record path → value, of every form; those that a form does not ask are passed over."""
    answers = {
        "case_reference": facts.case_reference,
        "agency": facts.agency_name,
        "child_name": facts.child_name,
        "children[].name": facts.child_name,
        "date_of_birth": facts.child_date_of_birth,
        "children[].date_of_birth": facts.child_date_of_birth,
        "date_requested": facts.date_requested.isoformat() if facts.date_requested else "",
        "date_due": facts.date_due.isoformat() if facts.date_due else "",
        "review_period": facts.review_period,
    }
    return {path: value for path, value in answers.items() if value}


def _packed(asked: Form, parts: dict[str, bytes], body: etree._Element, facts: Prefill | None) -> bytes:
    number_controls(body)
    parts[BODY] = serialise_part(body)
    if facts is None:
        return write_package(parts)
    identity = {
        "intake_case": facts.case_reference,
        "intake_agency": facts.agency_id,
        "intake_form": asked.id,
        "intake_edition": facts.edition or layout_of(asked).edition,
        "intake_token": facts.token,
    }
    due = f"return by {long_date(facts.date_due)}" if facts.date_due else ""
    line = " · ".join(text for text in (facts.case_reference, facts.agency_name, due) if text)
    for name in parts:
        if name.startswith("word/footer") and name.endswith(".xml"):
            parts[name] = _with_line(parts[name], line)
    return write_package(with_custom(parts, identity))


def _with_line(footer: bytes, line: str) -> bytes:
    """The footer with the line that says whose form this is; it fills the control "identity"."""
    root = parse_part(footer)
    for control in root.iter(f"{{{W}}}sdt"):
        if tag_of(control) == "identity":
            fill(control, line)
    return serialise_part(root)

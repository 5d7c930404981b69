"""Makes the record from the answers found: each by its kind, with its place; what is unsure goes to review."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from parsers import persons
from parsers.answers import Answer, Ledger, Located
from parsers.content import text_of
from parsers.kinds import Value, read_value
from parsers.wording import FormIndex, normal
from records.edtf import bounds
from records.fields import Ask, Kind, Record, ask_of, block_of
from records.results import PlacedText, ReadReturn, ReviewItem
from records.tree import Place

_INDEX = re.compile(r"\[\d*\]")
_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")
DETAILS = {
    "child_protection_plan": "child_protection_details",
    "family_aware": "family_aware_details",
    "single_agency_learning": "single_agency_learning_details",
}
"""Where the words beside a yes/no go; without an entry they go to unplaced (field dictionary)."""


@dataclass(slots=True)
class Draft:
    """A record in the making, with the places and doubts of its values."""

    form: type[Record]
    record: dict[str, Any]
    places: dict[str, PlacedText] = field(default_factory=dict)
    review: list[ReviewItem] = field(default_factory=list)
    _asks: dict[str, Ask | None] = field(default_factory=dict)
    times: list[tuple[str, str | None, str, Answer]] = field(default_factory=list)
    """Times that stood in a date's cell: path of the date, time, its words, the answer."""
    halves: dict[str, dict[str, tuple[Answer, Value]]] = field(default_factory=dict)

    def doubt(self, path: str, why: str, text: str = "") -> None:
        item = ReviewItem(path, why, text)
        if item not in self.review:
            self.review.append(item)

    def get(self, path: str) -> Any:
        here: Any = self.record
        for name, index in _STEP.findall(path):
            here = here.get(name) if isinstance(here, dict) else None
            if index and isinstance(here, list):
                here = here[int(index)] if int(index) < len(here) else None
        return here

    def put(self, path: str, value: Any, placed: PlacedText) -> None:
        """Sets a value with its place; items of a list are made as they are needed."""
        steps = _STEP.findall(path)
        here, model = self.record, self.form
        for name, index in steps[:-1]:
            block = block_of(model, name)
            assert block is not None, path
            model = block[0]
            here = here[name]
            if index:
                while len(here) <= int(index):
                    here.append(blank_record(model))
                here = here[int(index)]
        here[steps[-1][0]] = value
        self.places[path] = placed

    def put_item(self, name: str, index: int, field_name: str, value: Any, placed: PlacedText) -> None:
        """Sets a value of a list item that exists; the short way for long lists."""
        self.record[name][index][field_name] = value
        self.places[f"{name}[{index}].{field_name}"] = placed

    def ask(self, path: str) -> Ask | None:
        """What the form asks at a path; None when it asks nothing there."""
        key = _INDEX.sub("", path)
        if key not in self._asks:
            self._asks[key] = self._find_ask(key)
        return self._asks[key]

    def _find_ask(self, path: str) -> Ask | None:
        model = self.form
        steps = _STEP.findall(path)
        for name, _ in steps[:-1]:
            block = block_of(model, name) if name in model.model_fields else None
            if block is None:
                return None
            model = block[0]
        return ask_of(model, steps[-1][0]) if steps[-1][0] in model.model_fields else None


def blank_record(model: type[Record]) -> dict[str, Any]:
    """A record with every field present and nothing answered."""
    data = model().model_dump(mode="json")
    return dict(data)


def build_answers(form: FormIndex, located: Located, ledger: Ledger) -> Draft:
    """The draft with everything but its lists of rows. Birth dates come last, when the document's time is known."""
    draft = Draft(form.form.record, blank_record(form.form.record))
    later = [answer for answer in located.answers if "date_of_birth" in answer.path]
    for answer in located.answers:
        if answer not in later:
            _build(draft, form, answer, ledger, None)
    latest = latest_day(draft)
    for answer in later:
        _build(draft, form, answer, ledger, latest)
    _spare_times(draft, ledger)
    _join_halves(draft, ledger)
    _mark_unsigned(draft, located)
    return draft


def _spare_times(draft: Draft, ledger: Ledger) -> None:
    """A time that stands with its date answers the question for the time, if that was left empty."""
    for path, time, text, answer in draft.times:
        target = path.removesuffix("date") + "time"
        ask = draft.ask(target) if path.endswith("date") else None
        if time and ask is not None and draft.get(target) is None:
            draft.put(target, time, PlacedText(text, answer.place, answer.label))
        else:
            ledger.keep(text, answer.place.where)


def latest_day(draft: Draft) -> date | None:
    """A day after which nothing in the document can have been born: the last of its own dates, and a year."""
    days = []
    for path, placed in draft.places.items():
        value = draft.get(path)
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d$", value) and re.search(r"\d", placed.text):
            days.append(bounds(value)[1])
    return max(days) + timedelta(days=366) if days else None


def _build(draft: Draft, form: FormIndex, answer: Answer, ledger: Ledger, latest: date | None) -> None:
    if "+" in answer.path:
        for part in persons.split_answer(answer):
            _build(draft, form, part, ledger, latest)
        return
    path, _, half = answer.path.partition("#")
    ask = draft.ask(path)
    if ask is None:
        ledger.keep(text_of(answer.blocks), answer.place.where)
        return
    value = read_value(ask, answer, form, latest=latest, half=half)
    if half:
        draft.halves.setdefault(path, {})[half] = (answer, value)
        return
    _place(draft, path, ask, answer, value, ledger)


def _place(draft: Draft, path: str, ask: Ask, answer: Answer, value: Value, ledger: Ledger) -> None:
    where = answer.place.where
    if value.details:
        _place_details(draft, path, answer, value, ledger)
    if value.rest:
        ledger.keep(value.rest, where)
    if value.time_text:
        draft.times.append((path, value.time, value.time_text, answer))
    if value.value in (None, []):
        if value.unsure:
            draft.doubt(path, value.unsure, value.text)
        elif value.text and not value.details and not value.rest and not value.printed:
            # A label that was not certain may have been words of the answer.
            ledger.keep(f"{answer.label}: {value.text}" if answer.why else value.text, where)
        return
    known = draft.get(path)
    if known not in (None, [], "no") and ask.kind is not Kind.SIGNED:
        if normal(str(known)) != normal(str(value.value)):
            draft.doubt(path, "the form gives two different answers", value.text)
            ledger.keep(value.text, where)
        elif path in draft.places and normal(value.text) != normal(draft.places[path].text):
            ledger.keep(value.text, where)  # the same answer once more in other words
        return
    draft.put(path, value.value, PlacedText(value.text, answer.place, answer.label))
    if value.unsure or answer.why:
        draft.doubt(path, value.unsure or answer.why, value.text)


def _place_details(draft: Draft, path: str, answer: Answer, value: Value, ledger: Ledger) -> None:
    """Words beside a yes/no go to the field's details where the form has one; otherwise they are kept."""
    block, dot, name = path.rpartition(".")
    target = DETAILS.get(name)
    full = f"{block}{dot}{target}" if target else ""
    if full and draft.ask(full) is not None and draft.get(full) is None:
        draft.put(full, value.details, PlacedText(value.details, answer.place, answer.label))
    elif full and draft.ask(full) is not None:
        joined = f"{value.details}\n{draft.get(full)}"
        draft.put(full, joined, PlacedText(joined, answer.place, answer.label))
    else:
        ledger.keep(value.details, answer.place.where)


def _join_halves(draft: Draft, ledger: Ledger) -> None:
    """Forename and surname in two boxes become one name; a start and an end become one range."""
    for path, halves in draft.halves.items():
        if draft.get(path) is not None:
            for answer, value in halves.values():
                ledger.keep(value.text, answer.place.where)
            continue
        order = ("given", "family") if set(halves) <= {"given", "family"} else ("start", "end")
        parts = [halves[half] for half in order if half in halves]
        answered = [(answer, value) for answer, value in parts if value.value]
        for answer, value in parts:
            if not value.value and value.text:
                ledger.keep(value.text, answer.place.where)
            if value.rest:
                ledger.keep(value.rest, answer.place.where)
        if not answered:
            continue
        if order[0] == "given":
            joined: str | None = " ".join(str(value.value) for _, value in answered)
        else:
            joined = _range({half: halves[half][1].value for half in order if half in halves})
        text = " ".join(value.text for _, value in answered)
        draft.put(path, joined, PlacedText(text, answered[0][0].place, answered[0][0].label))
        why = next((value.unsure or answer.why for answer, value in answered if value.unsure or answer.why), "")
        if why:
            draft.doubt(path, why, text)


def _range(ends: dict[str, Any]) -> str | None:
    start, end = ends.get("start"), ends.get("end")
    if start and end:
        return start if "/" in start else f"{start}/{end}"
    return f"{start}/.." if start else f"../{end}"


def _mark_unsigned(draft: Draft, located: Located) -> None:
    """A signature that was asked for and left empty is a "no", not an unanswered question."""
    for path in located.asked:
        ask = draft.ask(path) if "+" not in path and "#" not in path else None
        if ask is None or ask.kind is not Kind.SIGNED or draft.get(path) is not None or "[]" in path:
            continue
        if any(item.field == path for item in draft.review):
            continue
        draft.put(path, "no", PlacedText("", Place("the empty signature cell")))


def validate(draft: Draft) -> None:
    """Holds the record against its model; a value that does not pass is taken out and shown to a person."""
    for _ in range(20):
        try:
            draft.form.model_validate(draft.record)
        except ValidationError as error:
            for problem in error.errors():
                _take_out(draft, problem["loc"])
            continue
        return


def _take_out(draft: Draft, location: tuple[int | str, ...]) -> None:
    here: Any = draft.record
    path = ""
    for step, following in zip(location, (*location[1:], None), strict=True):
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
        if following is None or not isinstance(here[step], dict | list):
            draft.doubt(path, "the value does not fit the field", str(here[step]))
            here[step] = None
            draft.places.pop(path, None)
            return
        here = here[step]


def drop_empty_items(draft: Draft) -> None:
    """Takes out items of a list in which nothing was answered (a blank block for a further child)."""
    for name in draft.form.model_fields:
        block = block_of(draft.form, name)
        if block is None or not block[1]:
            continue
        items = draft.record[name]
        keep = [i for i, item in enumerate(items) if any(value not in (None, [], "no") for value in item.values())]
        if len(keep) == len(items):
            continue
        number = {old: new for new, old in enumerate(keep)}
        draft.record[name] = [items[i] for i in keep]
        draft.places = {_renumber(path, name, number): placed for path, placed in draft.places.items()}
        draft.review = [ReviewItem(_renumber(item.field, name, number), item.why, item.text) for item in draft.review]


def _renumber(path: str, name: str, number: dict[int, int]) -> str:
    match = re.match(rf"{name}\[(\d+)\]", path)
    if not match:
        return path
    new = number.get(int(match.group(1)))
    return f"{name}[{new}]{path[match.end() :]}" if new is not None else name


def finish(draft: Draft, form: FormIndex, confidence: float) -> ReadReturn:
    """The return: validated, without empty items."""
    drop_empty_items(draft)
    validate(draft)
    return ReadReturn(form.form.id, confidence, draft.record, draft.places, draft.review)

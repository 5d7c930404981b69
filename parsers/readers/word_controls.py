"""Controls of a Word form: content controls (text, dates, choices, ticks) and the older form fields."""

from __future__ import annotations

from typing import Any

from parsers.readers.word_looks import OFF, W14, W, name_of, number
from records.tree import Control

_TEXT_KINDS = {"text": "text", "richText": "text", "date": "date", "dropDownList": "choice", "comboBox": "choice"}


def control_of(sdt: Any) -> Control | None:
    """The control that a content control is; None for one that only repeats or has no properties."""
    properties = sdt.find(W + "sdtPr")
    if properties is None:
        return None
    control = Control("text")
    for item in properties:
        name = name_of(item)
        if name in ("tag", "alias"):
            control.name = (item.get(W + "val") or "") if name == "tag" or not control.name else control.name
        elif name == "showingPlcHdr":
            control.placeholder = item.get(W + "val") not in OFF
        elif name in _TEXT_KINDS:
            control.kind = _TEXT_KINDS[name]
            if name == "date":
                control.value = (item.get(W + "fullDate") or "")[:10] or None
            elif control.kind == "choice":
                control.options = tuple(
                    option.get(W + "displayText") or option.get(W + "value") or "" for option in item
                )
        elif name == "checkbox":
            checked = item.find(W14 + "checked")
            control.kind = "check"
            control.checked = checked is not None and checked.get(W14 + "val") not in (None, *OFF)
        elif name in ("repeatingSection", "repeatingSectionItem"):
            control.kind = "repeat"
        elif name == "picture":
            control.kind = "picture"
    if control.placeholder:
        control.value = None
    return None if control.kind == "repeat" else control


def legacy_control(data: Any) -> Control | None:
    """The control that a form field's data describes."""
    if data is None:
        return None
    name_element = data.find(W + "name")
    name = (name_element.get(W + "val") or "") if name_element is not None else ""
    box = data.find(W + "checkBox")
    if box is not None:
        state = box.find(W + "checked")
        if state is None:
            state = box.find(W + "default")
        return Control("check", name, checked=state is not None and state.get(W + "val") not in OFF)
    choices = data.find(W + "ddList")
    if choices is not None:
        options = tuple(option.get(W + "val") or "" for option in choices.iterfind(W + "listEntry"))
        result = choices.find(W + "result")
        if result is None:
            result = choices.find(W + "default")
        index = number(result.get(W + "val"), 0) if result is not None else 0
        value = options[index] if index < len(options) else ""
        return Control("choice", name, value=value, options=options)
    return Control("text", name)

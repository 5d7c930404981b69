"""Writes answers into the content controls of our own Word forms. A control is found by its tag, a record path."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date

from lxml import etree

from forms.controls import TICKED, W14, W15, W

_W = f"{{{W}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def tagged(root: etree._Element) -> dict[str, list[etree._Element]]:
    """The controls below an element by tag, in reading order."""
    found: dict[str, list[etree._Element]] = {}
    for control in root.iter(f"{_W}sdt"):
        tag = tag_of(control)
        if tag:
            found.setdefault(tag, []).append(control)
    return found


def tag_of(control: etree._Element) -> str:
    """The tag of a control, "" when it has none."""
    element = control.find(f"{_W}sdtPr/{_W}tag")
    return "" if element is None else element.get(f"{_W}val", "")


def fill(control: etree._Element, text: str, *, day: date | None = None) -> None:
    """Put the text into a text, date or drop-down control; every line of it is kept as a line."""
    properties = _part(control, "sdtPr")
    for prompt in properties.findall(f"{_W}showingPlcHdr"):
        properties.remove(prompt)
    picker = properties.find(f"{_W}date")
    if picker is not None:
        picker.attrib.pop(f"{_W}fullDate", "")
        if day is not None:
            picker.set(f"{_W}fullDate", f"{day.isoformat()}T00:00:00Z")
    content = _part(control, "sdtContent")
    paragraph = content.find(f"{_W}p")
    if paragraph is None:
        _fill_inline(content, text)
    else:
        _fill_paragraphs(content, paragraph, text)


def tick(control: etree._Element) -> None:
    """Tick a tick box."""
    state = control.find(f"{_W}sdtPr/{{{W14}}}checkbox/{{{W14}}}checked")
    if state is None:
        raise ValueError("not a tick box")
    state.set(f"{{{W14}}}val", "1")
    for text in _part(control, "sdtContent").iter(f"{_W}t"):
        text.text = TICKED


def items_for(root: etree._Element, block: str, count: int) -> list[etree._Element]:
    """The items of the repeating section of this block ("children[]"), at least `count`, made anew where too few."""
    section = next((item for item in _sections(root) if any(tag.startswith(f"{block}.") for tag in tagged(item))), None)
    if section is None:
        return []
    content = _part(section, "sdtContent")
    items = content.findall(f"{_W}sdt")
    fresh = deepcopy(items[-1])
    while len(items) < count:
        items.append(deepcopy(fresh))
        content.append(items[-1])
    return items


def _sections(root: etree._Element) -> Iterator[etree._Element]:
    for control in root.iter(f"{_W}sdt"):
        if control.find(f"{_W}sdtPr/{{{W15}}}repeatingSection") is not None:
            yield control


def _part(control: etree._Element, name: str) -> etree._Element:
    part = control.find(f"{_W}{name}")
    if part is None:
        raise ValueError(f"a content control without {name}")
    return part


def _look(content: etree._Element) -> etree._Element | None:
    """The character properties of the prompt, without the prompt's own style."""
    properties = next(content.iter(f"{_W}rPr"), None)
    if properties is None:
        return None
    look = deepcopy(properties)
    for style in look.findall(f"{_W}rStyle"):
        look.remove(style)
    return look


def _run(look: etree._Element | None, lines: list[str]) -> etree._Element:
    run = etree.Element(f"{_W}r")
    if look is not None:
        run.append(deepcopy(look))
    for index, line in enumerate(lines):
        if index:
            etree.SubElement(run, f"{_W}br")
        text = etree.SubElement(run, f"{_W}t")
        text.text = line
        text.set(_SPACE, "preserve")
    return run


def _fill_inline(content: etree._Element, text: str) -> None:
    look = _look(content)
    content[:] = [_run(look, text.split("\n"))]


def _fill_paragraphs(content: etree._Element, first: etree._Element, text: str) -> None:
    look = _look(content)
    shape = first.find(f"{_W}pPr")
    paragraphs = []
    for line in text.split("\n"):
        paragraph = etree.Element(f"{_W}p")
        if shape is not None:
            paragraph.append(deepcopy(shape))
        paragraph.append(_run(look, [line]))
        paragraphs.append(paragraph)
    content[:] = paragraphs

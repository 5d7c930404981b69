"""What lies on top of the painted pages: form fields, typed notes, markup, comments, files, document properties.

pikepdf reads the objects; places are in PDF user space and are turned into page points by whoever puts them on a page.
Field values come from the fields, never from their painted appearance, so nothing is doubled.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from forms.word_package import OUR_COMMENTS
from records.tree import Box, Control

_STANDARD = {"Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped"}
_PUSH_BUTTON, _RADIO = 1 << 16, 1 << 15
_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5
_SIZE = re.compile(r"([\d.]+)\s+Tf")
_MARKUP = {"/Highlight": "highlight", "/StrikeOut": "strike", "/Underline": "underline", "/Squiggly": "underline"}
MAX_ANNOTATIONS = 4_000
MAX_PARENTS = 40


@dataclass(slots=True)
class Widget:
    """A form field's place on a page."""

    box: Box
    control: Control
    text: str
    size: float = 10.0
    hidden: bool = False
    signed: bool = False


@dataclass(slots=True)
class Note:
    """An annotation that is no field. `kind`: typed, comment, stamp, ink, ring, line, highlight, strike, underline."""

    kind: str
    boxes: list[Box]
    text: str = ""
    author: str = ""
    size: float = 10.0


@dataclass(slots=True)
class OnTop:
    """Everything that is not painted on the pages, by page from 1."""

    widgets: dict[int, list[Widget]] = field(default_factory=dict)
    notes: dict[int, list[Note]] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_on_top(data: bytes) -> OnTop:
    """Fields, annotations, properties and attachment names; a notice when the file's objects cannot be read."""
    result = OnTop()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _read(pdf, result)
    except _FAILURES:
        result.notices.append("fields_unread")
    return result


_FAILURES = (
    pikepdf.PdfError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RuntimeError,
    NotImplementedError,
    IndexError,
)
"""What pikepdf raises on objects that are not what they should be."""


def _read(pdf: Any, result: OnTop) -> None:
    for key, value in pdf.docinfo.items():
        name = str(key).lstrip("/")
        if name not in _STANDARD:
            result.properties[name] = str(value)
    root = pdf.Root
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        result.notices.append("xfa")
    result.attachments = sorted(pdf.attachments.keys())
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get("/Annots")
        if not isinstance(annotations, pikepdf.Array):
            continue
        for index, annotation in enumerate(annotations):
            if index >= MAX_ANNOTATIONS:
                result.notices.append(f"too_many_annotations:{number}")
                break
            if isinstance(annotation, pikepdf.Dictionary):
                _read_annotation(annotation, form, number, result)


def _read_annotation(annotation: Any, form: Any, page: int, result: OnTop) -> None:
    kind = str(annotation.get("/Subtype", ""))
    box = _box(annotation.get("/Rect"))
    if box is None:
        return
    if kind == "/Text" and str(annotation.get("/NM", "")).startswith(f"{OUR_COMMENTS}-"):
        return  # a note of ours in a document that comes back: no words of the agency's
    if kind == "/Widget":
        widget = _widget(annotation, form, box)
        if widget is not None:
            result.widgets.setdefault(page, []).append(widget)
    elif kind == "/FileAttachment":
        result.attachments.append(_file_name(annotation.get("/FS")))
    else:
        result.notes.setdefault(page, []).extend(_notes(annotation, kind, box))


def _box(rect: Any) -> Box | None:
    if not isinstance(rect, pikepdf.Array) or len(rect) != 4:
        return None
    try:
        a, b, c, d = (float(part) for part in rect)
    except (TypeError, ValueError):
        return None
    return min(a, c), min(b, d), max(a, c), max(b, d)


# --- form fields --------------------------------------------------------------------------------------------------


def _chain(annotation: Any) -> Iterator[Any]:
    """The widget, its field and the fields above it."""
    node = annotation
    for _ in range(MAX_PARENTS):
        if not isinstance(node, pikepdf.Dictionary):
            return
        yield node
        node = node.get("/Parent")


def _inherited(annotation: Any, key: str) -> Any:
    for node in _chain(annotation):
        if key in node:
            return node[key]
    return None


def _widget(annotation: Any, form: Any, box: Box) -> Widget | None:
    kind = str(_inherited(annotation, "/FT") or "")
    name = ".".join(reversed([str(node["/T"]) for node in _chain(annotation) if "/T" in node]))
    flags = _number(_inherited(annotation, "/Ff"))
    hidden = bool(_number(annotation.get("/F")) & (_HIDDEN | _NO_VIEW))
    size = _type_size(annotation, form)
    if kind == "/Btn":
        if flags & _PUSH_BUTTON:
            return None
        control = _button(annotation, name, radio=bool(flags & _RADIO))
        return Widget(box, control, "☒" if control.checked else "☐", size, hidden)
    if kind == "/Sig":
        value = _inherited(annotation, "/V")
        signed = isinstance(value, pikepdf.Dictionary)
        signer = str(value.get("/Name", "")) if signed else ""
        return Widget(
            box, Control("picture", name, signer or None, placeholder=not signed), signer, size, hidden, signed
        )
    if kind not in {"/Tx", "/Ch"}:
        return None
    options = _options(_inherited(annotation, "/Opt")) if kind == "/Ch" else {}
    text: str = _value_text(_inherited(annotation, "/V"), options)
    control = Control(
        "choice" if kind == "/Ch" else "text",
        name,
        text if text.strip() else None,
        options=tuple(options.values()),
        placeholder=not text.strip(),
    )
    return Widget(box, control, text, size, hidden)


def _button(annotation: Any, name: str, *, radio: bool) -> Control:
    state = str(annotation.get("/AS", "")).lstrip("/")
    states = _on_states(annotation)
    if not state:
        value = str(_inherited(annotation, "/V") or "").lstrip("/")
        state = value if value in states or not states else "Off"
    checked = state not in {"", "Off"}
    choice = (state if checked else next(iter(states), "")) if radio else ""
    return Control("radio" if radio else "check", name, choice or None, checked=checked)


def _on_states(annotation: Any) -> list[str]:
    normal = annotation.get("/AP", pikepdf.Dictionary()).get("/N")
    if not isinstance(normal, pikepdf.Dictionary):
        return []
    return [str(key).lstrip("/") for key in normal.keys() if str(key) != "/Off"]  # noqa: SIM118 - pikepdf's mapping


def _options(listed: Any) -> dict[str, str]:
    """Export value → what the list shows."""
    result: dict[str, str] = {}
    if isinstance(listed, pikepdf.Array):
        for item in listed:
            if isinstance(item, pikepdf.Array) and len(item) >= 2:
                result[str(item[0])] = str(item[1])
            else:
                result[str(item)] = str(item)
    return result


def _value_text(value: Any, options: dict[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, pikepdf.Array):
        return "\n".join(options.get(str(item), str(item)) for item in value)
    if isinstance(value, pikepdf.Stream):
        text = str(value.read_bytes(), "utf-8", "replace")
    else:
        text = str(value).lstrip("/") if isinstance(value, pikepdf.Name) else str(value)
    return options.get(text, text).replace("\r\n", "\n").replace("\r", "\n")


def _type_size(annotation: Any, form: Any) -> float:
    look = _inherited(annotation, "/DA")
    if look is None and isinstance(form, pikepdf.Dictionary):
        look = form.get("/DA")
    found = _SIZE.search(str(look or ""))
    size = float(found.group(1)) if found and found.group(1).count(".") < 2 and found.group(1) != "." else 0.0
    return size if 4 <= size <= 40 else 10.0


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


# --- notes --------------------------------------------------------------------------------------------------------


def _notes(annotation: Any, kind: str, box: Box) -> list[Note]:
    if _number(annotation.get("/F")) & _HIDDEN:
        return []
    text = str(annotation.get("/Contents", "")).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    author = str(annotation.get("/T", ""))
    if kind == "/FreeText":
        return [Note("typed", [box], text, author, _type_size(annotation, None))] if text.strip() else []
    result: list[Note] = []
    if kind in _MARKUP:
        result.append(Note(_MARKUP[kind], _quads(annotation.get("/QuadPoints")) or [box]))
    elif kind in {"/Stamp", "/Ink"}:
        result.append(Note(kind[1:].lower(), [box]))
    elif kind in {"/Circle", "/Square"}:
        result.append(Note("ring", [box]))
    elif kind == "/Line":
        result.append(Note("line", [box]))
    if text.strip() and kind not in {"/Link", "/Popup"}:
        result.append(Note("comment", [box], text, author))
    return result


def _quads(points: Any) -> list[Box]:
    if not isinstance(points, pikepdf.Array):
        return []
    numbers = [float(part) for part in points]
    boxes = []
    for at in range(0, len(numbers) - 7, 8):
        xs, ys = numbers[at : at + 8 : 2], numbers[at + 1 : at + 8 : 2]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return boxes


# --- files within the file ----------------------------------------------------------------------------------------


def _file_name(spec: Any) -> str:
    if isinstance(spec, pikepdf.Dictionary):
        return str(spec.get("/UF") or spec.get("/F") or "attachment")
    return "attachment"


def attached_files(data: bytes) -> list[tuple[str, bytes]]:
    """The files that the PDF carries, by name: those of the document and those pinned to a page."""
    result: list[tuple[str, bytes]] = []
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for name in sorted(pdf.attachments.keys()):
                result.append((name, pdf.attachments[name].get_file().read_bytes()))
            for page in pdf.pages:
                result += _pinned(page.obj.get("/Annots"))
    except _FAILURES:
        return result
    return result


def _pinned(annotations: Any) -> list[tuple[str, bytes]]:
    result = []
    for annotation in annotations if isinstance(annotations, pikepdf.Array) else ():
        if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == pikepdf.Name.FileAttachment:
            spec = annotation.get("/FS")
            files = spec.get("/EF") if isinstance(spec, pikepdf.Dictionary) else None
            stream = files.get("/F") if isinstance(files, pikepdf.Dictionary) else None
            if isinstance(stream, pikepdf.Stream):
                result.append((_file_name(spec), stream.read_bytes()))
    return result

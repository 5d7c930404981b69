"""Puts form fields and annotations where they lie among the painted words."""

from __future__ import annotations

from parsers.readers.pdf_fields import Note, OnTop, Widget
from parsers.readers.pdf_painted import Frame, Painted, Piece, Style
from records.tree import Aside, Box, Place, Run

MARKS = {"highlight", "strike", "underline"}


def put_on_page(page: Painted, frame: Frame, on_top: OnTop) -> list[Aside]:
    """Adds what lies on this page to its pieces and drawings; gives what has no place in the flow."""
    asides: list[Aside] = []
    for widget in on_top.widgets.get(page.number, []):
        asides += _put_widget(page, frame.box(*widget.box), widget)
    for note in on_top.notes.get(page.number, []):
        asides += _put_note(page, [frame.box(*box) for box in note.boxes], note)
    return asides


def _put_widget(page: Painted, box: Box, widget: Widget) -> list[Aside]:
    place = Place(f"field {widget.control.name}".strip(), page.number, box)
    if widget.hidden:
        return [Aside("hidden", widget.text, place)] if widget.text.strip() and widget.control.value else []
    if box[2] - box[0] < 0.5 and box[3] - box[1] < 0.5:
        return [Aside("hidden", widget.text, place)] if widget.control.value else []
    if widget.text.strip() and widget.control.checked is None:
        _drop_painted_twice(page, box, widget.text)
    run = Run(
        widget.text.strip("\n"),
        placeholder=widget.control.placeholder,
        picture=widget.signed and not widget.text,
        control=widget.control,
        font_size=widget.size,
    )
    page.pieces.append(_piece(page, box, run, widget.size))
    return []


def _drop_painted_twice(page: Painted, box: Box, value: str) -> None:
    """Takes away painted words that are the field's own value."""
    inside = [p for p in page.pieces if p.run is None and _within(p, box)]
    if inside and "".join("".join(p.text for p in inside).split()) == "".join(value.split()):
        gone = {id(p) for p in inside}
        page.pieces = [p for p in page.pieces if id(p) not in gone]


def _within(piece: Piece, box: Box) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _piece(page: Painted, box: Box, run: Run, size: float) -> Piece:
    return Piece(run.text, *box, _base(page, box, size), Style(size=size), run=run)


def _base(page: Painted, box: Box, size: float) -> float:
    """The baseline of the printed words beside it; else that of its own first line."""
    x0, top, x1, bottom = box
    best, nearest = None, 120.0
    for piece in page.pieces:
        if piece.run is not None or piece.style.turn or not top - 1 <= piece.base <= bottom + 4:
            continue
        away = max(x0 - piece.x1, piece.x0 - x1, 0.0)
        if away < nearest and (best is None or away < nearest):
            best, nearest = piece.base, away
    if best is not None and bottom - top < 2.6 * size:
        return best
    if bottom - top < 2.2 * size:
        return (top + bottom) / 2 + 0.32 * size
    return top + 1.0 * size


def _put_note(page: Painted, boxes: list[Box], note: Note) -> list[Aside]:
    box = boxes[0]
    if note.kind in MARKS:
        for piece in page.pieces:
            if any(_within(piece, quad) for quad in boxes):
                setattr(piece, note.kind, True)
    elif note.kind == "typed":
        if not _has_company(page, box):
            return [Aside("annotation", note.text, Place("typed note", page.number, box), note.author)]
        page.pieces.append(_piece(page, box, Run(note.text, font_size=note.size), note.size))
    elif note.kind == "ring":
        page.curves.append(box)
    elif note.kind == "line":
        if box[3] - box[1] <= 6:
            page.across.append(((box[1] + box[3]) / 2, box[0], box[2]))
    elif note.kind in {"stamp", "ink"}:
        small = max(box[2] - box[0], box[3] - box[1]) <= 26
        (page.strokes if small and note.kind == "ink" else page.pictures).append(box)
    elif note.kind == "comment":
        return [Aside("comment", note.text, Place("comment", page.number, box), note.author)]
    return []


def _has_company(page: Painted, box: Box) -> bool:
    """Typed on the form: inside a ruled box, or level with printed words."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    ruled_above = any(x0 <= x <= x1 and 0 <= y - at < 400 for at, x0, x1 in page.across)
    ruled_below = any(x0 <= x <= x1 and 0 <= at - y < 400 for at, x0, x1 in page.across)
    boxed = any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in page.boxes)
    level = any(p.run is None and box[1] - 3 <= p.base <= box[3] + 4 for p in page.pieces)
    return boxed or level or (ruled_above and ruled_below)

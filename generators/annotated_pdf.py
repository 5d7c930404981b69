"""Note annotations in a PDF that came from outside: at the answer's box, else at the top of its page or the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from forms.word_package import OUR_COMMENTS
from generators.annotated import Annotated, Box, Note, numbered
from records.errors import Unreadable

_SIZE = 18.0
_YELLOW = (1.0, 0.82, 0.25)


def annotate_pdf(data: bytes, notes: Sequence[Note], author: str, on: date) -> Annotated:
    """The PDF with a note for each point. Unreadable when it cannot be opened and written without a password."""
    try:
        with pikepdf.open(BytesIO(data)) as document:
            unplaced = 0
            taken: Counter[tuple[int, Box | None]] = Counter()
            for number, (note, message) in enumerate(zip(notes, numbered(notes), strict=True), start=1):
                index = (note.page or 1) - 1
                known = note.box is not None and 0 <= index < len(document.pages)
                unplaced += not known
                page = document.pages[index if known else 0]
                box = note.box if known and note.box else (_SIZE * 1.5 * unplaced, 6.0, 0.0, 0.0)
                aside = taken[(index, note.box)] * _SIZE * 0.4 if known else 0.0
                taken[(index, note.box)] += 1
                box = (box[0], box[1] + aside, box[2] + aside, box[3])
                _add(document, page, _rectangle(page, box, beside=known), (message, author, on, number))
            out = BytesIO()
            document.save(out, static_id=True)
            return Annotated(out.getvalue(), unplaced)
    except (pikepdf.PdfError, pikepdf.PasswordError, IndexError) as error:
        raise Unreadable(hint="The letter lists the points.") from error


def _add(
    document: pikepdf.Pdf,
    page: pikepdf.Page,
    rectangle: tuple[float, float, float, float],
    said: tuple[str, str, date, int],
) -> None:
    message, author, on, number = said
    day = f"D:{on:%Y%m%d}090000Z"
    note = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Rect=Array([round(edge, 2) for edge in rectangle]),
            Contents=String(message),
            T=String(author),
            NM=String(f"{OUR_COMMENTS}-{number}"),
            M=String(day),
            CreationDate=String(day),
            Name=Name.Comment,
            C=Array(_YELLOW),
            F=4,  # printed with the page
        )
    )
    if "/Annots" in page.obj:
        page.obj.Annots.append(note)
    else:
        page.obj.Annots = Array([note])


def _rectangle(page: pikepdf.Page, box: Box, *, beside: bool) -> tuple[float, float, float, float]:
    """A small square at the right edge of the box (at its own place where there is no box), in the page's own space."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    width, height = right - left, top - bottom
    turned = int(page.obj.get("/Rotate", 0) or 0) % 360
    shown_width = height if turned in (90, 270) else width
    across = min(box[2] + 2, shown_width - _SIZE) if beside else box[0]
    down = box[1]
    corners = [_unturned(x, y, turned, (width, height)) for x, y in ((across, down), (across + _SIZE, down + _SIZE))]
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return left + xs[0], bottom + ys[0], left + xs[1], bottom + ys[1]


def _unturned(x: float, y: float, turned: int, size: tuple[float, float]) -> tuple[float, float]:
    """A point of the page as shown (from its top left) in the page's own space (from its bottom left)."""
    width, height = size
    if turned == 90:
        return y, x
    if turned == 180:
        return width - x, y
    if turned == 270:
        return width - y, height - x
    return x, height - y

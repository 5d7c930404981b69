"""Lines, rectangles, curves and pictures of a page, from pdfium's page objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf_painted import Fill, Frame, Painted, colour_of
from records.tree import Box

THIN = 2.6
"""A filled shape no thicker than this is a ruled line."""
MAX_OBJECTS = 60_000
"""Painted objects looked at on one page; a drawing with more is not a form."""
MAX_SEGMENTS = 4_000

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def painted_objects(page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """Painted objects of the page and of the forms in it, each with the matrix of what holds it."""
    stack: list[tuple[Any, Matrix, int]] = [(None, _IDENTITY, 0)]
    seen = 0
    while stack:
        holder, matrix, depth = stack.pop()
        count = pdfium.FPDFPage_CountObjects(page) if holder is None else pdfium.FPDFFormObj_CountObjects(holder)
        for index in range(min(count, MAX_OBJECTS - seen)):
            seen += 1
            shape = (
                pdfium.FPDFPage_GetObject(page, index)
                if holder is None
                else pdfium.FPDFFormObj_GetObject(holder, index)
            )
            kind = pdfium.FPDFPageObj_GetType(shape)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 12:
                stack.append((shape, _times(_matrix(shape), matrix), depth + 1))
            elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
                yield kind, shape, matrix


def _matrix(shape: Any) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, raw):
        return _IDENTITY
    return raw.a, raw.b, raw.c, raw.d, raw.e, raw.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(shape: Any, matrix: Matrix, frame: Frame) -> Box | None:
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(shape, left, low, right, high):
        return None
    if matrix is _IDENTITY:
        return frame.box(left.value, low.value, right.value, high.value)
    corners = [_apply(matrix, x, y) for x in (left.value, right.value) for y in (low.value, high.value)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return frame.box(min(xs), min(ys), max(xs), max(ys))


def add_path(page: Painted, shape: Any, matrix: Matrix, frame: Frame) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, mode, stroked)
    if not mode.value and not stroked.value:
        return
    paint = colour_of(shape, stroke=False) if mode.value else None
    if mode.value and (paint is None or paint[3] == 0):
        mode.value = 0
    pen = colour_of(shape, stroke=True) if stroked.value else None
    if pen is not None and (pen[3] == 0 or min(pen[:3]) >= 250):
        stroked.value = 0
    colour = f"{paint[0]:02X}{paint[1]:02X}{paint[2]:02X}" if mode.value and paint else ""
    if not colour and not stroked.value:
        return
    for points, curved in _subpaths(shape, matrix, frame):
        _add_shape(page, points, curved, colour, bool(stroked.value))


def _subpaths(shape: Any, matrix: Matrix, frame: Frame) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The points of each closed or open part, and whether it has curves."""
    inner = _matrix(shape)
    whole = inner if matrix is _IDENTITY else _times(inner, matrix)
    plain = whole == _IDENTITY
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(shape), MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        spot = (x.value, y.value) if plain else _apply(whole, x.value, y.value)
        points.append(frame.point(*spot))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1 and points[0] != points[-1]:
            points.append(points[0])
    if points:
        yield points, curved


def _add_shape(page: Painted, points: list[tuple[float, float]], curved: bool, colour: str, stroked: bool) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
    wide, tall = x1 - x0, bottom - top
    box = (x0, top, x1, bottom)
    if tall <= THIN and wide > THIN:
        if colour != "FFFFFF" or stroked:
            page.across.append(((top + bottom) / 2, x0, x1))
    elif wide <= THIN and tall > THIN:
        if colour != "FFFFFF" or stroked:
            page.down.append(((x0 + x1) / 2, top, bottom))
    elif curved:
        _add_curve(page, points, box, colour)
    elif _is_rectangle(points, box):
        if colour:
            page.fills.append(Fill(box, colour))
        if stroked:
            page.boxes.append(box)
    elif wide > THIN or tall > THIN:
        _add_polyline(page, points, box, stroked)


def _add_curve(page: Painted, points: list[tuple[float, float]], box: Box, colour: str) -> None:
    """A ring, a pen stroke or dot, or a rectangle with rounded corners."""
    x0, top, x1, bottom = box
    corners = sum(
        1 for x, y in points if min(abs(x - x0), abs(x - x1)) < 0.1 or min(abs(y - top), abs(y - bottom)) < 0.1
    )
    closed = abs(points[0][0] - points[-1][0]) < 1 and abs(points[0][1] - points[-1][1]) < 1
    if closed and len(points) > 14 and corners >= 8:
        (page.fills.append(Fill(box, colour)) if colour else page.boxes.append(box))
    elif closed and not colour:
        page.curves.append(box)
    else:
        page.strokes.append(box)


def _is_rectangle(points: list[tuple[float, float]], box: Box) -> bool:
    if not 4 <= len(points) <= 6:
        return False
    x0, top, x1, bottom = box
    corners = {(abs(x - x0) < 0.5, abs(y - top) < 0.5) for x, y in points}
    on_corner = all(min(abs(x - x0), abs(x - x1)) < 0.5 and min(abs(y - top), abs(y - bottom)) < 0.5 for x, y in points)
    return on_corner and len(corners) == 4


def _add_polyline(page: Painted, points: list[tuple[float, float]], box: Box, stroked: bool) -> None:
    slanted = False
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ay - by) <= 0.6:
            if stroked and abs(ax - bx) > THIN:
                page.across.append(((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= 0.6:
            if stroked and abs(ay - by) > THIN:
                page.down.append(((ax + bx) / 2, min(ay, by), max(ay, by)))
        else:
            slanted = True
    if slanted:
        page.strokes.append(box)

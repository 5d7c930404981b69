"""Drawn shapes on the picture of a page: connected ink, the rings people draw round a word, and tick boxes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from parsers.readers.scan_picture import POINT, Area


@dataclass(slots=True)
class Shape:
    """Connected ink at half resolution: its box in full pixels, how many half pixels it has, and its runs."""

    box: Area
    size: int
    runs: list[tuple[int, int, int]]
    """Row, start and end in half pixels."""


def shapes(ink: Image.Image) -> list[Shape]:
    """The connected stretches of ink, small specks left out."""
    half = ink.reduce(2).point([1 if level >= 100 else 0 for level in range(256)])
    table, wide = half.tobytes(), half.width
    parents: list[int] = []
    runs: list[tuple[int, int, int]] = []
    above: list[int] = []
    for row in range(half.height):
        here: list[int] = []
        line = table[row * wide : (row + 1) * wide]
        start = 0
        for match in re.finditer(rb"\x01+", line):
            index = len(runs)
            runs.append((row, match.start(), match.end()))
            parents.append(index)
            here.append(index)
            while start < len(above) and runs[above[start]][2] < match.start():
                start += 1
            at = start
            while at < len(above) and runs[above[at]][1] <= match.end():
                _join(parents, above[at], index)
                at += 1
        above = here
    return list(_gathered(parents, runs))


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _join(parents: list[int], one: int, other: int) -> None:
    first, second = _root(parents, one), _root(parents, other)
    if first != second:
        parents[max(first, second)] = min(first, second)


def _gathered(parents: list[int], runs: list[tuple[int, int, int]]) -> Iterator[Shape]:
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for index, run in enumerate(runs):
        groups.setdefault(_root(parents, index), []).append(run)
    for group in groups.values():
        size = sum(end - start for _, start, end in group)
        if size < 4:
            continue
        left, right = min(run[1] for run in group), max(run[2] for run in group)
        yield Shape((left * 2, group[0][0] * 2, right * 2, (group[-1][0] + 1) * 2), size, group)


def rings(shape: Shape, near: list[Shape]) -> list[Area]:
    """The rings somebody drew in this ink: ellipses inked nearly all round, several where they hang together.

    A ruled line that was taken out may have cut a piece off a ring; it is found among the other shapes `near` by.
    """
    left, top, right, bottom = shape.box
    wide, tall = right - left, bottom - top
    if not (14 * POINT <= wide <= 150 * POINT and 9 * POINT <= tall <= 110 * POINT):
        return []
    if shape.size * 4 > 0.4 * wide * tall:
        return []
    inked = _pixels(shape)
    for other in near:
        if other.box[0] < right and other.box[2] > left and other.box[1] < bottom + 20 and other.box[3] > top - 20:
            inked |= _pixels(other)
    found: list[tuple[int, Area]] = []
    for area in _candidates(shape.box):
        hits = _round_hits(inked, area)
        if hits >= 40 and _empty_corners(inked, area):
            found.append((hits, area))
    kept: list[Area] = []
    for _, area in sorted(found, key=lambda item: -item[0]):
        if all(area[1] >= other[3] - 12 or area[3] <= other[1] + 12 for other in kept):
            kept.append(area)
    return kept


def _candidates(box: Area) -> Iterator[Area]:
    """The box itself, then flatter ellipses at every height; a stroke at the side may widen the box a little."""
    left, top, right, bottom = box
    for less_left in (0.0, 0.08, 0.16, 0.24):
        for less_right in (0.0, 0.08, 0.16, 0.24):
            near, far = round(left + (right - left) * less_left), round(right - (right - left) * less_right)
            yield near, top, far, bottom
            if less_left > 0.1 or less_right > 0.1:
                continue
            for part in (0.4, 0.48, 0.56, 0.64, 0.74, 0.86):
                tall = round((far - near) * part)
                if tall < min(9 * POINT, bottom - top) or tall > min(45 * POINT, bottom - top + 24):
                    continue
                for high in range(top - 14, bottom - tall + 15, 4):
                    yield near, high, far, high + tall


def _round_hits(inked: set[tuple[int, int]], box: Area) -> int:
    """At how many of 48 places round the ellipse there is ink."""
    left, top, right, bottom = box
    middle_x, middle_y, reach_x, reach_y = (
        (left + right) / 4,
        (top + bottom) / 4,
        (right - left) / 4,
        (bottom - top) / 4,
    )
    hits = 0
    for step in range(48):
        across, down = reach_x * _ROUND[step][0], reach_y * _ROUND[step][1]
        hits += any((round(middle_x + n * across), round(middle_y + n * down)) in inked for n in (1.0, 0.95, 0.9))
        if hits + 47 - step < 40:
            break
    return hits


_ROUND = [(math.cos(math.tau * step / 48), math.sin(math.tau * step / 48)) for step in range(48)]


def _empty_corners(inked: set[tuple[int, int]], box: Area) -> bool:
    left, top, right, bottom = (side // 2 for side in box)
    corners = ((left + 2, top + 2), (right - 3, top + 2), (left + 2, bottom - 3), (right - 3, bottom - 3))
    return sum(corner in inked for corner in corners) <= 1


def _pixels(shape: Shape) -> set[tuple[int, int]]:
    return {(x, row) for row, start, end in shape.runs for x in range(start, end)}


def squares(shape: Shape) -> list[Area]:
    """The tick boxes in a shape: four straight sides of 6 to 19 points, whatever is drawn into or through them."""
    least, most = int(6.8 * POINT / 2), int(19 * POINT / 2)
    if shape.box[2] - shape.box[0] < 2 * least or shape.box[3] - shape.box[1] < 2 * least:
        return []
    bars = [run for run in shape.runs if least <= run[2] - run[1] <= most + 4]
    inked = _pixels(shape) if len(bars) > 1 else set()
    found: list[Area] = []
    for index, (top, start, end) in enumerate(bars[:400]):
        for bottom, other_start, other_end in bars[index + 1 : 400]:
            side = end - start
            tall = bottom - top + 1
            if abs(start - other_start) > 2 or abs(end - other_end) > 2 or not 0.8 <= tall / side <= 1.25:
                continue
            if _sides(inked, start, end, top, bottom):
                found.append((start * 2, top * 2, end * 2, (bottom + 1) * 2))
                break
        if found and found[-1][1] // 2 == top:
            break
    return found


def _sides(inked: set[tuple[int, int]], start: int, end: int, top: int, bottom: int) -> bool:
    tall = bottom - top + 1
    sides = [
        sum(any((x + shift, y) in inked for shift in (-1, 0, 1)) for y in range(top, bottom + 1))
        for x in (start, end - 1)
    ]
    beyond = [sum((x, y) in inked for y in range(top + 2, bottom - 1)) for x in (start - 2, end + 1)]
    outside = [sum((x, y) in inked for x in range(start + 2, end - 2)) for y in (top - 3, bottom + 3)]
    corners = [(x, y) in inked for x in (start, end - 1) for y in (top, bottom)]
    frame = min(sides) >= 0.92 * tall and max(beyond) <= 0.3 * tall and max(outside) <= 0.3 * (end - start)
    return frame and sum(corners) >= 3 and _thin(inked, start, end, top, bottom) >= 3


def _thin(inked: set[tuple[int, int]], start: int, end: int, top: int, bottom: int) -> int:
    """How many of four places on the upright sides are a thin line, as of a box and not of a big bold letter."""
    middle = (top + bottom) // 2
    rows = (middle - 1, middle + 1)
    return sum((x, y) not in inked for y in rows for x in (start + 4, end - 5))

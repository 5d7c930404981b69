"""What can be seen on the picture of a page before any word is read: its slant, ruled lines, dark bands, drawn shapes.

Only Pillow and bytes: lines are found by averaging the picture along them, shapes by joining runs of ink.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageStat

DPI = 300
POINT = DPI / 72
Area = tuple[int, int, int, int]
"""left, top, right, bottom in pixels."""

_INK = 38
"""A pixel this much darker than the paper round it is ink."""
_ASIDE, _FAINT = 7, 11
"""A pixel this much darker than what lies this far to both its sides may be part of a ruled line."""
_LONG = re.compile(rb"\x01{4,}")
_SHORTEST, _SHORTEST_UPRIGHT, _SURELY = int(17 * POINT), int(11 * POINT), int(32 * POINT)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line: its middle across, its ends along, its thickness."""

    place: float
    start: int
    end: int
    thick: int


def straightened(grey: Image.Image) -> tuple[Image.Image, float]:
    """The page turned by a few degrees so that its lines lie level, and by how many (counter-clockwise)."""
    tiny, small, fine = (ImageChops.invert(grey.reduce(by)) for by in (8, 5, 3))
    angle = _best(tiny, [step / 2 for step in range(-8, 9)])
    angle = _best(small, [angle + step / 8 for step in range(-3, 4)])
    angle = _best(fine, [angle + step / 25 for step in range(-2, 3)])
    if abs(angle) < 0.03:
        return grey, 0.0
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_paper(grey)), angle


def _best(ink: Image.Image, angles: list[float]) -> float:
    return max(angles, key=lambda angle: (_levelness(ink, angle), -abs(angle)))


def _levelness(ink: Image.Image, angle: float) -> float:
    """How sharply ink is gathered into rows when the picture is turned by this angle."""
    turned = ink.rotate(angle, Image.Resampling.BILINEAR) if angle else ink
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((a - b) * (a - b) for a, b in pairwise(rows))


def _paper(grey: Image.Image) -> int:
    counts = grey.histogram()
    return max(range(128, 256), key=lambda level: counts[level])


def ink_of(grey: Image.Image) -> Image.Image:
    """How much darker each pixel is than the paper (or the shading) round it."""
    small = grey.reduce(6).filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.BoxBlur(3))
    paper = small.resize(grey.size, Image.Resampling.BILINEAR)
    return ImageChops.subtract(paper, grey)


def black_and_white(ink: Image.Image) -> Image.Image:
    """255 for ink, 0 for paper."""
    return ink.point([255 if level > _INK else 0 for level in range(256)])


def turned_light(grey: Image.Image, bands: list[Area]) -> Image.Image:
    """The page with its dark bands turned into black writing on paper."""
    light = grey.copy()
    paper = _paper(grey)
    for band in bands:
        inside = grey.crop(band)
        counts = inside.histogram()
        ground = max(range(200), key=lambda level: counts[level])
        scale = paper / max(1, 255 - ground)
        light.paste(inside.point([min(paper, max(0, round((255 - level) * scale))) for level in range(256)]), band[:2])
    return light


def dark_bands(grey: Image.Image) -> list[Area]:
    """Dark filled areas with white writing on them."""
    step = 12
    small = grey.reduce(step)
    dark = small.point([1 if level < 125 else 0 for level in range(256)]).tobytes()
    areas: list[list[int]] = []
    for row in range(small.height):
        line = dark[row * small.width : (row + 1) * small.width]
        for match in re.finditer(rb"\x01{10,}", line):
            left, right = match.span()
            near = next((a for a in areas if a[3] == row and left < a[2] and right > a[0]), None)
            if near:
                near[0], near[2], near[3] = min(near[0], left), max(near[2], right), row + 1
            else:
                areas.append([left, row, right, row + 1])
    areas = [a for a in areas if not any(_holds(b, a) for b in areas if b is not a)]
    rough = [(a[0] * step, a[1] * step, a[2] * step, a[3] * step) for a in areas if 3 <= a[3] - a[1] <= 20]
    return [_true_edges(grey, area, 2 * step) for area in rough]


def _holds(outer: list[int], inner: list[int]) -> bool:
    across = outer[0] <= inner[0] and inner[2] <= outer[2]
    return across and outer[1] - 1 <= inner[1] and inner[3] <= outer[3] + 1


def _true_edges(grey: Image.Image, area: Area, slack: int) -> Area:
    """The dark area to the pixel."""
    left, top, right, bottom = area
    wide = (max(0, left - slack), max(0, top - slack), min(grey.width, right + slack), min(grey.height, bottom + slack))
    rows = grey.crop((left, wide[1], right, wide[3])).resize((1, wide[3] - wide[1]), Image.Resampling.BOX).tobytes()
    columns = grey.crop((wide[0], top, wide[2], bottom)).resize((wide[2] - wide[0], 1), Image.Resampling.BOX).tobytes()
    dark_rows = [index for index, level in enumerate(rows) if level < 160] or [slack, slack]
    dark_columns = [index for index, level in enumerate(columns) if level < 160] or [slack, slack]
    return (
        wide[0] + dark_columns[0],
        wide[1] + dark_rows[0],
        wide[0] + dark_columns[-1] + 1,
        wide[1] + dark_rows[-1] + 1,
    )


def ruled_lines(grey: Image.Image, ink: Image.Image) -> tuple[list[Stroke], list[Stroke]]:
    """The level and the upright ruled lines of a page, faint ones and those on shading too."""
    across = _strokes(_faint_lines(grey), 20, _SHORTEST)
    # lines close under words have words for a neighbour and are no fainter than them
    across += [line for line in _strokes(ink, 20, _SURELY) if _even(grey, line)]
    faint_upright = _faint_lines(grey.transpose(Image.Transpose.TRANSPOSE))
    uprights = _strokes(faint_upright, 10, _SHORTEST_UPRIGHT)
    # a short level line that meets no upright one is the bars of capitals in a row
    across = [line for line in across if line.end - line.start > _SURELY or any(_meet(up, line) for up in uprights)]
    # and an upright line that meets no level one is the stem of a big letter
    across = _merged(across)
    down = _merged([line for line in uprights if any(_meet(line, other) for other in across)])
    down = [_extended(line, across, faint_upright) for line in down]
    return across, [*down, *_closing(across, down)]


def _extended(line: Stroke, across: list[Stroke], faint: Image.Image) -> Stroke:
    """An upright line taken on to the next level lines where most of it can still be seen (a ring crossed it)."""
    start, end = line.start, line.end
    met = sorted(level.place for level in across if level.start - 9 <= line.place <= level.end + 9)
    for place in reversed([p for p in met if p < start - 9]):
        if start - place > 60 * POINT or not _seen_along(faint, line.place, round(place), start):
            break
        start = round(place)
    for place in [p for p in met if p > end + 9]:
        if place - end > 60 * POINT or not _seen_along(faint, line.place, end, round(place)):
            break
        end = round(place)
    return Stroke(line.place, start, end, line.thick)


def _seen_along(faint: Image.Image, place: float, start: int, end: int) -> bool:
    """Whether at least half of a stretch shows the line (the picture is turned: places are rows)."""
    strip = faint.crop((start, round(place) - 3, end, round(place) + 4))
    width = max(1, end - start)
    inked = sum(any(strip.getpixel((x, y)) for y in range(7)) for x in range(0, width, 2))
    return inked >= 0.5 * len(range(0, width, 2))


def _merged(strokes: list[Stroke]) -> list[Stroke]:
    """Pieces of one line as one."""
    result: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda s: (s.start, s.place)):
        for index, line in enumerate(result):
            if abs(line.place - stroke.place) <= 4 and stroke.start <= line.end + 14:
                thick, end = max(line.thick, stroke.thick), max(line.end, stroke.end)
                place = line.place if line.end - line.start >= stroke.end - stroke.start else stroke.place
                result[index] = Stroke(place, line.start, end, thick)
                break
        else:
            result.append(stroke)
    return result


def _closing(across: list[Stroke], down: list[Stroke]) -> list[Stroke]:
    """The outer sides of tables where the picture lost them: two level lines that a wall joins begin and end alike."""
    added: list[Stroke] = []
    levels = sorted((line for line in across if line.end - line.start > 60 * POINT), key=lambda s: s.place)
    for upper, lower in pairwise(levels):
        joined = [d for d in down if d.start <= upper.place + 9 and d.end >= lower.place - 9]
        for side in ("start", "end"):
            ours, theirs = getattr(upper, side), getattr(lower, side)
            walled = any(abs(d.place - ours) <= 9 for d in joined)
            if joined and not walled and abs(ours - theirs) <= 8:
                added.append(Stroke((ours + theirs) / 2, round(upper.place), round(lower.place), 2))
    return added


def _meet(upright: Stroke, level: Stroke) -> bool:
    near = min(abs(upright.start - level.place), abs(upright.end - level.place)) <= 9
    return near and level.start - 9 <= upright.place <= level.end + 9


def _faint_lines(grey: Image.Image) -> Image.Image:
    """255 where a pixel is darker than what lies above and below it, by however little."""
    beside = ImageChops.darker(ImageChops.offset(grey, 0, _ASIDE), ImageChops.offset(grey, 0, -_ASIDE))
    return ImageChops.subtract(beside, grey).point([255 if level > _FAINT else 0 for level in range(256)])


def _even(grey: Image.Image, line: Stroke) -> bool:
    """Whether a line is equally dark all along, as a drawn one is and a row of letters is not."""
    top = round(line.place - line.thick / 2)
    rows = [grey.crop((line.start, row, line.end, row + 1)) for row in range(top, top + line.thick + 1)]
    darkest = rows[0]
    for row in rows[1:]:
        darkest = ImageChops.darker(darkest, row)
    return bool(ImageStat.Stat(darkest).stddev[0] < 26)


def _strokes(ink: Image.Image, block: int, shortest: int) -> list[Stroke]:
    """Level lines: rows where long stretches are ink nearly all along (a line may step by a row on its way)."""
    fat = ImageChops.lighter(ink, ImageChops.offset(ink, 0, 1))
    blocks = fat.reduce((block, 1)).point([1 if level >= 236 else 0 for level in range(256)])
    table, wide = blocks.tobytes(), blocks.width
    pixels, width = fat.tobytes(), fat.width
    found: list[list[int]] = []  # top row, bottom row, start, end
    for row in range(blocks.height):
        for match in _LONG.finditer(table[row * wide : (row + 1) * wide]):
            line = pixels[row * width : (row + 1) * width]
            start, end = _ends(line, match.start() * block, min(match.end() * block, width))
            near = next((f for f in reversed(found[-60:]) if row - f[1] <= 2 and start < f[3] and end > f[2]), None)
            if near:
                near[1], near[2], near[3] = row, min(near[2], start), max(near[3], end)
            else:
                found.append([row, row, start, end])
    return [
        Stroke((top + bottom) / 2 - 0.5, start, end, max(1, bottom - top))
        for top, bottom, start, end in found
        if bottom - top + 1 <= 14 and end - start >= shortest
    ]


def _ends(line: bytes, start: int, end: int) -> tuple[int, int]:
    """The true ends of a stretch of ink, small gaps allowed."""
    while start > 0 and any(line[max(0, start - 3) : start]):
        start -= 1
    while end < len(line) and any(line[end : end + 3]):
        end += 1
    return start, end


def without_lines(ink: Image.Image, across: list[Stroke], down: list[Stroke]) -> Image.Image:
    """The ink without ruled lines; what crosses a line stays whole."""
    level = _erased(ink, across)
    turned = _erased(level.transpose(Image.Transpose.TRANSPOSE), down)
    return turned.transpose(Image.Transpose.TRANSPOSE)


def _erased(ink: Image.Image, strokes: list[Stroke]) -> Image.Image:
    without = ink.copy()
    for stroke in strokes:
        reach = stroke.thick / 2 + 2
        top, bottom = round(stroke.place - reach), round(stroke.place + reach) + 1
        left, right = max(0, stroke.start - 3), min(ink.width, stroke.end + 3)
        if top < 4 or bottom > ink.height - 4:
            continue
        above, below = (_inked_columns(ink, left, right, row) for row in (top - 3, bottom))
        crossing = ImageChops.darker(above, below).resize((right - left, bottom - top))
        without.paste(crossing, (left, top))
    return without


def _inked_columns(ink: Image.Image, left: int, right: int, row: int) -> Image.Image:
    """Which columns hold ink in three rows, a few pixels to each side counted in."""
    thin = ink.crop((left, row, right, row + 3)).resize((right - left, 1), Image.Resampling.BOX)
    held = thin.point([255 if level > 150 else 0 for level in range(256)])
    for shift in (-2, 2, -4, 4):
        held = ImageChops.lighter(held, ImageChops.offset(held, shift, 0))
    return held

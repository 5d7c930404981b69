"""Ruled lines to grids: which cells do the lines of a page enclose, and which of them are merged.

Lines are snapped and joined, lines that touch form a grid, and neighbouring elementary cells without a line between
them are one merged cell. Nothing here looks at text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from records.tree import Box

SNAP = 3.0
"""Lines this near to each other are one line (double rules, rounded column edges)."""
TOUCH = 3.5
"""Ends this near to a line touch it."""
MAX_LINES = 1_500
MAX_CELLS = 200_000
"""A page with more lines or places than this is a drawing: the longest lines count, the rest is not looked at."""
Line = tuple[float, float, float]
"""Position across, start and end along."""


@dataclass(slots=True)
class GridCell:
    top: int
    left: int
    bottom: int
    right: int
    """Elementary rows and columns it covers, `bottom` and `right` exclusive."""
    box: Box


@dataclass(slots=True)
class Grid:
    """The cells that one group of touching lines encloses."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    lookup: list[list[int]]
    """Index into `cells` for each elementary row and column, -1 outside."""
    open_bottom: bool = False
    inside: list[tuple[int, Grid]] = field(default_factory=list)
    """Grids that stand within a cell: (index of the cell, grid)."""

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int:
        """The index of the cell that holds this point, -1 for none."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.lookup) and 0 <= column < len(self.lookup[row]):
            return self.lookup[row][column]
        return -1


def find_grids(across: list[Line], down: list[Line]) -> list[Grid]:
    """The grids of a page, largest first, those that stand inside a cell of another under that one."""
    rows, columns = _longest(_join(across)), _longest(_join(down))
    grids = []
    for group_rows, group_columns in _touching(rows, columns):
        grid = _grid(group_rows, group_columns)
        if grid is not None:
            grids.append(grid)
    grids.sort(key=lambda grid: -(grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))
    return _nest(grids)


def _join(lines: list[Line]) -> list[Line]:
    """Lines snapped to common positions; those that overlap or nearly meet become one."""
    result: list[Line] = []
    group: list[Line] = []
    for line in sorted(lines):
        if group and line[0] - group[0][0] > SNAP:
            result += _merge(group)
            group = []
        group.append(line)
    return result + _merge(group)


def _longest(lines: list[Line]) -> list[Line]:
    if len(lines) <= MAX_LINES:
        return lines
    return sorted(sorted(lines, key=lambda line: line[1] - line[2])[:MAX_LINES])


def _merge(group: list[Line]) -> list[Line]:
    if not group:
        return []
    place = sum(line[0] for line in group) / len(group)
    result: list[Line] = []
    for _, start, end in sorted(group, key=lambda line: line[1]):
        if result and start <= result[-1][2] + SNAP:
            if end > result[-1][2]:
                result[-1] = (place, result[-1][1], end)
        else:
            result.append((place, start, end))
    return result


def _touching(rows: list[Line], columns: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Groups of horizontal and vertical lines that are connected by touching."""
    parent = list(range(len(rows) + len(columns)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [row[0] for row in rows]
    for j, (x, top, bottom) in enumerate(columns):
        for i in range(bisect_left(heights, top - TOUCH), bisect_right(heights, bottom + TOUCH)):
            _, x0, x1 = rows[i]
            if x0 - TOUCH <= x <= x1 + TOUCH:
                parent[root(i)] = root(len(rows) + j)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(rows):
            group[0].append(rows[index])
        else:
            group[1].append(columns[index - len(rows)])
    return [group for group in groups.values() if group[0] and group[1]]


def _positions(lines: list[Line], ends: list[Line]) -> tuple[list[float], bool, bool]:
    """The positions of these lines, with an edge added where the crossing lines run on beyond the outermost."""
    places: list[float] = []
    for line in sorted(lines):
        if not places or line[0] - places[-1] > SNAP:
            places.append(line[0])
    first, last = min(end[1] for end in ends), max(end[2] for end in ends)
    before, after = first < places[0] - 2 * TOUCH, last > places[-1] + 2 * TOUCH
    if before:
        places.insert(0, first)
    if after:
        places.append(last)
    return places, before, after


def _grid(rows: list[Line], columns: list[Line]) -> Grid | None:
    xs, open_left, open_right = _positions(columns, rows)
    ys, open_top, open_bottom = _positions(rows, columns)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_CELLS:
        return None
    high, wide = len(ys) - 1, len(xs) - 1
    wall_right = _walls(columns, xs, ys, open_first=open_left, open_last=open_right)
    wall_below = _walls(rows, ys, xs, open_first=open_top, open_last=open_bottom)
    regions = _regions(high, wide, wall_right, wall_below)
    cells: list[GridCell] = []
    lookup = [[-1] * wide for _ in range(high)]
    for members in regions:
        for top, left, bottom, right in _rectangles(members):
            for r in range(top, bottom):
                for c in range(left, right):
                    lookup[r][c] = len(cells)
            cells.append(GridCell(top, left, bottom, right, (xs[left], ys[top], xs[right], ys[bottom])))
    return Grid(xs, ys, cells, lookup, open_bottom) if cells else None


def _walls(
    lines: list[Line], places: list[float], stops: list[float], *, open_first: bool, open_last: bool
) -> list[list[bool]]:
    """walls[k][i]: a line stands at places[k] along the i-th stretch between stops."""
    middles = [(a + b) / 2 for a, b in pairwise(stops)]
    walls = [[False] * len(middles) for _ in places]
    for place, start, end in lines:
        index = min(range(len(places)), key=lambda k: abs(places[k] - place))
        row = walls[index]
        for i, middle in enumerate(middles):
            if start - TOUCH <= middle <= end + TOUCH:
                row[i] = True
    if open_first:
        walls[0] = [True] * len(middles)
    if open_last:
        walls[-1] = [True] * len(middles)
    return walls


def _regions(high: int, wide: int, wall_x: list[list[bool]], wall_y: list[list[bool]]) -> list[list[tuple[int, int]]]:
    """Elementary cells joined where no wall parts them; what is open to the outside is left out."""
    outside = high * wide
    parent = list(range(outside + 1))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for r in range(high):
        for c in range(wide):
            here = r * wide + c
            if c == 0 and not wall_x[0][r]:
                parent[root(here)] = root(outside)
            if not wall_x[c + 1][r]:
                parent[root(here)] = root(here + 1 if c + 1 < wide else outside)
            if r == 0 and not wall_y[0][c]:
                parent[root(here)] = root(outside)
            if not wall_y[r + 1][c]:
                parent[root(here)] = root(here + wide if r + 1 < high else outside)
    regions: dict[int, list[tuple[int, int]]] = {}
    for index in range(outside):
        regions.setdefault(root(index), []).append((index // wide, index % wide))
    regions.pop(root(outside), None)
    return sorted(regions.values())


def _rectangles(members: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A region as one rectangle, or as one strip a row where it is none."""
    rows, columns = [m[0] for m in members], [m[1] for m in members]
    top, left, bottom, right = min(rows), min(columns), max(rows) + 1, max(columns) + 1
    if len(members) == (bottom - top) * (right - left):
        return [(top, left, bottom, right)]
    strips: list[tuple[int, int, int, int]] = []
    for r, c in sorted(members):
        if strips and strips[-1][0] == r and strips[-1][3] == c:
            strips[-1] = (r, strips[-1][1], r + 1, c + 1)
        else:
            strips.append((r, c, r + 1, c + 1))
    return strips


def _nest(grids: list[Grid]) -> list[Grid]:
    top: list[Grid] = []
    for grid in grids:
        x0, y0, x1, y1 = grid.box
        host = _host(top, ((x0 + x1) / 2, (y0 + y1) / 2), grid)
        if host is None:
            top.append(grid)
        else:
            host[1].inside.append((host[0], grid))
    return top


def _host(grids: list[Grid], middle: tuple[float, float], inner: Grid) -> tuple[int, Grid] | None:
    """The deepest cell that holds this grid wholly."""
    for grid in grids:
        index = grid.cell_at(*middle)
        if index < 0 or grid is inner:
            continue
        x0, y0, x1, y1 = grid.cells[index].box
        a0, b0, a1, b1 = inner.box
        if a0 < x0 - 1 or b0 < y0 - 1 or a1 > x1 + 1 or b1 > y1 + 1:
            continue
        deeper = _host([g for at, g in grid.inside if at == index], middle, inner)
        return deeper or (index, grid)
    return None

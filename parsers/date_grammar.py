"""The UK date grammar: finds dates in words and says what each means, never more precisely than it was written.

Day first, always. A date that is impossible that way stays unread with a reason; day and month are never swapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.date_words import DAY_AFTER, DAY_BEFORE, LEAD, MONTHS, SEASONS, TRAIL, WEEKDAYS, month_of


@dataclass(frozen=True, slots=True)
class Point:
    """One written date: any part may be missing. `month` is 21 to 24 for a season."""

    start: int
    end: int
    year: str = ""
    """The year's digits as written: two or four."""
    month: int = 0
    day: int = 0
    last_year: str = ""
    """"2022/23": the second year."""
    weekday: int | None = None
    doubt: str = ""
    marks: frozenset[str] = frozenset()
    """Marks that stand before this date alone: doubt, near, part …"""


@dataclass(frozen=True, slots=True)
class Expression:
    """One date or one range as written, with the marks that stood round it."""

    start: int
    end: int
    first: Point
    last: Point | None
    marks: frozenset[str]


_ORDINAL = r"(?:\s?(?:st|nd|rd|th|af|il|ydd|fed|eg|ed)(?![^\W\d_]))?"
_DAY = rf"(?P<d>\d{{1,2}}){_ORDINAL}"
_SEPARATOR = r"\s*[./\\\-]{1,2}\s*"
_GAP = r"[\s.,/\-]*"
_WORD = r"(?P<word>[^\W\d_]{3,10})(?![^\W\d_])"
_ALONE = r"(?!\d)(?![:.]\d)(?!/\d)"
_NO_CLOCK = _ALONE + r"(?!\s?(?:hrs?|hours?|h)\b)"
_YEAR = rf"'?(?P<y>\d{{4}}|\d{{2}}(?!\s?(?:am|pm|a\.m|p\.m)\b)){_NO_CLOCK}"
_LAST_FIGURES = rf"'?(?P<y>\d{{4}}|\d{{2}}){_ALONE}"
_ANY_LONG_YEAR = r"(?P<y>(?:18|19|20)\d\d)"
_LONG_YEAR = _ANY_LONG_YEAR + _NO_CLOCK
_FULL_YEAR = _LONG_YEAR.replace("?P<y>", "?P<y4>")
_SEASON = "|".join(SEASONS)

_WORDS_FIRST = ("month first", "month year", "season", "no year month first", "month")

# Tried together; the longest match is the reading. Partial dates ("12", "12 March") count only as one end of a range.
_PATTERNS = {
    "iso": re.compile(r"(?P<y>\d{4})[\-/.](?P<m>\d{1,2})[\-/.](?P<d>\d{1,2})(?!\d)(?![/.]\d)"),
    "numbers": re.compile(rf"(?P<d>\d{{1,2}}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}{_LAST_FIGURES}"),
    "spaced": re.compile(rf"(?P<d>\d{{1,2}})\s+(?P<m>\d{{1,2}})\s+{_LONG_YEAR}"),
    "words": re.compile(rf"{_DAY}{_GAP}(?:(?:of|o)\s+)?{_WORD}{_GAP}{_YEAR}"),
    "month first": re.compile(rf"{_WORD}{_GAP}{_DAY}(?:\s*,\s*{_YEAR}|[\s\-./]+{_FULL_YEAR})"),
    "month year": re.compile(rf"{_WORD}(?P<gap>{_GAP}(?:of\s+)?'?){_YEAR}"),
    "month number": re.compile(rf"(?P<m>\d{{1,2}})\s?[/\-.]\s?{_LONG_YEAR}"),
    "season": re.compile(
        rf"(?P<season>{_SEASON})\b(?P<term>(?:[\s\-]+(?:half[\s\-]?term|term|holidays?|break|of))*)[\s,\-]*"
        rf"{_ANY_LONG_YEAR}(?:\s?/\s?\d{{2,4}})?{_NO_CLOCK}"
    ),
    "years": re.compile(rf"{_ANY_LONG_YEAR}\s?(?P<mark>[/\-])\s?(?P<y2>\d{{4}}|\d{{2}})(?!\d)(?![/.\-:]\d)"),
    "decade": re.compile(r"(?P<y>(?:19|20)\d0)'?s\b"),
    "year": re.compile(rf"{_LONG_YEAR}(?!\s?[/\-]\s?\d)"),
    "no year": re.compile(rf"{_DAY}{_GAP}(?:(?:of|o)\s+)?{_WORD}(?!{_GAP}\d{{4}})"),
    "no year month first": re.compile(rf"{_WORD}\s+{_DAY}(?!\d)(?![:.]\d)"),
    "no year numbers": re.compile(r"(?P<d>\d{1,2})\s?(?P<mark>[/.])\s?(?P<m>\d{1,2})(?!\d)(?![/.:]\d)"),
    "month": re.compile(_WORD),
    "day": re.compile(rf"{_DAY}(?![\d:])"),
}  # fmt: skip
_FROM_WORDS = {name: _PATTERNS[name] for name in _PATTERNS if name in _WORDS_FIRST}
_FROM_FIGURES = {name: _PATTERNS[name] for name in _PATTERNS if name not in _WORDS_FIRST}
_PARTIAL = ("no year", "no year month first", "no year numbers", "month", "day")
_JOIN = re.compile(r"\s*(?:-+|to|until|till|through|hyd|i|&|/):?(?:\s+|(?=[\d?~'(\[]|[^\W\d_]))(?!-)")
_JOIN_AND = re.compile(r"\s*and\s+")
_LIST = re.compile(r"\s*(?:,|and|&|\+)\s*(?:and\s+)?")
_MONTH_NEXT = re.compile(rf"\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{'|'.join(MONTHS)})\b")
_WORD_START = re.compile(r"(?<![^\W_])(?:[^\W_]|[?~(\['])")


def expressions(folded: str) -> list[Expression]:
    """Every date and range in folded text, from left to right, none overlapping."""
    found: list[Expression] = []
    position = 0
    for match in _WORD_START.finditer(folded):
        start = match.start()
        if start < position or _inside_number(folded, start):
            continue
        expression = _expression_at(folded, start)
        if expression is not None and not _is_clock(folded, expression, found):
            found.append(expression)
            position = expression.end
    return found


def _inside_number(folded: str, start: int) -> bool:
    """Whether a figure goes on from the one before ("14/12/03/2024"): no date starts in the middle."""
    return start > 1 and folded[start - 1] in "/.-:,'" and folded[start - 2].isdigit() and folded[start].isdigit()


def _is_clock(folded: str, expression: Expression, found: list[Expression]) -> bool:
    """Whether a bare "2015" right after a whole date is a time of day: a date has one year only."""
    first = expression.first
    bare = expression.last is None and not first.month and not first.last_year and not expression.marks - {"plain"}
    if not bare or not found or not found[-1].first.day:
        return False
    return not folded[found[-1].end : first.start].strip(" ,@-at\n")


def _expression_at(folded: str, start: int) -> Expression | None:
    marks, position = _lead(folded, start)
    best: tuple[Point, Point | None] | None = None
    end = start
    whole = len(folded.rstrip())
    for point in _points(folded, position):
        if point.year and point.end >= whole:
            best, end = (point, None), point.end  # nothing can be longer
            break
        last = _range_end(folded, point, between="between" in marks)
        reach = last.end if last else point.end
        if (last or point.year) and reach > end:
            best, end = (point, last), reach
    if best is None:
        best = _listed(folded, position) or _yearless(folded, position)
        if best is None:
            return None
        end = best[0].end
    trail, end = _trail(folded, end)
    first, last = best
    weekday, end = _weekday_after(folded, end)
    if weekday is not None:
        trail_too, end = _trail(folded, end)
        trail |= trail_too
        if last is None and first.weekday is None:
            first = replace(first, weekday=weekday)
        elif last is not None and last.weekday is None:
            last = replace(last, weekday=weekday)
    return Expression(start, end, first, last, marks | trail)


def _lead(folded: str, position: int) -> tuple[frozenset[str], int]:
    marks: set[str] = set()
    while True:
        match = LEAD.match(folded, position)
        if not match or match.end() == position:
            return frozenset(marks), position
        marks.add(str(match.lastgroup))
        position = match.end()


def _trail(folded: str, position: int) -> tuple[frozenset[str], int]:
    marks: set[str] = set()
    while True:
        match = TRAIL.match(folded, position)
        if not match or match.end() == position:
            return frozenset(marks), position
        marks.add(str(match.lastgroup))
        position = match.end()


def _weekday_after(folded: str, position: int) -> tuple[int | None, int]:
    match = DAY_AFTER.match(folded, position)
    return (WEEKDAYS[match["weekday"]], match.end()) if match else (None, position)


def _range_end(folded: str, first: Point, *, between: bool) -> Point | None:
    """The other end of a range that starts with `first`: the longest that fits it."""
    position = _trail(folded, first.end)[1] if folded[first.end : first.end + 2].strip().startswith("?") else first.end
    after_day = _weekday_after(folded, position)
    join = _JOIN.match(folded, after_day[1]) or (_JOIN_AND.match(folded, after_day[1]) if between else None)
    if not join:
        return None
    slash = join.group().strip() in ("/", "&")
    marks, position = _lead(folded, join.end())
    for point in _points(folded, position):
        if _fits(first, point, slash=slash, word=join.group().strip("- /&") != ""):
            return replace(point, marks=marks)
    return None


def _fits(first: Point, last: Point, *, slash: bool, word: bool) -> bool:
    """Whether two dates are the ends of one range: at least one has the year, and they are of one grain."""
    if first.year and last.year:
        return not slash
    if last.year:
        if first.day and not first.month:
            return bool(last.day) and (not slash or last.day == first.day + 1)
        return bool(first.month) and bool(first.day) == bool(last.day)
    if not first.year or slash:
        return False
    ordinal_day = bool(last.day and not last.month and word and first.day)
    return ordinal_day or bool(last.month and bool(first.day) == bool(last.day))


def _points(folded: str, position: int) -> Iterator[Point]:
    """Every reading that starts here, the longest first."""
    start = position
    weekday = None
    day_before = DAY_BEFORE.match(folded, position)
    if day_before and day_before.end() < len(folded):
        weekday, position = WEEKDAYS[day_before["weekday"]], day_before.end()
        position = _lead(folded, position)[1]
    patterns = _FROM_FIGURES if folded[position : position + 1].isdigit() else _FROM_WORDS
    matches = [(name, pattern.match(folded, position)) for name, pattern in patterns.items()]
    order = sorted(((-m.end(), n, name) for n, (name, m) in enumerate(matches) if m), key=lambda item: item[:2])
    by_name = dict(matches)
    for _, _, name in order:
        match = by_name[name]
        if match and (point := _point(name, match)) is not None:
            yield point if weekday is None and point.start == start else replace(point, start=start, weekday=weekday)
    if weekday is not None:
        yield from _points_plain(folded, start)


def _points_plain(folded: str, position: int) -> Iterator[Point]:
    """Readings where the word is a month after all: Welsh "Mawrth" is a Tuesday and March."""
    for name, pattern in _PATTERNS.items():
        match = pattern.match(folded, position)
        if match and (point := _point(name, match)) is not None:
            yield point


def _point(name: str, match: re.Match[str]) -> Point | None:
    groups = match.groupdict()
    year = groups.get("y") or groups.get("y4") or ""
    point = Point(match.start(), match.end(), year=year, day=int(groups.get("d") or 0), month=int(groups.get("m") or 0))
    if "word" in groups:
        if name == "words" and len(year) == 2 and _MONTH_NEXT.match(match.string, match.end()):
            return None
        return _worded(name, point, groups)
    if name == "season":
        term = "term" in groups["term"]
        doubt = "a school term is not the season of its name" if term else ""
        return replace(point, month=SEASONS[groups["season"]], doubt=doubt)
    if name == "decade":
        return replace(point, last_year=str(int(year) + 9))
    if name == "years":
        return _years(point, groups)
    if groups.get("d") == "0" or groups.get("d") == "00":
        return replace(point, day=32)
    return point if point.month or point.day or name == "year" else None


def _worded(name: str, point: Point, groups: dict[str, str]) -> Point | None:
    month, known = month_of(groups["word"])
    if known == "ambiguous" and point.day and point.year:
        return replace(point, month=13, doubt="the month's name can be read in two ways")
    if not month:
        return None
    doubt = ""
    if known == "misspelt" and len(groups["word"]) < 6 and not (point.day and point.year):
        doubt = "the month's name is misspelt"
    if name == "month year" and len(point.year) == 2 and int(point.year) <= 31 and groups["gap"].isspace():
        doubt = "could be a day of that month instead of a year"
    if groups["word"] == "hydref" and not point.day:
        doubt = "“hydref” is October and autumn"
    if name in _PARTIAL and known == "misspelt":
        return None
    return replace(point, month=month, doubt=doubt)


def _years(point: Point, groups: dict[str, str]) -> Point | None:
    """ "2022/23" is two years, "2022-03" a month; what may be either is said to be so."""
    first, second = int(point.year), groups["y2"]
    if len(second) == 4:
        return replace(point, last_year=second) if int(second) > first else None
    short = int(second)
    follows = short == (first + 1) % 100
    if not 1 <= short <= 12:
        return replace(point, last_year=second) if short > first % 100 or follows else None
    if follows:
        doubt = "could be a month instead of two years" if groups["mark"] == "-" else ""
        return replace(point, last_year=second, doubt=doubt)
    return replace(point, month=short, doubt="could be a range of years" if short > first % 100 else "")


def _listed(folded: str, position: int) -> tuple[Point, Point | None] | None:
    """One of several days with a common month or year: "12, 13 and 14 March 2024"."""
    for point in _points(folded, position):
        separator = _LIST.match(folded, point.end) if point.day else None
        if not separator:
            continue
        following = _expression_at(folded, separator.end()) if folded[separator.end() : separator.end() + 1] else None
        if following and following.first.year and following.first.day:
            return replace(point, month=point.month or following.first.month, year=following.first.year), None
    return None


def _yearless(folded: str, position: int) -> tuple[Point, Point | None] | None:
    """A day and month without a year; a bare figure or a decimal number is none."""
    for point in _points(folded, position):
        written = folded[point.start : point.end]
        if point.day and point.month and ("." not in written or any(char.isalpha() for char in written)):
            return replace(point, doubt="no year was written"), None
    return None

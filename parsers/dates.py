"""Dates as people write them in returns, read into EDTF (the field dictionary's convention).

Day first, always; never more precise than written. "Early February 2024" is in February for certain, so it is `2024-02`
without a mark; "circa" and "about" give `~`, a question mark or "probably" `?`, both `%`. A week is its first and its
last day.
Two-digit years up to 49 belong to this century, unless `latest` says that the date must lie in the past.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from parsers.clock_times import TimeReading, find_time, read_time
from parsers.date_grammar import Expression, Point, expressions
from parsers.date_words import MONTHS, NO_DATE, WEEKDAY_NAMES, fold, month_of

__all__ = ["DateReading", "TimeReading", "read_all", "read_date", "read_range", "read_time"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a date cell says. Every word of it is in `date_text`, `time_text` or `rest`."""

    value: str | None
    """The date in EDTF, None when there is none."""
    unsure: str = ""
    """"" or a plain reason why a person should look."""
    rest: str = ""
    time: str | None = None
    time_text: str = ""
    date_text: str = ""


_LONGEST = 2_000
_PLAIN = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2}|[A-Za-z]{3,9})[./ -]([0-9]{4}|[0-9]{2})")
_PART_OF_DAY = re.compile(
    r"(?:(?:in the|during the|the|late|early|mid|all)[ -]?)*(?:am|pm|a\.m\.?|p\.m\.?|morning|afternoon|evening|night|"
    r"lunch(?:time)?|tea(?:time)?|overnight|daytime|all day|dusk|dawn|after school|before school)"
)
_CHANGING = frozenset(
    ["not", "or", "either", "week", "weeks", "weekend", "fortnight", "month", "months", "later", "days"]
)
_QUESTION = re.compile(r"(?<=\d)\s*\?")  # of a time, which says so itself
_AROUND = " .,;:-'\"\n\r()[]?_/\\"
_EIGHT = re.compile(r"[0-3]\d[01]\d(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is known besides the words: the latest possible day, and the day of the row before."""

    latest: date | None = None
    after: date | None = None


@lru_cache(maxsize=4096)
def read_date(text: str, *, after: date | None = None, latest: date | None = None) -> DateReading:
    """The one date (or range) of a cell. Several dates give the first, and a reason to look.

    `latest` is a day that the date cannot lie after (birth dates). `after` is the date of the row before: a date
    written without its year is then placed in the first year that follows on, and is still unsure.
    """
    if len(text) > _LONGEST:
        return DateReading(None, "too long to be read as a date", text.strip())
    if latest is None and (quick := _PLAIN.fullmatch(text)) and (day := _plain_day(quick)):
        return DateReading(day.isoformat(), date_text=text)
    folded = fold(text)
    bare = folded.strip(_AROUND)
    if not bare or bare in NO_DATE:
        return DateReading(None, date_text=text.strip())
    if _EIGHT.fullmatch(bare):
        together = replace(read_date(f"{bare[:2]}/{bare[2:4]}/{bare[4:]}", latest=latest), date_text=text.strip())
        return replace(together, unsure=together.unsure or "eight figures in a row are read as day, month and year")
    found = expressions(folded)
    if not found:
        return _no_date(text, folded)
    value, unsure = _value(found[0], _Reader(latest, after))
    spans = [(found[0].start, found[0].end)]
    reading, time_spans = _time_beside(folded, found)
    rest = _words_outside(text, spans + time_spans)
    unsure = unsure or _doubt_of_rest(folded, found, rest)
    time_text = " ".join(text[start:end].strip(" ,\n") for start, end in time_spans)
    if reading is not None and reading.unsure and not unsure:
        unsure = f"time: {reading.unsure}"
    time = reading.value if reading else None
    if reading is None and _PART_OF_DAY.fullmatch(fold(rest)):
        rest, time_text = "", rest
    return DateReading(value, unsure, rest, time, time_text, text[found[0].start : found[0].end].strip(" ,;:\n"))


def read_all(text: str, *, latest: date | None = None) -> list[DateReading]:
    """Every date in the words, in their order; words and times between them are not reported here."""
    readings = []
    for expression in expressions(fold(text[:_LONGEST])):
        value, unsure = _value(expression, _Reader(latest))
        written = text[expression.start : expression.end].strip(" ,;:\n")
        readings.append(DateReading(value, unsure, date_text=written))
    return readings


def read_range(text: str, *, latest: date | None = None) -> DateReading:
    """A period: "1 April 2021 to 10 November 2024", "since March 2021" (open), or two dates side by side."""
    reading = read_date(text, latest=latest)
    if reading.value and "/" in reading.value:
        return reading
    found = read_all(text, latest=latest)
    if len(found) == 2 and all(one.value and "/" not in one.value for one in found):
        first, last = found
        return _two_ends(text, first, last)
    if reading.value and not reading.unsure and len(reading.value) == 10:
        return replace(reading, unsure="one day stands where a period is asked")
    return reading


def _plain_day(match: re.Match[str]) -> date | None:
    """The day of the plainest spellings, as the grammar would read it; most cells of a chronology are these."""
    if " " in match[0] and match[2].isdigit():
        return None
    day, written, year = int(match[1]), match[2], _full_year(match[3], None)
    month = int(written) if written.isdigit() else MONTHS.get(written.lower(), 0)
    if not (1850 <= year <= 2149 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _two_ends(text: str, first: DateReading, last: DateReading) -> DateReading:
    start = text.index(first.date_text)
    end = text.index(last.date_text, start + len(first.date_text)) + len(last.date_text)
    between = text[start + len(first.date_text) : end - len(last.date_text)]
    unsure = first.unsure or last.unsure
    joined = not any(char.isalnum() for char in between) or fold(between).strip(" ,;:\n(-") in (
        "to",
        "end",
        "until",
        "and",
    )
    if not unsure and str(first.value)[:10] > str(last.value)[:10]:
        unsure = "the second date lies before the first"
    rest = _words_outside(text, [(start, end)])
    if not unsure and not joined:
        unsure = "two dates with other words between them"
    return DateReading(f"{first.value}/{last.value}", unsure, rest, date_text=text[start:end])


def _no_date(text: str, folded: str) -> DateReading:
    reading, spans = find_time(folded, 0, len(folded))
    if reading is not None and reading.value and (":" in folded or "m" in folded or "h" in folded):
        rest = _words_outside(text, spans)
        written = text[spans[0][0] : spans[0][1]].strip()
        return DateReading(None, "only a time was written", rest, reading.value, written)
    figures = any(char.isdigit() for char in folded)
    if not figures and any(month_of(word)[1] == "exact" and word != "may" for word in re.findall(r"[^\W\d_]+", folded)):
        return DateReading(None, "no year was written", text.strip())
    return DateReading(None, "no date could be read from this" if figures else "", text.strip())


def _time_beside(folded: str, found: list[Expression]) -> tuple[TimeReading | None, list[tuple[int, int]]]:
    """The time in the words that belong to no date."""
    edges = [0, *[edge for one in found for edge in (one.start, one.end)], len(folded)]
    for start, end in zip(edges[2::2], edges[3::2], strict=True):
        reading, spans = find_time(folded, start, end)
        if reading is not None:
            return reading, spans
    return find_time(folded, edges[0], edges[1])


def _words_outside(text: str, spans: list[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in sorted(spans):
        kept.append(text[position:start])
        position = end
    kept.append(text[position:])
    pieces = [piece.strip(" ,;:@\n\t\u00a0–—-.") for piece in kept]
    return " ".join(piece for piece in pieces if any(char.isalnum() for char in piece))


def _doubt_of_rest(folded: str, found: list[Expression], rest: str) -> str:
    if len(found) > 1:
        return "several dates in one place"
    end = found[0].end
    if folded[end : end + 2].strip(" ./-:,")[:1].isdigit() and folded[end : end + 1] in tuple("./-:"):
        return "more figures than one date"
    stray = folded[max(0, found[0].start - 2) : found[0].start]
    if stray[-1:] in ("/", "-", ".") and stray[:1].isdigit():
        return "more figures than one date"
    marks = _QUESTION.sub("", folded[: found[0].start] + folded[found[0].end :]) if "?" in folded else ""
    if "?" in marks and not found[0].marks & {"doubt", "both"}:
        return "a question mark stands beside the date"
    if rest.isdigit() or (not found[0].first.day and any(char.isdigit() for char in rest)):
        return "figures beside the date are not read"
    return "the words beside the date may change it" if _negated(rest) else ""


def _negated(rest: str) -> bool:
    words = set(fold(rest).replace(",", " ").split())
    return bool(words & _CHANGING)


def _value(expression: Expression, reader: _Reader) -> tuple[str | None, str]:
    first, doubt = _with_year(expression, reader)
    if doubt and not first.year:
        return None, doubt
    parts, doubts = [], [doubt]
    ends = [first] if expression.last is None else [first, _borrowed(expression.last, first)]
    for point in ends:
        value, problem = _point_value(point, reader)
        if value is None:
            return None, problem
        parts.append(value)
        doubts.append(problem)
    if len(ends) == 2 and ends[1].marks & {"week", "week_end"}:
        doubts.append("the period ends with a week")
    value, problem = _joined(parts, ends, expression)
    doubts.append(problem)
    return value, next((one for one in doubts if one), "")


def _with_year(expression: Expression, reader: _Reader) -> tuple[Point, str]:
    """The first date with the parts it leaves to the second ("12-14/03/24"), or the year of the row before."""
    first, last = expression.first, expression.last
    if first.year:
        return first, ""
    if last is not None:
        month = first.month or last.month
        year = last.year
        wraps = first.month and (first.month, first.day) > (last.month, last.day)
        if wraps and 1 <= last.month <= 12 and year.isdigit():
            year = str(_full_year(last.year, reader.latest) - 1)
        return replace(first, month=month, year=year), ""
    if reader.after is None:
        return first, first.doubt or "no year was written"
    for year_number in range(reader.after.year, min(reader.after.year + 5, 9999)):
        if _exists(year_number, first) and date(year_number, first.month, first.day) >= reader.after:
            return replace(first, year=str(year_number)), "no year was written; it is taken from the row above"
    return first, "no year was written"


def _borrowed(last: Point, first: Point) -> Point:
    """The second date with the month and year it leaves to the first ("1 March 2024 to 5th")."""
    return replace(last, month=last.month or first.month, year=last.year or first.year)


def _exists(year: int, point: Point) -> bool:
    return 1 <= point.month <= 12 and 1 <= point.day <= monthrange(year, point.month)[1]


def _full_year(written: str, latest: date | None) -> int:
    year = int(written)
    if len(written) != 2:
        return year
    year += 2000 if year <= 49 else 1900
    return year - 100 if latest is not None and year > latest.year else year


def _point_value(point: Point, reader: _Reader) -> tuple[str | None, str]:
    year = _full_year(point.year, reader.latest)
    if not 1850 <= year <= 2149:
        return None, f"the year {year} cannot be right"
    if point.last_year:
        last = int(point.last_year) if len(point.last_year) == 4 else year // 100 * 100 + int(point.last_year)
        return f"{year}/{last if last >= year else last + 100}", point.doubt
    if not point.month:
        return f"{year}", point.doubt
    if (point.day and point.month > 12) or not (1 <= point.month <= 12 or 21 <= point.month <= 24):
        return None, point.doubt or f"there is no month {point.month}; dates are read day first"
    if not point.day:
        return f"{year}-{point.month:02d}", point.doubt
    if not _exists(year, point):
        return None, "there is no such day in that month"
    day = date(year, point.month, point.day)
    if reader.latest is not None and len(point.year) == 2 and day > reader.latest:
        day = day.replace(year=year - 100) if _exists(year - 100, point) else day
    if point.weekday is not None and point.weekday != day.weekday():
        return day.isoformat(), f"{day.isoformat()} was a {WEEKDAY_NAMES[day.weekday()]}, another weekday is written"
    return day.isoformat(), point.doubt


_MARKS = {(True, False): "?", (False, True): "~", (True, True): "%", (False, False): ""}


def _mark(marks: frozenset[str]) -> str:
    return _MARKS["doubt" in marks or "both" in marks, "near" in marks or "both" in marks]


def _joined(parts: list[str], ends: list[Point], expression: Expression) -> tuple[str | None, str]:
    marks = expression.marks
    if "week" in marks or "week_end" in marks:
        return _week(parts, marks)
    mark = _mark(marks)
    bounds = [bound for part in parts for bound in part.split("/")]
    own = [_mark(marks | point.marks) if point is ends[-1] and len(ends) == 2 else mark for point in ends]
    if len(bounds) > 2:
        bounds, own = [bounds[0], bounds[-1]], [mark, mark]
    if len(bounds) == 1:
        return _open(f"{bounds[0]}{mark}", marks)
    own = own if len(own) == 2 else [mark, mark]
    unsure = "the second date lies before the first" if _backwards(*bounds) else ""
    if bounds[0] == bounds[1]:
        return f"{bounds[0]}{own[0]}", unsure
    return f"{bounds[0]}{own[0]}/{bounds[1]}{own[1]}", unsure


def _backwards(first: str, last: str) -> bool:
    grain = min(len(first), len(last))
    return first[:grain] > last[:grain]


def _open(value: str, marks: frozenset[str]) -> tuple[str, str]:
    """An end left open by a word: "since March 2021"; "before" and "after" leave the day itself unsaid."""
    if "open" in marks:
        return f"{value}/..", ""
    if "until" in marks:
        return f"../{value}", ""
    if "before" in marks:
        return f"../{value}", "“before” leaves the date itself open"
    if "after" in marks:
        return f"{value}/..", "“after” leaves the date itself open"
    return value, ""


def _week(parts: list[str], marks: frozenset[str]) -> tuple[str | None, str]:
    """The Monday to Sunday of "w/c"; a week that starts on another day is taken as written and shown to a person."""
    if len(parts) > 1 or len(parts[0]) != 10:
        return "/".join(parts)[:21], "a week is named, but not by one day"
    day, mark = date.fromisoformat(parts[0]), _mark(marks)
    if "week_end" in marks:
        start, sound = day - timedelta(days=6), day.weekday() == 6
    else:
        start, sound = day, day.weekday() == 0
    end = start + timedelta(days=6)
    unsure = "" if sound else f"a week is named by a {WEEKDAY_NAMES[day.weekday()]}"
    return f"{start.isoformat()}{mark}/{end.isoformat()}{mark}", unsure

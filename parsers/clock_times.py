"""Times of day as people write them in forms: 1430hrs, 2.30pm, 14:30 hrs, 0950, "2pm – 4pm", noon, overnight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from parsers.date_words import fold


@dataclass(frozen=True, slots=True)
class TimeReading:
    """What a time cell says. `unsure` is "" or a plain reason why a person should look."""

    value: str | None
    unsure: str = ""
    rest: str = ""
    """The words that are no part of the time (all of them when there is none)."""
    text: str = ""
    """The words of the time as typed."""


@dataclass(frozen=True, slots=True)
class _Clock:
    hour: int
    minute: int
    half: str
    """am, pm or "" when neither is written."""
    military: bool
    """Written so that it can only be a 24-hour time (0950, 1430hrs, 09:50)."""


_CLOCK = (
    r"(?:(?:12\s?)?(?P<word>noon|mid-?day|midnight)\b"
    r"|(?P<h>\d{1,2})\s?[:.;h]\s?(?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:\.0+)?)?(?!\d)(?:z\b)?"
    r"|(?P<run>\d{3,4})(?![\d/])"
    r"|(?P<two>\d{1,2})(?![\d/])(?:\s*(?P<clock>o'?\s?clock)\b)?)"
    r"\s*(?:(?P<half>[ap](?:\.\s?m\.?|\s?m)(?![^\W\d_])|in the (?:morning|afternoon|evening)\b)"
    r"|(?P<hours>hrs?|hours?|h)\b\.?)?"
)
_GROUP = re.compile(r"\(\?P<(\w+)>")


def _named(suffix: str) -> str:
    return _GROUP.sub(lambda match: f"(?P<{match[1]}{suffix}>", _CLOCK)


_LEAD = r"(?P<lead>(?:(?:at|from|between|about|around|approx(?:imately)?|circa|ca?|by)\b\.?\s*|t(?=\d)|[~?@]\s*)*)"
_TIME = re.compile(
    rf"(?:(?<![\d/.:\-])(?<![^\W_])|(?=t\d)){_LEAD}{_named('1')}(?:\s*(?P<join>-+|to|until|till|and|/)\s*{_named('2')})?(?P<query>\s*\(?\?+\)?)?"
)
_NO_CLOCK = _Clock(-1, 0, "", True)
"""The 00:00:00 that a database export puts beside a date without a time."""
_NOT_SAID = "morning or afternoon is not said"


@lru_cache(maxsize=2048)
def read_time(text: str) -> TimeReading:
    """The time or range of times in a cell. Words alone ("am", "overnight") are no time, and no doubt either."""
    folded = fold(text)
    reading, spans = find_time(folded, 0, len(folded))
    if reading is None:
        figures = any(char.isdigit() for char in folded)
        return TimeReading(None, "no time could be read from this" if figures else "", text.strip())
    rest = _without(text, spans)
    unsure = reading.unsure or ("more figures than one time" if any(char.isdigit() for char in rest) else "")
    return TimeReading(reading.value, unsure, rest, text[spans[0][0] : spans[0][1]].strip())


def find_time(folded: str, start: int, end: int) -> tuple[TimeReading | None, list[tuple[int, int]]]:
    """The first time in a stretch of folded text and where it stands; None when there is none."""
    for match in _TIME.finditer(folded, start, end):
        first, second = _clocks(match)
        if first is None:
            continue
        value, unsure = _value(first, second)
        return TimeReading(value, unsure or _doubt(match, second)), [match.span()]
    return None, []


def _doubt(match: re.Match[str], second: _Clock | None) -> str:
    if "?" in match["lead"] or match["query"]:
        return "a question mark stands beside the time"
    if match["join"] and second is None:
        return "more figures than one time"
    return "two times are written" if match["join"] == "and" and "between" not in match["lead"] else ""


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in spans:
        kept.append(text[position:start])
        position = end
    kept.append(text[position:])
    return " ".join(part for part in (piece.strip(" ,;()-–\n\t") for piece in kept) if part)


def _clocks(match: re.Match[str]) -> tuple[_Clock | None, _Clock | None]:
    groups = match.groupdict()
    if groups["s1"] == "00" and groups["m1"] == "00" and int(groups["h1"]) == 0:
        return _NO_CLOCK, None
    second = _clock({key[:-1]: value for key, value in groups.items() if key.endswith("2")}, lone=True)
    first = _clock({key[:-1]: value for key, value in groups.items() if key.endswith("1")}, lone=second is None)
    return first, second


def _clock(parts: dict[str, str | None], *, lone: bool) -> _Clock | None:
    """A bare hour counts only as the start of a range ("2-4pm"); three figures only with their "hrs" or "pm"."""
    if parts["word"]:
        return _Clock(0 if parts["word"] == "midnight" else 12, 0, "", True)
    half, hours, run = _half(parts["half"] or ""), parts["hours"], parts["run"]
    if run:
        return _Clock(int(run[:-2]), int(run[-2:]), half, True) if len(run) == 4 or half or hours else None
    if parts["h"]:
        military = bool(hours) or parts["h"].startswith("0") or parts["s"] is not None
        return _Clock(int(parts["h"]), int(str(parts["m"])), half, military)
    if half or parts["clock"] or not lone:
        return _Clock(int(str(parts["two"])), 0, half, False) if parts["two"] else None
    return None


def _half(written: str) -> str:
    if written.startswith("in"):
        return "am" if "morning" in written else "pm"
    return f"{written[0]}m" if written else ""


def _value(first: _Clock, second: _Clock | None) -> tuple[str | None, str]:
    if first is _NO_CLOCK:
        return None, ""
    one, doubt = _minutes(first)
    if second is None:
        return (None, doubt) if one is None else (_shown(one), doubt)
    two, doubt_two = _minutes(second)
    if one is None or two is None:
        return None, doubt or doubt_two
    if second.half and not first.half and not first.military and first.hour <= 12:
        one, doubt = _carried(first, second.half, two), ""
    if doubt == _NOT_SAID and doubt_two == "" and two > one:
        doubt = _NOT_SAID
    return f"{_shown(one)}/{_shown(two)}", doubt or doubt_two


def _carried(first: _Clock, half: str, two: int) -> int:
    """ "2-4pm" is in the afternoon; "11-1pm" and "9-5pm" start in the morning."""
    same = (first.hour % 12 + (12 if half == "pm" else 0)) * 60 + first.minute
    return same if same < two else (same - 720) % 1440


def _minutes(clock: _Clock) -> tuple[int | None, str]:
    if clock.hour == 24 and clock.minute == 0:
        return 0, "24:00 is the end of a day"
    if clock.hour > 23 or clock.minute > 59:
        return None, "there is no such time"
    if not clock.half:
        unsaid = not clock.military and 1 <= clock.hour <= 6
        return clock.hour * 60 + clock.minute, _NOT_SAID if unsaid else ""
    if clock.hour > 12:
        contradiction = "am stands beside an afternoon time" if clock.half == "am" else ""
        return clock.hour * 60 + clock.minute, contradiction
    return (clock.hour % 12 + (12 if clock.half == "pm" else 0)) * 60 + clock.minute, ""


def _shown(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

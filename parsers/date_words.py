"""Words and marks of dates as people write them: months, weekdays, seasons, doubt, nearness, weeks."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

_LATE = ("september", "october", "november", "december")
_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", *_LATE)
_WELSH = (
    "ionawr",
    "chwefror",
    "mawrth",
    "ebrill",
    "mai",
    "mehefin",
    "gorffennaf",
    "awst",
    "medi",
    "hydref",
    "tachwedd",
    "rhagfyr",
)
_WELSH_MUTATED = {"ionor": 1, "fawrth": 3, "fai": 5, "fehefin": 6, "orffennaf": 7, "fedi": 9, "dachwedd": 11}
_WELSH_MUTATED["ragfyr"] = 12
_SHORT = {"sept": 9, "sepr": 9, "jly": 7, "jne": 6, "chwef": 2, "rhag": 12, "tach": 11, "gorff": 7}

MONTHS: dict[str, int] = {
    **{name: number for number, name in enumerate(_ENGLISH, 1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH, 1)},
    **{name: number for number, name in enumerate(_WELSH, 1)},
    **_WELSH_MUTATED,
    **_SHORT,
}

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24, "gwanwyn": 21, "haf": 22, "gaeaf": 24}

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WELSH_DAYS = ("llun", "mawrth", "mercher", "iau", "gwener", "sadwrn", "sul")
WEEKDAY_NAMES = tuple(name.capitalize() for name in _DAYS)
WEEKDAYS: dict[str, int] = {
    **{name: number for number, name in enumerate(_DAYS)},
    **{name[:3]: number for number, name in enumerate(_DAYS)},
    **{"tues": 1, "weds": 2, "thur": 3, "thurs": 3},
    **{f"dydd {name}": n for n, name in enumerate(_WELSH_DAYS)},
}

NO_DATE = frozenset(
    """
    undated|n/k|nk|not known|unknown|date unknown|date not known|no date|not dated|not recorded|unrecorded|tbc|tba|tbd
    to be confirmed|to be agreed|to be arranged|n/a|na|n.a|not applicable|none|nil|ongoing|on-going|on going|continuing
    continuous|various|unclear|ditto|do|as above|see above|same|asap|immediate|immediately|complete|completed
    not yet|pending|outstanding|dim dyddiad|anhysbys""".replace("\n", "|").split("|")
)
NO_DATE = frozenset(word.strip() for word in NO_DATE)

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\u200b", " "),
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4`\u2032", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
        "\u2044": "/",
        "\u2215": "/",
        "\uff1f": "?",
        "\u223c": "~",
        **dict(zip("ʳᵈˢᵗⁿʰ", "rdstnh", strict=True)),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    }
)


def fold(text: str) -> str:
    """Lower case with plain quotes, dashes and spaces, each character still where it was."""
    plain = text.translate(_FOLDED)
    lowered = plain.lower()
    if len(lowered) == len(plain):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)


@lru_cache(maxsize=4096)
def month_of(word: str) -> tuple[int, str]:
    """The month a word names (0 for none), and how it was known: "exact", "misspelt" or "ambiguous".

    A misspelling is one slip in a short name, two in a long one; "ambiguous" is a slip from two months ("juny").
    """
    if word in MONTHS:
        return MONTHS[word], "exact"
    if len(word) < 4:
        return 0, ""
    begun = {number for number, name in enumerate(_ENGLISH, 1) if name.startswith(word)}
    if len(begun) == 1:
        return begun.pop(), "exact"
    near = {n for name, n in MONTHS.items() if len(name) >= 4 and _slips(word, name) <= (1 if len(name) < 7 else 2)}
    if not near:
        return 0, ""
    return (near.pop(), "misspelt") if len(near) == 1 else (0, "ambiguous")


def _slips(word: str, name: str) -> int:
    return OSA.distance(word, name, score_cutoff=2)


# Marks before and after a date. Each is tried at the start of a word; the keys are what the grammar acts upon.
LEADS = {
    "week": r"(?:w\s?/\s?c|w\.?c\.?|w\s?/\s?b|w\.?b\.?"
    r"|(?:week|wk)[\s-]?(?:commencing|comm?\.?|beginning|beg\.?|starting|of|from))(?![^\W\d_])",
    "week_end": r"(?:w\s?/\s?e(?:nding)?|week[\s-]?ending|wk[\s-]?ending)(?![^\W\d_])",
    "both": r"\?\s?~|~\s?\?",
    "doubt": r"\(\?\)|\?+|(?:probably|possibly|maybe|perhaps|presumably|likely|(?:thought|believed) to be"
    r"|unsure|uncertain|poss|prob)\b\.?",
    "near": r"~|(?:on or (?:around|about)|circa|approx(?:imately)?|about|abt|around|roughly|estimated|est|tua)\b\.?"
    r"|ca?\.|ca?(?=\s?\d)|c(?=\s?(?:early|mid|late)\b)",
    "part": r"(?:early|mid|middle|late|(?:the\s)?(?:start|beginning|middle|end)(?:\s(?:of|in))?)\b",
    "before": r"(?:before|prior to)\b",
    "after": r"(?:after|following)\b",
    "until": r"(?:until|till|up to)\b",
    "open": r"(?:since|from)\b",
    "between": r"between\b",
    "plain": r"(?:no later than|due by|due|by|on|in|during|the|dated?|at|of"
    r"|(?:financial|academic|school) year|year|fy)\b",
}
LEAD = re.compile("(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in LEADS.items()) + r")[\s:\-]*")

_TRAIL_END = r"(?=\s*(?:$|[)\],;\n.]))"
TRAILS = {
    "open": r"\s*-?\s*onwards?\b|\s*\+(?!\d)|\s*(?:-+|to|until|till)\s*(?:(?:the\s)?present(?:\sday)?|date|now|current"
    r"|today|on-?going|on going)\b",
    "doubt": r"\s*(?:\(\s*\?+\s*\)|\?+)"
    r"|\s*\(?\s*(?:probably|possibly|tbc|unconfirmed|not confirmed|uncertain|unsure|poss)\b\.?" + _TRAIL_END + r"\)?",
    "near": r"\s*~|\s*\(?\s*(?:approx(?:imately)?|circa|estimated|est|or thereabouts|or so|roughly)\b\.?"
    + _TRAIL_END + r"\)?",
}  # fmt: skip
TRAIL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in TRAILS.items()))

_ANY_DAY = "|".join(sorted((re.escape(name) for name in WEEKDAYS), key=len, reverse=True))
_LONG_DAY = "|".join(name for name in WEEKDAYS if len(name) > 5)
DAY_BEFORE = re.compile(rf"(?P<weekday>{_ANY_DAY})\b\.?[\s,\-(]*(?:(?:the|y)\s)?\)?\s*")
DAY_AFTER = re.compile(rf"[\s,]*\(?(?P<weekday>(?:{_LONG_DAY})|(?:{_ANY_DAY})(?=\.?\s*(?:$|[),;])))\b\.?\)?")

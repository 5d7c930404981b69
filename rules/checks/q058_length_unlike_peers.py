"""The account of involvement is far shorter or far longer than those of the other agencies of the case.

Compared with the middle one of at least three others: under a quarter or over four times as many words.

Source: Plymouth's rapid review process (a succinct report is wanted).
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading
from rules.scope import SUMMARY
from rules.wording import count_words, field_words

CODE = "Q058"
TITLE = "Account much shorter or longer than others"
SEVERITY = Severity.INFORMATION
APPLIES = (SUMMARY,)
AUDIENCE = "office"

_FIELD = "summary_of_involvement"
_FEWEST = 3
_TIMES = 4


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding when the length stands out."""
    own = len(Reading.of(checkable).text(_FIELD).split())
    lengths = sorted(
        len(str(other.record[_FIELD]).split())
        for other in checkable.others
        if other.form == SUMMARY and not other.same_agency and other.record.get(_FIELD)
    )
    if not own or len(lengths) < _FEWEST:
        return
    middle = lengths[len(lengths) // 2]
    if own * _TIMES < middle or own > middle * _TIMES:
        how = "shorter" if own < middle else "longer"
        yield Found(
            _FIELD,
            f"{field_words(checkable, _FIELD)} has {count_words(own, 'word')}, much {how} "
            f"than the other agencies' ({middle}).",
            "Look whether something is missing, or whether a shorter text would serve the meeting better.",
        )


_OTHERS = tuple(OtherReturn(SUMMARY, f"agency{n}", 1, {_FIELD: "word " * 100}) for n in range(3))
PASS = (
    Example(form=SUMMARY, record={_FIELD: "word " * 60}, around={"others": _OTHERS}),
    Example(form=SUMMARY, record={_FIELD: "Two visits."}, around={"others": _OTHERS[:2]}),
)
FAIL = (
    Example(form=SUMMARY, record={_FIELD: "Two visits."}, around={"others": _OTHERS}),
    Example(form=SUMMARY, record={_FIELD: "word " * 500}, around={"others": _OTHERS}),
)

"""The summary and the chronology of one agency disagree about when it was involved.

A nil summary beside a chronology with rows, a period of involvement without any row, or rows that lie before or after
the whole period.

Source: inferred: one of the two is incomplete.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.reading import Reading, bounds_of
from rules.scope import CHRONOLOGY, SUMMARY
from rules.wording import count_words

CODE = "Q091"
TITLE = "Summary and chronology disagree on involvement"
SEVERITY = Severity.WARNING
APPLIES = (SUMMARY, CHRONOLOGY)
AUDIENCE = "agency"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for the first contradiction with the newest other form of the same agency."""
    wanted = CHRONOLOGY if checkable.form == SUMMARY else SUMMARY
    partners = [other for other in checkable.others if other.same_agency and other.form == wanted]
    if not partners:
        return
    partner = max(partners, key=lambda item: item.version).record
    summary, chronology = (checkable.record, partner) if checkable.form == SUMMARY else (partner, checkable.record)
    reading = Reading.of(checkable)
    field = "period_of_involvement" if checkable.form == SUMMARY else "events"
    if reading.doubted(field) or reading.doubted("has_involvement"):
        return
    words = _contradiction(summary, chronology)
    if words:
        yield Found(field, words, "Check both forms, and correct or complete the one that is wrong.")


def _contradiction(summary: dict[str, object], chronology: dict[str, object]) -> str:
    rows = chronology.get("events") or ()
    days = [limits for row in rows if (limits := bounds_of(row.get("date")))] if isinstance(rows, (list, tuple)) else []
    if summary.get("has_involvement") == "no" and days:
        return "Your summary is a nil return, but your chronology has entries."
    period = bounds_of(summary.get("period_of_involvement"))
    if not days or period is None or period[0] > period[1]:
        return ""
    if all(last < period[0] or first > period[1] for first, last in days):
        return "Your chronology has no entry in the period of involvement that your summary gives."
    outside = sum(last < period[0] or first > period[1] for first, last in days)
    if outside:
        return (
            f"Your chronology has {count_words(outside, 'entry', 'entries')} outside the period of involvement "
            "that your summary gives."
        )
    return ""


_CHRONOLOGY = OtherReturn(
    CHRONOLOGY, "police", 1, {"events": [{"date": "2022-03-01"}, {"date": "2024-02"}]}, same_agency=True
)
PASS = (
    Example(
        form=SUMMARY,
        record={"has_involvement": "yes", "period_of_involvement": "2022/2024-04-01"},
        around={"others": (_CHRONOLOGY,)},
    ),
    Example(form=SUMMARY, record={"has_involvement": "no", "period_of_involvement": None}),
)
FAIL = (
    Example(
        form=SUMMARY, record={"has_involvement": "no", "period_of_involvement": None}, around={"others": (_CHRONOLOGY,)}
    ),
    Example(
        form=SUMMARY,
        record={"has_involvement": "yes", "period_of_involvement": "2023/2024"},
        around={"others": (_CHRONOLOGY,)},
    ),
    Example(
        form=CHRONOLOGY,
        record={"events": [{"date": "2019-01-01"}]},
        around={
            "others": (
                OtherReturn(
                    SUMMARY,
                    "police",
                    1,
                    {"has_involvement": "yes", "period_of_involvement": "2022/2024"},
                    same_agency=True,
                ),
            )
        },
    ),
)

"""A rule that fires on a clean return is wrong: all rules on the expected readings of the shared returns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from records.checking import Checkable
from records.edtf import bounds
from records.results import Finding, ReadReturn, Severity
from rules.engine import check_return

RETURNS = Path(__file__).parents[3] / "shared" / "returns"
pytestmark = pytest.mark.skipif(not RETURNS.is_dir(), reason="the shared returns are not on this machine")

WARRANTED = {
    # A practice with eight rows: the first comes thirteen months after the period begins, and no row says whether the
    # child was seen. Both would be asked of a real agency.
    ("b_chronology_04.docx", "Q076"),
    ("b_chronology_04.docx", "Q087"),
    # Six working days from incident to referral, and no notification to the panel is spoken of.
    ("b_referral_03.docx", "Q041"),
}
DATES = ("date_completed", "date_of_referral", "verification_date", "date_of_plan")
NEEDED_ASKS = {
    # What the messy files lack by design or by their filler, looked at one by one.
    ("a_referral_10.docx", "Q031"),
    ("a_summary_06.docx", "Q031"),
    ("b_referral_08.docx", "Q031"),
    ("a_summary_11.doc", "Q029"),
    ("b_chronology_05.docx", "Q077"),
}


def returns(*, clean: bool) -> Iterator[tuple[str, Checkable]]:
    """Each expected reading as a return that came on the day of its last signature."""
    for path in sorted(RETURNS.glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        for item in truth.get("returns") or [truth]:
            if clean == (not truth["mess"]):
                returned = ReadReturn(form=item["form"], form_confidence=1.0, record=item["record"])
                extra = {"not_asked": frozenset(item.get("unanswerable") or ())}
                yield truth["file"], Checkable(returned=returned, received_on=last_day(item["record"]), extra=extra)


def last_day(record: dict[str, Any]) -> date:
    """The day on which the form can have come at the earliest."""
    written = [record.get(name) for name in DATES]
    written += [(record.get(block) or {}).get("date") for block in ("quality_assurance", "signature", "chair_sign_off")]
    written += [action.get("completion_date") for action in record.get("actions") or ()]
    return max(bounds(day)[1] for day in written if day)


def worth_asking(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.INFORMATION]


def test_clean_returns_give_no_error_and_only_warranted_warnings() -> None:
    """Every warning on a clean return has been looked at, and stands in the list with its reason."""
    fired = set()
    for file, checkable in returns(clean=True):
        for finding in worth_asking(check_return(checkable)):
            assert finding.severity is not Severity.ERROR, (file, finding.rule, finding.field)
            fired.add((file, finding.rule))

    assert fired == WARRANTED


def test_messy_returns_give_only_the_errors_that_their_filling_warrants() -> None:
    """How a form was filled in (ticks, strikes, split tables) is no error of content."""
    fired = {
        (file, finding.rule)
        for file, checkable in returns(clean=False)
        for finding in check_return(checkable)
        if finding.severity is Severity.ERROR
    }

    assert fired == NEEDED_ASKS


def test_no_finding_on_a_shared_return_names_anybody(
    assert_names_nobody: Callable[[str, Checkable], None],
) -> None:
    """The same canary on eighty full records."""
    for clean in (True, False):
        for _, checkable in returns(clean=clean):
            for finding in check_return(checkable):
                assert_names_nobody(f"{finding.message} {finding.remedy}", checkable)

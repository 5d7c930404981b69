"""A newer version of a return differs from the version before it.

Late additions are invited ("information can be submitted at a later stage"), so the changes are listed for the
coordinator to see what moved; the earlier version is kept.

Source: Teeswide adults' referral form.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.scope import CHRONOLOGY, EVERY_FORM, SUMMARY
from rules.wording import label, listed

CODE = "Q012"
TITLE = "Newer version differs from the one before"
SEVERITY = Severity.WARNING
APPLIES = EVERY_FORM
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding that names the parts that differ."""
    before = [other for other in checkable.others if other.same_agency and other.form == checkable.form]
    if not before:
        return
    latest = max(before, key=lambda item: item.version)
    changed = [
        name for name in checkable.record if name in latest.record and checkable.record[name] != latest.record[name]
    ]
    if changed:
        names = listed(f"“{label(checkable, name)}”" for name in changed)
        yield Found(
            "",
            f"This differs from version {latest.version} in {names}.",
            "Look at the changes before the new version goes into the pack.",
        )


_BEFORE = OtherReturn(
    SUMMARY, "police", 1, {"agency": "Fictional Police", "background": "Known since 2016."}, same_agency=True
)
PASS = (
    Example(form=SUMMARY, record={"background": "Known since 2016."}, around={"others": (_BEFORE,)}),
    Example(form=CHRONOLOGY, record={"agency": "Another"}, around={"others": (_BEFORE,)}),
)
FAIL = (
    Example(form=SUMMARY, record={"background": "Known since 2014."}, around={"others": (_BEFORE,)}),
    Example(form=SUMMARY, record={"agency": None, "background": "Known since 2016."}, around={"others": (_BEFORE,)}),
)

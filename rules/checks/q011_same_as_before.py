"""The return says the same as an earlier one from the same agency.

Source: the National Child Mortality Database's reasons for finding double notifications.
"""

from __future__ import annotations

from collections.abc import Iterator

from records.checking import Checkable, Found, OtherReturn
from records.results import Severity
from rules.examples import Example
from rules.scope import EVERY_FORM, SUMMARY
from rules.wording import title_of

CODE = "Q011"
TITLE = "Same content as an earlier return"
SEVERITY = Severity.INFORMATION
APPLIES = EVERY_FORM
AUDIENCE = "office"


def check(checkable: Checkable) -> Iterator[Found]:
    """One finding for the earliest version that is alike."""
    for other in sorted(checkable.others, key=lambda item: item.version):
        if other.same_agency and other.form == checkable.form and other.record == checkable.record:
            yield Found(
                "",
                f"The {title_of(checkable.form)} says the same as version {other.version} from this agency.",
                "Nothing needs to be done; it can be set aside as a second copy.",
            )
            return


_RECORD = {"agency": "Fictional Police", "background": "Known since 2016."}
PASS = (
    Example(form=SUMMARY, record=_RECORD),
    Example(
        form=SUMMARY,
        record=_RECORD,
        around={
            "others": (OtherReturn(SUMMARY, "police", 1, {**_RECORD, "background": "Not known."}, same_agency=True),)
        },
    ),
)
FAIL = (
    Example(
        form=SUMMARY,
        record=_RECORD,
        around={"others": (OtherReturn(SUMMARY, "police", 1, dict(_RECORD), same_agency=True),)},
    ),
    Example(form=SUMMARY, record={}, around={"others": (OtherReturn(SUMMARY, "police", 2, {}, same_agency=True),)}),
)

"""The review action plan."""

from __future__ import annotations

from typing import Annotated

from records.fields import Ask, Kind, Record
from records.values import Edtf

STATUSES = ("red", "amber", "green", "blue")


class PlannedAction(Record):
    """One action of the plan.

    With several target dates `target_date` is the latest; all stay in `target_date_as_written`.
    """

    number: Annotated[str | None, Ask(Kind.NUMBER, "No.")] = None
    recommendation: Annotated[str | None, Ask(Kind.LONG_TEXT, "Recommendation", needed=True)] = None
    scope: Annotated[str | None, Ask(Kind.TEXT, "Scope")] = None
    action: Annotated[str | None, Ask(Kind.LONG_TEXT, "Action", needed=True)] = None
    lead: Annotated[str | None, Ask(Kind.TEXT, "Lead", needed=True)] = None
    milestones: Annotated[str | None, Ask(Kind.LONG_TEXT, "Milestones")] = None
    target_date: Annotated[Edtf | None, Ask(Kind.DATE, "Target date", needed=True)] = None
    target_date_as_written: Annotated[str | None, Ask(Kind.TEXT, "Target date as written")] = None
    status: Annotated[str | None, Ask(Kind.CHOICE, "Status", codes=STATUSES)] = None
    progress: Annotated[str | None, Ask(Kind.LONG_TEXT, "Progress")] = None
    evidence: Annotated[str | None, Ask(Kind.LONG_TEXT, "Evidence")] = None
    completion_date: Annotated[Edtf | None, Ask(Kind.DATE, "Date of completion")] = None
    impact: Annotated[str | None, Ask(Kind.LONG_TEXT, "Impact")] = None


class ActionPlan(Record):
    """The actions that follow from a review."""

    case_reference: Annotated[str | None, Ask(Kind.REFERENCE, "Case reference")] = None
    review_title: Annotated[str | None, Ask(Kind.TEXT, "Title of the review")] = None
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency")] = None
    date_of_plan: Annotated[Edtf | None, Ask(Kind.DATE, "Date of the plan")] = None
    actions: tuple[PlannedAction, ...] = ()


TITLE = "Review action plan"
RECORD = ActionPlan

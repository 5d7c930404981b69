"""The verification of a review action plan."""

from __future__ import annotations

from typing import Annotated

from records.fields import Ask, Kind, Record
from records.values import Edtf, Signed

BASES = ("case", "agency")
COMPLETED = ("yes", "partly", "no")
OUTCOMES = ("verified", "more_evidence_needed", "not_verified")


class CompletedBy(Record):
    """Who filled in the verification."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role")] = None
    date: Annotated[Edtf | None, Ask(Kind.DATE, "Date")] = None


class VerifiedItem(Record):
    """One recommendation as verified."""

    number: Annotated[str | None, Ask(Kind.NUMBER, "No.", needed=True)] = None
    completed: Annotated[str | None, Ask(Kind.CHOICE, "Completed", codes=COMPLETED)] = None
    completion_date: Annotated[Edtf | None, Ask(Kind.DATE, "Date completed")] = None
    evidence: Annotated[str | None, Ask(Kind.LONG_TEXT, "Evidence")] = None
    how_embedded: Annotated[str | None, Ask(Kind.LONG_TEXT, "How the learning is embedded")] = None
    impact: Annotated[str | None, Ask(Kind.LONG_TEXT, "Impact on children")] = None
    how_tested: Annotated[str | None, Ask(Kind.LONG_TEXT, "How this was tested")] = None
    barriers: Annotated[str | None, Ask(Kind.LONG_TEXT, "Barriers")] = None
    further_action: Annotated[str | None, Ask(Kind.LONG_TEXT, "Further action")] = None
    new_date: Annotated[Edtf | None, Ask(Kind.DATE, "New date")] = None


class VerifiedBy(Record):
    """Who verified it for the sub group."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role")] = None
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency")] = None


class ChairSignOff(Record):
    """The sign-off by the chair."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    date: Annotated[Edtf | None, Ask(Kind.DATE, "Date")] = None
    signed: Annotated[Signed | None, Ask(Kind.SIGNED, "Signature")] = None


class ActionPlanVerification(Record):
    """The sub group's check that recommendations were carried out and learning embedded."""

    case_reference: Annotated[str | None, Ask(Kind.REFERENCE, "Case reference")] = None
    review_title: Annotated[str | None, Ask(Kind.TEXT, "Title of the review")] = None
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency")] = None
    basis: Annotated[str | None, Ask(Kind.CHOICE, "Verification is for", codes=BASES)] = None
    completed_by: CompletedBy = CompletedBy()
    items: tuple[VerifiedItem, ...] = ()
    verified_by: VerifiedBy = VerifiedBy()
    outcome: Annotated[str | None, Ask(Kind.CHOICE, "Outcome", codes=OUTCOMES)] = None
    verification_date: Annotated[Edtf | None, Ask(Kind.DATE, "Date of verification")] = None
    comments: Annotated[str | None, Ask(Kind.LONG_TEXT, "Comments")] = None
    chair_sign_off: ChairSignOff = ChairSignOff()


TITLE = "Review action plan verification"
RECORD = ActionPlanVerification

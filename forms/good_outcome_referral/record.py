"""The seriously good outcome referral form."""

from __future__ import annotations

from typing import Annotated

from records.blocks import Child, InvolvedProfessional, QualityAssurance, ReferrerPerson, SignOff
from records.fields import Ask, Kind, Record
from records.values import Edtf, YesNo

METHODOLOGIES = ("appreciative_inquiry", "root_cause_analysis", "learning_event", "case_discussion", "other")


class GoodOutcomeReferral(Record):
    """A case put forward because agencies worked well together and it went well for the child."""

    date_of_referral: Annotated[Edtf | None, Ask(Kind.DATE, "Date of referral", needed=True)] = None
    referrer: ReferrerPerson = ReferrerPerson()
    quality_assurance: QualityAssurance = QualityAssurance()
    children: tuple[Child, ...] = ()
    agencies_involved: tuple[InvolvedProfessional, ...] = ()
    background: Annotated[str | None, Ask(Kind.LONG_TEXT, "Background", needed=True)] = None
    what_worked_well: Annotated[str | None, Ask(Kind.LONG_TEXT, "What worked well", needed=True)] = None
    how_achieved: Annotated[str | None, Ask(Kind.LONG_TEXT, "How it was achieved", needed=True)] = None
    outcome_for_child: Annotated[str | None, Ask(Kind.LONG_TEXT, "Outcome for the child", needed=True)] = None
    evidence_of_outcome: Annotated[str | None, Ask(Kind.LONG_TEXT, "Evidence of the outcome")] = None
    learning_to_share: Annotated[str | None, Ask(Kind.LONG_TEXT, "Learning to share", needed=True)] = None
    family_views: Annotated[str | None, Ask(Kind.LONG_TEXT, "Views of the child and family")] = None
    consent_to_share: Annotated[YesNo | None, Ask(Kind.YES_NO, "Consent to share the story")] = None
    preferred_methodology: Annotated[
        tuple[str, ...], Ask(Kind.CHOICES, "Preferred way of reviewing", codes=METHODOLOGIES)
    ] = ()
    signature: SignOff = SignOff()


TITLE = "Seriously good outcome referral"
RECORD = GoodOutcomeReferral

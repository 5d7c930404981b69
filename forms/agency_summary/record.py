"""The agency summary form."""

from __future__ import annotations

from typing import Annotated

from records.blocks import GlossaryEntry, QualityAssurance, SignOff
from records.fields import Ask, Kind, Record
from records.values import Edtf, YesNo

VIEWS_ON_REVIEW = ("national_review", "local_review", "other_learning", "no_further_action")


class SummaryChild(Record):
    """The child as an agency summary identifies them."""

    name: Annotated[str | None, Ask(Kind.NAME, "Child's name", needed=True)] = None
    date_of_birth: Annotated[Edtf | None, Ask(Kind.DATE, "Date of birth", needed=True)] = None
    gender: Annotated[str | None, Ask(Kind.TEXT, "Gender")] = None
    address: Annotated[str | None, Ask(Kind.TEXT, "Home address")] = None
    legal_status: Annotated[str | None, Ask(Kind.TEXT, "Legal status")] = None
    nhs_number: Annotated[str | None, Ask(Kind.NHS_NUMBER, "NHS number")] = None
    ethnicity: Annotated[str | None, Ask(Kind.TEXT, "Ethnicity")] = None
    school: Annotated[str | None, Ask(Kind.TEXT, "School, college or nursery")] = None


class Author(Record):
    """Who wrote the summary."""

    name: Annotated[str | None, Ask(Kind.NAME, "Author", needed=True)] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Author's role", needed=True)] = None
    email: Annotated[str | None, Ask(Kind.EMAIL, "Email", needed=True)] = None
    phone: Annotated[str | None, Ask(Kind.PHONE, "Telephone")] = None


class SummaryAction(Record):
    """An action of the agency's own."""

    action: Annotated[str | None, Ask(Kind.LONG_TEXT, "Action")] = None
    lead: Annotated[str | None, Ask(Kind.TEXT, "Lead")] = None
    target_date: Annotated[Edtf | None, Ask(Kind.DATE, "Target date")] = None
    status: Annotated[str | None, Ask(Kind.TEXT, "Status")] = None


class AgencyProfessional(Record):
    """A member of staff of the agency who was involved."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role")] = None
    team: Annotated[str | None, Ask(Kind.TEXT, "Team")] = None
    dates: Annotated[str | None, Ask(Kind.TEXT, "Dates of involvement")] = None


class AgencySummary(Record):
    """What one agency knew and did. `has_involvement` "no" is a complete nil return."""

    case_reference: Annotated[str | None, Ask(Kind.REFERENCE, "Case reference", needed=True)] = None
    children: tuple[SummaryChild, ...] = ()
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency", needed=True)] = None
    author: Author = Author()
    author_independent: Annotated[YesNo | None, Ask(Kind.YES_NO, "Author had no direct involvement")] = None
    date_requested: Annotated[Edtf | None, Ask(Kind.DATE, "Date of request")] = None
    date_due: Annotated[Edtf | None, Ask(Kind.DATE, "Return by")] = None
    date_completed: Annotated[Edtf | None, Ask(Kind.DATE, "Date completed", needed=True)] = None
    review_period: Annotated[Edtf | None, Ask(Kind.DATE_RANGE, "Period under review")] = None
    has_involvement: Annotated[
        YesNo | None, Ask(Kind.YES_NO, "Any involvement with the child or family", needed=True)
    ] = None
    period_of_involvement: Annotated[Edtf | None, Ask(Kind.DATE_RANGE, "Period of involvement")] = None
    records_secured_date: Annotated[Edtf | None, Ask(Kind.DATE, "Date records were secured")] = None
    records_searched: Annotated[str | None, Ask(Kind.LONG_TEXT, "Records searched")] = None
    background: Annotated[str | None, Ask(Kind.LONG_TEXT, "Background")] = None
    summary_of_involvement: Annotated[str | None, Ask(Kind.LONG_TEXT, "Summary of involvement", needed=True)] = None
    key_practice_episodes: Annotated[str | None, Ask(Kind.LONG_TEXT, "Key practice episodes")] = None
    voice_of_child: Annotated[str | None, Ask(Kind.LONG_TEXT, "Voice of the child")] = None
    equality_and_context: Annotated[str | None, Ask(Kind.LONG_TEXT, "Equality and context")] = None
    practice_strengths: Annotated[str | None, Ask(Kind.LONG_TEXT, "Practice strengths")] = None
    areas_for_improvement: Annotated[str | None, Ask(Kind.LONG_TEXT, "Areas for improvement")] = None
    contextual_factors: Annotated[str | None, Ask(Kind.LONG_TEXT, "Contextual factors")] = None
    immediate_action: Annotated[str | None, Ask(Kind.LONG_TEXT, "Immediate action taken")] = None
    single_agency_learning: Annotated[
        YesNo | None, Ask(Kind.YES_NO, "Investigation or learning of the agency's own")
    ] = None
    single_agency_learning_details: Annotated[str | None, Ask(Kind.LONG_TEXT, "Investigation or learning: details")] = (
        None
    )
    actions: tuple[SummaryAction, ...] = ()
    other_agencies: Annotated[str | None, Ask(Kind.LONG_TEXT, "Other agencies involved")] = None
    questions_for_others: Annotated[str | None, Ask(Kind.LONG_TEXT, "Questions for other agencies")] = None
    other_children: Annotated[str | None, Ask(Kind.LONG_TEXT, "Other children")] = None
    view_on_review: Annotated[
        tuple[str, ...], Ask(Kind.CHOICES, "View on the kind of review", codes=VIEWS_ON_REVIEW)
    ] = ()
    professionals: tuple[AgencyProfessional, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    chronology_attached: Annotated[YesNo | None, Ask(Kind.YES_NO, "Chronology attached")] = None
    quality_assurance: QualityAssurance = QualityAssurance()
    signature: SignOff = SignOff()


TITLE = "Agency summary"
RECORD = AgencySummary

"""The practice review referral form."""

from __future__ import annotations

from typing import Annotated

from records.blocks import Child, InvolvedProfessional, Person, QualityAssurance, ReferrerPerson, SignOff
from records.fields import Ask, Kind, Record
from records.values import ClockTime, Edtf, YesNo

CRITERIA = (
    "abuse_or_neglect",
    "child_died",
    "child_seriously_harmed",
    "looked_after_child_died",
    "regulated_setting_death",
    "died_in_custody",
    "detained_mental_health",
    "deprivation_of_liberty",
    "life_threatening_injury",
    "serious_sexual_abuse",
    "permanent_impairment",
    "parent_homicide",
    "interagency_working",
    "member_of_staff_conduct",
    "lessons_non_statutory",
    "positive_outcome",
)

PARALLEL_PROCESSES = (
    "criminal_investigation",
    "coroner",
    "care_proceedings",
    "nhs_patient_safety",
    "child_death_review",
    "domestic_abuse_related_death_review",
    "safeguarding_adult_review",
    "mappa",
    "ppo",
    "other",
)


class FamilyMember(Record):
    """A member of the family or another significant adult."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    relationship: Annotated[str | None, Ask(Kind.TEXT, "Relationship to the child")] = None
    date_of_birth: Annotated[Edtf | None, Ask(Kind.DATE, "Date of birth")] = None
    gender: Annotated[str | None, Ask(Kind.TEXT, "Gender")] = None
    address: Annotated[str | None, Ask(Kind.TEXT, "Address")] = None
    legal_status: Annotated[str | None, Ask(Kind.TEXT, "Legal status")] = None
    ethnicity: Annotated[str | None, Ask(Kind.TEXT, "Ethnicity")] = None


class KeyDate(Record):
    """One line of the referral's short chronology."""

    date: Annotated[Edtf | None, Ask(Kind.DATE, "Date")] = None
    time: Annotated[ClockTime | None, Ask(Kind.TIME, "Time")] = None
    event: Annotated[str | None, Ask(Kind.LONG_TEXT, "Event")] = None


class Referral(Record):
    """A referral of a case to the practice review sub group."""

    case_reference: Annotated[str | None, Ask(Kind.REFERENCE, "Case reference")] = None
    date_of_referral: Annotated[Edtf | None, Ask(Kind.DATE, "Date of referral", needed=True)] = None
    referrer: ReferrerPerson = ReferrerPerson()
    safeguarding_lead: Person = Person()
    quality_assurance: QualityAssurance = QualityAssurance()
    linked_cases: Annotated[str | None, Ask(Kind.TEXT, "Linked cases")] = None
    children: tuple[Child, ...] = ()
    family: tuple[FamilyMember, ...] = ()
    agencies_involved: tuple[InvolvedProfessional, ...] = ()
    incident_date: Annotated[Edtf | None, Ask(Kind.DATE, "Date of the incident", needed=True)] = None
    incident_time: Annotated[ClockTime | None, Ask(Kind.TIME, "Time of the incident")] = None
    incident_location: Annotated[str | None, Ask(Kind.TEXT, "Where the incident happened")] = None
    incident_summary: Annotated[str | None, Ask(Kind.LONG_TEXT, "What happened", needed=True)] = None
    criteria: Annotated[tuple[str, ...], Ask(Kind.CHOICES, "Criteria", needed=True, codes=CRITERIA)] = ()
    criteria_rationale: Annotated[str | None, Ask(Kind.LONG_TEXT, "Why the criteria are met", needed=True)] = None
    interagency_concerns: Annotated[str | None, Ask(Kind.LONG_TEXT, "Concerns about inter-agency working")] = None
    key_dates: tuple[KeyDate, ...] = ()
    immediate_concerns: Annotated[YesNo | None, Ask(Kind.YES_NO, "Immediate concerns for the safety of a child")] = None
    immediate_action: Annotated[str | None, Ask(Kind.LONG_TEXT, "Action taken to keep children safe")] = None
    parallel_processes: Annotated[
        tuple[str, ...], Ask(Kind.CHOICES, "Other processes under way", codes=PARALLEL_PROCESSES)
    ] = ()
    media_interest: Annotated[YesNo | None, Ask(Kind.YES_NO, "Media interest")] = None
    family_aware: Annotated[YesNo | None, Ask(Kind.YES_NO, "Family aware of the referral")] = None
    family_aware_details: Annotated[str | None, Ask(Kind.LONG_TEXT, "Family aware of the referral: details")] = None
    learning_potential: Annotated[str | None, Ask(Kind.LONG_TEXT, "Potential for learning")] = None
    work_undertaken: Annotated[str | None, Ask(Kind.LONG_TEXT, "Work undertaken so far")] = None
    signature: SignOff = SignOff()


TITLE = "Practice review referral"
RECORD = Referral

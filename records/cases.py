"""Case, agency, request: who is asked for what by when."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """Base of the nouns: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


CaseKind = Literal["rapid_review", "local_review", "good_outcome_review", "learning_review"]
ContactRole = Literal["author", "sub_group_representative", "safeguarding_lead", "chief_officer"]
RequestState = Literal["outstanding", "answered", "nil", "withdrawn"]


class Contact(Noun):
    role: ContactRole
    name: str
    email: str
    phone: str = ""


class Agency(Noun):
    """An organisation in the directory. `sector` orders the summaries in a pack (design: fixed order)."""

    id: str
    name: str
    sector: Literal[
        "social_care",
        "police",
        "health",
        "education",
        "early_help",
        "youth_justice",
        "probation",
        "housing",
        "adult_services",
        "other",
    ] = "other"
    former_names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    secure_method: str = ""
    language: Literal["en", "cy"] = "en"
    """The language of its letters, where there are templates in it: English or Welsh."""

    def contact(self, role: ContactRole) -> Contact | None:
        return next((contact for contact in self.contacts if contact.role == role), None)


class SubjectChild(Noun):
    """A child the case is about. `code` ("Child 1") is what letters and packs for circulation may show."""

    code: str
    name: str
    date_of_birth: str | None = None
    nhs_number: str | None = None
    date_of_death: str | None = None


class Case(Noun):
    """One practice review."""

    reference: str
    kind: CaseKind
    title: str = ""
    """A title without personal names."""
    other_references: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    """References of cases of ours that belong with this one."""
    children: tuple[SubjectChild, ...] = ()
    review_from: date | None = None
    review_to: date | None = None
    incident_on: date | None = None
    aware_on: date | None = None
    """The day the local authority became aware of the incident; anchors the notification clock."""
    notified_on: date | None = None
    """The day the serious incident notification was sent to the national panel; anchors the rapid-review clock."""
    referred_on: date | None = None
    begun_on: date | None = None
    """The day the local review was begun; anchors the publication clock (without it the day the case was opened)."""
    opened_on: date
    closed_on: date | None = None


class Extension(Noun):
    due_on: date
    reason: str
    by: str
    on: date
    before: date | None = None
    """The date that was in force before; None on extensions recorded before this was kept."""


class Request(Noun):
    """What a case asks of an agency: one form by one date."""

    id: str
    case_reference: str
    agency_id: str
    form: str
    requested_on: date
    due_on: date
    """The due date in force (extensions included)."""
    extensions: tuple[Extension, ...] = ()
    state: RequestState = "outstanding"
    answered_on: date | None = None
    token: str = ""
    """Unguessable; carried by the request letter's Message-ID and the blank's hidden properties."""

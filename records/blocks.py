"""Blocks that several forms share: a person, a sign-off, a child, a professional."""

from __future__ import annotations

from typing import Annotated

from records.fields import Ask, Kind, Record
from records.values import Edtf, Signed, YesNo


class Person(Record):
    """A person with their contact details."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role")] = None
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency")] = None
    email: Annotated[str | None, Ask(Kind.EMAIL, "Email")] = None
    phone: Annotated[str | None, Ask(Kind.PHONE, "Telephone")] = None
    address: Annotated[str | None, Ask(Kind.TEXT, "Address")] = None


class ReferrerPerson(Record):
    """The referrer: who, in what post, of which agency."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name", needed=True)] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role", needed=True)] = None
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency", needed=True)] = None
    email: Annotated[str | None, Ask(Kind.EMAIL, "Email")] = None
    phone: Annotated[str | None, Ask(Kind.PHONE, "Telephone")] = None
    address: Annotated[str | None, Ask(Kind.TEXT, "Address")] = None


class SignOff(Record):
    """A signature block; `signed` is yes for a typed name, an image or a mark in the signature cell."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role")] = None
    date: Annotated[Edtf | None, Ask(Kind.DATE, "Date")] = None
    signed: Annotated[Signed | None, Ask(Kind.SIGNED, "Signature")] = None


class QualityAssurance(Record):
    """The sign-off by the agency's sub-group representative, needed before a form is sent."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name", needed=True)] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role")] = None
    date: Annotated[Edtf | None, Ask(Kind.DATE, "Date", needed=True)] = None
    signed: Annotated[Signed | None, Ask(Kind.SIGNED, "Signature", needed=True)] = None


class Child(Record):
    """A child as a referral describes them."""

    name: Annotated[str | None, Ask(Kind.NAME, "Child's name", needed=True)] = None
    also_known_as: Annotated[str | None, Ask(Kind.TEXT, "Also known as")] = None
    date_of_birth: Annotated[Edtf | None, Ask(Kind.DATE, "Date of birth", needed=True)] = None
    age: Annotated[str | None, Ask(Kind.TEXT, "Age")] = None
    gender: Annotated[str | None, Ask(Kind.TEXT, "Gender")] = None
    ethnicity: Annotated[str | None, Ask(Kind.TEXT, "Ethnicity")] = None
    disability: Annotated[str | None, Ask(Kind.TEXT, "Disability")] = None
    language: Annotated[str | None, Ask(Kind.TEXT, "First language")] = None
    religion: Annotated[str | None, Ask(Kind.TEXT, "Religion or belief")] = None
    address: Annotated[str | None, Ask(Kind.TEXT, "Home address")] = None
    gp: Annotated[str | None, Ask(Kind.TEXT, "GP")] = None
    school: Annotated[str | None, Ask(Kind.TEXT, "School, college or nursery")] = None
    nhs_number: Annotated[str | None, Ask(Kind.NHS_NUMBER, "NHS number")] = None
    legal_status: Annotated[str | None, Ask(Kind.TEXT, "Legal status")] = None
    child_protection_plan: Annotated[YesNo | None, Ask(Kind.YES_NO, "Child protection plan")] = None
    child_protection_details: Annotated[str | None, Ask(Kind.TEXT, "Child protection plan: details")] = None
    open_to_social_care: Annotated[YesNo | None, Ask(Kind.YES_NO, "Open to children's social care")] = None
    date_of_death: Annotated[Edtf | None, Ask(Kind.DATE, "Date of death")] = None


class InvolvedProfessional(Record):
    """A professional or agency involved with the family, as a referral lists them."""

    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency")] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role")] = None
    contact: Annotated[str | None, Ask(Kind.TEXT, "Contact details")] = None
    still_involved: Annotated[YesNo | None, Ask(Kind.YES_NO, "Still involved")] = None


class GlossaryEntry(Record):
    """An abbreviation and what it means."""

    term: Annotated[str | None, Ask(Kind.TEXT, "Abbreviation")] = None
    meaning: Annotated[str | None, Ask(Kind.TEXT, "Meaning")] = None

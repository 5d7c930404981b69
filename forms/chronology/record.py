"""The chronology of significant events."""

from __future__ import annotations

from typing import Annotated

from records.blocks import GlossaryEntry, SignOff
from records.fields import Ask, Kind, Record
from records.values import ClockTime, Edtf, YesNo


class ChronologyAuthor(Record):
    """Who compiled the chronology."""

    name: Annotated[str | None, Ask(Kind.NAME, "Author")] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Author's role")] = None
    email: Annotated[str | None, Ask(Kind.EMAIL, "Email")] = None
    phone: Annotated[str | None, Ask(Kind.PHONE, "Telephone")] = None


class PersonCode(Record):
    """A line of the key to people."""

    code: Annotated[str | None, Ask(Kind.TEXT, "Code")] = None
    name: Annotated[str | None, Ask(Kind.NAME, "Name")] = None
    role: Annotated[str | None, Ask(Kind.TEXT, "Role")] = None


class Event(Record):
    """One row of a chronology, in the order of the form."""

    date: Annotated[Edtf | None, Ask(Kind.DATE, "Date", needed=True)] = None
    date_as_written: Annotated[str | None, Ask(Kind.TEXT, "Date as written", needed=True)] = None
    time: Annotated[ClockTime | None, Ask(Kind.TIME, "Time")] = None
    time_as_written: Annotated[str | None, Ask(Kind.TEXT, "Time as written")] = None
    source: Annotated[str | None, Ask(Kind.TEXT, "Source", needed=True)] = None
    event: Annotated[str | None, Ask(Kind.LONG_TEXT, "Event", needed=True)] = None
    people: Annotated[str | None, Ask(Kind.TEXT, "People seen or involved")] = None
    child_seen: Annotated[YesNo | None, Ask(Kind.YES_NO, "Child seen")] = None
    action: Annotated[str | None, Ask(Kind.LONG_TEXT, "Response or outcome")] = None
    impact: Annotated[str | None, Ask(Kind.LONG_TEXT, "Impact on the child")] = None
    comment: Annotated[str | None, Ask(Kind.LONG_TEXT, "Comment")] = None
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency")] = None


class Chronology(Record):
    """The significant events of one agency (or, as a composite, of its services)."""

    case_reference: Annotated[str | None, Ask(Kind.REFERENCE, "Case reference", needed=True)] = None
    child_name: Annotated[str | None, Ask(Kind.NAME, "Child's name", needed=True)] = None
    date_of_birth: Annotated[Edtf | None, Ask(Kind.DATE, "Date of birth")] = None
    agency: Annotated[str | None, Ask(Kind.TEXT, "Agency", needed=True)] = None
    author: ChronologyAuthor = ChronologyAuthor()
    date_completed: Annotated[Edtf | None, Ask(Kind.DATE, "Date completed")] = None
    review_period: Annotated[Edtf | None, Ask(Kind.DATE_RANGE, "Period covered")] = None
    people_key: tuple[PersonCode, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    quality_assurance: SignOff = SignOff()
    events: tuple[Event, ...] = ()


TITLE = "Chronology of significant events"
RECORD = Chronology

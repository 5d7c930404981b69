"""What a letter says, as values: who writes to whom, what was received, what is missing, by when.

`view` turns them into the names that a template may use, all of them words or lists of words, so that people who edit
the templates in Word need to know no formats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from generators.personal_data import Personal, shows_personal_data
from generators.written_dates import clock_time, date_and_time, exact_day, in_welsh, long_date, plain_date
from mailbox_config.settings import Partnership
from records.cases import CaseKind

LEGAL_BASIS = (
    "This request is made under section 16H of the Children Act 2004. A safeguarding partner may ask a person or body "
    "for information that it needs for its functions under sections 16E and 16F, and the person or body must comply."
)
"""The usual line. A partnership's own legal advice goes over it (`LetterContext.legal_basis`); empty leaves it out."""

WITHHELD = "(file name not repeated: it holds a personal name or number)"
_LONDON = ZoneInfo("Europe/London")
_KINDS: dict[CaseKind, str] = {
    "rapid_review": "rapid review",
    "local_review": "local child safeguarding practice review",
    "good_outcome_review": "review of a seriously good outcome",
    "learning_review": "learning review",
}

When = Literal["before", "due", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a letter addresses: the role in words, the agency, and the contact's name where there is one."""

    agency: str
    role: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedItem:
    """Something that arrived: which form it was taken as, its file, the moment, its version."""

    form: str
    file_name: str
    received_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something missing or to be put right: where, in the form's own field names and row numbers, and the remedy."""

    where: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext:
    """Everything a letter may say. What a kind of letter cannot do without stands in its `letter.toml`."""

    partnership: Partnership
    dated: date
    recipient: Recipient
    case_reference: str = ""
    case_kind: CaseKind = "rapid_review"
    copies: tuple[Recipient, ...] = ()
    due_on: date | None = None
    due_time: time = time(17)
    requested_on: date | None = None
    extended_from: date | None = None
    """The date that was due before an extension."""
    received: tuple[ReceivedItem, ...] = ()
    points: tuple[Point, ...] = ()
    asked: tuple[str, ...] = ()
    """Titles of the forms that are asked for."""
    enclosures: tuple[str, ...] = ()
    agencies_asked: tuple[str, ...] = ()
    review_from: date | None = None
    review_to: date | None = None
    meeting_on: date | None = None
    legal_basis: str = LEGAL_BASIS
    reminded_on: tuple[date, ...] = ()
    next_step: str = ""
    """What happens if nothing comes, as a sentence."""
    decision: str = ""
    """What was decided about a referral, as a sentence."""
    reasons: str = ""
    """Why it was decided so, in the words of who decided; without personal data."""
    not_filed: str = ""
    """What happens to something that was received and not filed, as sentences; empty when all of it is filed."""
    secure_method: str = ""
    """How this agency sends securely, as a sentence."""
    language: str = "en"
    """The language in which days and months are written; the templates are chosen by it."""
    personal: Personal = field(default_factory=Personal)
    """What must not stand in the letter; never shown to a template."""


def view(context: LetterContext) -> dict[str, Any]:
    """The names that a template may use. A name that does not apply is empty, so that `{% if … %}` works."""
    words = _view(context)
    if context.language == "cy":
        for name in _DATES:
            words[name] = in_welsh(words[name])
        words["received"] = [{**item, "at": in_welsh(item["at"])} for item in words["received"]]
    return words


_DATES = ("date", "due", "due_date", "requested", "extended_from", "period", "meeting", "reminders")


def _view(context: LetterContext) -> dict[str, Any]:
    return {
        "partnership": _partnership(context.partnership),
        "case_reference": context.case_reference,
        "reference": context.case_reference or "not given yet",
        "review": _KINDS[context.case_kind],
        "date": plain_date(context.dated),
        "recipient": _recipient(context.recipient),
        "greeting": f"Dear {context.recipient.name or 'colleague'}",
        "copies": [_one_line(copy) for copy in context.copies],
        "due": _due(context),
        "due_date": _day(context.due_on),
        "when": _when(context),
        "requested": _day(context.requested_on),
        "extended_from": _day(context.extended_from),
        "received": [_received(item, context.personal) for item in context.received],
        "points": [
            {"number": str(number), "where": point.where, "message": point.message, "remedy": point.remedy}
            for number, point in enumerate(context.points, start=1)
        ],
        "asked": list(context.asked),
        "enclosures": list(context.enclosures),
        "agencies": _listed(context.agencies_asked),
        "period": _period(context),
        "meeting": _day(context.meeting_on),
        "legal_basis": context.legal_basis,
        "reminders": _listed([plain_date(day) for day in context.reminded_on]),
        "next_step": context.next_step,
        "decision": context.decision,
        "reasons": context.reasons,
        "not_filed": context.not_filed,
        "secure_method": context.secure_method,
    }


def allowed_phrases(context: LetterContext) -> Iterator[str]:
    """Phrases that may stand in the letter although they share a word with a child's name or are a day they share."""
    partnership = context.partnership
    yield from (partnership.name, partnership.short_name, partnership.contact_name, partnership.contact_role)
    yield from partnership.address
    for person in (context.recipient, *context.copies):
        yield from (person.agency, person.role, person.name)
    yield from context.agencies_asked
    for item in context.received:
        yield date_and_time(item.received_at.astimezone(_LONDON))
    days = (context.dated, context.due_on, context.requested_on, context.extended_from, context.review_from)
    for day in (*days, context.review_to, context.meeting_on, *context.reminded_on):
        if day is not None:
            yield from (long_date(day), plain_date(day), in_welsh(long_date(day)), in_welsh(plain_date(day)))


def edtf_bounds(review_period: str) -> tuple[date | None, date | None]:
    """The two days of a review period of a record (an EDTF range), None where it is not exact."""
    first, last = (None if part in ("", "..") else exact_day(part) for part in review_period.split("/"))
    return first, last


def _partnership(partnership: Partnership) -> dict[str, Any]:
    who = (partnership.contact_name, partnership.contact_role, partnership.contact_email, partnership.contact_phone)
    return {
        "contact": ", ".join(text for text in who if text),
        "name": partnership.name,
        "short_name": partnership.short_name,
        "address": list(partnership.address),
        "contact_name": partnership.contact_name,
        "contact_role": partnership.contact_role,
        "contact_email": partnership.contact_email,
        "contact_phone": partnership.contact_phone,
        "marking": partnership.marking,
    }


def _listed(items: Sequence[str]) -> str:
    """One, two and three."""
    return " and ".join([*([", ".join(items[:-1])] if len(items) > 1 else []), *items[-1:]])


def _recipient(recipient: Recipient) -> dict[str, str]:
    return {"name": recipient.name, "role": recipient.role, "agency": recipient.agency}


def _one_line(recipient: Recipient) -> str:
    return ", ".join(text for text in (recipient.name, recipient.role, recipient.agency) if text)


def _received(item: ReceivedItem, personal: Personal) -> dict[str, str]:
    hidden = shows_personal_data(item.file_name, personal)
    return {
        "form": item.form,
        "file": WITHHELD if hidden else item.file_name,
        "at": date_and_time(item.received_at.astimezone(_LONDON)),
        "version": str(item.version),
    }


def _due(context: LetterContext) -> str:
    if context.due_on is None:
        return ""
    moment = datetime.combine(context.due_on, context.due_time, tzinfo=_LONDON)
    return f"{long_date(context.due_on)}, {clock_time(moment)}"


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _when(context: LetterContext) -> When | Literal[""]:
    if context.due_on is None:
        return ""
    if context.dated == context.due_on:
        return "due"
    return "before" if context.dated < context.due_on else "after"


def _period(context: LetterContext) -> str:
    if context.review_from and context.review_to:
        return f"{plain_date(context.review_from)} to {plain_date(context.review_to)}"
    if context.review_from:
        return f"{plain_date(context.review_from)} to the present day"
    return f"up to {plain_date(context.review_to)}" if context.review_to else ""

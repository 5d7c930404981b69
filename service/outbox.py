"""Sends what is in the outbox: looked at a last time, brought on its way, marked as sent.

Until a sending server is set, letters are written into a folder for staff to send, and are said to be unsent: the
e-mail as .eml and the letter as .docx, under names that the letter's id gives, so that a letter written again after a
crash is the same two files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime, time
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from generators.letters.write import html_of
from generators.personal_data import Personal, shows_personal_data
from mailbox_config.calendar import LONDON
from mailbox_config.directory import Directory
from mailbox_config.settings import Partnership
from records.cases import SubjectChild
from records.errors import Unavailable
from records.submissions import FiledReturn, Letter, LetterKind
from service.parts import ACTOR, Parts
from service.people import children_of
from service.sending import send_once, settle_unknown
from service.tasks import ask_a_person
from store import Transaction

_ANSWERS: tuple[LetterKind, ...] = ("acknowledgement", "query")
OUT = ("sent", "written_unsent")
"""Out of our hands: sent, or written for staff to send."""
_TYPES = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("application", "pdf"),
}


def send_letter(letter_id: str, parts: Parts, *, let_go: bool = False) -> str:
    """Send one letter if it waits to be sent; its state afterwards. A letter that must not go is held and shown.

    `let_go`: a person has looked at it, so that it goes however many went to the same address today.
    """
    with parts.store.reading() as tx:
        letter = tx.letters.get(letter_id)
        if letter.state != "outbox":
            return letter.state
        reason = why_not(tx, letter, parts.directory)
        if not reason and not let_go:
            reason = _too_many(tx, letter, parts.settings.sending.most_answers_a_day)
        files = tuple((name, tx.originals.get(sha256)) for name, sha256 in letter.attachments)
    if reason:
        with parts.store.transaction() as tx:
            tx.letters.set_state(letter_id, "held", reason)
            tx.audit.record(ACTOR, "letter.held", letter=letter_id)
            ask_a_person(tx, "letter", letter_id, reason, case_reference=letter.case_reference)
        return "held"
    mail = as_mail(letter, files, parts.settings.partnership)
    if parts.post is not None:
        return send_once(letter, mail, parts.store, parts.post)
    parts.deliver(letter, mail)
    with parts.store.transaction() as tx:
        tx.letters.set_state(letter_id, "written_unsent")
        tx.audit.record(ACTOR, "letter.written_unsent", letter=letter_id, case=letter.case_reference)
    return "written_unsent"


def send_waiting(parts: Parts) -> int:
    """Send everything that waits; how many were sent, or written for staff to send."""
    settle_unknown(parts.store)
    with parts.store.reading() as tx:
        waiting = [letter.id for letter in tx.letters.all(("outbox",))]
    return sum(send_letter(letter_id, parts) in OUT for letter_id in waiting)


def why_not(tx: Transaction, letter: Letter, directory: Directory) -> str:
    """Why this letter must not go as it stands, in plain words; "" when it may."""
    allowed = _allowed_readers(tx, letter, directory)
    strangers = [address for address in (*letter.to, *letter.copy_to) if address.lower() not in allowed]
    if strangers:
        return f"{len(strangers)} of its recipients are not contacts of an agency in this case: check the addresses."
    children = _children(tx, letter)
    personal = Personal(
        names=tuple(child.name for child in children),
        dates_of_birth=tuple(child.date_of_birth for child in children if child.date_of_birth),
        nhs_numbers=tuple(child.nhs_number for child in children if child.nhs_number),
    )
    shown = [letter.subject, letter.body_text, *(name for name, _ in letter.attachments)]
    phrases = [agency.name for agency in directory.agencies]
    phrases += [contact.name for agency in directory.agencies for contact in agency.contacts]
    if any(shows_personal_data(_without(text, phrases), personal) for text in shown):
        return "Its subject, text or a file name shows a child's name, date of birth or NHS number: write it by hand."
    return ""


def _too_many(tx: Transaction, letter: Letter, most: int) -> str:
    """Why this answer is one too many for its address today; "" while it is not."""
    if letter.kind not in _ANSWERS:
        return ""
    if all(tx.letters.gone_to(address, letter.dated, _ANSWERS) < most for address in letter.to):
        return ""
    return (
        f"{most} answers went to this address today: two programs may be answering each other. Look at what came from "
        "there before you let it go."
    )


def as_mail(letter: Letter, files: tuple[tuple[str, bytes], ...], partnership: Partnership) -> bytes:
    """The e-mail, the same bytes every time."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{partnership.short_name} <{partnership.contact_email}>"
    mail["To"] = ", ".join(letter.to)
    if letter.copy_to:
        mail["Cc"] = ", ".join(letter.copy_to)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(datetime.combine(letter.dated, time(9), tzinfo=LONDON))
    mail["Message-ID"] = letter.message_id
    if letter.in_reply_to:
        mail["In-Reply-To"] = letter.in_reply_to
        mail["References"] = letter.in_reply_to
    mail["Auto-Submitted"] = "auto-replied" if letter.in_reply_to else "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(letter.body_text, cte="quoted-printable")
    mail.add_alternative(html_of(letter.body_text), subtype="html", cte="quoted-printable")
    for name, data in files:
        main, sub = _TYPES.get(Path(name).suffix.lower(), ("application", "octet-stream"))
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    _fix_boundaries(mail, letter.id)
    return mail.as_bytes()


def folder_delivery(folder: Path, letter_bytes: Callable[[str], bytes]) -> Callable[[Letter, bytes], None]:
    """Delivery into a folder: the .eml, and beside it the letter as .docx."""

    def deliver(letter: Letter, mail: bytes) -> None:
        name = file_name(letter)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for attached, sha256 in letter.attachments[:1]:
                _write_whole(folder / f"{name}{Path(attached).suffix}", letter_bytes(sha256))
            _write_whole(folder / f"{name}.eml", mail)
        except OSError as error:
            raise Unavailable(
                "The outbox folder cannot be written to.", hint="Check the folder and its disk."
            ) from error

    return deliver


def file_name(letter: Letter) -> str:
    """A name that sorts by day and shows no person: day, case, kind, agency, id."""
    words = (
        letter.dated.isoformat(),
        letter.case_reference or "no-case",
        letter.kind,
        letter.agency_id or "",
        letter.id,
    )
    return "_".join(re.sub(r"[^A-Za-z0-9-]+", "-", word) for word in words if word)


def _allowed_readers(tx: Transaction, letter: Letter, directory: Directory) -> set[str]:
    """The contacts of the agencies in the letter's case; without a case those of the agency it answers."""
    agencies: set[str | None] = {letter.agency_id}
    if letter.case_reference is not None:
        asked: set[str | None] = {
            one.agency_id for one in tx.requests.of_case(letter.case_reference) if one.state != "withdrawn"
        }
        answered = {one.agency_id for one in tx.returns.of_case(letter.case_reference) if one.state != "set_aside"}
        agencies = asked | answered
    found = (directory.get(agency_id) for agency_id in agencies)
    return {contact.email.lower() for agency in found if agency for contact in agency.contacts}


def _children(tx: Transaction, letter: Letter) -> tuple[SubjectChild, ...]:
    """The children of the case, and those that the submission's own returns name."""
    known = tx.cases.get(letter.case_reference).children if letter.case_reference else ()
    returns = tx.returns.of_submission(letter.submission_id) if letter.submission_id else ()
    return (*known, *(child for one in returns for child in children_named(one)))


def children_named(filed: FiledReturn) -> tuple[SubjectChild, ...]:
    """The children a return names."""
    named = children_of(filed.result["record"], frozenset())
    return tuple(
        SubjectChild(
            code="", name=child.name, date_of_birth=child.date_of_birth or None, nhs_number=child.nhs_number or None
        )
        for child in named
    )


def _without(text: str, phrases: list[str]) -> str:
    """The text without the names of agencies and contacts, which may share a word with a child's."""
    for phrase in sorted(phrases, key=len, reverse=True):
        text = text.replace(phrase, " ")
    return text


def _fix_boundaries(mail: EmailMessage | MIMEPart, seed: str) -> None:
    """Boundaries from the letter's id, so that the mail does not differ from one writing to the next."""
    for number, part in enumerate(one for one in mail.walk() if one.is_multipart()):
        part.set_boundary(f"=_{seed}_{number}")


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    half = path.with_name(f".{path.name}.part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)

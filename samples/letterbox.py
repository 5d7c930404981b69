"""E-mails as agencies send them, the same bytes every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import PurePosixPath

from mailbox_config.calendar import LONDON
from samples.cast import COORDINATOR, Staff

_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What stands in an e-mail."""

    sender: Staff
    at: datetime
    """The time in England, without a zone."""
    subject: str
    body: str
    files: tuple[tuple[str, bytes], ...] = ()
    forwarded: EmailMessage | None = None
    head: tuple[tuple[str, str], ...] = ()
    """Further lines of the head."""


def message(mail: Mail) -> EmailMessage:
    """The e-mail."""
    made = EmailMessage(policy=SMTP)
    for name, value in mail.head:
        made[name] = value
    made["From"] = f"{mail.sender.name} <{mail.sender.email}>"
    made["To"] = COORDINATOR
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.at.replace(tzinfo=LONDON))
    made["Message-ID"] = f"<{_seed(mail)}@{mail.sender.email.rpartition('@')[2]}>"
    made.set_content(f"{mail.body}\n\n{mail.sender.name}\n{mail.sender.role}\n")
    for name, data in mail.files:
        main, _, sub = _TYPES[PurePosixPath(name).suffix].partition("/")
        made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if mail.forwarded is not None:
        made.add_attachment(mail.forwarded)
    for number, part in enumerate(_multiparts(made)):
        part.set_boundary(f"=_{_seed(mail)}_{number}")
    return made


def _multiparts(made: EmailMessage) -> Iterator[EmailMessage | MIMEPart]:
    return (part for part in made.walk() if part.is_multipart() and part.get_content_maintype() == "multipart")


def _seed(mail: Mail) -> str:
    text = f"{mail.sender.email} {mail.at.isoformat()} {mail.subject}"
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:20]

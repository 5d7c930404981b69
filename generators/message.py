"""A letter as an e-mail: what is sent, and what lies in the outbox as .eml. The same letter gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from generators.letters.write import RenderedLetter
from records.errors import Misconfigured, Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".docx": DOCX, ".pdf": "application/pdf"}
_WIDE = SMTP.clone(max_line_length=998)  # shorter, the library breaks long message ids into encoded words
_MESSAGE_ID = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """From whom to whom, when, and which message it answers. Message ids with their angle brackets."""

    sender: str
    sender_name: str
    to: tuple[str, ...]
    copy_to: tuple[str, ...] = ()
    sent_at: datetime
    message_id: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with the letter; the kind of file is taken from the name's ending."""

    name: str
    data: bytes


def build_message(letter: RenderedLetter, envelope: Envelope, attachments: Iterable[Attachment] = ()) -> bytes:
    """The RFC 5322 message of a letter: text and HTML, then the attachments in their order, with CRLF line ends.

    Nothing is attached by itself: the caller says whether the letter goes as .docx, as .pdf or both. Refused when
    there is nobody to send it to.
    """
    if not envelope.to:
        raise Refused("The letter has no recipient.", hint="Add a contact of the agency to the directory.")
    if envelope.sent_at.tzinfo is None:
        raise ValueError("the moment of sending must be aware")
    if not _MESSAGE_ID.fullmatch(envelope.message_id):
        raise ValueError("not a message id")
    message = EmailMessage(policy=SMTP)
    _head(message, letter, envelope)
    message.set_content(letter.body_text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(letter.body_html, subtype="html", charset="utf-8", cte="quoted-printable")
    for attachment in attachments:
        main, _, sub = _type_of(attachment.name).partition("/")
        message.add_attachment(attachment.data, maintype=main, subtype=sub, filename=attachment.name)
    _fix_boundaries(message, envelope.message_id)
    return message.as_bytes(policy=_WIDE)


def letter_files(letter: RenderedLetter, pdf: bytes | None) -> list[Attachment]:
    """The letter itself as attachments: the Word file, and the PDF copy where there is one."""
    files = [Attachment(name=letter.file_name, data=letter.docx)]
    if pdf is not None:
        files.append(Attachment(name=f"{letter.file_name.removesuffix('.docx')}.pdf", data=pdf))
    return files


def _head(message: EmailMessage, letter: RenderedLetter, envelope: Envelope) -> None:
    message["From"] = _address(envelope.sender, envelope.sender_name)
    message["To"] = [_address(address) for address in envelope.to]
    if envelope.copy_to:
        message["Cc"] = [_address(address) for address in envelope.copy_to]
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(envelope.sent_at)
    message["Message-ID"] = envelope.message_id
    # Ids that we answer come from outside: one that is none is left out, so that it brings no header of its own along.
    thread = [one for one in (*envelope.references, envelope.in_reply_to) if _MESSAGE_ID.fullmatch(one)]
    if thread:
        message["In-Reply-To"] = thread[-1]
        message["References"] = " ".join(dict.fromkeys(thread))
    message["Auto-Submitted"] = "auto-replied" if letter.reply else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "en-GB"


def _address(address: str, name: str = "") -> Address:
    try:
        return Address(display_name=name, addr_spec=address)
    except (ValueError, IndexError) as error:
        raise Misconfigured(
            "An e-mail address of the directory or the settings is not right.", hint="Run `intake check-config`."
        ) from error


def _type_of(name: str) -> str:
    return next((kind for ending, kind in _TYPES.items() if name.lower().endswith(ending)), "application/octet-stream")


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Boundaries from the message's own id: the library would draw them by lot."""
    seed = sha256(message_id.encode("utf-8")).hexdigest()[:24]
    multiparts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts, start=1):
        part.set_boundary(f"=_{seed}_{number}")

"""Submission, document, filed return, letter, pack: what arrives, what is made of it, what goes out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from records.cases import Noun

SubmissionState = Literal["received", "done", "attention", "ignored", "failed"]
"""`done`: everything in it is filed. `attention`: a person must look (reason given). `ignored`: nothing for a case
(newsletter, automatic reply, exact duplicate), with its reason. `failed`: shunted after three attempts."""

MailClass = Literal["person", "automatic_reply", "bounce", "list", "own", "unknown"]


class SourceIdentity(Noun):
    """Where a submission came from; unique, so that the same arrival twice is one submission."""

    source: Literal["mailbox", "folder", "upload"]
    key: str
    """mailbox: account and sha-256 of the bytes (where it lies is in the sightings); folder and upload: sha-256 of the
    bytes with the relative path."""


class Message(Noun):
    """What is kept of an e-mail's head. Subject and addresses are personal data: never logged."""

    message_id: str
    subject: str
    sender: str
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    sent_at: datetime | None = None
    in_reply_to: tuple[str, ...] = ()
    """In-Reply-To and References, nearest first."""
    mail_class: MailClass = "person"
    automatic_reason: str = ""
    authenticated: Literal["", "pass", "fail", "none"] = ""
    """What the receiving server says of the sender's domain; "" where the settings name no server to believe."""


class Submission(Noun):
    """One thing that arrived. Its bytes are kept for ever, unchanged."""

    id: str
    """The submission's own identity (derived from source identity and bytes); also the workflow's id."""
    identity: SourceIdentity
    sha256: str
    name: str
    """File name as given or the message's file name; untrusted, never logged."""
    received_at: datetime
    size: int
    message: Message | None = None
    folder_hint: tuple[str, ...] = ()
    """Sub-folder names of a file from the shared folder: hints for matching."""
    state: SubmissionState = "received"
    reason: str = ""
    attempts: int = 0


class Document(Noun):
    """One file inside a submission. `path` shows how it was nested: "return.docx", "mail.eml > forms.zip > a.pdf"."""

    id: str
    submission_id: str
    path: str
    sha256: str
    kind: str
    size: int
    outcome: Literal["opened", "read", "needs_review", "rejected", "skipped"]
    """`opened`: waits for its reading. `skipped`: nothing to read in it, or filed before, with the reason."""
    reason: str = ""
    code: str = ""
    role: Literal["file", "body", "inline"] = "file"
    """Whether it is a file by itself, a message's text, or a picture shown within that text."""


class Signal(Noun):
    """One piece of evidence in matching: what it points to, how strong, and whether somebody could guess it."""

    name: str
    points_to: str
    weight: int
    guessable: bool = True
    detail: str = ""


class FiledReturn(Noun):
    """A version of a return, filed under a case, agency and request."""

    id: str
    document_id: str
    submission_id: str
    case_reference: str | None
    agency_id: str | None
    request_id: str | None
    form: str
    version: int
    supersedes: str | None = None
    received_at: datetime
    state: Literal["filed", "needs_person", "superseded", "set_aside"]
    reason: str = ""
    result: dict[str, Any]
    """The return as `intake read` prints it (record, places, review, unplaced, findings), with `labels`."""
    signals: tuple[Signal, ...] = ()


LetterKind = Literal[
    "acknowledgement",
    "query",
    "request",
    "reminder",
    "escalation",
    "late_thanks",
    "wrong_form",
    "unreadable",
    "secure_wrapper",
    "decision",
]
LetterState = Literal["held", "outbox", "written_unsent", "sent", "bounced", "unknown", "dropped"]


class Letter(Noun):
    """Anything we send. One letter has one `key`, so that one occasion gives one letter."""

    id: str
    key: str
    kind: LetterKind
    case_reference: str | None
    agency_id: str | None
    request_id: str | None = None
    submission_id: str | None = None
    to: tuple[str, ...]
    copy_to: tuple[str, ...] = ()
    subject: str
    body_text: str
    message_id: str
    in_reply_to: str = ""
    attachments: tuple[tuple[str, str], ...] = ()
    """(file name, sha-256 in the store)."""
    dated: date
    state: LetterState
    reason: str = ""


class Edition(Noun):
    """A numbered edition of a case's pack."""

    case_reference: str
    number: int
    built_on: date
    files: tuple[tuple[str, str], ...]
    """(file name, sha-256 in the store)."""
    up_to_date: bool = True

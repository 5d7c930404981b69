"""What the way of a submission is made of: the other rooms as callables, handed in by the composition root."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from intake.opening import Opened
from mailbox_config.directory import Directory
from mailbox_config.settings import Settings
from records.cases import Agency, Case, Request
from records.checking import Checkable
from records.results import Finding, ReadResult
from records.submissions import Document, FiledReturn, Letter, LetterKind, SourceIdentity, Submission, SubmissionState
from service.post import Post
from store import Store

ACTOR = "service"
"""Who the audit log names for what nobody decided by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrder:
    """Everything a letter may be about. Which of it a letter uses is the letter's own affair."""

    kind: LetterKind
    agency: Agency
    dated: date
    case: Case | None = None
    requests: tuple[Request, ...] = ()
    """What the letter asks for, or what is still awaited from this agency."""
    returns: tuple[FiledReturn, ...] = ()
    """The returns it answers or asks about."""
    documents: tuple[Document, ...] = ()
    """Every file of the submission it answers."""
    submission: Submission | None = None
    reply_by: date | None = None
    asked_agencies: tuple[str, ...] = ()
    """Ids of all the agencies that the case asks, for a request."""
    reminded_on: tuple[date, ...] = ()
    """When the agency was reminded of this before."""
    next_step: str = ""
    """What happens if nothing comes, or what follows from a decision, as a sentence."""
    decision: str = ""
    reasons: str = ""
    """Of a referral, in the words of who decided."""
    step: str = ""
    """The rung of the ladder, for reminders and escalations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A letter as written: the Word document, the e-mail's two texts, its subject, what else goes with it."""

    docx: bytes
    subject: str
    body_text: str
    body_html: str = ""
    file_name: str = "letter.docx"
    enclosures: tuple[tuple[str, bytes], ...] = ()
    """(file name, bytes): the pre-filled blanks."""


class Open(Protocol):
    def __call__(self, data: bytes, name: str) -> Opened: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything the steps use. Nothing here is looked up anywhere else: no clock, no environment, no settings file."""

    store: Store
    settings: Settings
    directory: Directory
    open: Open
    read: Callable[[bytes, str], ReadResult]
    check: Callable[[Checkable], list[Finding]]
    concerns_agency: Callable[[Finding], bool]
    """Whether the agency can put this right, so that a query may ask for it."""
    write_letter: Callable[[LetterOrder], WrittenLetter]
    deliver: Callable[[Letter, bytes], None]
    """Bring a letter on its way under its own name; the same letter again is no second letter."""
    settle: Callable[[SourceIdentity, SubmissionState], None]
    """Tell the source where a submission of it stands."""
    today: Callable[[], date]
    new_token: Callable[[], str]
    worker: str
    """The name of this process, as the holder of what it has in hand."""
    post: Post | None = None
    """The way letters really go out, once sending is set up; without it they are brought by `deliver`."""


def id_of(letter: str, *parts: object) -> str:
    """A short id that the same parts always give: a letter for the noun and sixteen digits of a digest."""
    text = "\x00".join(str(part) for part in parts)
    return f"{letter}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"

"""First step: what arrived is opened and its files entered; what is nothing for a case is set apart with its reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from intake.opening import Opened, OpenedPart
from records.submissions import Document, Submission, SubmissionState
from service.parts import ACTOR, Parts
from service.tasks import ask_a_person
from store import Transaction

NOT_FROM_THERE = (
    "Our mail server says that this message does not come from the address it names. Nothing was read or answered. Ask "
    "the agency by telephone; if it is genuine, save its file and hand it in with `intake submit FILE`."
)
UNCHANGED = "It is the file that we sent, unchanged: nothing is filled in. Ask the agency for the completed one."
_SKIPPED_PICTURES = frozenset(("png", "jpg", "gif", "bmp", "webp", "tiff", "heic"))


@dataclass(frozen=True, slots=True)
class SetApart:
    """Why a submission goes no further by itself, and where it stands then."""

    state: SubmissionState
    reason: str


def open_documents(submission_id: str, parts: Parts) -> list[str]:
    """Enter the files of a submission; the ids of those to be read (none when it was set apart)."""
    with parts.store.reading() as tx:
        submission = tx.submissions.get(submission_id)
        data = tx.originals.get(submission.sha256)
    opened = parts.open(data, submission.name)
    if opened.message is not None:
        submission = submission.model_copy(update={"message": opened.message})
    apart = _set_apart(submission, opened, parts)
    with parts.store.transaction() as tx:
        if opened.message is not None:
            tx.submissions.set_message(submission_id, opened.message)
        documents = [_enter(tx, submission, part, number) for number, part in enumerate(opened.parts)]
        _note_bounces(tx, opened)
        if apart is not None:
            tx.submissions.set_state(submission_id, apart.state, apart.reason)
            tx.audit.record(ACTOR, f"submission.{apart.state}", submission=submission_id)
            if apart.state == "attention":
                ask_a_person(tx, "submission", submission_id, apart.reason)
            return []
    return [document.id for document in documents if document.outcome == "opened"]


def _enter(tx: Transaction, submission: Submission, part: OpenedPart, number: int) -> Document:
    role = "body" if part.is_body else "inline" if part.inline else "file"
    shown_only = part.inline and part.kind in _SKIPPED_PICTURES
    # Two programs that send each other's files to and fro must find nothing to answer.
    ours = role == "file" and not part.problem and _is_ours(tx, part.data)
    document = Document(
        id=f"{submission.id}-{number:03}",
        submission_id=submission.id,
        path=part.path,
        sha256=tx.originals.put(part.data),
        kind=part.kind,
        size=len(part.data),
        outcome="rejected" if part.problem else "skipped" if shown_only or ours else "opened",
        reason=UNCHANGED
        if ours
        else "A picture within the message's text."
        if shown_only and not part.problem
        else part.reason,
        code=part.problem,
        role=role,
    )
    tx.documents.put(document)
    return document


def _is_ours(tx: Transaction, data: bytes) -> bool:
    sha256 = hashlib.sha256(data).hexdigest()
    return tx.originals.has(sha256) and tx.letters.enclosed(sha256)


def _set_apart(submission: Submission, opened: Opened, parts: Parts) -> SetApart | None:
    """The reason for going no further, if there is one. Whatever holds a file goes on: a form may be in it."""
    earlier = _earlier_copy(submission, opened, parts)
    if earlier is not None:
        return SetApart("ignored", f"The same arrived before, as {earlier}.")
    message = opened.message
    if message is None:
        return None
    if message.mail_class == "own":
        return SetApart("ignored", "A message that this service sent itself.")
    if message.mail_class == "bounce":
        return SetApart("attention", "A letter could not be delivered: check the address and send it again.")
    files = _files(opened)
    if not files and message.mail_class in ("automatic_reply", "list"):
        return SetApart("ignored", message.automatic_reason or "An automatic message without a form.")
    if message.authenticated == "fail" and submission.identity.source == "mailbox":
        return SetApart("attention", NOT_FROM_THERE)
    if not files and opened.wrapper is not None:
        return SetApart("attention", opened.wrapper.reason)
    return None


def _files(opened: Opened) -> list[OpenedPart]:
    return [part for part in opened.parts if not part.is_body and not part.inline]


def _earlier_copy(submission: Submission, opened: Opened, parts: Parts) -> str | None:
    """The submission that brought the same before: the same bytes, or the same message with the same files."""
    with parts.store.reading() as tx:
        alike = [
            (other, tx.originals.get(other.sha256))
            for other in tx.submissions.alike(submission)
            if (other.received_at, other.id) < (submission.received_at, submission.id) and other.state != "failed"
        ]
    own = _contents(opened)
    for other, data in alike:
        if other.sha256 == submission.sha256 or _contents(parts.open(data, other.name)) == own:
            return other.id
    return None


def _contents(opened: Opened) -> list[bytes]:
    """The files, or the texts where there are no files: a text may gain a footer on its second way here."""
    return sorted(part.data for part in _files(opened) or opened.parts)


def _note_bounces(tx: Transaction, opened: Opened) -> None:
    for message_id in opened.bounced:
        letter = tx.letters.by_message_id(message_id)
        if letter is not None and letter.state != "bounced":
            tx.letters.set_state(letter.id, "bounced", "The recipient's mail server refused it.")
            tx.audit.record(ACTOR, "letter.bounced", letter=letter.id)

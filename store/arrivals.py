"""What arrived: original bytes, submissions, documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from records.errors import Refused
from records.submissions import Document, Message, SourceIdentity, Submission, SubmissionState
from store.rows import to_noun, to_row
from store.tables import DocumentRow, OriginalRow, ReadingRow, SubmissionRow


class Originals:
    """Bytes by their SHA-256, unchanged, kept once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, data: bytes) -> str:
        """Keep these bytes; their SHA-256. The same bytes again are no more than the same bytes."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.has(sha256):
            self._session.add(OriginalRow(sha256=sha256, size=len(data), data=data))
            self._session.flush()
        return sha256

    def has(self, sha256: str) -> bool:
        """Whether these bytes are kept."""
        return self._session.scalar(select(OriginalRow.sha256).where(OriginalRow.sha256 == sha256)) is not None

    def get(self, sha256: str) -> bytes:
        """The bytes; Refused when they are not here."""
        data = self._session.scalar(select(OriginalRow.data).where(OriginalRow.sha256 == sha256))
        if data is None:
            raise Refused("There is no file with this SHA-256.", hint="Check the number.")
        return data


class Submissions:
    """The ledger: one row for everything that ever arrived."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, submission: Submission) -> bool:
        """Enter it; False (and nothing changed) when this source identity is in the ledger already."""
        if self.by_identity(submission.identity) is not None:
            return False
        identity, message = submission.identity, submission.message
        self._session.add(
            to_row(
                SubmissionRow,
                submission,
                source=identity.source,
                key=identity.key,
                message_id=message.message_id if message else "",
            )
        )
        self._session.flush()
        return True

    def get(self, submission_id: str) -> Submission:
        """The submission; Refused when there is none."""
        return _submission(self._row(submission_id))

    def by_identity(self, identity: SourceIdentity) -> Submission | None:
        """The submission that came from there, if it is in the ledger."""
        row = self._session.scalar(
            select(SubmissionRow).where(SubmissionRow.source == identity.source, SubmissionRow.key == identity.key)
        )
        return _submission(row) if row else None

    def all(self, states: Iterable[SubmissionState] = ()) -> tuple[Submission, ...]:
        """Everything in these states (all of them when none is named), oldest first."""
        query = select(SubmissionRow).order_by(SubmissionRow.received_at, SubmissionRow.id)
        wanted = tuple(states)
        if wanted:
            query = query.where(SubmissionRow.state.in_(wanted))
        return tuple(_submission(row) for row in self._session.scalars(query))

    def alike(self, submission: Submission) -> tuple[Submission, ...]:
        """Other submissions with the same bytes or the same Message-ID, oldest first."""
        same = SubmissionRow.sha256 == submission.sha256
        if submission.message is not None and submission.message.message_id:
            same = same | (SubmissionRow.message_id == submission.message.message_id)
        query = select(SubmissionRow).where(same, SubmissionRow.id != submission.id)
        rows = self._session.scalars(query.order_by(SubmissionRow.received_at, SubmissionRow.id))
        return tuple(_submission(row) for row in rows)

    def with_message_id(self, message_id: str) -> tuple[Submission, ...]:
        """The submissions whose message has this Message-ID, oldest first."""
        query = select(SubmissionRow).where(SubmissionRow.message_id == message_id)
        rows = self._session.scalars(query.order_by(SubmissionRow.received_at, SubmissionRow.id))
        return tuple(_submission(row) for row in rows)

    def count_attempt(self, submission_id: str) -> int:
        """One attempt more, counted before the work is done; how many there are now."""
        row = self._row(submission_id)
        row.attempts += 1
        self._session.flush()
        return row.attempts

    def set_message(self, submission_id: str, message: Message) -> None:
        """What its head says, once it was opened."""
        row = self._row(submission_id)
        row.message = message.model_dump(mode="json")
        row.message_id = message.message_id
        self._session.flush()

    def set_state(self, submission_id: str, state: SubmissionState, reason: str = "") -> None:
        """Where it stands and why."""
        row = self._row(submission_id)
        row.state, row.reason = state, reason
        self._session.flush()

    def try_again(self, submission_id: str) -> None:
        """Back to "received" with no attempts counted, for a person who has removed the cause."""
        self._row(submission_id)
        self._session.execute(
            update(SubmissionRow)
            .where(SubmissionRow.id == submission_id)
            .values(state="received", reason="", attempts=0)
        )

    def _row(self, submission_id: str) -> SubmissionRow:
        row = self._session.get(SubmissionRow, submission_id)
        if row is None:
            raise Refused("There is no submission with this id.", hint="`intake status` lists them.")
        return row


class Readings:
    """What reading a document gave."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, document_id: str, result: dict[str, Any]) -> None:
        """Keep a result; reading again gives the newer one."""
        self._session.merge(ReadingRow(document_id=document_id, result=result))
        self._session.flush()

    def get(self, document_id: str) -> dict[str, Any] | None:
        """The result; None when the document was not read."""
        row = self._session.get(ReadingRow, document_id)
        return row.result if row else None


class Documents:
    """The files inside the submissions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, document: Document) -> None:
        """Enter it, or bring what reading said of it up to date."""
        self._session.merge(to_row(DocumentRow, document))
        self._session.flush()

    def get(self, document_id: str) -> Document:
        """The document; Refused when there is none."""
        row = self._session.get(DocumentRow, document_id)
        if row is None:
            raise Refused("There is no document with this id.", hint="`intake status` lists what arrived.")
        return to_noun(Document, row)

    def of(self, submission_id: str) -> tuple[Document, ...]:
        """The documents of a submission in the order they were opened."""
        query = select(DocumentRow).where(DocumentRow.submission_id == submission_id).order_by(DocumentRow.id)
        return tuple(to_noun(Document, row) for row in self._session.scalars(query))

    def with_bytes(self, sha256: str) -> tuple[Document, ...]:
        """Every document with these bytes."""
        query = select(DocumentRow).where(DocumentRow.sha256 == sha256).order_by(DocumentRow.id)
        return tuple(to_noun(Document, row) for row in self._session.scalars(query))


def _submission(row: SubmissionRow) -> Submission:
    extra: dict[str, Any] = {"identity": SourceIdentity.model_validate({"source": row.source, "key": row.key})}
    return to_noun(Submission, row, **extra)

"""The tables. One noun, one table; lists that are only read whole are kept as JSON beside it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from store.columns import PlainText, UtcTime


class Base(DeclarativeBase):
    """Names every constraint, so that a migration can find it on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {str: PlainText, datetime: UtcTime, dict[str, Any]: JSON, list[Any]: JSON}


class OriginalRow(Base):
    """Bytes as they came or went, by their SHA-256."""

    __tablename__ = "originals"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class SubmissionRow(Base):
    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("source", "key"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    key: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("originals.sha256"), index=True)
    name: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[str] = mapped_column(index=True)
    message: Mapped[dict[str, Any] | None]
    folder_hint: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    attempts: Mapped[int]


class DocumentRow(Base):
    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), index=True)
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("originals.sha256"), index=True)
    kind: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    outcome: Mapped[str]
    reason: Mapped[str]
    code: Mapped[str]
    role: Mapped[str]


class ReadingRow(Base):
    """What reading a document gave, kept between the steps of its way."""

    __tablename__ = "readings"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    result: Mapped[dict[str, Any]]


class CaseRow(Base):
    __tablename__ = "cases"
    reference: Mapped[str] = mapped_column(primary_key=True)
    opened_from: Mapped[str | None] = mapped_column(unique=True)
    """What opened it (a return's id), so that a step that is run again opens it once."""
    kind: Mapped[str]
    title: Mapped[str]
    other_references: Mapped[list[Any]]
    children: Mapped[list[Any]]
    review_from: Mapped[date | None]
    review_to: Mapped[date | None]
    linked: Mapped[list[Any]]
    incident_on: Mapped[date | None]
    aware_on: Mapped[date | None]
    notified_on: Mapped[date | None]
    referred_on: Mapped[date | None]
    begun_on: Mapped[date | None]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class RequestRow(Base):
    __tablename__ = "requests"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_reference: Mapped[str] = mapped_column(ForeignKey("cases.reference"), index=True)
    agency_id: Mapped[str]
    form: Mapped[str]
    requested_on: Mapped[date]
    due_on: Mapped[date]
    extensions: Mapped[list[Any]]
    state: Mapped[str]
    answered_on: Mapped[date | None]
    token: Mapped[str] = mapped_column(unique=True)


class ReturnRow(Base):
    """A version of a return. The content is never changed; where it is filed and its state may be."""

    __tablename__ = "returns"
    __table_args__ = (
        UniqueConstraint("submission_id", "document_id", "form", "position"),
        UniqueConstraint("case_reference", "agency_id", "form", "version"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    form: Mapped[str]
    position: Mapped[int]
    """Which of the returns of this form in the document, from 0."""
    case_reference: Mapped[str | None] = mapped_column(ForeignKey("cases.reference"))
    agency_id: Mapped[str | None]
    request_id: Mapped[str | None] = mapped_column(ForeignKey("requests.id"), index=True)
    version: Mapped[int]
    supersedes: Mapped[str | None] = mapped_column(ForeignKey("returns.id"))
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    result: Mapped[dict[str, Any]]
    signals: Mapped[list[Any]]


class LetterRow(Base):
    __tablename__ = "letters"
    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    case_reference: Mapped[str | None] = mapped_column(ForeignKey("cases.reference"), index=True)
    agency_id: Mapped[str | None]
    request_id: Mapped[str | None] = mapped_column(ForeignKey("requests.id"))
    submission_id: Mapped[str | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    to: Mapped[list[Any]]
    copy_to: Mapped[list[Any]]
    subject: Mapped[str]
    body_text: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    in_reply_to: Mapped[str]
    attachments: Mapped[list[Any]]
    dated: Mapped[date]
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]


class EditionRow(Base):
    __tablename__ = "editions"
    case_reference: Mapped[str] = mapped_column(ForeignKey("cases.reference"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    built_on: Mapped[date]
    files: Mapped[list[Any]]
    up_to_date: Mapped[bool]


class TaskRow(Base):
    __tablename__ = "tasks"
    __table_args__ = (Index(None, "about", "about_id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    about: Mapped[str]
    about_id: Mapped[str]
    case_reference: Mapped[str | None]
    reason: Mapped[str]
    command: Mapped[str]
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str]


class CounterRow(Base):
    """Running numbers."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class AuditRow(Base):
    """Append-only: no code here changes or removes a row."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    ids: Mapped[dict[str, Any]]
    reason: Mapped[str]
    digest: Mapped[str]


class AuditHeadRow(Base):
    """How long the audit log is and how it ends, so that a missing end shows."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    digest: Mapped[str]

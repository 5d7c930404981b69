"""What the workers have in hand: one worker at a time for one submission, and how often one died over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.tables import Base

Ended = Callable[[str], bool]
"""Whether the worker of this name certainly runs no more."""


class InHandRow(Base):
    """A submission that a worker is at, or was at when it died."""

    __tablename__ = "in_hand"
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]
    begun: Mapped[bool]
    """Whether something is being done with it, or it only waits to be gone on with."""
    crashes: Mapped[int]
    """Deaths with this in hand since it last got on by a step."""


class InHand:
    """The transactions of the store follow one another: two workers cannot both take the same thing in hand."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self._at = at

    def take(self, submission_id: str, holder: str, seconds: float, *, ended: Ended) -> int | None:
        """Take it in hand; how many workers died over it since it last got on. None while another is at it.

        New, it is begun at once; what another left behind is begun when `begin` says so.
        """
        row = self._session.get(InHandRow, submission_id)
        until = self._at + timedelta(seconds=seconds)
        if row is None:
            self._session.add(InHandRow(submission_id=submission_id, holder=holder, until=until, begun=True, crashes=0))
            self._session.flush()
            return 0
        if row.holder != holder:
            if row.until > self._at and not ended(row.holder):
                return None
            row.crashes += row.begun
            row.begun = False
        row.holder, row.until = holder, until
        self._session.flush()
        return row.crashes

    def holder(self, submission_id: str) -> str:
        """Who has it, or had it when it died; "" for nobody."""
        row = self._session.get(InHandRow, submission_id)
        return row.holder if row else ""

    def begin(self, submission_id: str, holder: str) -> None:
        """From now on a death is a death over this."""
        self._session.execute(
            update(InHandRow)
            .where(InHandRow.submission_id == submission_id, InHandRow.holder == holder)
            .values(begun=True)
        )

    def got_on(self, submission_id: str, holder: str, seconds: float) -> None:
        """It has come a step further: it is not what the workers died of."""
        self._session.execute(
            update(InHandRow)
            .where(InHandRow.submission_id == submission_id, InHandRow.holder == holder)
            .values(crashes=0, until=self._at + timedelta(seconds=seconds))
        )

    def put_down(self, submission_ids: Iterable[str], holder: str) -> None:
        """This holder is done with these."""
        self._session.execute(
            delete(InHandRow).where(InHandRow.submission_id.in_(tuple(submission_ids)), InHandRow.holder == holder)
        )

    def left_behind(self, *, ended: Ended) -> tuple[str, ...]:
        """The submissions that dead workers had in hand."""
        rows = self._session.scalars(select(InHandRow).order_by(InHandRow.submission_id))
        return tuple(row.submission_id for row in rows if row.until <= self._at or ended(row.holder))

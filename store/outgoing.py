"""Letters and the outbox: one occasion, one letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from records.errors import Refused
from records.submissions import Letter, LetterKind, LetterState
from store.rows import to_noun, to_row
from store.tables import LetterRow

_OUT: tuple[LetterState, ...] = ("written_unsent", "sent", "bounced", "unknown")


class Letters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, letter: Letter) -> Letter:
        """Put a letter in the outbox; the one that is there already when its key has one."""
        before = self.by_key(letter.key)
        if before is not None:
            return before
        self._session.add(to_row(LetterRow, letter))
        self._session.flush()
        return letter

    def get(self, letter_id: str) -> Letter:
        """The letter; Refused when there is none."""
        return to_noun(Letter, self._row(letter_id))

    def by_key(self, key: str) -> Letter | None:
        """The letter of this occasion, if it was written."""
        row = self._session.scalar(select(LetterRow).where(LetterRow.key == key))
        return to_noun(Letter, row) if row else None

    def by_message_id(self, message_id: str) -> Letter | None:
        """The letter that went out under this Message-ID."""
        row = self._session.scalar(select(LetterRow).where(LetterRow.message_id == message_id))
        return to_noun(Letter, row) if row else None

    def all(self, states: Iterable[LetterState] = ()) -> tuple[Letter, ...]:
        """The letters in these states (all when none is named), oldest first."""
        query = select(LetterRow).order_by(LetterRow.dated, LetterRow.id)
        wanted = tuple(states)
        if wanted:
            query = query.where(LetterRow.state.in_(wanted))
        return tuple(to_noun(Letter, row) for row in self._session.scalars(query))

    def of_case(self, reference: str) -> tuple[Letter, ...]:
        """The letters of a case, oldest first."""
        query = select(LetterRow).where(LetterRow.case_reference == reference).order_by(LetterRow.dated, LetterRow.id)
        return tuple(to_noun(Letter, row) for row in self._session.scalars(query))

    def enclosed(self, sha256: str) -> bool:
        """Whether a file with these bytes went with one of our letters."""
        query = select(LetterRow.id).where(cast(LetterRow.attachments, Text).contains(sha256)).limit(1)
        return self._session.scalar(query) is not None

    def gone_to(self, address: str, day: date, kinds: Iterable[LetterKind]) -> int:
        """How many letters of these kinds of this day are out of our hands, or on their way, to this address."""
        query = select(LetterRow.to).where(
            LetterRow.dated == day, LetterRow.kind.in_(tuple(kinds)), LetterRow.state.in_(_OUT)
        )
        return sum(address.lower() in (one.lower() for one in to) for to in self._session.scalars(query))

    def set_state(self, letter_id: str, state: LetterState, reason: str = "") -> None:
        """Where it stands and why."""
        row = self._row(letter_id)
        row.state, row.reason = state, reason
        self._session.flush()

    def readdress(self, letter_id: str, to: tuple[str, ...]) -> None:
        """Other addresses, for a letter that did not get there."""
        self._row(letter_id).to = list(to)
        self._session.flush()

    def _row(self, letter_id: str) -> LetterRow:
        row = self._session.get(LetterRow, letter_id)
        if row is None:
            raise Refused("There is no letter with this id.", hint="`intake status` lists what waits.")
        return row

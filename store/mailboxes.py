"""The memory of the mailboxes: places of messages, and leases."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from records.sightings import Counted, Location, Noted, Sighting
from store.mailbox_tables import LeaseRow, MailboxCountRow, SightingRow
from store.tables import SubmissionRow

_MAILBOX = "mailbox"


class Sightings:
    """Where messages of the mailboxes were seen last."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, sighting: Sighting) -> None:
        """Note what lies at a place, whatever was noted there before."""
        row = SightingRow(
            **sighting.location.model_dump(),
            key=sighting.key,
            message_id=sighting.message_id,
            sha256=sighting.sha256,
            fingerprint=sighting.fingerprint,
        )
        self._session.merge(row)
        self._session.flush()

    def forget(self, location: Location) -> None:
        """Nothing of ours is at this place any more."""
        row = self._session.get(SightingRow, tuple(location.model_dump().values()))
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    def at(self, account: str, folder: str, uidvalidity: int) -> dict[int, Noted]:
        """What was noted in a folder, by UID, with the state of each submission that is in the ledger."""
        query = (
            select(SightingRow, SubmissionRow.state)
            .join(SubmissionRow, (SubmissionRow.source == _MAILBOX) & (SubmissionRow.key == SightingRow.key))
            .where(SightingRow.account == account, SightingRow.folder == folder, SightingRow.uidvalidity == uidvalidity)
        )
        return {
            row.uid: Noted.model_validate({"sighting": _sighting(row), "state": state})
            for row, state in self._session.execute(query)
        }

    def of(self, key: str) -> tuple[Sighting, ...]:
        """Where the message with this key was noted."""
        return self._all(SightingRow.key == key)

    def everything(self, account: str) -> tuple[Sighting, ...]:
        """Every place of an account's messages."""
        return self._all(SightingRow.account == account)

    def keys(self, account: str) -> frozenset[str]:
        """The keys of everything in the ledger that came from an account."""
        query = select(SubmissionRow.key).where(SubmissionRow.source == _MAILBOX)
        return frozenset(key for key in self._session.scalars(query) if key.rpartition("/")[0] == account)

    def counted(self, counted: Counted) -> None:
        """Keep the newest count of a mailbox."""
        counts = counted.model_dump(exclude={"account", "at"})
        self._session.merge(MailboxCountRow(account=counted.account, at=counted.at, counts=counts))
        self._session.flush()

    def counts(self) -> tuple[Counted, ...]:
        """The newest count of each mailbox, by name."""
        rows = self._session.scalars(select(MailboxCountRow).order_by(MailboxCountRow.account))
        return tuple(Counted.model_validate({"account": row.account, "at": row.at, **row.counts}) for row in rows)

    def _all(self, *conditions: object) -> tuple[Sighting, ...]:
        query = select(SightingRow).where(*conditions)  # type: ignore[arg-type]  # comparisons of columns
        ordered = query.order_by(SightingRow.folder, SightingRow.uidvalidity, SightingRow.uid)
        return tuple(_sighting(row) for row in self._session.scalars(ordered))


class Leases:
    """One worker at a time for one thing. The store's transactions follow one another: two cannot both take it."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self._at = at

    def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease for so long; False while another holder's has not run out."""
        row = self._session.get(LeaseRow, name)
        until = self._at + timedelta(seconds=seconds)
        if row is None:
            self._session.add(LeaseRow(name=name, holder=holder, until=until))
        elif row.holder == holder or row.until <= self._at:
            row.holder, row.until = holder, until
        else:
            return False
        self._session.flush()
        return True

    def holder(self, name: str) -> str:
        """Who has, or had, this lease; "" for nobody."""
        row = self._session.get(LeaseRow, name)
        return row.holder if row else ""

    def give_back(self, name: str, holder: str) -> None:
        """End a lease early, if it is this holder's."""
        self._session.execute(delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder))


def _sighting(row: SightingRow) -> Sighting:
    return Sighting(
        location=Location(account=row.account, folder=row.folder, uidvalidity=row.uidvalidity, uid=row.uid),
        key=row.key,
        message_id=row.message_id,
        sha256=row.sha256,
        fingerprint=row.fingerprint,
    )

"""A mailbox as a source of submissions.

    scan      looks through the watched folders read-only, oldest first; takes the bytes of what it does not know yet
    settle    once bytes and ledger row are committed: "received" notes where the message lies; a final state moves it
              to Processed or Attention. Nothing is ever deleted, and without `move` nothing on the server is changed

A message is known by its place (account, folder, UIDVALIDITY, UID, with the server's size and arrival time) and by its
bytes: the ledger's key is account and SHA-256. A rebuilt mailbox or a new UIDVALIDITY makes every place unknown, the
bytes are fetched again and found in the ledger; a UID that was given to another message has another fingerprint. The
Seen flag plays no part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from threading import RLock

from intake.mail_account import MailAccount, MailboxBook
from intake.mail_connection import Chosen, Listed, MailConnection, message_id_of
from intake.sources import Arrival, Refusal
from records.errors import MailboxUnavailable
from records.limits import DEFAULT_LIMITS, Limits
from records.sightings import Location, Noted, Sighting
from records.submissions import SourceIdentity, SubmissionState

_FINAL: dict[SubmissionState, str] = {
    "done": "processed",
    "ignored": "processed",
    "attention": "attention",
    "failed": "attention",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Server and ledger side by side, by identity. `only_on_server` and `only_in_ledger` are 0 when all is well."""

    on_server: int
    """Messages in the watched folders, Processed and Attention."""
    in_ledger: int
    """Different messages from this mailbox in the ledger."""
    waiting: int
    """In a watched folder and not taken in yet."""
    only_on_server: int
    """In Processed or Attention and not in the ledger: moved there by hand before they were read."""
    only_in_ledger: int
    """Taken in, and not on the server any more: removed or moved elsewhere by somebody. Their bytes are kept."""
    copies: int
    """More than one message on the server with the same bytes."""


class MailboxSource:
    """The arrivals of one mailbox. `clock` gives monotonic seconds; `pause` waits where the server cannot tell."""

    def __init__(
        self,
        account: MailAccount,
        book: MailboxBook,
        *,
        clock: Callable[[], float],
        pause: Callable[[float], None],
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._account = account
        self._book = book
        self._server = MailConnection(account, clock=clock)
        self._clock = clock
        self._pause = pause
        self._look_again_at = float("-inf")
        self._limits = limits
        self._refusals: tuple[Refusal, ...] = ()
        self._areas_made = False
        self._one_at_a_time = RLock()
        """A submission may be settled by another thread than the one that scans; the connection is one."""

    @property
    def account_id(self) -> str:
        """The account's name in the settings and the ledger."""
        return self._account.name

    def close(self) -> None:
        """Log out, and let another worker have the mailbox."""
        with self._one_at_a_time:
            self._server.close()
            self._book.give_back()

    def scan(self) -> Iterator[Arrival]:
        """What waits in the watched folders and is not in the ledger; nothing while another worker is at it."""
        if self._clock() < self._look_again_at:
            return
        self._refusals = ()
        for folder in self._account.folders:
            if not self._book.hold():
                return
            yield from self._scan_folder(folder)
        self._finish_attention()
        self._look_again_at = self._clock() + self._account.poll_seconds

    def refusals(self) -> tuple[Refusal, ...]:
        """What the last scan saw and did not take."""
        return self._refusals

    def settle(self, identity: SourceIdentity, state: SubmissionState) -> None:
        """Move the message of this submission, every copy of it that was noted, to where its state belongs."""
        ours = identity.source == "mailbox" and identity.key.rpartition("/")[0] == self._account.name
        if not ours or not self._account.move or state not in _FINAL:
            return
        with self._one_at_a_time:
            self._require_lease()
            for sighting in self._book.of(identity.key):
                self._move(sighting, state)

    def wait(self, seconds: float) -> bool:
        """Wait for news, at most this long; whether there may be some. A hint: the scan is the truth."""
        try:
            with self._one_at_a_time:
                self._server.open_folder(self._account.folders[0])
                happened = self._server.idle(seconds)
        except MailboxUnavailable:
            self._pause(seconds)
            return False
        if happened is None:
            self._pause(seconds)
            return False
        if happened:
            self._look_again_at = float("-inf")
        return happened

    def balance(self) -> Balance:
        """Count both sides, and take note first of what was moved by hand or between a move and its note.

        While another worker has the mailbox it only counts.
        """
        ledger = self._book.keys()
        with self._one_at_a_time:
            may_note = self._book.hold()
            self._server.forget_folder()
            by_folder = {folder: list(self._look_through(folder, ledger)) for folder in self._folders_there()}
        found = [one for seen in by_folder.values() for one in seen]
        alive = {one.key for one, deleted in found if one is not None and not deleted}
        # Where a server cannot expunge one message alone, a move leaves the original behind, flagged to be removed.
        here = [one for one, deleted in found if not (deleted and one is not None and one.key in alive)]
        known = [one for one in here if one is not None]
        waiting = sum(one is None for folder in self._account.folders for one, _ in by_folder[folder])
        places, keys = {one.location for one, _ in found if one is not None}, {one.key for one in known}
        for gone in self._book.everything() if may_note else ():
            if gone.location not in places and gone.key in keys:
                self._book.forget(gone.location)
        return Balance(
            on_server=len(here),
            in_ledger=len(ledger),
            waiting=waiting,
            only_on_server=len(here) - len(known) - waiting,
            only_in_ledger=len(ledger - keys),
            copies=len(known) - len(keys),
        )

    def _look_through(self, folder: str, ledger: frozenset[str]) -> Iterator[tuple[Sighting | None, bool]]:
        """Every message of a folder as far as the ledger knows it, and whether it is flagged to be removed."""
        chosen = self._server.open_folder(folder)
        noted = self._book.at(folder, chosen.uidvalidity)
        for listed in self._server.list_open():
            known = noted.get(listed.uid)
            if known is not None and known.sighting.fingerprint == listed.fingerprint:
                yield known.sighting, listed.deleted
            else:
                yield self._look_up(chosen, listed, ledger), listed.deleted

    def _scan_folder(self, folder: str) -> Iterator[Arrival]:
        with self._one_at_a_time:
            self._server.forget_folder()
            chosen = self._server.open_folder(folder)
            noted = self._book.at(folder, chosen.uidvalidity)
            waiting = self._server.list_open()
        for listed in waiting:
            if not self._book.hold():
                return
            known = noted.get(listed.uid)
            if known is not None and known.sighting.fingerprint == listed.fingerprint:
                self._finish(known, listed)
                continue
            with self._one_at_a_time:
                again = self._server.open_folder(folder)
                arrival = self._take(again, listed) if again.uidvalidity == chosen.uidvalidity else None
            if again.uidvalidity != chosen.uidvalidity:
                return  # the folder was made anew while we looked: the next scan sees all of it
            if arrival is not None:
                yield arrival

    def _finish(self, known: Noted, listed: Listed) -> None:
        """A message that still lies here although its submission is settled: a crash came before the move."""
        if self._account.move and known.state in _FINAL and not listed.deleted:
            with self._one_at_a_time:
                self._move(known.sighting, known.state)

    def _finish_attention(self) -> None:
        """What a person settled while another process had the mailbox still lies in Attention."""
        area = self._account.attention
        with self._one_at_a_time:
            if not self._account.move or not self._server.exists(area):
                return
            chosen = self._server.open_folder(area)
            for noted in self._book.at(area, chosen.uidvalidity).values():
                if noted.state in _FINAL:
                    self._move(noted.sighting, noted.state)

    def _take(self, chosen: Chosen, listed: Listed) -> Arrival | None:
        where = f"{self._account.name}/{chosen.folder}, message {listed.uid}"
        if listed.size > self._limits.file_bytes:
            self._refuse(where, "The message is larger than this service accepts. Open it by hand, or raise the limit.")
            return None
        data = self._server.message(listed.uid)
        if data is None:
            self._refuse(where, "The message was moved or deleted by another program before it could be read.")
            return None
        sighting = self._sighting(chosen, listed, data)
        identity = SourceIdentity(source="mailbox", key=sighting.key)
        return Arrival(
            identity=identity,
            name=f"message-{listed.uid}.eml",
            data=data,
            settle=partial(self._settle_taken, sighting, identity),
            folder_hint=() if chosen.folder.upper() == "INBOX" else tuple(chosen.folder.split("/")),
        )

    def _settle_taken(self, sighting: Sighting, identity: SourceIdentity, state: SubmissionState) -> None:
        if sighting not in self._book.of(sighting.key):
            self._book.note(sighting)
        self.settle(identity, state)

    def _sighting(self, chosen: Chosen, listed: Listed, data: bytes) -> Sighting:
        digest = sha256(data).hexdigest()
        return Sighting(
            location=Location(
                account=self._account.name, folder=chosen.folder, uidvalidity=chosen.uidvalidity, uid=listed.uid
            ),
            key=f"{self._account.name}/{digest}",
            message_id=message_id_of(data),
            sha256=digest,
            fingerprint=listed.fingerprint,
        )

    def _look_up(self, chosen: Chosen, listed: Listed, ledger: frozenset[str]) -> Sighting | None:
        """The sighting of a message at a place that was not noted, when the ledger has its bytes."""
        data = self._server.message(listed.uid) if listed.size <= self._limits.file_bytes else None
        sighting = self._sighting(chosen, listed, data) if data is not None else None
        if sighting is None or sighting.key not in ledger:
            return None
        if self._book.hold():
            self._book.note(sighting)
        return sighting

    def _move(self, sighting: Sighting, state: SubmissionState) -> None:
        target = self._account.processed if _FINAL[state] == "processed" else self._account.attention
        location = sighting.location
        if location.folder == target:
            return
        if not self._areas_made:
            self._server.make_missing(self._account.processed, self._account.attention)
            self._areas_made = True
        if not self._server.moves_whole():
            copied = self._server.find(target, sighting.message_id, sighting.sha256)
            if copied is not None and self._copied_before(sighting, target, copied):
                return
        chosen = self._server.open_folder(location.folder, write=True)
        listed = self._server.listed(location.uid) if chosen.uidvalidity == location.uidvalidity else None
        if listed is None or listed.fingerprint != sighting.fingerprint:
            self._note_moved(sighting, target)  # moved before a crash, or by somebody else
            return
        if listed.deleted and self._server.leaves_originals():
            return
        self._note_moved(sighting, target, self._server.move(location.uid, target))

    def _copied_before(self, sighting: Sighting, target: str, copied: tuple[int, int]) -> bool:
        """Without MOVE: whether this message's copy was made before a crash; then only the original is put away."""
        location = sighting.location
        if any((one.location.uidvalidity, one.location.uid) == copied for one in self._book.of(sighting.key)):
            return False  # that is another copy's
        chosen = self._server.open_folder(location.folder, write=True)
        listed = self._server.listed(location.uid) if chosen.uidvalidity == location.uidvalidity else None
        if listed is not None and listed.fingerprint == sighting.fingerprint:
            self._server.put_away(location.uid)
        self._note_at(sighting, target, *copied)
        return True

    def _note_moved(self, sighting: Sighting, target: str, there: tuple[int, int] | None = None) -> None:
        found = there or self._server.find(target, sighting.message_id, sighting.sha256)
        if found is not None:
            self._note_at(sighting, target, *found)

    def _note_at(self, sighting: Sighting, folder: str, uidvalidity: int, uid: int) -> None:
        # Size and arrival time go with a message; where a server changes them, `balance` looks at the bytes again.
        place = Location(account=self._account.name, folder=folder, uidvalidity=uidvalidity, uid=uid)
        moved = sighting.model_copy(update={"location": place})
        self._book.note(moved, instead_of=None if self._server.leaves_originals() else sighting.location)

    def _folders_there(self) -> tuple[str, ...]:
        areas = (self._account.processed, self._account.attention)
        return (*self._account.folders, *(area for area in areas if self._server.exists(area)))

    def _refuse(self, where: str, reason: str) -> None:
        self._refusals = (*self._refusals, Refusal(where, reason))

    def _require_lease(self) -> None:
        if not self._book.hold():
            raise MailboxUnavailable("Another worker is at work in this mailbox.")

"""The mailboxes of the settings as sources, with the store as their memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping

from intake.mail_account import Credentials, MailAccount, from_command, from_file
from intake.mailbox import MailboxSource
from intake.mailbox_check import Step, check
from mailbox_config.mail import Login, SendingSettings
from mailbox_config.settings import Settings
from records.errors import Misconfigured
from records.sightings import Location, Noted, Sighting
from service.smtp import Relay, check_relay
from service.workers import has_ended
from store import Store

LEASE_SECONDS = 120.0


class StoreBook:
    """The memory of one mailbox in the store, as the worker called `holder` sees it. `clock`: monotonic seconds."""

    def __init__(
        self,
        store: Store,
        account: str,
        *,
        holder: str,
        clock: Callable[[], float] = time.monotonic,
        seconds: float = LEASE_SECONDS,
    ) -> None:
        self._store = store
        self._account = account
        self._holder = holder
        self._clock = clock
        self._seconds = seconds
        self._held_until = float("-inf")

    def hold(self) -> bool:
        """Take or renew the lease of this mailbox; asks the store only when a third of it is used up."""
        now = self._clock()
        if now < self._held_until - self._seconds * 2 / 3:
            return True
        with self._store.transaction() as tx:
            before = tx.leases.holder(self._lease)
            if before != self._holder and has_ended(before):
                tx.leases.give_back(self._lease, before)  # a crash; its lease need not run out first
            held = tx.leases.take(self._lease, self._holder, self._seconds)
        self._held_until = now + self._seconds if held else float("-inf")
        return held

    def give_back(self) -> None:
        """Let another worker have the mailbox at once."""
        self._held_until = float("-inf")
        with self._store.transaction() as tx:
            tx.leases.give_back(self._lease, self._holder)

    def at(self, folder: str, uidvalidity: int) -> Mapping[int, Noted]:
        """What was noted in this folder, by UID."""
        with self._store.reading() as tx:
            return tx.sightings.at(self._account, folder, uidvalidity)

    def of(self, key: str) -> tuple[Sighting, ...]:
        """Where the message with this key was noted."""
        with self._store.reading() as tx:
            return tx.sightings.of(key)

    def everything(self) -> tuple[Sighting, ...]:
        """Every place where a message is believed to be."""
        with self._store.reading() as tx:
            return tx.sightings.everything(self._account)

    def keys(self) -> frozenset[str]:
        """The ledger's keys of everything that came from this mailbox."""
        with self._store.reading() as tx:
            return tx.sightings.keys(self._account)

    def note(self, sighting: Sighting, *, instead_of: Location | None = None) -> None:
        """Note a place, and forget the one it was at before."""
        with self._store.transaction() as tx:
            tx.sightings.note(sighting)
            if instead_of is not None and instead_of != sighting.location:
                tx.sightings.forget(instead_of)

    def forget(self, location: Location) -> None:
        """Nothing of ours is at this place any more."""
        with self._store.transaction() as tx:
            tx.sightings.forget(location)

    @property
    def _lease(self) -> str:
        return f"mailbox/{self._account}"


def mailbox_sources(
    settings: Settings, store: Store, *, holder: str, pause: Callable[[float], None] = time.sleep
) -> tuple[MailboxSource, ...]:
    """One source for each mailbox of the settings; none when none is set."""
    return tuple(
        MailboxSource(
            account,
            StoreBook(store, account.name, holder=holder),
            clock=time.monotonic,
            pause=pause,
            limits=settings.limits,
        )
        for account in accounts_of(settings)
    )


def accounts_of(settings: Settings) -> tuple[MailAccount, ...]:
    """The mailboxes of the settings."""
    mailbox = settings.mailbox
    return tuple(
        MailAccount(
            name=one.name,
            host=one.host,
            port=one.port or (993 if one.security == "tls" else 143),
            security=one.security,
            certificates=one.certificates,
            credentials=credentials_of(one, mailbox.password.get_secret_value() if mailbox.password else None),
            folders=one.folders,
            processed=one.processed,
            attention=one.attention,
            move=one.move,
            poll_seconds=mailbox.poll_seconds,
            connect_seconds=mailbox.connect_seconds,
            read_seconds=mailbox.read_seconds,
        )
        for one in mailbox.accounts
    )


def steps_of(settings: Settings) -> Iterator[tuple[str, Step]]:
    """The way into each mailbox and to the sending server, proved step by step; nothing is changed and nothing sent."""
    for account in accounts_of(settings):
        for step in check(account, clock=time.monotonic):
            yield account.name, step
    relay = relay_of(settings)
    if relay is not None:
        for step in check_relay(relay):
            yield "sending", step


def relay_of(settings: Settings) -> Relay | None:
    """The server that letters go through; None while none is set."""
    sending, own = settings.sending, settings.partnership.contact_email
    if not sending.host:
        return None
    usual = {"starttls": 587, "tls": 465, "none": 25}
    password = sending.password.get_secret_value() if sending.password else None
    return Relay(
        host=sending.host,
        port=sending.port or usual[sending.security],
        security=sending.security,
        certificates=sending.certificates,
        credentials=credentials_of(sending, password) if sending.user else None,
        sender=own,
        copy_to=own if sending.copy_to_own_mailbox else "",
        connect_seconds=sending.connect_seconds,
        read_seconds=sending.read_seconds,
    )


def credentials_of(login: Login | SendingSettings, password: str | None) -> Credentials:
    """How to log in: a token's command, else a password's file, else the password of the environment."""
    if login.token_command:
        return Credentials(login.user, from_command(login.token_command), kind="token")
    if login.password_file is not None:
        return Credentials(login.user, from_file(login.password_file))
    if password is not None:
        return Credentials(login.user, lambda: password)
    raise Misconfigured(
        f"There is neither a password nor a token_command for {login.host}.",
        hint="Set the environment variable, or name a password_file or a token_command.",
    )

"""The one composition root: settings in, wired service out. Nothing else makes clocks, engines or pools."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from intake.folder import FolderPlan, FolderSource
from intake.mailbox import MailboxSource
from intake.opening import open_submission
from intake.sources import Source
from mailbox_config.calendar import LONDON
from mailbox_config.directory import load_directory
from mailbox_config.policy import load_rule_policy
from mailbox_config.settings import Settings
from mailbox_config.wordings import load_local_wordings
from records.errors import MailboxUnavailable
from records.submissions import SourceIdentity, SubmissionState
from rules.engine import check_return, is_for_agency
from service import workflow
from service.document import reader_pool
from service.mailboxes import mailbox_sources, relay_of
from service.outbox import folder_delivery
from service.parts import Parts
from service.smtp import SmtpPost
from service.workers import this_worker
from service.writing import letter_writer, questions_of
from store import Store, open_store

LOG = logging.getLogger("service.bootstrap")

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Service:
    """The service, ready to work: its parts and its sources."""

    parts: Parts
    sources: tuple[Source, ...]

    @property
    def store(self) -> Store:
        return self.parts.store

    @property
    def mailboxes(self) -> tuple[MailboxSource, ...]:
        return tuple(source for source in self.sources if isinstance(source, MailboxSource))


@contextmanager
def build(settings: Settings, *, now: Now | None = None, durable: bool = True) -> Iterator[Service]:
    """The wired service; closed at the end. `now` is the clock (the demonstration and tests hand in their own).

    With `durable=False` submissions cannot be worked off; commands that only look or write a letter need no more.
    """
    clock = now or _clock(settings)
    settings.folders.data.mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_things:
        store = open_store(settings.database_url, clock=clock, password=settings.database_password())
        open_things.callback(store.close)
        wordings = load_local_wordings(settings.folders.wordings)
        pool = reader_pool(settings.limits, workers=settings.working.workers, wordings=wordings)
        open_things.callback(pool.close)
        service = _wired(settings, store, clock, pool.read)
        for source in service.mailboxes:
            open_things.callback(source.close)
        if durable:
            # A reader stands ready before anything is taken in hand: who dies while it starts has died over nothing.
            pool.read(b"", "text")
            open_things.enter_context(workflow.running(service.parts, database_url=_engine_url(settings)))
        yield service


def _wired(settings: Settings, store: Store, clock: Now, read: Callable[..., object]) -> Service:
    directory = load_directory(settings.files.directory)
    policy = load_rule_policy(settings.files.rule_policy) if settings.files.rule_policy else None
    folders = tuple(_folder(settings, number, clock) for number in range(len(settings.folders.watched)))
    holder = this_worker(secrets.token_hex(4))
    sources: tuple[Source, ...] = (*folders, *mailbox_sources(settings, store, holder=holder))
    relay = relay_of(settings)

    def original(sha256: str) -> bytes:
        with store.reading() as tx:
            return tx.originals.get(sha256)

    def settle(identity: SourceIdentity, state: SubmissionState) -> None:
        for source in sources:
            try:
                source.settle(identity, state)
            except MailboxUnavailable as down:
                # What is committed stays true: the next scan moves the message to where its state belongs.
                LOG.warning("move_waits source=%s code=%s", identity.source, down.code)

    def is_own(message_id: str) -> bool:
        """Whether this is a letter of ours: not the domain says so, colleagues write from there too."""
        with store.reading() as tx:
            return tx.letters.by_message_id(message_id) is not None

    parts = Parts(
        store=store,
        settings=settings,
        directory=directory,
        open=partial(
            open_submission, limits=settings.limits, is_own=is_own, authserv_ids=settings.mailbox.authserv_ids
        ),
        read=read,  # type: ignore[arg-type] # the pool's reader has exactly this shape
        check=lambda checkable: check_return(checkable, policy),
        concerns_agency=lambda finding: is_for_agency(finding.rule),
        write_letter=lambda order: writer(order),
        deliver=folder_delivery(settings.folders.outbox, original),
        settle=settle,
        today=lambda: clock().astimezone(LONDON).date(),
        new_token=lambda: secrets.token_hex(8),
        worker=holder,
        post=SmtpPost(relay, clock=time.monotonic) if relay is not None else None,
    )
    writer = letter_writer(settings, directory, questions_of(parts), original)
    return Service(parts, sources)


def _folder(settings: Settings, number: int, clock: Now) -> FolderSource:
    plan = FolderPlan(
        watched=settings.folders.watched[number],
        own=settings.folders.data / f"folder-{number + 1}",
        stable_seconds=settings.working.settle_seconds,
    )
    source = FolderSource(
        plan, clock=time.monotonic, today=lambda: clock().astimezone(LONDON).date(), limits=settings.limits
    )
    source.check()
    return source


def _clock(settings: Settings) -> Now:
    """The real clock; on the settings' own day for rehearsals."""
    pretended: date | None = settings.clock.today
    if pretended is None:
        return lambda: datetime.now(UTC)
    return lambda: datetime.combine(pretended, datetime.now(UTC).timetz())


def _engine_url(settings: Settings) -> str:
    """Where the durable engine keeps its own tables: beside the store, in a file of its own with SQLite."""
    if settings.database_url.startswith("sqlite"):
        return f"sqlite:///{(settings.folders.data / 'workflows.sqlite').as_posix()}"
    password = settings.database_password()
    url = settings.database_url
    if password and "@" in url and ":" not in url.split("//", 1)[1].split("@", 1)[0]:
        head, tail = url.split("@", 1)
        url = f"{head}:{password}@{tail}"
    return url

"""One user's mailbox on a real server, the store, and the source between them; and short fictional messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mail_servers import Dovecot

from intake.mail_account import MailAccount
from intake.mailbox import MailboxSource
from records.limits import DEFAULT_LIMITS, Limits
from service.mailboxes import StoreBook
from service.receiving import receive
from store import Store


@dataclass
class Post:
    """One user's mailbox on a server, the store, and the source between them."""

    server: Dovecot
    user: str
    store: Store
    account: MailAccount
    sources: list[MailboxSource] = field(default_factory=list)

    def put(self, *messages: bytes, folder: str = "INBOX") -> None:
        self.server.put(*messages, user=self.user, folder=folder)

    def contents(self, folder: str) -> list[bytes]:
        return self.server.contents(folder, self.user)

    def source(
        self,
        *,
        holder: str = "one",
        pause: Callable[[float], None] = time.sleep,
        limits: Limits = DEFAULT_LIMITS,
        **changes: object,
    ) -> MailboxSource:
        """A source as a worker that has just started has it."""
        account = replace(self.account, **changes)  # type: ignore[arg-type]
        book = StoreBook(self.store, account.name, holder=holder)
        source = MailboxSource(account, book, clock=time.monotonic, pause=pause, limits=limits)
        self.sources.append(source)
        return source

    def take_in(self, source: MailboxSource) -> list[str]:
        """One round of the service: everything that waits is received; the ids of what is new."""
        new = [receive(arrival, self.store) for arrival in source.scan()]
        return [submission.id for submission, is_new in new if is_new]

    def finish(self, source: MailboxSource, state: str = "done") -> None:
        """Everything that was received is settled."""
        with self.store.reading() as tx:
            waiting = tx.submissions.all(("received",))
        for submission in waiting:
            with self.store.transaction() as tx:
                tx.submissions.set_state(submission.id, state)  # type: ignore[arg-type]
            source.settle(submission.identity, state)  # type: ignore[arg-type]

    def ledger(self) -> list[str]:
        """The state of everything in the ledger."""
        with self.store.reading() as tx:
            return [submission.state for submission in tx.submissions.all()]


def message(number: int, *, message_id: str | None = None, text: str = "", subject: str = "") -> bytes:
    """A short fictional message."""
    identity = f"<{number}@agency.example>" if message_id is None else message_id
    lines = [
        "From: Robin Sample <robin@agency.example>",
        "To: reviews@sscp.example",
        f"Subject: {subject or f'Return {number}'}",
        "Date: Mon, 02 Mar 2026 09:00:00 +0000",
        *([f"Message-ID: {identity}"] if identity else []),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        text or f"Fictional text number {number}.",
        "",
    ]
    return "\r\n".join(lines).encode()

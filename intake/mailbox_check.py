"""Proves the way into a mailbox step by step, and shows what would be taken. Both read only and change nothing."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message as Mail
from email.parser import BytesHeaderParser

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from intake.heads import addresses, header
from intake.mail_account import MailAccount
from intake.mail_connection import MailConnection, log_in, reach
from records.errors import MailboxUnavailable


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way. `remedy` says what to do where it failed."""

    name: str
    right: bool
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that would be taken. Sender and subject are shown to staff and never logged."""

    folder: str
    uid: int
    arrived: datetime
    size: int
    sender: str
    subject: str


def check(account: MailAccount, *, clock: Callable[[], float]) -> Iterator[Step]:
    """The steps in their order, up to the first that fails."""
    try:
        with socket.create_connection((account.host, account.port), timeout=account.connect_seconds):
            yield Step("reach the server", True, f"{account.host}, port {account.port}")
    except OSError as error:
        remedy = "Check `host` and `port`, and that the firewall lets this machine through."
        yield Step("reach the server", False, type(error).__name__, remedy)
        return
    try:
        client = reach(account)
    except MailboxUnavailable as error:
        yield Step("encryption and certificate", False, error.message, error.hint)
        return
    try:
        yield Step("encryption and certificate", True, f"{_tls(client)}, certificate accepted")
        log_in(client, account)
        yield Step("log in", True, "with an access token" if account.credentials.kind == "token" else "with a password")
    except MailboxUnavailable as error:
        yield Step("log in", False, error.message, error.hint)
        return
    finally:
        with contextlib.suppress(IMAPClientError, OSError):
            client.shutdown()
    yield from _mailbox(account, clock)


def _mailbox(account: MailAccount, clock: Callable[[], float]) -> Iterator[Step]:
    server = MailConnection(account, clock=clock)
    try:
        for folder in account.folders:
            if not server.exists(folder):
                yield Step(f"folder {folder}", False, "not there", "Correct `folders`: names as the server has them.")
                return
            yield Step(f"folder {folder}", True, f"{server.open_folder(folder).count} messages")
        able = server.capabilities()
        yield Step("news at once (IDLE)", True, "yes" if "IDLE" in able else "no: looked at every poll_seconds")
        if not account.move:
            yield Step("moving", True, "off: nothing on the server is changed (move = false)")
            return
        for area in (account.processed, account.attention):
            yield Step(f"folder {area}", True, "there" if server.exists(area) else "made when it is first needed")
        if "MOVE" not in able and "UIDPLUS" not in able:
            found = "the server cannot: the original stays, flagged as deleted, for you to expunge"
            yield Step("moving", True, found)
        else:
            yield Step("moving", True, "in one step" if "MOVE" in able else "by copying")
    except MailboxUnavailable as error:
        yield Step("look into the mailbox", False, error.message, error.hint)
    finally:
        server.close()


def preview(
    account: MailAccount, known: Callable[[str, int, int], bool], *, clock: Callable[[], float]
) -> Iterator[Waiting]:
    """What the next scan would take. `known` says whether (folder, UIDVALIDITY, UID) is in the ledger already."""
    server = MailConnection(account, clock=clock)
    try:
        for folder in account.folders:
            chosen = server.open_folder(folder)
            new = [one for one in server.list_open() if not known(folder, chosen.uidvalidity, one.uid)]
            heads = server.heads([one.uid for one in new], "FROM", "SUBJECT")
            for one in new:
                head: Mail = BytesHeaderParser().parsebytes(heads.get(one.uid, b""))
                yield Waiting(
                    folder=folder,
                    uid=one.uid,
                    arrived=one.arrived,
                    size=one.size,
                    sender=next((address for _, address in addresses(head, "from")), ""),
                    subject=header(head, "subject"),
                )
    finally:
        server.close()


def _tls(client: IMAPClient) -> str:
    version = getattr(client.socket(), "version", lambda: None)()
    return str(version or "encrypted")

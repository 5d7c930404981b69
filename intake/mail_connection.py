"""A connection to one mailbox: everything that is said to the server is said here, and nothing else is.

No command here marks a message as seen, none expunges a folder, none deletes. What goes wrong is MailboxUnavailable
(MailboxRefused where trying again at once would be wrong), and the connection is closed then: the next call opens a
new one.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from imapclient import DELETED, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from intake.heads import message_ids
from intake.mail_account import MailAccount
from records.errors import MailboxRefused, MailboxUnavailable

_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEAD = 200_000
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_LISTING = ("RFC822.SIZE", "INTERNALDATE", "FLAGS")
_AT_ONCE = 500
_MOST_LOOKED_AT = 50
_IDLE_SECONDS = 20 * 60.0  # servers end an IDLE after half an hour
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0


@dataclass(frozen=True, slots=True)
class Listed:
    """One message as the server lists it."""

    uid: int
    size: int
    arrived: datetime
    deleted: bool
    """Flagged to be removed, as a server without UID EXPUNGE leaves a message that was moved."""

    @property
    def fingerprint(self) -> str:
        return f"{self.size}/{self.arrived.timestamp():.0f}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The folder that is open now."""

    folder: str
    uidvalidity: int
    count: int
    writable: bool


class MailConnection:
    """One account's connection, opened when it is needed and again after it broke, ever later while it fails."""

    def __init__(self, account: MailAccount, *, clock: Callable[[], float]) -> None:
        self.account = account
        self._clock = clock
        self._client: IMAPClient | None = None
        self._chosen: Chosen | None = None
        self._idling_since: float | None = None
        self._failures = 0
        self._not_before = float("-inf")

    def close(self) -> None:
        """Log out, if that is still possible."""
        if self._client is not None:
            with contextlib.suppress(IMAPClientError, OSError):
                self._client.logout()
            self._drop()

    def open_folder(self, folder: str, *, write: bool = False) -> Chosen:
        """Open a folder; read-only (EXAMINE) unless it is to be changed."""
        chosen = self._chosen
        if chosen is not None and chosen.folder == folder and chosen.writable >= write:
            return chosen
        with self._talking() as client:
            self._chosen = None
            answer = client.select_folder(self._full_name(client, folder), readonly=not write)
            self._chosen = Chosen(folder, int(answer[b"UIDVALIDITY"]), int(answer[b"EXISTS"]), write)
            return self._chosen

    def forget_folder(self) -> None:
        """Open the next folder anew, also when it is the one that is open: only so it shows what came meanwhile."""
        self._chosen = None

    def list_open(self) -> tuple[Listed, ...]:
        """Every message of the open folder, oldest arrival first."""
        listed: list[Listed] = []
        for uids in self._uids():
            found = self._fetch(uids, *_LISTING)
            listed += [one for uid, item in found.items() if (one := _listed(uid, item)) is not None]
        return tuple(sorted(listed, key=lambda one: (one.arrived, one.uid)))

    def listed(self, uid: int) -> Listed | None:
        """One message of the open folder; None when it is not there any more."""
        return _listed(uid, self._fetch([uid], *_LISTING).get(uid, {}))

    def message(self, uid: int) -> bytes | None:
        """The bytes of a message of the open folder, which stays unread; None when it is not there any more."""
        data = self._fetch([uid], "BODY.PEEK[]").get(uid, {}).get(b"BODY[]")
        return data if isinstance(data, bytes) else None

    def heads(self, uids: list[int], *names: str) -> Mapping[int, bytes]:
        """These header lines of these messages of the open folder."""
        wanted = " ".join(names).upper()
        key = f"BODY[HEADER.FIELDS ({wanted})]".encode()
        heads: dict[int, bytes] = {}
        for start in range(0, len(uids), _AT_ONCE):
            found = self._fetch(uids[start : start + _AT_ONCE], f"BODY.PEEK[HEADER.FIELDS ({wanted})]")
            heads |= {uid: item[key] for uid, item in found.items() if isinstance(item.get(key), bytes)}
        return heads

    def find(self, folder: str, message_id: str, digest: str) -> tuple[int, int] | None:
        """(UIDVALIDITY, UID) of the message with these bytes in a folder; None when it is not there."""
        chosen = self.open_folder(folder)
        if chosen.count == 0:
            return None
        with self._talking() as client:
            found = client.search(["HEADER", "Message-ID", message_id] if _plain(message_id) else "ALL")
        for uid in sorted(found, reverse=True)[:_MOST_LOOKED_AT]:
            data = self.message(uid)
            if data is not None and sha256(data).hexdigest() == digest:
                return chosen.uidvalidity, uid
        return None

    def move(self, uid: int, folder: str) -> tuple[int, int] | None:
        """Move a message of the open folder; (UIDVALIDITY, UID) there, None when the server does not say it."""
        with self._talking() as client:
            target = self._full_name(client, folder)
            client._imap.response("COPYUID")  # an earlier answer would be taken for this one's
            if client.has_capability("MOVE"):
                client.move([uid], target)
                return _copied_to(client)
            client.copy([uid], target)
            copied = _copied_to(client)
            self._put_away(client, uid)
            return copied

    def put_away(self, uid: int) -> None:
        """Remove a message of the open folder that was copied to where it belongs."""
        with self._talking() as client:
            self._put_away(client, uid)

    def moves_whole(self) -> bool:
        """Whether the server moves a message in one step, or leaves a copy behind when we are cut off."""
        with self._talking() as client:
            return bool(client.has_capability("MOVE"))

    def leaves_originals(self) -> bool:
        """Whether a moved message stays behind, flagged to be removed, because the server cannot expunge it alone."""
        with self._talking() as client:
            return not (client.has_capability("MOVE") or client.has_capability("UIDPLUS"))

    def make_missing(self, *folders: str) -> None:
        """Create these folders where they are not there yet."""
        with self._talking() as client:
            for folder in folders:
                name = self._full_name(client, folder)
                if not client.folder_exists(name):
                    client.create_folder(name)
                    client.subscribe_folder(name)

    def exists(self, folder: str) -> bool:
        """Whether there is a folder of this name."""
        with self._talking() as client:
            return bool(client.folder_exists(self._full_name(client, folder)))

    def capabilities(self) -> frozenset[str]:
        """What the server can do, after the login."""
        with self._talking() as client:
            return frozenset(name.decode("ascii", "replace").upper() for name in client.capabilities())

    def idle(self, seconds: float) -> bool | None:
        """Wait until something happens in the open folder, at most this long; None when the server cannot tell.

        The server stays in IDLE from one wait to the next, until something else is said to it.
        """
        since = self._idling_since
        if since is None or self._clock() - since >= _IDLE_SECONDS or self._client is None:
            with self._talking() as client:
                if not client.has_capability("IDLE"):
                    return None
                client.idle()
            self._idling_since = self._clock()
        return self._idle_on(seconds)

    def _idle_on(self, seconds: float) -> bool:
        client, began = self._client, self._clock()
        assert client is not None
        with self._named_troubles():
            answers = client.idle_check(timeout=seconds)
            if not answers and self._clock() - began < seconds / 2:
                # A connection that was cut looks like an answer that says nothing.
                raise MailboxUnavailable("The mail server ended the connection.")
            return _something_happened(answers)

    def _put_away(self, client: IMAPClient, uid: int) -> None:
        client.add_flags([uid], [DELETED], silent=True)
        if client.has_capability("UIDPLUS"):
            client.uid_expunge([uid])  # this one alone: other people's deleted messages are not ours to expunge

    def _uids(self) -> Iterator[list[int]]:
        """The UIDs of the open folder in portions: the answer to a search for all could become too long a line."""
        count = self._chosen.count if self._chosen is not None else 0
        for start in range(1, count + 1, _AT_ONCE):
            with self._talking() as client:
                uids = list(client.search(f"{start}:{min(start + _AT_ONCE - 1, count)}"))
            yield uids

    def _fetch(self, uids: list[int], *items: str) -> dict[int, dict[bytes, Any]]:
        with self._talking() as client:
            client.normalise_times = False
            try:
                return dict(client.fetch(uids, items))
            except IMAPClientError as error:
                # Some servers answer NO when a message went away meanwhile: it is not there, that is all.
                if isinstance(error, IMAPClient.AbortError) or len(uids) > 1:
                    raise
                return {}

    def _full_name(self, client: IMAPClient, folder: str) -> str:
        """The folder's name as this server writes it: with its own separator, below its own personal prefix."""
        prefix, separator = "", "/"
        if client.has_capability("NAMESPACE"):
            personal = client.namespace().personal
            if personal:
                prefix, separator = personal[0]
        name = folder.replace("/", separator or "/")
        return name if name.upper() == "INBOX" or name.startswith(prefix) else f"{prefix}{name}"

    @contextlib.contextmanager
    def _talking(self) -> Iterator[IMAPClient]:
        """The connected client, out of IDLE."""
        if self._idling_since is not None and self._client is not None:
            self._idling_since = None
            try:
                self._client.idle_done()
            except (IMAPClientError, OSError):
                self._drop()  # it broke off while nothing was asked of it: no reason not to ask again
        if self._client is None:
            self._client = self._connect()
        with self._named_troubles():
            yield self._client

    @contextlib.contextmanager
    def _named_troubles(self) -> Iterator[None]:
        """Any trouble closes the connection and has our own name."""
        try:
            yield
        except (IMAPClientError, OSError, KeyError, AssertionError) as error:
            self._drop()
            raise MailboxUnavailable("The connection to the mail server broke off.") from error
        except MailboxUnavailable:
            self._drop()
            raise

    def _drop(self) -> None:
        client, self._client, self._chosen, self._idling_since = self._client, None, None, None
        if client is not None:
            with contextlib.suppress(IMAPClientError, OSError):
                client.shutdown()

    def _connect(self) -> IMAPClient:
        if self._clock() < self._not_before:
            raise MailboxUnavailable("The mail server did not answer; it is asked again in a few minutes.")
        try:
            client = connect(self.account)
        except MailboxUnavailable as error:
            # A refused login is not repeated quickly: servers lock accounts for that.
            pause = _LONGEST_PAUSE if isinstance(error, MailboxRefused) else _FIRST_PAUSE * 2**self._failures
            self._failures = min(self._failures + 1, 10)
            self._not_before = self._clock() + min(pause, _LONGEST_PAUSE)
            raise
        self._failures = 0
        return client


def connect(account: MailAccount) -> IMAPClient:
    """A client that is connected, encrypted and logged in."""
    client = reach(account)
    with _shut_on_failure(client):
        log_in(client, account)
    return client


@contextlib.contextmanager
def _shut_on_failure(client: IMAPClient) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with contextlib.suppress(IMAPClientError, OSError):
            client.shutdown()
        raise


def reach(account: MailAccount) -> IMAPClient:
    """A client that is connected and encrypted; the server's certificate was checked."""
    context = ssl.create_default_context(cafile=str(account.certificates) if account.certificates else None)
    timeout = SocketTimeout(connect=account.connect_seconds, read=account.read_seconds)
    try:
        client = IMAPClient(
            account.host, account.port, ssl=account.security == "tls", ssl_context=context, timeout=timeout
        )
        if account.security == "starttls":
            with _shut_on_failure(client):
                client.starttls(context)
    except ssl.SSLCertVerificationError as error:
        raise MailboxRefused(
            f"The mail server's certificate was not accepted: {error.verify_message}.",
            hint="Check the host's name; for an authority of your own name its file under `certificates`.",
        ) from error
    except socket.gaierror as error:
        raise MailboxUnavailable(
            "The mail server's name is not known.", hint="Check `host` and this machine's name service."
        ) from error
    except (OSError, IMAPClientError) as error:
        raise MailboxUnavailable(
            "The mail server cannot be reached.", hint="Check `host`, `port` and the firewall; it is tried again."
        ) from error
    return client


def log_in(client: IMAPClient, account: MailAccount) -> None:
    """Log in, with the password or an access token."""
    credentials = account.credentials
    secret = credentials.secret()
    try:
        if credentials.kind == "token":
            client.sasl_login("XOAUTH2", _xoauth2(credentials.user, secret))
        else:
            client.login(credentials.user, secret)
    except (IMAPClient.AbortError, OSError) as error:
        raise MailboxUnavailable("The mail server broke off during the login.") from error
    except IMAPClientError as error:
        raise MailboxRefused("The mail server refused the login.", hint=_LOGIN_HINT[credentials.kind]) from error


_LOGIN_HINT = {
    "password": "Check the user and the password; many servers want an app password or an access token.",
    "token": "Check that the token is for this mailbox, and that the application may use IMAP in it.",
}


def _xoauth2(user: str, token: str) -> Callable[[bytes], bytes]:
    """First the token; where the server answers with a reason for refusing, nothing, as the protocol wants."""
    answers = iter([f"user={user}\x01auth=Bearer {token}\x01\x01".encode()])
    return lambda _challenge: next(answers, b"")


def _something_happened(answers: list[Any]) -> bool:
    """Whether these answers to IDLE are news. "Still here" is none; a farewell ends the connection."""
    if any(b"BYE" in answer for answer in answers):
        raise MailboxUnavailable("The mail server ended the connection.")
    return any(answer[0] != b"OK" for answer in answers)


def _copied_to(client: IMAPClient) -> tuple[int, int] | None:
    """(UIDVALIDITY, UID) of the one message in the answer's COPYUID; None where there is none."""
    _, data = client._imap.response("COPYUID")
    words = data[-1].split() if data and data[-1] else []
    return (int(words[0]), int(words[2])) if len(words) == 3 and all(word.isdigit() for word in words) else None


def _listed(uid: int, item: Mapping[bytes, Any]) -> Listed | None:
    """The message in a listing's answer; None where the server said nothing of it, because it went away meanwhile."""
    size, arrived = item.get(b"RFC822.SIZE"), item.get(b"INTERNALDATE")
    if not isinstance(size, int):
        return None
    known = arrived if isinstance(arrived, datetime) else _NO_TIME
    return Listed(uid, size, known, DELETED in item.get(b"FLAGS", ()))


def message_id_of(data: bytes) -> str:
    """The Message-ID in the head of a message; "" when there is none."""
    head = re.split(rb"\r?\n\r?\n", data[:_LONGEST_HEAD], maxsplit=1)[0]
    found = _MESSAGE_ID.search(head)
    return next(iter(message_ids(found[1].decode("utf-8", "replace"))), "") if found else ""


def _plain(message_id: str) -> bool:
    return bool(message_id) and message_id.isascii() and message_id.isprintable() and '"' not in message_id

"""The way of letters by SMTP. What is said to the server is split where it matters: before and after the last dot."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from intake.mail_account import Credentials
from intake.mailbox_check import Step
from records.errors import MailboxUnavailable, SendingUnavailable
from records.submissions import Letter
from service.post import Outcome

_FIRST_PAUSE, _LONGEST_PAUSE = 30.0, 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The server letters go through, and from whom."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    certificates: Path | None = None
    credentials: Credentials | None = None
    sender: str
    copy_to: str = ""
    """Our own mailbox: gets a blind copy of every letter."""
    connect_seconds: float = 20.0
    read_seconds: float = 120.0


class SmtpPost:
    """Letters by SMTP, one connection each; after a failure nothing is tried for a while."""

    def __init__(self, relay: Relay, *, clock: Callable[[], float]) -> None:
        self._relay = relay
        self._clock = clock
        self._pauses: dict[str, tuple[int, float]] = {}
        """Per letter, and under "" for the server itself: failures in a row, and when to try again."""

    def ready(self, letter_id: str) -> bool:
        """Whether a server that failed, and a letter that was put off, are to be tried again by now."""
        never = (0, float("-inf"))
        return all(self._clock() >= self._pauses.get(what, never)[1] for what in ("", letter_id))

    def send(self, letter: Letter, mail: bytes) -> Outcome:
        """One attempt; to all recipients or to none."""
        readers = tuple(dict.fromkeys(one for one in (*letter.to, *letter.copy_to, self._relay.copy_to) if one))
        if not all(reader.isascii() for reader in readers):
            return Outcome("refused", "A recipient's address has letters that mail servers do not take: correct it.")
        try:
            with connected(self._relay) as server:
                outcome = _hand_over(server, self._relay.sender, readers, mail)
        except SendingUnavailable as down:
            self._put_off("")
            return Outcome("not_now", str(down))
        self._pauses.pop("", None)
        if outcome.kind == "not_now":
            self._put_off(letter.id)  # this letter only: the ones behind it go on
        else:
            self._pauses.pop(letter.id, None)
        return outcome

    def _put_off(self, what: str) -> None:
        failures = self._pauses.get(what, (0, 0.0))[0]
        pause = min(_FIRST_PAUSE * 2**failures, _LONGEST_PAUSE)
        self._pauses[what] = (min(failures + 1, 10), self._clock() + pause)


@contextlib.contextmanager
def connected(relay: Relay) -> Iterator[smtplib.SMTP]:
    """A server that is connected, encrypted as the settings want, and logged in; SendingUnavailable otherwise."""
    server = _reach(relay)
    try:
        _log_in(server, relay)
        yield server
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def _reach(relay: Relay) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=str(relay.certificates) if relay.certificates else None)
    server: smtplib.SMTP | None = None
    try:
        if relay.security == "tls":
            server = smtplib.SMTP_SSL(relay.host, relay.port, timeout=relay.connect_seconds, context=context)
        else:
            server = smtplib.SMTP(relay.host, relay.port, timeout=relay.connect_seconds)
        if relay.security == "starttls":
            server.ehlo()
            server.starttls(context=context)  # raises where the server does not offer it: never in the clear
        server.ehlo_or_helo_if_needed()
        assert server.sock is not None
        server.sock.settimeout(relay.read_seconds)
    except ssl.SSLCertVerificationError as error:
        _close(server)
        raise SendingUnavailable(
            f"The sending server's certificate was not accepted: {error.verify_message}.",
            hint="Check the host's name; for an authority of your own name its file under `certificates`.",
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        _close(server)
        raise SendingUnavailable(
            "The sending server does not offer encryption (STARTTLS).", hint="Try security = “tls”, or ask your IT."
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        _close(server)
        raise SendingUnavailable(
            "The sending server cannot be reached.", hint="Check `host`, `port` and the firewall; it is tried again."
        ) from error
    return server


def _log_in(server: smtplib.SMTP, relay: Relay) -> None:
    credentials = relay.credentials
    if credentials is None:
        return
    try:
        secret = credentials.secret()
        if credentials.kind == "token":
            answers = iter([f"user={credentials.user}\x01auth=Bearer {secret}\x01\x01"])
            server.auth("XOAUTH2", lambda _challenge=None: next(answers, ""), initial_response_ok=True)
        else:
            server.login(credentials.user, secret)
    except MailboxUnavailable as error:
        raise SendingUnavailable(error.message, hint=error.hint) from error
    except smtplib.SMTPNotSupportedError as error:
        raise SendingUnavailable(
            "The sending server takes no login of this kind.", hint="Leave `user` empty if it wants none."
        ) from error
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPException) as error:
        raise SendingUnavailable(
            "The sending server refused the login.", hint="Check the user, and the password or the token."
        ) from error
    except OSError as error:
        raise SendingUnavailable("The sending server broke off during the login.") from error


def _hand_over(server: smtplib.SMTP, sender: str, readers: tuple[str, ...], mail: bytes) -> Outcome:
    """Sender, recipients, text, and at last the dot that makes the server responsible."""
    try:
        code, _ = server.mail(sender, ["BODY=8BITMIME"] if server.has_extn("8bitmime") else [])
        if code != 250:
            return _refusal(code, "The sending server does not take letters from our address.")
        refused = [(code, reader) for reader in readers if (code := server.rcpt(reader)[0]) not in (250, 251)]
        if refused:
            worst = max(code for code, _ in refused)
            return _refusal(worst, f"The server does not take it for {', '.join(reader for _, reader in refused)}.")
        code, _ = server.docmd("DATA")
        if code != 354:
            return _refusal(code, "The sending server does not take the letter's text.")
        server.send(_with_dots(mail))
    except (OSError, smtplib.SMTPException) as error:
        # Without the last dot no server may deliver it.
        raise SendingUnavailable("The connection to the sending server broke off.") from error
    try:
        server.send(b".\r\n")
        code, _ = server.getreply()
    except (OSError, smtplib.SMTPException):
        return Outcome("unknown")
    return Outcome("accepted") if code == 250 else _refusal(code, "The sending server refused the letter.")


def _refusal(code: int, reason: str) -> Outcome:
    """For now (4xx), or for good (5xx)."""
    if 500 <= code < 600:
        return Outcome("refused", f"{reason} (code {code}) Check the addresses, or write it by hand.")
    return Outcome("not_now", f"{reason} (code {code}) It is tried again by itself.")


def _with_dots(mail: bytes) -> bytes:
    """The text as SMTP wants it: lines end with CRLF, and a line's first dot is doubled."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", mail)
    return re.sub(rb"(?m)^\.", b"..", lines if lines.endswith(b"\r\n") else lines + b"\r\n")


def _close(server: smtplib.SMTP | None) -> None:
    if server is not None:
        server.close()


def check_relay(relay: Relay) -> Iterator[Step]:
    """Proves the way to the sending server; nothing is sent."""
    try:
        with connected(relay) as server:
            encrypted = isinstance(server.sock, ssl.SSLSocket)
            yield Step("reach the server", True, f"{relay.host}, port {relay.port}")
            yield Step("encryption", True, "certificate accepted" if encrypted else "none, as the settings say")
            yield Step("log in", True, "done" if relay.credentials else "none, as the settings say")
    except SendingUnavailable as error:
        yield Step("reach, encrypt, log in", False, error.message, error.hint)

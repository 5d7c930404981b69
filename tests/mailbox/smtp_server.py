"""A real SMTP server on loopback (aiosmtpd) that keeps what it accepts and can be told to misbehave."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from mail_servers import free_port

PASSWORD, TOKEN = "fictional", "fictional-token"

Fault = Literal["", "cut_after_accepting", "cut_before_the_dot", "full", "refused_text"]


@dataclass
class Received:
    """One accepted letter."""

    sender: str
    readers: list[str]
    data: bytes
    encrypted: bool


@dataclass
class Behaviour:
    """What the server has accepted, and what it is to do next."""

    received: list[Received] = field(default_factory=list)
    fault: Fault = ""
    unknown: set[str] = field(default_factory=set)
    """Recipients that are refused for good."""
    later: set[str] = field(default_factory=set)
    """Recipients that are put off."""
    deliver_own: Callable[[bytes], None] | None = None
    """Brings a letter's copy into our own mailbox, as a real server does."""
    port: int = 0
    certificate: Path = Path()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 No such user here"
        if address in self.later:
            return "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.fault == "full":
            return "452 Insufficient storage"
        if self.fault == "refused_text":
            return "554 Not here"
        assert isinstance(envelope.content, bytes)
        self.received.append(
            Received(envelope.mail_from or "", envelope.rcpt_tos, envelope.content, session.ssl is not None)
        )
        if self.deliver_own is not None:
            self.deliver_own(envelope.content)
        if self.fault == "cut_after_accepting":
            assert server.transport is not None
            server.transport.abort()
        return "250 Accepted"


class _Server(SMTP):
    """With XOAUTH2 beside the logins that aiosmtpd knows."""

    async def auth_XOAUTH2(self, _: SMTP, args: list[str]) -> AuthResult:
        blob = await self.challenge_auth("") if len(args) == 1 else self._decode(args[1])
        assert isinstance(blob, bytes)
        if f"auth=Bearer {TOKEN}\x01".encode() in blob:
            return AuthResult(success=True, auth_data=LoginPassword(b"", b""))
        await self.challenge_auth('{"status":"401"}')
        return AuthResult(success=False, handled=False)

    @staticmethod
    def _decode(word: str) -> bytes:
        import base64

        return base64.b64decode(word)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=isinstance(data, LoginPassword) and data.password == PASSWORD.encode())


@contextlib.contextmanager
def running_smtp(
    certificate: tuple[Path, Path] | None, *, implicit: bool = False, login: bool = False
) -> Iterator[Behaviour]:
    """A server with STARTTLS, with TLS from the start, or without encryption; with a login or without."""
    behaviour = Behaviour()
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": free_port(), "ready_timeout": 10}
    if certificate is not None:
        behaviour.certificate = certificate[0]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        options["ssl_context" if implicit else "tls_context"] = context
    if login:
        options |= {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": not implicit}
    controller = _Controller(behaviour, **options)
    controller.start()
    try:
        behaviour.port = controller.port
        yield behaviour
    finally:
        controller.stop()

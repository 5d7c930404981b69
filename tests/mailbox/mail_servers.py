"""Real mail servers on loopback for the tests: Dovecot with TLS, and a line that can be cut between it and us."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imapclient import IMAPClient

PASSWORD, TOKEN = "fictional", "fictional-token"
USER = "reviews@sscp.example"
START_SECONDS = 20


def make_certificate(folder: Path, *, host: str = "localhost") -> tuple[Path, Path]:
    """A self-signed certificate for this host and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = [x509.DNSName(host)]
    if host == "localhost":
        names.append(x509.IPAddress(IPv4Address("127.0.0.1")))
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    certificate = builder.sign(key, hashes.SHA256())
    public, private = folder / f"{host}.pem", folder / f"{host}.key"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    private.chmod(0o600)
    return public, private


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def dovecot_program() -> str | None:
    """Where Dovecot is, if it is installed."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


_CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
auth_mechanisms = plain login
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 0
mail_max_userip_connections = 100
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
{more}
"""


@dataclass
class Dovecot:
    """A running Dovecot. `host` "localhost"; every user has the same password."""

    home: Path
    port: int
    plain_port: int
    certificate: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    def restart(self) -> None:
        """Stop the server, and with it every connection, and start it again."""
        _stop(self.process)
        self.process = _start(self.home)
        _wait_for(self.port, self.process, self.home)

    def client(self, user: str = USER) -> IMAPClient:
        """Another mail program of this user."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        client = IMAPClient("localhost", self.port, ssl_context=context, timeout=30)
        client.login(user, PASSWORD)
        return client

    def put(self, *messages: bytes, user: str = USER, folder: str = "INBOX") -> None:
        """Deliver messages."""
        with self.client(user) as client:
            for message in messages:
                client.append(folder, message)

    def contents(self, folder: str, user: str = USER) -> list[bytes]:
        """The messages in a folder, by UID; nothing is marked as seen."""
        with self.client(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["BODY.PEEK[]"])
            return [found[uid][b"BODY[]"] for uid in sorted(found)]

    def flags(self, folder: str, user: str = USER) -> list[tuple[bytes, ...]]:
        """The flags of the messages in a folder, by UID."""
        with self.client(user) as client:
            client.select_folder(folder, readonly=True)
            found = client.get_flags(client.search())
            return [tuple(flag for flag in found[uid] if flag != b"\\Recent") for uid in sorted(found)]

    def maildir(self, user: str = USER) -> Path:
        """Where a user's messages lie."""
        return self.home / "mail" / user / "Maildir"

    def forget_uids(self, user: str = USER) -> None:
        """Rebuild the user's mailbox: every folder gets another UIDVALIDITY, every message another UID."""
        for file in self.maildir(user).rglob("dovecot*"):
            if file.is_file() and file.name != "dovecot-keywords":
                file.unlink()


@contextlib.contextmanager
def running_dovecot(
    *, more: str = "", host: str = "localhost", separator: str = ".", prefix: str = ""
) -> Iterator[Dovecot]:
    """A Dovecot of one's own in a folder of its own, stopped at the end."""
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    home.chmod(0o755)
    certificate, key = make_certificate(home, host=host)
    port, plain_port = free_port(), free_port()
    owner = pwd.getpwuid(os.getuid())
    if owner.pw_uid == 0:
        owner = pwd.getpwnam("nobody")
        users = {"internal": "dovecot", "group": "dovecot", "login": "dovenull"}
    else:
        group = subprocess.run(["id", "-gn"], capture_output=True, text=True, check=True).stdout.strip()
        users = {"internal": owner.pw_name, "group": group, "login": owner.pw_name}
    mail = home / "mail"
    mail.mkdir()
    if os.getuid() == 0:
        os.chown(mail, owner.pw_uid, owner.pw_gid)
    config = home / "dovecot.conf"
    config.write_text(
        _CONFIG.format(
            home=home, certificate=certificate, key=key, password=PASSWORD, uid=owner.pw_uid, gid=owner.pw_gid,
            port=port, plain_port=plain_port, separator=separator, prefix=prefix, more=more, **users,
        ),
        encoding="utf-8",
    )  # fmt: skip
    server = Dovecot(home, port, plain_port, certificate, _start(home))
    try:
        _wait_for(port, server.process, home)
        yield server
    finally:
        _stop(server.process)
        shutil.rmtree(home, ignore_errors=True)


def _start(home: Path) -> subprocess.Popen[bytes]:
    program = dovecot_program()
    assert program is not None
    with (home / "out").open("ab") as out:
        return subprocess.Popen([program, "-F", "-c", str(home / "dovecot.conf")], stdout=out, stderr=out)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    said = [(home / name).read_text(encoding="utf-8") for name in ("out", "log") if (home / name).exists()]
    raise RuntimeError(f"Dovecot did not start: {' '.join(said)}")


class Line:
    """A line to a server on loopback that can be cut: all at once, or after so many bytes from the server."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._left: int | None = None
        self._open: list[socket.socket] = []
        self._closed = False
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def cut_after(self, count: int | None) -> None:
        """Cut once so many more bytes came from the server; None: never."""
        self._left = count

    def cut(self) -> None:
        """Cut every connection now."""
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._closed = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(10)
        for one in self._open:
            one.close()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                near.close()  # the server is down: so is the line
                continue
            self._open += [near, far]
            for source, target, counted in ((near, far, False), (far, near, True)):
                thread = threading.Thread(target=self._carry, args=(source, target, counted), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _carry(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(16384):
                if counted and self._left is not None:
                    self._left -= len(data)
                    if self._left <= 0:
                        self._left = None
                        self.cut()
                        return
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class _TokenDesk(BaseHTTPRequestHandler):
    """Says of a token whether it is good, as an authorisation server does (RFC 7662)."""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers.get("content-length", 0)))
        good = f"token={TOKEN}&".encode() in asked
        answer = json.dumps({"active": good, "username": USER}).encode()
        self.send_response(200 if good else 401)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


@contextlib.contextmanager
def running_dovecot_with_tokens() -> Iterator[Dovecot]:
    """A Dovecot that lets USER in with an access token (XOAUTH2), which it has checked elsewhere."""
    desk = ThreadingHTTPServer(("127.0.0.1", 0), _TokenDesk)
    thread = threading.Thread(target=desk.serve_forever)
    thread.start()
    with tempfile.TemporaryDirectory(prefix="tokens-") as home:
        Path(home).chmod(0o755)
        file = Path(home) / "oauth2.conf"
        file.write_text(
            f"introspection_mode = post\nintrospection_url = http://127.0.0.1:{desk.server_port}/\n"
            "active_attribute = active\nactive_value = true\nusername_attribute = username\n"
            "force_introspection = yes\n",
            encoding="ascii",
        )
        passdb = f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {file}\n}}"
        try:
            with running_dovecot(more=f"auth_mechanisms = plain login xoauth2\n{passdb}") as server:
                yield server
        finally:
            desk.shutdown()
            desk.server_close()
            thread.join()

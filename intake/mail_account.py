"""What is needed to reach a mailbox, and the port through which the mailbox remembers what it saw."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from records.errors import MailboxRefused, MailboxUnavailable
from records.sightings import Location, Noted, Sighting

_TOKEN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to log in. `secret` gives the password, or a fresh access token, each time it is asked."""

    user: str
    secret: Callable[[], str]
    kind: Literal["password", "token"] = "password"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAccount:
    """One mailbox. `move` False: read-only, nothing on the server is ever changed."""

    name: str
    """Stands in the ledger's keys: never change it once mail was taken."""
    host: str
    credentials: Credentials
    port: int = 993
    security: Literal["tls", "starttls"] = "tls"
    certificates: Path | None = None
    """Own authorities' certificates, for a server whose certificate no public authority signed."""
    folders: tuple[str, ...] = ("INBOX",)
    processed: str = "Processed"
    attention: str = "Attention"
    move: bool = False
    poll_seconds: float = 0.0
    """How long a scan finds nothing new by itself, unless the server told that something happened."""
    connect_seconds: float = 20.0
    read_seconds: float = 60.0


class MailboxBook(Protocol):
    """The memory of one account. Every call is committed when it returns."""

    def hold(self) -> bool:
        """Take or renew the lease of this mailbox; False while another worker has it."""
        ...

    def give_back(self) -> None:
        """Let another worker have the mailbox at once."""
        ...

    def at(self, folder: str, uidvalidity: int) -> Mapping[int, Noted]:
        """What was noted in this folder, by UID."""
        ...

    def of(self, key: str) -> tuple[Sighting, ...]:
        """Where the message with this key was noted."""
        ...

    def everything(self) -> tuple[Sighting, ...]:
        """Every place where a message is believed to be."""
        ...

    def keys(self) -> frozenset[str]:
        """The ledger's keys of everything that came from this account."""
        ...

    def note(self, sighting: Sighting, *, instead_of: Location | None = None) -> None:
        """Note a place, and forget the one it was at before."""
        ...

    def forget(self, location: Location) -> None:
        """Nothing of ours is at this place any more."""
        ...


def from_command(command: tuple[str, ...]) -> Callable[[], str]:
    """An access token from a program: its first line of output. MailboxRefused when the program gives none."""

    def token() -> str:
        try:
            run = subprocess.run(  # noqa: S603 - the command stands in the operator's own settings
                command, capture_output=True, timeout=_TOKEN_SECONDS, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired:
            raise MailboxUnavailable("The program that fetches the access token did not end in time.") from None
        except OSError as error:
            raise MailboxRefused(
                "The program that fetches the access token cannot be started.", hint="Correct token_command."
            ) from error
        lines = run.stdout.decode("utf-8", "replace").split()
        if run.returncode != 0 or len(lines) != 1:
            # What it printed may hold the token or a secret: it is not shown.
            raise MailboxRefused(
                f"The program that fetches the access token gave none (exit status {run.returncode}).",
                hint="Run it by hand as the service's account: it must print the token and nothing else.",
            )
        return lines[0]

    return token


def from_file(path: Path) -> Callable[[], str]:
    """A password from a file, read each time, so that a changed one is taken up."""

    def password() -> str:
        try:
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise MailboxRefused(
                "The file with the mail password cannot be read.", hint="Create it, readable by this account only."
            ) from error

    return password

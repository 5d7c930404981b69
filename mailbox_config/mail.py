"""The settings of the mailboxes that are read and of the server that sends."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator, model_validator

from mailbox_config.part import Part


class Login(Part):
    """A server and how to log in there: with a password, or with an access token that a command prints."""

    host: str
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    """0: the usual one of this kind of security."""
    security: Literal["tls", "starttls"] = "tls"
    certificates: Path | None = None
    """Certificates of an authority of one's own; without it the public ones are trusted."""
    user: str
    password_file: Path | None = None
    token_command: tuple[str, ...] = ()


class Account(Login):
    """One mailbox that is read."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    """Stands in the ledger: never change it once mail was taken."""
    folders: Annotated[tuple[str, ...], Field(min_length=1)] = ("INBOX",)
    processed: str = "Processed"
    attention: str = "Attention"
    move: bool = False
    """False: nothing on the server is changed. True: what was taken in is moved to processed or attention."""

    @model_validator(mode="after")
    def _separate_folders(self) -> Account:
        all_names = [name.lower() for name in (*self.folders, self.processed, self.attention)]
        if len(set(all_names)) != len(all_names):
            raise ValueError("folders, processed and attention must be different folders")
        return self


class MailboxSettings(Part):
    """The mailboxes that agencies write to."""

    accounts: tuple[Account, ...] = ()
    password: SecretStr | None = None
    """Of every account without a password_file; only from the environment (INTAKE__MAILBOX__PASSWORD)."""
    authserv_ids: tuple[str, ...] = ()
    """The names under which our own mail server writes Authentication-Results; what others write is not believed."""
    poll_seconds: Annotated[float, Field(gt=0)] = 60.0
    connect_seconds: Annotated[float, Field(gt=0)] = 20.0
    read_seconds: Annotated[float, Field(gt=0)] = 60.0

    @field_validator("accounts")
    @classmethod
    def _named_once(cls, value: tuple[Account, ...]) -> tuple[Account, ...]:
        if len({account.name for account in value}) != len(value):
            raise ValueError("two mailboxes have the same name")
        return value


class SendingSettings(Part):
    """The server that letters go through. Without a host they are written to the outbox folder and not sent."""

    host: str = ""
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    """0: 587 with STARTTLS, 465 with TLS, 25 without."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """"none" only where the way to the server is safe by itself."""
    certificates: Path | None = None
    user: str = ""
    """Empty: the server wants no login."""
    password: SecretStr | None = None
    """Only from the environment (INTAKE__SENDING__PASSWORD)."""
    password_file: Path | None = None
    token_command: tuple[str, ...] = ()
    copy_to_own_mailbox: bool = True
    """A copy of every letter goes to partnership.contact_email, so that it can be seen whether a letter went."""
    most_answers_a_day: Annotated[int, Field(ge=1)] = 20
    """Acknowledgements and queries to one address in one day; more are held, as two programs may be answering each
    other."""
    connect_seconds: Annotated[float, Field(gt=0)] = 20.0
    read_seconds: Annotated[float, Field(gt=0)] = 120.0

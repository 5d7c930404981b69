"""Everything that is wrong with the settings at once, each with what to do; asked before anything starts."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from zipfile import is_zipfile

from pydantic import SecretStr

from mailbox_config.directory import Directory, load_directory
from mailbox_config.mail import Login, SendingSettings
from mailbox_config.policy import load_rule_policy
from mailbox_config.settings import Settings
from mailbox_config.wordings import load_local_wordings
from records.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong and what to do about it."""

    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


@dataclass(frozen=True, slots=True)
class Known:
    """What the other rooms have, for checking names in the settings against it."""

    forms: Collection[str] = ()
    letters: Collection[str] = ()
    """File names of the letter templates that a folder of own templates may hold."""
    rules: Collection[str] = ()


def check(settings: Settings, known: Known = Known()) -> tuple[Problem, ...]:
    """All problems of the settings, in the order of the file; none means that the service may start."""
    return (
        *_partnership(settings),
        *_overlaps(settings),
        *_folders(settings),
        *_templates(settings, known),
        *_database(settings),
        *_mail(settings),
        *_files(settings, known),
        *_opening(settings, known),
        *_wordings(settings, known),
    )


def require(settings: Settings, known: Known = Known()) -> None:
    """Nothing when the settings are right; Misconfigured with all problems otherwise."""
    problems = check(settings, known)
    if problems:
        raise Misconfigured(
            " ".join(str(problem) for problem in problems), hint="`intake check-config` lists these one by one."
        )


def _partnership(settings: Settings) -> Iterator[Problem]:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", settings.partnership.contact_email):
        yield Problem(
            "partnership.contact_email is not an e-mail address.", "Give the mailbox that agencies answer to."
        )


def _named_folders(settings: Settings) -> list[tuple[str, Path]]:
    folders = settings.folders
    named = [("folders.data", folders.data), ("folders.outbox", folders.outbox)]
    named += [(f"folders.watched[{number}]", folder) for number, folder in enumerate(folders.watched)]
    if folders.letter_templates is not None:
        named.append(("folders.letter_templates", folders.letter_templates))
    if folders.wordings.exists():
        named.append(("folders.wordings", folders.wordings))
    return named


def _overlaps(settings: Settings) -> Iterator[Problem]:
    """No two folders may be the same or inside each other, symbolic links resolved.

    The outbox alone may lie inside the data folder: the program writes both.
    """
    resolved = [(name, path.resolve()) for name, path in _named_folders(settings)]
    for (name, path), (other_name, other) in combinations(resolved, 2):
        nested = path.is_relative_to(other) or other.is_relative_to(path)
        allowed = {name, other_name} == {"folders.data", "folders.outbox"} and path != other
        if nested and not (allowed and other.is_relative_to(path)):
            yield Problem(
                f"{name} and {other_name} overlap ({path} and {other}): what the program writes would come in again.",
                "Give each a folder of its own.",
            )


def _folders(settings: Settings) -> Iterator[Problem]:
    for name, path in (("folders.data", settings.folders.data), ("folders.outbox", settings.folders.outbox)):
        nearest = next((folder for folder in (path, *path.parents) if folder.exists()), path)
        if not nearest.is_dir():
            yield Problem(f"{name}: {nearest} is a file, not a folder.", "Name a folder.")
        elif not os.access(nearest, os.W_OK | os.X_OK):
            yield Problem(
                f"{name}: nothing can be written to {nearest}.", "Give this account the right to write there."
            )
    for number, path in enumerate(settings.folders.watched):
        name = f"folders.watched[{number}]"
        if not path.is_dir():
            yield Problem(f"{name}: there is no folder {path}.", "Create it, or correct the path.")
        elif not os.access(path, os.R_OK | os.X_OK):
            yield Problem(f"{name}: {path} cannot be read.", "Give this account the right to read it.")


def _templates(settings: Settings, known: Known) -> Iterator[Problem]:
    folder = settings.folders.letter_templates
    if folder is None:
        return
    if not folder.is_dir():
        yield Problem(
            f"folders.letter_templates: there is no folder {folder}.",
            "Create it, or remove the key to use the letters that come with the program.",
        )
        return
    for path in sorted(folder.glob("*.docx")):
        if path.name.startswith("~$"):
            continue
        if known.letters and path.name not in known.letters:
            yield Problem(
                f"The letter template {path} belongs to no letter.",
                f"Name it one of {', '.join(sorted(known.letters))}.",
            )
        elif not is_zipfile(path):
            yield Problem(f"The letter template {path} is not a Word document.", "Save it as .docx again.")


def _database(settings: Settings) -> Iterator[Problem]:
    url = settings.database.url
    if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        yield Problem("database.url is neither SQLite nor PostgreSQL.", "Write sqlite:///… or postgresql+psycopg://….")
    secret = settings.database.password_file
    if secret is not None and not (secret.is_file() and os.access(secret, os.R_OK)):
        yield Problem(f"database.password_file: {secret} cannot be read.", "Create it, readable by this account only.")


def _mail(settings: Settings) -> Iterator[Problem]:
    """Every login has its secret, and the files that are named can be read."""
    logins: list[tuple[str, Login | SendingSettings, SecretStr | None, str]] = [
        (f"mailbox.accounts[{number}]", one, settings.mailbox.password, "INTAKE__MAILBOX__PASSWORD")
        for number, one in enumerate(settings.mailbox.accounts)
    ]
    sending = settings.sending
    if sending.user:
        logins.append(("sending", sending, sending.password, "INTAKE__SENDING__PASSWORD"))
    for name, login, password, variable in logins:
        if not (login.token_command or login.password_file or password):
            yield Problem(
                f"{name} has neither a password nor a token_command.",
                f"Set the environment variable {variable}, or name a password_file or a token_command.",
            )
    if not sending.user:
        logins.append(("sending", sending, None, ""))
    for name, login, _, _ in logins:
        for key, path in (("password_file", login.password_file), ("certificates", login.certificates)):
            if path is not None and not (path.is_file() and os.access(path, os.R_OK)):
                yield Problem(f"{name}.{key}: {path} cannot be read.", "Create it, readable by this account.")


def _files(settings: Settings, known: Known) -> Iterator[Problem]:
    try:
        load_directory(settings.files.directory)
    except Misconfigured as error:
        yield Problem(error.message, error.hint)
    try:
        policy = load_rule_policy(settings.files.rule_policy)
    except Misconfigured as error:
        yield Problem(error.message, error.hint)
        return
    for code in policy:
        if known.rules and code not in known.rules:
            yield Problem(
                f"{settings.files.rule_policy} names the rule {code}, which does not exist.",
                "The codes stand in the catalogue of rules.",
            )


def _directory(settings: Settings) -> Directory | None:
    try:
        return load_directory(settings.files.directory)
    except Misconfigured:
        return None  # `_files` reports it


def _opening(settings: Settings, known: Known) -> Iterator[Problem]:
    for form in settings.opening.forms:
        if known.forms and form not in known.forms:
            yield Problem(
                f"opening.forms names “{form}”, which is not a form.",
                f"The forms are {', '.join(sorted(known.forms))}.",
            )
    directory = _directory(settings)
    for agency in settings.opening.agencies:
        if directory is not None and directory.get(agency) is None:
            yield Problem(
                f"opening.agencies names “{agency}”, which is not in the directory.",
                "Use an agency's id from the directory, or add the agency there.",
            )


def _wordings(settings: Settings, known: Known) -> Iterator[Problem]:
    try:
        found = load_local_wordings(settings.folders.wordings)
    except Misconfigured as error:
        yield Problem(error.message, error.hint)
        return
    for path, wordings in found.items():
        if known.forms and wordings.form not in known.forms:
            yield Problem(
                f"{path} is for “{wordings.form}”, which is not a form.",
                f"The forms are {', '.join(sorted(known.forms))}.",
            )

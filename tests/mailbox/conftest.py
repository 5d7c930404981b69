"""A real Dovecot for the tests of the mailbox, and a mailbox of one's own on it."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mail_servers import PASSWORD, Dovecot, dovecot_program, running_dovecot
from posts import Post

from intake.mail_account import Credentials, MailAccount
from store import open_store

_numbers = itertools.count(1)


def require_dovecot() -> None:
    """Skip where Dovecot is missing; fail where the tests decide whether a change is good."""
    if dovecot_program() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Dovecot is not installed; the tests of the mailbox need it here.")
        pytest.skip("Dovecot is not installed")


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot with everything it can do."""
    require_dovecot()
    with running_dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def plain_dovecot() -> Iterator[Dovecot]:
    """A Dovecot without MOVE and IDLE, whose folders lie below INBOX as on older servers."""
    require_dovecot()
    with running_dovecot(more="imap_capability = IMAP4rev1 UIDPLUS NAMESPACE LITERAL+", prefix="INBOX.") as server:
        yield server


@pytest.fixture(scope="session")
def old_dovecot() -> Iterator[Dovecot]:
    """A Dovecot that can neither move nor expunge one message alone."""
    require_dovecot()
    with running_dovecot(more="imap_capability = IMAP4rev1 LITERAL+") as server:
        yield server


@pytest.fixture
def new_post(tmp_path: Path) -> Iterator[Callable[[Dovecot], Post]]:
    """Makes a mailbox of a new user on a server."""
    made: list[Post] = []

    def make(server: Dovecot) -> Post:
        number = next(_numbers)
        user = f"user{os.getpid()}x{number}@sscp.example"
        store = open_store(f"sqlite:///{tmp_path / f'intake{number}.sqlite'}")
        account = MailAccount(
            name="reviews",
            host="localhost",
            port=server.port,
            certificates=server.certificate,
            credentials=Credentials(user, lambda: PASSWORD),
            move=True,
            connect_seconds=10,
            read_seconds=20,
        )
        post = Post(server, user, store, account)
        made.append(post)
        return post

    yield make
    for post in made:
        for source in post.sources:
            source.close()
        post.store.close()


@pytest.fixture
def post(new_post: Callable[[Dovecot], Post], dovecot: Dovecot) -> Post:
    """A mailbox on the server that can do everything."""
    return new_post(dovecot)

"""Who has a mailbox, and what becomes of it when that worker dies."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.mailboxes import StoreBook
from service.workers import has_ended, this_worker
from store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store whose time stands still: no lease in it ever runs out."""
    opened = open_store(f"sqlite:///{tmp_path / 'intake.sqlite'}", clock=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    yield opened
    opened.close()


def dead_worker() -> str:
    """A holder that was a process of this machine and has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    node = this_worker("x").partition("|")[0]
    return f"{node}|{process.pid}|x"


def test_a_worker_that_was_killed_holds_nothing_up(store: Store) -> None:
    """Its lease has not run out, but its process is gone from this machine: the next worker goes on at once."""
    assert StoreBook(store, "reviews", holder=dead_worker()).hold()
    assert StoreBook(store, "reviews", holder=this_worker("one")).hold()
    assert not StoreBook(store, "reviews", holder=this_worker("two")).hold()


@pytest.mark.parametrize("holder", ["", "another machine|1|x", "one", "|x|"])
def test_of_other_machines_nothing_is_assumed(holder: str) -> None:
    """Only the lease's end says that a worker elsewhere has gone."""
    assert not has_ended(holder)


def test_a_lease_that_is_held_is_not_asked_for_again_and_again(store: Store) -> None:
    """The store is asked once a third of the time is used up, and after another worker had it."""
    now = [0.0]
    book = StoreBook(store, "reviews", holder="one", clock=lambda: now[0], seconds=90)
    assert book.hold()
    with store.transaction() as tx:
        tx.leases.give_back("mailbox/reviews", "one")
        assert tx.leases.take("mailbox/reviews", "two", 90)
    now[0] = 29.0
    assert book.hold()
    now[0] = 31.0
    assert not book.hold()
    assert not book.hold()

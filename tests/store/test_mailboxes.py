"""The memory of the mailboxes on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from records.sightings import Location, Sighting
from records.submissions import SourceIdentity, Submission
from store import Store, open_store


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(url: str, clock: Clock) -> Iterator[Store]:
    """A store whose time the test sets."""
    store = open_store(url, clock=clock)
    yield store
    store.close()


def take(store: Store, holder: str, name: str = "mailbox/reviews") -> bool:
    with store.transaction() as tx:
        return tx.leases.take(name, holder, 60)


def test_one_holder_at_a_time_until_the_lease_runs_out(timed: Store, clock: Clock) -> None:
    """Taken by one, renewed by the same, refused to others until it has run out or is given back."""
    assert take(timed, "one")
    assert not take(timed, "two")
    clock.now += timedelta(seconds=50)
    assert take(timed, "one")
    clock.now += timedelta(seconds=50)
    assert not take(timed, "two")
    assert take(timed, "two", "mailbox/other")
    clock.now += timedelta(seconds=10)
    assert take(timed, "two")
    with timed.transaction() as tx:
        tx.leases.give_back("mailbox/reviews", "one")
    assert not take(timed, "one")
    with timed.transaction() as tx:
        tx.leases.give_back("mailbox/reviews", "two")
    assert take(timed, "one")


def sighting(uid: int, *, folder: str = "INBOX", key: str = "reviews/abc") -> Sighting:
    place = Location(account="reviews", folder=folder, uidvalidity=7, uid=uid)
    return Sighting(location=place, key=key, message_id=f"<{uid}@x.example>", sha256="abc", fingerprint="12/34")


def test_a_sighting_is_found_by_its_place_and_its_key(store: Store) -> None:
    """Only what is in the ledger counts as noted; a place holds what was noted last."""
    with store.transaction() as tx:
        tx.sightings.note(sighting(1))
        tx.sightings.note(sighting(2, key="reviews/unknown"))
        tx.sightings.note(sighting(4_000_000_000, folder="Processed"))
        identity = SourceIdentity(source="mailbox", key="reviews/abc")
        sha256 = tx.originals.put(b"fictional")
        tx.submissions.add(
            Submission(
                id="S-1", identity=identity, sha256=sha256, name="m.eml", received_at=tx.at, size=9, state="done"
            )
        )
    with store.reading() as tx:
        noted = tx.sightings.at("reviews", "INBOX", 7)
        assert {uid: (one.sighting, one.state) for uid, one in noted.items()} == {1: (sighting(1), "done")}
        assert tx.sightings.at("reviews", "INBOX", 8) == {}
        assert tx.sightings.of("reviews/abc") == (sighting(1), sighting(4_000_000_000, folder="Processed"))
        assert tx.sightings.keys("reviews") == {"reviews/abc"}
        assert tx.sightings.keys("other") == frozenset()
    with store.transaction() as tx:
        tx.sightings.note(sighting(2))
        tx.sightings.forget(sighting(1).location)
        tx.sightings.forget(sighting(1).location)
    with store.reading() as tx:
        assert sorted(tx.sightings.at("reviews", "INBOX", 7)) == [2]
        assert len(tx.sightings.everything("reviews")) == 2

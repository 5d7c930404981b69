"""The audit log shows every change that was made behind its back."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from store import Store, open_store
from store.engine import beginning, make_engine


def _write_three(store: Store) -> None:
    for number in range(1, 4):
        with store.transaction() as tx:
            tx.audit.record("Robin Sample", "request.extended", reason="author on leave", request=f"R{number}")


def test_an_untouched_log_is_whole(url: str) -> None:
    """A log that only this program wrote verifies, also after the store was opened anew."""
    first = open_store(url)
    _write_three(first)
    first.close()
    second = open_store(url)
    with second.reading() as tx:
        assert [entry.number for entry in tx.audit.entries()] == [1, 2, 3]
        assert [entry.ids["request"] for entry in tx.audit.entries(newest=1)] == ["R3"]
    assert second.verify_audit() == ()
    second.close()


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        ("UPDATE audit SET actor = 'Somebody Else' WHERE number = 2", "Entry 2"),
        ("UPDATE audit SET reason = '' WHERE number = 1", "Entry 1"),
        ('UPDATE audit SET ids = \'{"request": "R9"}\' WHERE number = 3', "Entry 3"),
        ("DELETE FROM audit WHERE number = 2", "Entries 2 to 2"),
        ("DELETE FROM audit WHERE number = 3", "ends with entry 2"),
        ("DELETE FROM audit", "ends with entry 0"),
        ("UPDATE audit SET number = 4 WHERE number = 1", "Entries 1 to 1"),
    ],
)
def test_tampering_shows(url: str, store: Store, tampering: str, said: str) -> None:
    """An entry changed, taken out, moved or cut off at the end is named."""
    _write_three(store)
    engine = make_engine(url)
    with beginning(engine, write=True) as connection:
        connection.execute(text(tampering.replace(":", r"\:")))
    engine.dispose()
    assert said in " ".join(store.verify_audit())

"""The whole service over a real mailbox and a real sending server, killed at random moments."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from mail_servers import Dovecot, make_certificate
from storm import begin, mixed_messages, storm, story, weather

MESSAGES, KILLS = 120, 12


@pytest.mark.slow
def test_killed_again_and_again_it_ends_as_an_undisturbed_run_does(tmp_path: Path, dovecot: Dovecot) -> None:
    """Every message in one state, every return once, every letter once, server and ledger equal."""
    forms, messages = story(), mixed_messages(MESSAGES, random.Random(7))
    certificate = make_certificate(tmp_path)
    with storm(tmp_path / "calm", dovecot, certificate, f"calm{tmp_path.name}@mvscp.example") as calm:
        begin(calm, forms)
        calm.finish()
        assert calm.faults(forms) == []
        expected = calm.books()
    with storm(tmp_path / "storm", dovecot, certificate, f"storm{tmp_path.name}@mvscp.example") as wild:
        begin(wild, messages)
        weather(wild, random.Random(8), KILLS, longest=4.0)
        assert wild.kills >= 10
        wild.finish()
        assert wild.faults(messages) == []
        books = wild.books()
        assert (books.returns, books.letters) == (expected.returns, expected.letters)

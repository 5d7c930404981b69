"""What is wrong with an e-mail is told as short names, whatever the e-mail is."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.defects import defects_of
from intake.messages import parse_mail
from intake.unfolding import Budget
from records.limits import DEFAULT_LIMITS

GOOD = b"From: A <a@police.example>\nTo: b@sscp.example\nDate: Mon, 02 Mar 2026 09:00:00 +0000\nSubject: x\n\nText\n"


def defects(data: bytes) -> tuple[str, ...]:
    return defects_of(parse_mail(data, Budget(DEFAULT_LIMITS)))


def test_an_ordinary_message_has_no_defects() -> None:
    """Nothing is made of nothing."""
    assert defects(GOOD) == ()


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (b"Mon, 02 Mar 2026 09:00:00 +0000", b"the second of March", "DateHeader"),
        (b"A <a@police.example>", b"A <a@police.example", "AddressHeader"),
        (b"Subject: x", b"Content-Type: multipart/mixed", "NoBoundaryInMultipart"),
    ],
)
def test_each_kind_of_defect_has_its_name(old: bytes, new: bytes, name: str) -> None:
    """Parts are looked at by the standard library, lines of the head by mail-parser."""
    assert name in defects(GOOD.replace(old, new))


@given(st.binary(max_size=300), st.sampled_from([b"From", b"To", b"Date", b"Received", b"Reply-To"]))
def test_no_head_makes_it_fail(value: bytes, line: bytes) -> None:
    """Names come back for anything that stands in a head."""
    assert all(name.isidentifier() for name in defects(line + b": " + value + b"\n" + GOOD))


def test_a_long_head_is_cut(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of hops and a line of a megabyte are looked at in part, and nothing of them is logged."""
    hops = b"Received: from canary.example by b.example; Mon, 02 Mar 2026 09:00:00 +0000\n" * 4_000
    with caplog.at_level(logging.DEBUG):
        defects(hops + b"To: " + b"canary@x.example, " * 60_000 + b"\n" + GOOD)
    assert "canary" not in caplog.text

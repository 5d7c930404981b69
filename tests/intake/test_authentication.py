"""Whether a sender is believed depends on what our own receiving server found out, and on nothing else."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from intake.authentication import verdict_of

OURS = ("mx.mvscp.example",)


def verdict(*lines: str, sender: str = "Sam Sample <sam@school.example>", ours: tuple[str, ...] = OURS) -> str:
    head = [f"From: {sender}", *(f"Authentication-Results: {line}" for line in lines)]
    return verdict_of(message_from_bytes("\r\n".join([*head, "", "Fictional."]).encode()), ours)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mx.mvscp.example; dmarc=pass header.from=school.example", "pass"),
        ("MX.MVSCP.EXAMPLE 1; spf=fail smtp.mailfrom=list.example; dmarc=pass (p=reject) header.from=x", "pass"),
        ("mx.mvscp.example; dkim=pass header.d=school.example; spf=none", "pass"),
        ("mx.mvscp.example; dkim=pass header.i=@mail.school.example", "pass"),
        ("mx.mvscp.example; spf=pass smtp.mailfrom=bounce@school.example", "pass"),
        ("mx.mvscp.example; dkim=pass header.d=mass-mailer.example; spf=pass smtp.mailfrom=a@mass.example", "none"),
        ("mx.mvscp.example; dmarc=fail header.from=school.example; dkim=pass header.d=school.example", "fail"),
        ("mx.mvscp.example; spf=softfail smtp.mailfrom=sam@school.example; dkim=none", "fail"),
        ("mx.mvscp.example; spf=fail smtp.mailfrom=sam@school.example; dkim=pass header.d=school.example", "pass"),
        ("mx.mvscp.example; spf=temperror smtp.mailfrom=sam@school.example", "none"),
        ("mx.mvscp.example; none", "none"),
        ("mx.elsewhere.example; dmarc=pass header.from=school.example", "none"),
        ("mx.mvscp.example.evil.example; dmarc=pass header.from=school.example", "none"),
        (";;;=; dmarc=", "none"),
    ],
)
def test_only_our_own_server_is_believed(line: str, expected: str) -> None:
    """Its results for the sender's own domain count; results for other domains and of other servers do not."""
    assert verdict(line) == expected


def test_the_topmost_line_counts() -> None:
    """What a sender writes below our own server's line under its name changes nothing."""
    ours = "mx.mvscp.example; dmarc=fail header.from=school.example"
    forged = "mx.mvscp.example; dmarc=pass header.from=school.example"
    assert verdict(ours, forged) == "fail"
    assert verdict("mx.other.example; dmarc=fail", forged) == "pass"


def test_two_senders_in_one_message_are_not_believed() -> None:
    """The server can have vouched for one of them only."""
    line = "mx.mvscp.example; dmarc=pass header.from=school.example"
    assert verdict(line, sender="sam@school.example, robin@police.example") == "fail"


def test_without_a_server_to_believe_nothing_is_said() -> None:
    """Where the settings name no authserv-id the question is not asked; without any line the server is not heard."""
    assert verdict("mx.mvscp.example; dmarc=fail", ours=()) == ""
    assert verdict() == "none"

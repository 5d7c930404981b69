"""Messages that Outlook saved, and the winmail.dat it sends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.mapi import unpack_rtf
from intake.opening import open_submission
from records.errors import Unreadable
from tests.hostile import docx, eml, zip_of
from tests.intake.outlook_files import attachment, compound_of, embedded, message, tnef

_HEADERS = "From: avery@police.example\r\nMessage-ID: <m@police.example>\r\nAuto-Submitted: auto-replied\r\n"


def test_a_saved_message_gives_head_text_and_attachments() -> None:
    """Subject, sender, time, text and attachments of a .msg are read, the sender by its real address."""
    tree = message(subject="Return – case 1", text="Our return.", attachments=[attachment("Summary ✓.docx", docx())])
    opened = open_submission(compound_of(tree), "saved.msg")
    assert opened.message is not None
    assert (opened.message.subject, opened.message.sender) == ("Return – case 1", "avery@police.example")
    assert opened.message.sent_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert [(part.path, part.data) for part in opened.parts] == [
        ("saved.msg > message text", b"Our return."),
        ("saved.msg > Summary ✓.docx", docx()),
    ]


def test_a_message_inside_a_saved_message_is_opened() -> None:
    """An embedded message has no bytes of its own, and its attachment is found all the same."""
    inner = message(subject="inner", text="inner text", attachments=[attachment("a.docx", docx())], head=24)
    outer = message(subject="outer", text="see below", attachments=[embedded(inner)])
    opened = open_submission(compound_of(outer), "saved.msg")
    assert opened.parts[-1].path == "saved.msg > forwarded > a.docx"
    assert opened.parts[-1].data == docx()


def test_the_headers_a_saved_message_travelled_with_classify_it() -> None:
    """An out-of-office reply saved from Outlook is still one."""
    tree = message(subject="Re: x", text="away", attachments=[], headers=_HEADERS)
    opened = open_submission(compound_of(tree), "saved.msg")
    assert opened.message is not None
    assert (opened.message.mail_class, opened.message.message_id) == ("automatic_reply", "<m@police.example>")


def test_winmail_dat_gives_its_attachments_under_their_long_names() -> None:
    """The attachments that Outlook hides in winmail.dat are parts like any other."""
    data = tnef(
        text="Our return.", attachments=[("Summary of involvement.docx", docx()), ("b.zip", zip_of({"c.txt": b"c"}))]
    )
    opened = open_submission(eml(attachments=[("winmail.dat", data)]), "mail.eml")
    assert [part.path.removeprefix("mail.eml > ") for part in opened.parts] == [
        "message text",
        "winmail.dat > message text",
        "winmail.dat > Summary of involvement.docx",
        "winmail.dat > b.zip > c.txt",
    ]
    assert opened.parts[2].data == docx()


def test_a_winmail_dat_that_breaks_off_keeps_what_stood_before() -> None:
    """The attachments before the break are read; the break itself is a named problem."""
    data = tnef(text="Our return.", attachments=[("a.docx", docx()), ("b.docx", docx(text="second"))])
    opened = open_submission(data[:-300], "winmail.dat")
    assert opened.parts[1].data == docx()
    assert opened.parts[-1].problem == "E-UNREADABLE"


def test_compressed_text_is_unpacked() -> None:
    """The worked example of the format's specification gives its text."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c0900206277 05b06c647d0a800fa0"
    )
    assert unpack_rtf(packed, limit=1000) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


@pytest.mark.parametrize("packed", [b"", b"short", bytes(16)])
def test_damaged_compressed_text_is_unreadable(packed: bytes) -> None:
    """What is no compressed text is said to be damaged."""
    with pytest.raises(Unreadable):
        unpack_rtf(packed, limit=1000)


@settings(max_examples=100, deadline=None)
@given(at=st.floats(0, 1), damage=st.binary(min_size=1, max_size=12))
def test_a_damaged_saved_message_never_raises(at: float, damage: bytes) -> None:
    """A .msg with any bytes overwritten opens to something named."""
    tree = message(
        subject="s",
        text="text",
        attachments=[
            attachment("a.docx", docx()),
            embedded(message(subject="i", text="inner", attachments=[], head=24)),
        ],
    )
    data = bytearray(compound_of(tree))
    start = int(at * len(data))
    data[start : start + len(damage)] = damage
    opened = open_submission(bytes(data), "saved.msg")
    assert opened.parts or opened.message

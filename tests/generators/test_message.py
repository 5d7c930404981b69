"""A letter as an e-mail: the heads that machines look at, the parts that people open, the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO

import pdfplumber
import pytest

from generators.letters.write import write_letter
from generators.message import DOCX, Attachment, Envelope, build_message, letter_files
from generators.pdf import to_pdf
from records.errors import Misconfigured, Refused
from tests.generators.letter_fixture import CONTEXT

LONG_ID = f"<{'a1b2c3' * 20}@mail.agency.example>"
ENVELOPE = Envelope(
    sender="practice.reviews@mvscp.example",
    sender_name="Marlow Vale Safeguarding Children Partnership, Llŷn",
    to=("alex@hillside.example", "second@hillside.example"),
    copy_to=("lead@hillside.example",),
    sent_at=datetime(2026, 11, 20, 9, 5, tzinfo=UTC),
    message_id="<request.unguessable@mvscp.example>",
    in_reply_to=LONG_ID,
    references=("<first@agency.example>", LONG_ID, "broken\r\nBcc: somebody@else.example"),
)


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_the_heads_are_the_ones_given() -> None:
    """From, To, Cc, Date, ids and thread come back as they were put in, also long ids."""
    message = parsed(build_message(write_letter("request", CONTEXT), ENVELOPE))
    assert message["From"].addresses[0].addr_spec == "practice.reviews@mvscp.example"
    assert message["From"].addresses[0].display_name == ENVELOPE.sender_name
    assert [one.addr_spec for one in message["To"].addresses] == list(ENVELOPE.to)
    assert [one.addr_spec for one in message["Cc"].addresses] == list(ENVELOPE.copy_to)
    assert message["Date"].datetime == ENVELOPE.sent_at
    assert message["Message-ID"] == ENVELOPE.message_id
    assert message["In-Reply-To"] == LONG_ID
    assert message["References"] == f"<first@agency.example> {LONG_ID}"
    assert message["Bcc"] is None


@pytest.mark.parametrize(("kind", "word"), [("acknowledgement", "auto-replied"), ("request", "auto-generated")])
def test_no_machine_answers_our_letters(kind: str, word: str) -> None:
    """Out-of-office programs see that a program wrote."""
    message = parsed(build_message(write_letter(kind, CONTEXT), ENVELOPE))
    assert message["Auto-Submitted"] == word
    assert message["X-Auto-Response-Suppress"] == "All"


def test_text_html_and_attachments_come_back_whole() -> None:
    """Both bodies say the same, the files are byte for byte the ones given, with their kind and name."""
    letter = write_letter("query", CONTEXT)
    files = [*letter_files(letter, b"%PDF-1.7 sample"), Attachment(name="MV-2026-007-form.docx", data=b"PK form")]
    message = parsed(build_message(letter, ENVELOPE, files))
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == letter.body_text
    assert html.get_content().replace("\r\n", "\n") == letter.body_html
    got = [(part.get_filename(), part.get_content_type(), part.get_content()) for part in message.iter_attachments()]
    assert got == [
        ("MV-2026-007-query.docx", DOCX, letter.docx),
        ("MV-2026-007-query.pdf", "application/pdf", b"%PDF-1.7 sample"),
        ("MV-2026-007-form.docx", DOCX, b"PK form"),
    ]


def test_the_same_letter_gives_the_same_bytes_with_mail_line_ends() -> None:
    """No boundary drawn by lot, no bare line feed, no line that a server would cut."""
    letter = write_letter("query", CONTEXT)
    data = build_message(letter, ENVELOPE, letter_files(letter, None))
    assert data == build_message(letter, ENVELOPE, letter_files(letter, None))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) < 998


def test_a_letter_to_nobody_is_refused() -> None:
    """The hint says what to do."""
    with pytest.raises(Refused, match="directory"):
        build_message(write_letter("query", CONTEXT), replace(ENVELOPE, to=()))


@pytest.mark.parametrize("address", ["not an address", "a@b.example\r\nBcc: c@d.example", ""])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """An address never brings a header along."""
    with pytest.raises(Misconfigured):
        build_message(write_letter("query", CONTEXT), replace(ENVELOPE, to=(address,)))


@pytest.mark.convert
def test_a_letter_as_pdf_shows_its_text_and_is_steady() -> None:
    """The PDF copy holds the letter's words, and the same letter gives the same bytes."""
    letter = write_letter("query", CONTEXT)
    first = to_pdf(letter.docx)
    if first is None:
        pytest.skip("LibreOffice is not installed")
    with pdfplumber.open(BytesIO(first)) as document:
        text = "\n".join(page.extract_text() for page in document.pages)
    assert "MV-2026-007" in text
    assert "Friday 4 December 2026" in text
    assert first == to_pdf(letter.docx)


def test_without_the_converter_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The letter goes as Word only."""
    monkeypatch.setenv("PATH", "")
    assert to_pdf(b"PK") is None

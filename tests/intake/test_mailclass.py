"""Which mail a person wrote, which a program wrote, and which only points to where the form is."""

from __future__ import annotations

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.heads import header, read_head, readable
from intake.mailclass import classify
from intake.wrappers import find_wrapper

_PLAIN = "From: Avery Example <avery@police.example>\nSubject: Our return\nMessage-ID: <a@police.example>\n"


def _mail(head: str, body: str = "text") -> email.message.Message:
    return email.message_from_string(f"{head}\n{body}", policy=email.policy.compat32)


_REPORT = """From: MAILER-DAEMON@mx.partnership.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn@mx.partnership.example>
Return-Path: <>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: text/plain

Your message could not be delivered.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.partnership.example

Final-Recipient: rfc822; nobody@school.example
Action: {action}
Status: 5.1.1
--r
Content-Type: {returned}

Message-ID: <letter-7@partnership.example>
Subject: RR-2026-001 acknowledgement

--r--
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "person"),
        ("Auto-Submitted: no", "person"),
        ("Auto-Submitted: auto-replied", "automatic_reply"),
        ("Auto-Submitted: auto-generated; owner=x", "automatic_reply"),
        ("AUTO-SUBMITTED:  Auto-Replied", "automatic_reply"),
        ("X-Autoreply: yes", "automatic_reply"),
        ("X-Auto-Response-Suppress: All", "automatic_reply"),
        ("X-Auto-Response-Suppress: DR, RN", "person"),
        ("Precedence: auto_reply", "automatic_reply"),
        ("Precedence: bulk", "list"),
        ("Precedence: first-class", "person"),
        ("List-Id: News <news.agency.example>", "list"),
        ("List-Unsubscribe: <mailto:leave@agency.example>", "list"),
        ("Return-Path: <>", "automatic_reply"),
        ("Return-Path: <avery@police.example>", "person"),
    ],
)
def test_headers_tell_programs_from_people(line: str, expected: str) -> None:
    """Each header that programs use to say what they are gives its class, with a reason unless a person wrote."""
    found = classify(_mail(_PLAIN + (f"{line}\n" if line else "")))
    assert found.mail_class == expected
    assert bool(found.reason) == (expected != "person")


@pytest.mark.parametrize(
    "sender",
    ["no-reply@agency.example", "NoReply@agency.example", "do_not_reply+7@agency.example", "bounces@agency.example"],
)
def test_senders_that_take_no_replies_are_never_answered(sender: str) -> None:
    """A sender that takes no replies gets none."""
    assert classify(_mail(f"From: {sender}\nSubject: x\n")).mail_class == "automatic_reply"


@pytest.mark.parametrize("sender", ["noreen@agency.example", "b.bounce@agency.example", "postmasters@agency.example"])
def test_people_with_such_names_are_people(sender: str) -> None:
    """Names that only begin like a program's address are people's."""
    assert classify(_mail(f"From: {sender}\nSubject: x\n")).mail_class == "person"


def test_an_away_subject_counts_only_without_attachments() -> None:
    """The words of an out-of-office reply are a weak sign: a return with such a subject is still a return."""
    head = "From: a@agency.example\nSubject: Automatic reply: RR-2026-001\n"
    attached = "Content-Type: multipart/mixed; boundary=b\n"
    part = "--b\nContent-Type: application/pdf\nContent-Disposition: attachment\n\nx\n--b--\n"
    assert classify(_mail(head)).mail_class == "automatic_reply"
    assert classify(_mail(head + attached, part)).mail_class == "person"


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_names_the_letter_that_bounced(returned: str) -> None:
    """The Message-ID of our letter is found in the returned message or in its returned head."""
    found = classify(_mail(_REPORT.format(action="failed", returned=returned)))
    assert (found.mail_class, found.bounced) == ("bounce", ("<letter-7@partnership.example>",))


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_that_nothing_failed_is_no_bounce(action: str) -> None:
    """A notice of delay or of delivery is automatic, and no letter has bounced."""
    found = classify(_mail(_REPORT.format(action=action, returned="text/rfc822-headers")))
    assert (found.mail_class, found.bounced) == ("automatic_reply", ())


def test_an_old_style_bounce_names_the_letter_it_quotes() -> None:
    """Servers that write bounces as plain text quote the head of the letter."""
    head = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nSubject: Mail delivery failed: returning message\n"
    found = classify(_mail(head + "Return-Path: <>\n", "Failed.\n\n> Message-Id: <letter-8@partnership.example>\n"))
    assert (found.mail_class, found.bounced) == ("bounce", ("<letter-8@partnership.example>",))


def test_a_forwarded_bounce_is_a_persons() -> None:
    """A person who forwards words about a failed delivery is still a person."""
    assert classify(_mail("From: a@agency.example\nSubject: Undeliverable: our return\n")).mail_class == "person"


def test_a_read_receipt_is_automatic() -> None:
    """A receipt is a program's, whatever its subject says."""
    head = "From: a@agency.example\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n"
    assert classify(_mail(head, "--b--\n")).mail_class == "automatic_reply"


def test_our_own_letter_is_ours() -> None:
    """A copy of our own letter is known by its Message-ID, before anything else is looked at."""
    mail = _mail("Message-ID: <letter-7@partnership.example>\nAuto-Submitted: auto-generated\n")
    assert classify(mail, is_own=lambda message_id: message_id == "<letter-7@partnership.example>").mail_class == "own"


@given(
    st.dictionaries(
        st.sampled_from(
            ["From", "Subject", "Auto-Submitted", "Return-Path", "Precedence", "Content-Type", "Message-ID", "List-Id"]
        ),
        st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=["Cs"]), max_size=80),
    )
)
def test_any_head_has_a_class(fields: dict[str, str]) -> None:
    """Whatever stands in the headers, there is a class, with a reason unless it is a person's; nothing raises."""
    raw = "".join(f"{name}: {value}\n" for name, value in fields.items()).encode() + b"\nbody"
    found = classify(email.message_from_bytes(raw, policy=email.policy.compat32))
    assert bool(found.reason) == (found.mail_class != "person")


@given(st.sampled_from(["auto-replied", "auto-generated", "auto-notified", "x-anything"]), st.text(max_size=20))
def test_auto_submitted_is_never_a_person(value: str, subject: str) -> None:
    """No subject makes a message that says it is automatic into a person's."""
    mail = email.message.Message()
    mail["Auto-Submitted"] = value
    mail["Subject"] = subject.replace("\r", "").replace("\n", "")
    assert classify(mail).mail_class != "person"


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_encoded_words_come_back_as_they_were(text: str) -> None:
    """A subject encoded by the standard library in any script is read back."""
    encoded = email.header.Header(text, "utf-8", maxlinelen=40).encode()
    assert readable(encoded) == readable(text)


@given(st.binary(max_size=200))
def test_any_bytes_in_a_header_are_readable(raw: bytes) -> None:
    """Raw bytes in a header become text without lone surrogates."""
    mail = email.message_from_bytes(b"Subject: " + raw.replace(b"\n", b"").replace(b"\r", b"") + b"\n\n")
    header(mail, "subject").encode("utf-8")


def test_the_head_is_kept_with_the_nearest_reference_first() -> None:
    """Sender, recipients and thread are kept; In-Reply-To comes before References, the nearest of those first."""
    mail = _mail(
        _PLAIN + "To: us@partnership.example, Us <US@partnership.example>\nIn-Reply-To: <3@x.example>\n"
        "References: <1@x.example>\n <2@x.example> <3@x.example>\nDate: Mon, 2 Mar 2026 09:00:00 -0000\n"
    )
    head = read_head(mail)
    assert (head.sender, head.sender_name) == ("avery@police.example", "Avery Example")
    assert head.recipients == ("us@partnership.example",)
    assert head.in_reply_to == ("<3@x.example>", "<2@x.example>", "<1@x.example>")
    assert head.sent_at is not None
    assert head.sent_at.tzinfo is not None


@pytest.mark.parametrize(
    ("system", "text", "files"),
    [
        ("Egress", "Open this secure message: https://switch.egress.com/ui/read?id=1", []),
        ("Egress", "", [("message.switch", "other")]),
        (
            "NHSmail secure e-mail (Trend Micro)",
            "You have an encrypted email from NHSmail. Please register to open it.",
            [],
        ),
        ("Cisco Secure Email", "", [("securedoc_20260302T090000.html", "html")]),
        ("Cisco Secure Email", "You have received a Cisco Registered Envelope.", []),
        ("Proofpoint Encryption", "Click here to read your message. Secured by Proofpoint Encryption", []),
        ("Mimecast Secure Messaging", "This is a Mimecast Secure Messaging notification.", []),
        ("Microsoft message encryption", "", [("message_v2.rpmsg", "other")]),
        ("a secure e-mail system", "Avery has sent you a secure message. Click the button to sign in.", []),
        ("SharePoint", "Our return: https://school.sharepoint.com/:w:/s/x/abc", []),
        ("OneDrive", "Our return: https://1drv.ms/w/s!abc", []),
    ],
)
def test_notices_of_secure_mail_and_links_are_recognised(system: str, text: str, files: list[tuple[str, str]]) -> None:
    """A message that only points to the form names the system and what to do."""
    found = find_wrapper("Return", text, files=files)
    assert found is not None
    assert found.system == system
    assert "shared folder" in found.reason


@pytest.mark.parametrize(
    ("subject", "text", "files"),
    [
        ("[secure] Return", "Please find our return attached.", [("a.docx", "docx")]),
        ("Return", "See also https://school.sharepoint.com/:w:/s/x/abc", [("a.pdf", "pdf")]),
        ("Return", "https://url.uk.m.mimecastprotect.com/s/abc our web site", []),
        ("Return", "This e-mail was scanned by Mimecast, Cisco and Proofpoint.", []),
        ("Return", "You received a secure message in 2024 according to our records.", []),
        ("Return", "", []),
    ],
)
def test_ordinary_mail_that_passed_such_systems_is_ordinary(
    subject: str, text: str, files: list[tuple[str, str]]
) -> None:
    """Tags, footers, rewritten links and words are no wrapper, and a form beside them never is."""
    assert find_wrapper(subject, text, files=files) is None

"""A referral arrives by e-mail, letters go out by SMTP, and what comes back to them finds its letter."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from mail_servers import Dovecot, make_certificate
from storm import storm, story


def answer(message_id: str, *head: str, body: str = "") -> bytes:
    """An automatic message that came back to a letter."""
    lines = ["From: Mail System <mailer-daemon@agency.example>", "To: practice.reviews@mvscp.example"]
    return "\r\n".join([*lines, *head, "", body or "Fictional.", ""]).encode().replace(b"{id}", message_id.encode())


def test_letters_go_once_and_what_comes_back_is_matched_and_never_answered(tmp_path: Path, dovecot: Dovecot) -> None:
    """The copies are known as our own; a bounce marks its letter and asks a person; an autoresponder gets nothing."""
    certificate = make_certificate(tmp_path)
    with storm(tmp_path / "office", dovecot, certificate, f"journey{tmp_path.name}@mvscp.example") as office:
        dovecot.put(story()[0], user=office.user)
        office.finish()
        assert office.faults(story()[:1]) == []
        letters = office.post.received
        assert Counter(office.books().letters.values()) == Counter({1: 8})
        for letter in letters:
            head = letter.data.partition(b"\r\n\r\n")[0]
            assert (b"\r\nX-Auto-Response-Suppress: All" in head, b"\r\nAuto-Submitted: auto-" in head) == (True, True)
            assert letter.encrypted
        with office.opened() as store, store.reading() as tx:
            states = Counter((one.state, one.message.mail_class) for one in tx.submissions.all() if one.message)
            first, second = (one.message_id for one in tx.letters.all()[:2])
        assert states == Counter({("ignored", "own"): 8, ("done", "person"): 1})
        report = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
        status = "--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        returned = "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\n\r\n--b--\r\n"
        bounce = answer(first, report, "Subject: Undelivered", body=status + returned)
        away = answer(second, "Subject: Automatic reply", "Auto-Submitted: auto-replied", "In-Reply-To: {id}")
        dovecot.put(bounce, away, user=office.user)
        office.finish()
        with office.opened() as store, store.reading() as tx:
            assert tx.letters.by_message_id(first).state == "bounced"
            assert tx.letters.by_message_id(second).state == "sent"
            states = Counter((one.state, one.message.mail_class) for one in tx.submissions.all() if one.message)
        assert states[("attention", "bounce")] == states[("ignored", "automatic_reply")] == 1
        assert len(office.post.received) == len(letters) == 8

"""A referral arrives by e-mail, letters go out by SMTP, and what comes back to them finds its letter."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
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


def _from(message: bytes, sender: str, *lines: str) -> bytes:
    """The same message with another sender and these lines in front."""
    head, blank, body = message.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"from:", b"message-id:"))]
    new = [*(line.encode() for line in lines), f"From: {sender}".encode(), f"Message-ID: <{sender}>".encode()]
    return b"\r\n".join([*new, *kept]) + blank + body


def test_who_is_not_who_they_say_gets_nothing(tmp_path: Path, dovecot: Dovecot) -> None:
    """A sender our server does not vouch for goes to a person unread; an unknown sender is never written to."""
    certificate = make_certificate(tmp_path)
    referral = story()[0]
    verdict = "Authentication-Results: mx.mvscp.example; dmarc=fail header.from=police.example"
    forged = _from(referral, "Sam Sample <sam.sample@marlowvale-police.example>", verdict)
    stranger = _from(referral, "Robin Sample <robin@stranger.example>")
    with storm(tmp_path / "office", dovecot, certificate, f"forged{tmp_path.name}@mvscp.example") as office:
        dovecot.put(forged, user=office.user)
        office.finish()
        with office.opened() as store, store.reading() as tx:
            (submission,) = tx.submissions.all()
            assert (submission.state, tx.returns.all(), tx.letters.all()) == ("attention", (), ())
            assert "telephone" in submission.reason
        dovecot.put(stranger, user=office.user)
        office.finish()
        with office.opened() as store, store.reading() as tx:
            (returned,) = tx.returns.all()
            assert (returned.state, tx.cases.all()) == ("needs_person", ())
            readers = {address for letter in tx.letters.all() for address in (*letter.to, *letter.copy_to)}
        assert not any("stranger.example" in reader for reader in readers)
        assert not any("stranger.example" in " ".join(one.readers) for one in office.post.received)


def _echo(letter: bytes) -> bytes:
    """What a bad autoresponder makes of a letter: an answer that looks like a person's, with everything attached."""
    came = message_from_bytes(letter, policy=SMTP)
    answered = EmailMessage(policy=SMTP)
    answered["From"] = came["To"].split(",")[0]
    answered["To"] = came["From"]
    answered["Subject"] = f"Re: {came['Subject']}"
    answered["Message-ID"] = f"<echo.{came['Message-ID'].strip('<>')}>"
    answered["In-Reply-To"] = came["Message-ID"]
    answered.set_content("Thank you for your message. We will look at it soon.")
    for part in came.iter_attachments():
        answered.add_attachment(
            part.get_content(), maintype="application", subtype=part.get_content_subtype(), filename=part.get_filename()
        )
    return answered.as_bytes()


def test_two_programs_never_answer_each_other_for_long(tmp_path: Path, dovecot: Dovecot) -> None:
    """Every letter is answered by a program that hides what it is and sends all files back: no letter follows on it."""
    certificate = make_certificate(tmp_path)
    with storm(tmp_path / "office", dovecot, certificate, f"loop{tmp_path.name}@mvscp.example") as office:
        echoes: list[bytes] = []
        office.post.deliver_own = lambda data: echoes.append(_echo(data))
        dovecot.put(story()[0], user=office.user)
        office.finish()
        first = len(office.post.received)
        for _ in range(2):
            waiting, echoes[:] = list(echoes), []
            dovecot.put(*waiting, user=office.user)
            office.finish()
        assert first == 8
        more = Counter(office.books().letters) - Counter(dict.fromkeys(office.books().letters, 1))
        assert (sum(more.values()), echoes) == (0, [])

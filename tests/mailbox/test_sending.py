"""Letters over a real SMTP server: each once, never in the clear, and what nobody knows is said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from mail_servers import make_certificate
from smtp_server import PASSWORD, TOKEN, Behaviour, running_smtp

from intake.mail_account import Credentials
from records.submissions import Letter, Message, SourceIdentity, Submission
from service.sending import NOBODY_KNOWS, send_once, settle_unknown
from service.smtp import Relay, SmtpPost
from store import Store, open_store

OWN = "reviews@sscp.example"
_numbers = itertools.count(1)


class Clock:
    """Time that the test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(seconds=self.seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'intake.sqlite'}", clock=clock.now)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("smtp"))


@pytest.fixture
def server(certificate: tuple[Path, Path]) -> Iterator[Behaviour]:
    """A server with STARTTLS that wants no login."""
    with running_smtp(certificate) as running:
        yield running


@pytest.fixture
def post(server: Behaviour, clock: Clock) -> SmtpPost:
    return SmtpPost(relay(server), clock=clock)


def relay(server: Behaviour, **changes: object) -> Relay:
    values: dict[str, object] = {
        "host": "localhost",
        "port": server.port,
        "certificates": server.certificate,
        "sender": OWN,
        "copy_to": OWN,
        "connect_seconds": 5,
        "read_seconds": 5,
    }
    return Relay(**(values | changes))  # type: ignore[arg-type]


def letter(store: Store, *, to: tuple[str, ...] = ("robin@agency.example",)) -> Letter:
    """A letter in the outbox."""
    number = next(_numbers)
    with store.transaction() as tx:
        return tx.letters.add(
            Letter(
                id=f"L-{number}",
                key=f"key/{number}",
                kind="acknowledgement",
                case_reference=None,
                agency_id=None,
                to=to,
                subject="PR-2026-001: acknowledgement",
                body_text="Thank you.",
                message_id=f"<L-{number}@sscp.example>",
                dated=date(2026, 3, 2),
                state="outbox",
            )
        )


MAIL = b"From: reviews@sscp.example\r\nSubject: PR-2026-001\r\n\r\nThank you.\r\n.\r\n..two dots\r\n"


def standing(store: Store, one: Letter) -> tuple[str, str]:
    with store.reading() as tx:
        now = tx.letters.get(one.id)
    return now.state, now.reason


def questions(store: Store) -> list[str]:
    with store.reading() as tx:
        return [task.about_id for task in tx.tasks.waiting()]


def test_a_letter_goes_once_encrypted_with_a_copy_to_ourselves(store: Store, server: Behaviour, post: SmtpPost) -> None:
    """Sent again it does not go again; its bytes arrive as they were written, dots and all."""
    one = letter(store)
    assert send_once(one, MAIL, store, post) == "sent"
    assert send_once(one, MAIL, store, post) == "sent"
    (got,) = server.received
    assert (got.sender, got.readers, got.encrypted) == (OWN, ["robin@agency.example", OWN], True)
    assert got.data == MAIL


def test_cut_off_after_the_server_accepted_it_is_unknown_and_not_repeated(
    store: Store, server: Behaviour, post: SmtpPost
) -> None:
    """Nobody can say whether it went: a person is asked, and only its copy in our mailbox settles it by itself."""
    one = letter(store)
    server.fault = "cut_after_accepting"
    assert send_once(one, MAIL, store, post) == "unknown"
    server.fault = ""
    assert send_once(one, MAIL, store, post) == "unknown"
    assert len(server.received) == 1
    assert settle_unknown(store) == 1
    assert (standing(store, one), questions(store)) == (("unknown", NOBODY_KNOWS), [one.id])
    arrive(store, one.message_id)
    assert settle_unknown(store) == 0
    assert (standing(store, one), questions(store)) == (("sent", ""), [])


def test_killed_while_sending_is_unknown_and_asked_about_once_it_is_certain(
    store: Store, clock: Clock, server: Behaviour
) -> None:
    """The state is committed before the first word to the server, so that a crash leaves the truth."""

    class Killed(BaseException):
        pass

    class Dying:
        def ready(self, letter_id: str) -> bool:
            return True

        def send(self, letter: Letter, mail: bytes) -> object:
            raise Killed

    one = letter(store)
    with pytest.raises(Killed):
        send_once(one, MAIL, store, Dying())  # type: ignore[arg-type]
    assert settle_unknown(store) == 1
    assert questions(store) == []  # another worker may be sending it this very moment
    assert send_once(one, MAIL, store, SmtpPost(relay(server), clock=clock)) == "unknown"
    clock.seconds += 601
    assert settle_unknown(store) == 1
    assert (server.received, questions(store)) == ([], [one.id])


@pytest.mark.parametrize("fault", ["full", "later", "down"])
def test_what_certainly_did_not_go_is_tried_again_later(
    store: Store, server: Behaviour, clock: Clock, fault: str
) -> None:
    """A full server, a recipient put off, nobody listening: the letter waits, and goes when the fault has passed."""
    one, other = letter(store), letter(store, to=("other@agency.example",))
    post = SmtpPost(relay(server, port=1) if fault == "down" else relay(server), clock=clock)
    server.fault = "full" if fault == "full" else ""
    server.later = {"robin@agency.example"} if fault == "later" else set()
    assert send_once(one, MAIL, store, post) == "outbox"
    assert send_once(one, MAIL, store, post) == "outbox"
    server.fault = ""
    assert send_once(other, MAIL, store, post) == ("outbox" if fault == "down" else "sent")
    server.later = set()
    post._relay = relay(server)
    clock.seconds += 31
    assert send_once(one, MAIL, store, post) == "sent"
    assert questions(store) == []


def test_refused_for_one_recipient_it_goes_to_none_and_a_person_is_asked(
    store: Store, server: Behaviour, post: SmtpPost
) -> None:
    """The letters behind it go on."""
    server.unknown = {"gone@agency.example"}
    one, other = letter(store, to=("robin@agency.example", "gone@agency.example")), letter(store)
    assert send_once(one, MAIL, store, post) == "held"
    assert "gone@agency.example" in standing(store, one)[1]
    assert send_once(other, MAIL, store, post) == "sent"
    assert (len(server.received), questions(store)) == (1, [one.id])


def test_a_text_that_is_refused_for_good_is_held(store: Store, server: Behaviour, post: SmtpPost) -> None:
    """5xx after the text: it did not go and will not."""
    server.fault = "refused_text"
    one = letter(store)
    assert send_once(one, MAIL, store, post) == "held"


def test_nothing_goes_in_the_clear_unless_the_settings_say_so(store: Store, clock: Clock) -> None:
    """A server without STARTTLS gets nothing; with security "none" it does."""
    with running_smtp(None) as plain:
        one = letter(store)
        assert send_once(one, MAIL, store, SmtpPost(relay(plain, certificates=None), clock=clock)) == "outbox"
        assert plain.received == []
        allowed = SmtpPost(relay(plain, certificates=None, security="none"), clock=clock)
        assert send_once(one, MAIL, store, allowed) == "sent"


def test_a_wrong_certificate_gets_nothing(store: Store, server: Behaviour, clock: Clock) -> None:
    """Nobody vouches for this certificate: neither a login nor a letter is sent."""
    one = letter(store)
    assert send_once(one, MAIL, store, SmtpPost(relay(server, certificates=None), clock=clock)) == "outbox"
    assert "certificate" in standing(store, one)[1]
    assert server.received == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")  # aiosmtpd does not know that TLS came first
@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("kind", ["password", "token"])
def test_logins(store: Store, certificate: tuple[Path, Path], clock: Clock, implicit: bool, kind: str) -> None:
    """Password and XOAUTH2, over STARTTLS and TLS; a wrong secret sends nothing and is not repeated at once."""
    secrets = {"password": PASSWORD, "token": TOKEN}
    with running_smtp(certificate, implicit=implicit, login=True) as server:
        security = "tls" if implicit else "starttls"
        wrong = Credentials(OWN, lambda: "wrong", kind=kind)  # type: ignore[arg-type]
        right = Credentials(OWN, lambda: secrets[kind], kind=kind)  # type: ignore[arg-type]
        one = letter(store)
        refused = SmtpPost(relay(server, security=security, credentials=wrong), clock=clock)
        assert send_once(one, MAIL, store, refused) == "outbox"
        assert not refused.ready(one.id)
        assert "login" in standing(store, one)[1]
        post = SmtpPost(relay(server, security=security, credentials=right), clock=clock)
        assert send_once(one, MAIL, store, post) == "sent"
        assert len(server.received) == 1


def arrive(store: Store, message_id: str) -> None:
    """The copy of a letter has arrived in our own mailbox."""
    with store.transaction() as tx:
        tx.submissions.add(
            Submission(
                id="S-copy",
                identity=SourceIdentity(source="mailbox", key="reviews/copy"),
                sha256=tx.originals.put(b"fictional copy"),
                name="message-1.eml",
                received_at=tx.at,
                size=14,
                message=Message(message_id=message_id, subject="PR-2026-001", sender=OWN),
            )
        )

"""A mailbox of mixed messages, the real service killed over it again and again, and the books held side by side."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Timer
from time import sleep

from imapclient.exceptions import IMAPClientError
from mail_servers import PASSWORD, Dovecot, Line
from smtp_server import Behaviour, running_smtp

from store import Store, open_store

ROOT = Path(__file__).parents[2]
STORY = ROOT / "samples" / "story"
HUGE_EVERY = 700
"""So many messages to one of 25 MB."""
OWN = "practice.reviews@mvscp.example"
_SETTINGS = """
[partnership]
name = "Marlow Vale Safeguarding Children Partnership"
short_name = "MVSCP"
contact_name = "Robin Sample"
contact_email = "practice.reviews@mvscp.example"
reference_pattern = "MV-{{year}}-{{number}}"
[folders]
data = "data"
[files]
directory = "{directory}"
[opening]
agencies = ["social-care", "hospital-trust", "community-trust", "gp-surgery", "school", "probation", "housing"]
[mailbox]
poll_seconds = 0.001
authserv_ids = ["mx.mvscp.example"]
read_seconds = 20
[[mailbox.accounts]]
name = "reviews"
host = "localhost"
port = {imap_port}
certificates = "{imap_certificate}"
user = "{user}"
move = true
[sending]
host = "localhost"
port = {smtp_port}
certificates = "{smtp_certificate}"
"""


@dataclass
class Books:
    """What a run left behind, in a form that two runs can be compared by."""

    states: Counter[str] = field(default_factory=Counter)
    returns: Counter[tuple[str, str | None, int, str]] = field(default_factory=Counter)
    letters: Counter[tuple[str, str | None]] = field(default_factory=Counter)


@dataclass
class Storm:
    """One mailbox, one sending server, one office."""

    folder: Path
    server: Dovecot
    line: Line
    post: Behaviour
    user: str
    nursery: subprocess.Popen[bytes]
    kills: int = 0
    cuts: int = 0
    restarts: int = 0
    shunted: int = 0
    """How often a message was put to a person because the service died again and again over it."""

    def run(
        self, *, kill_after: float | None = None, cut_after: int | None = None, restart_after: float | None = None
    ) -> str:
        """One life of the service; what it said. Killed so many seconds after it was ready, if not done before.

        The mail server is started anew in the midst of it where that is wanted.
        """
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(f"{self.folder}\n".encode())
        self.nursery.stdin.flush()
        process, said, killer = 0, "", None
        while (word := self.nursery.stdout.readline().decode().rstrip("\n")) not in ("ended", ""):
            said = word
            if word.startswith("process "):
                process = int(word.removeprefix("process "))
            elif word == "ready":
                self.line.cut_after(cut_after)
                self.cuts += cut_after is not None
                if kill_after is not None:
                    killer = Timer(kill_after, self._kill, (process,))
                    killer.start()
                if restart_after is not None:
                    sleep(restart_after)
                    self.server.restart()
                    self.restarts += 1
        if killer is not None:
            killer.cancel()
            killer.join()
        return said

    def _kill(self, process: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
            self.kills += 1

    def finish(self) -> None:
        """Undisturbed lives until nothing is left to do.

        A message that was in hand at death after death was put to a person, lest it be the cause of them: here that
        person says "try again".
        """
        for _ in range(20):
            said = self.run()
            if said.endswith("finished ") and not self._unfinished() and not self._try_again():
                return
        raise AssertionError(f"it does not come to an end: {said}")

    def _try_again(self) -> int:
        with self.opened() as store, store.transaction() as tx:
            shunted = tx.submissions.all(("failed",))
            for submission in shunted:
                tx.submissions.try_again(submission.id)
        self.shunted += len(shunted)
        return len(shunted)

    def books(self) -> Books:
        """What stands in the ledger."""
        with self.opened() as store, store.reading() as tx:
            submissions = [
                one for one in tx.submissions.all() if one.message is None or one.message.mail_class != "own"
            ]
            returns, letters = tx.returns.all(), tx.letters.all()
        return Books(
            Counter(one.state for one in submissions),
            Counter((one.form, one.agency_id, one.version, one.state) for one in returns),
            Counter((one.kind, one.agency_id) for one in letters),
        )

    def faults(self, messages: list[bytes]) -> list[str]:
        """Everything that is not as it must be: empty when nothing was lost and nothing doubled."""
        wanted = Counter(sha256(one).hexdigest() for one in messages)
        there = {name: self.server.contents(name, self.user) for name in ("INBOX", "Processed", "Attention")}
        on_server = Counter(sha256(one).hexdigest() for box in there.values() for one in box)
        with self.opened() as store, store.reading() as tx:
            submissions, letters = tx.submissions.all(), tx.letters.all()
            in_ledger = Counter(one.sha256 for one in submissions)
            noted = Counter(one.sha256 for one in tx.sightings.everything("reviews"))
        sent = Counter(_message_id(one.data) for one in self.post.received)
        own = set(on_server) - set(wanted)
        checks = {
            "left in INBOX": len(there["INBOX"]),
            "missing on the server": sum((wanted - on_server).values()),
            "doubled on the server": sum((Counter(dict.fromkeys(wanted, 0)) + on_server - wanted).values()) - len(own),
            "missing in the ledger": len(set(on_server) - set(in_ledger)),
            "more than once in the ledger": sum(count > 1 for count in in_ledger.values()),
            "without a final state": sum(one.state == "received" for one in submissions),
            "noted at a wrong place": sum((noted - on_server).values()) + sum((on_server - noted).values()),
            "sent more than once": sum(count > 1 for count in sent.values()),
            "said to be sent and did not go": sum(one.state == "sent" and not sent[one.message_id] for one in letters),
            "went and is not known": sum(one.state != "sent" and sent[one.message_id] > 0 for one in letters),
            "still in the outbox": sum(one.state == "outbox" for one in letters),
        }
        return [f"{what}: {count}" for what, count in checks.items() if count]

    @contextlib.contextmanager
    def opened(self) -> Iterator[Store]:
        """The ledger."""
        store = open_store(f"sqlite:///{self.folder / 'data' / 'intake.sqlite'}")
        try:
            yield store
        finally:
            store.close()

    def _unfinished(self) -> bool:
        with self.opened() as store, store.reading() as tx:
            return bool(tx.submissions.all(("received",)) or tx.letters.all(("outbox",)))


@contextlib.contextmanager
def storm(folder: Path, server: Dovecot, certificate: tuple[Path, Path], user: str) -> Iterator[Storm]:
    """An office over an empty mailbox; letters go out, and their copies come back into the mailbox."""
    folder.mkdir(parents=True)
    with Line(server.port) as line, running_smtp(certificate) as post:
        post.deliver_own = partial(_deliver, server, user)
        settings = _SETTINGS.format(
            directory=ROOT / "samples" / "directory.toml",
            imap_port=line.port,
            imap_certificate=server.certificate,
            user=user,
            smtp_port=post.port,
            smtp_certificate=certificate[0],
        )
        (folder / "intake.toml").write_text(settings, encoding="utf-8")
        command = [sys.executable, "-m", "tests.mailbox.storm_worker"]
        environment = os.environ | {"INTAKE__MAILBOX__PASSWORD": PASSWORD}
        with (folder / "errors").open("ab") as errors:
            nursery = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )
        with nursery:  # ends when its standard input is closed
            yield Storm(folder, server, line, post, user, nursery)


def _deliver(server: Dovecot, user: str, data: bytes) -> None:
    """As a real server does: again until the mailbox takes it."""
    for _ in range(200):
        try:
            return server.put(data, user=user)
        except (OSError, IMAPClientError):
            sleep(0.1)
    raise AssertionError("the mailbox does not come back")


def story() -> list[bytes]:
    """The messages of the story, as a server keeps them."""
    return [_with_line_ends(file.read_bytes()) for file in sorted(STORY.glob("*/mail/*.eml"))]


def mixed_messages(count: int, chance: random.Random) -> list[bytes]:
    """Forms of the story in their order, among chatter, automatic mail, damaged and large messages, and repeats."""
    forms = story()
    others = [_other(number, chance) for number in range(count - len(forms) - count // 20)]
    for number in range(HUGE_EVERY, len(others), HUGE_EVERY):
        others[number] += b"A line of a very large fictional message.\n" * (25_000_000 // 43)
    repeats = [chance.choice(others) for _ in range(count // 20)]
    places = sorted(chance.sample(range(len(forms) + len(others)), len(forms)))
    mixed = others
    for place, form in zip(places, forms, strict=True):
        mixed.insert(place, form)
    return [_with_line_ends(one) for one in (*mixed, *repeats)]


def _other(number: int, chance: random.Random) -> bytes:
    kind = chance.choice(
        ["chatter", "chatter", "away", "list", "bounce", "broken", "charset", "no_id", "same_id", "large"]
    )
    head = {
        "From": "Robin Sample <robin@elsewhere.example>",
        "To": OWN,
        "Subject": f"Fictional message {number}",
        "Message-ID": f"<{number}@elsewhere.example>",
        "Date": "Mon, 02 Mar 2026 09:00:00 +0000",
    }
    body = f"Fictional text {number}: {chance.random()}\n".encode()
    if kind == "away":
        head |= {"Auto-Submitted": "auto-replied", "Subject": "Automatic reply"}
    elif kind == "list":
        head["List-Id"] = "<news.elsewhere.example>"
    elif kind == "bounce":
        head |= {"From": "MAILER-DAEMON@elsewhere.example", "Subject": "Undelivered Mail", "Return-Path": "<>"}
    elif kind == "broken":
        head["Content-Type"] = 'multipart/mixed; boundary="never'
        body += b"--never\nContent-Type: text/plain; charset=\n\n" + bytes(range(128, 200)) + b"\n--nev"
    elif kind == "charset":
        head["Content-Type"] = "text/plain; charset=x-unheard-of"
        head["Subject"] = "=?x-unheard-of?B?////?="
        body += b"\xff\xfe\x80\x81\n"
    elif kind == "no_id":
        del head["Message-ID"]
    elif kind == "same_id":
        head["Message-ID"] = "<same@elsewhere.example>"
    elif kind == "large":
        body += b"A line of a large fictional message.\n" * chance.randrange(1_000, 20_000)
    return "".join(f"{name}: {value}\n" for name, value in head.items()).encode() + b"\n" + body


def _with_line_ends(message: bytes) -> bytes:
    return message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _message_id(data: bytes) -> str:
    head = data.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").decode("ascii", "replace")
    return next(line.partition(":")[2].strip() for line in head.split("\r\n") if line.lower().startswith("message-id:"))


def begin(made: Storm, messages: list[bytes]) -> None:
    """The referral is taken in calmly, then the rest waits: what comes before its case is open is matched otherwise."""
    referral = story()[0]
    made.server.put(referral, user=made.user)
    made.finish()
    made.server.put(*(one for one in messages if one != referral), user=made.user)


def weather(made: Storm, chance: random.Random, kills: int, *, longest: float) -> None:
    """Kill the service at random moments, cut its connection now and then."""
    until = time.monotonic() + 3600 * 4
    while made.kills < kills and time.monotonic() < until:
        cut = chance.randrange(10_000, 2_000_000) if chance.random() < 0.3 else None
        restart = chance.uniform(0, longest / 2) if chance.random() < 0.1 else None
        said = made.run(kill_after=chance.uniform(0, longest), cut_after=cut, restart_after=restart)
        if said.endswith("finished ") and cut is None and restart is None:
            return  # all the work is done: there is nothing left to be killed at

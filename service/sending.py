"""Sends letters by SMTP: each one once.

    outbox ──► unknown ("is being sent", committed) ──► the server ──► sent
                                                               ├──► outbox   it certainly did not go: tried again later
                                                               ├──► held     refused for good: a person is asked
                                                               └──► unknown  nobody can say: a person is asked

A crash between leaves "unknown". A letter in that state is never sent again by itself; once its copy arrives in our own
mailbox under its Message-ID, it is known to have gone.
"""

from __future__ import annotations

from records.submissions import Letter, LetterState
from service.parts import ACTOR
from service.post import Post
from service.tasks import ask_a_person
from store import Store, Transaction

BEING_SENT = "It is being sent."
NOBODY_KNOWS = (
    "It is not known whether this letter went: the service or the connection stopped while it was being sent. "
    "Ask the recipient or look into the mailbox's copies; send it again only if it did not arrive."
)
_LEASE_SECONDS = 600.0


_AFTER: dict[str, LetterState] = {"accepted": "sent", "not_now": "outbox", "refused": "held", "unknown": "unknown"}


def send_once(letter: Letter, mail: bytes, store: Store, post: Post) -> str:
    """Send a letter that waits in the outbox; its state afterwards. Of two workers one sends it."""
    if not post.ready(letter.id) or not _claim(letter.id, store):
        with store.reading() as tx:
            return tx.letters.get(letter.id).state
    outcome = post.send(letter, mail)
    state = _AFTER[outcome.kind]
    reason = NOBODY_KNOWS if outcome.kind == "unknown" else outcome.reason
    with store.transaction() as tx:
        tx.letters.set_state(letter.id, state, reason)
        tx.leases.give_back(_lease(letter.id), ACTOR)
        if outcome.kind != "not_now":
            tx.audit.record(ACTOR, f"letter.{state}", letter=letter.id, case=letter.case_reference)
        if outcome.kind in ("refused", "unknown"):
            ask_a_person(tx, "letter", letter.id, reason, case_reference=letter.case_reference)
    return state


def settle_unknown(store: Store) -> int:
    """Look after the letters of which it is not known whether they went; how many are still unknown.

    A letter whose copy has arrived went. One that a crash left behind is put to a person.
    """
    with store.reading() as tx:
        unknown = tx.letters.all(("unknown",))
    left = 0
    for letter in unknown:
        with store.transaction() as tx:
            if tx.letters.get(letter.id).state == "unknown":
                left += not _settled(tx, letter)
    return left


def _settled(tx: Transaction, letter: Letter) -> bool:
    if tx.submissions.with_message_id(letter.message_id):
        tx.letters.set_state(letter.id, "sent")
        tx.audit.record(ACTOR, "letter.seen", letter=letter.id)
        for task in tx.tasks.about("letter", letter.id):
            tx.tasks.settle(task.id, ACTOR, tx.at)
        return True
    if letter.reason == BEING_SENT and tx.leases.take(_lease(letter.id), "settle_unknown", 0):
        tx.letters.set_state(letter.id, "unknown", NOBODY_KNOWS)
        tx.audit.record(ACTOR, "letter.unknown", letter=letter.id)
        ask_a_person(tx, "letter", letter.id, NOBODY_KNOWS, case_reference=letter.case_reference)
    return False


def _claim(letter_id: str, store: Store) -> bool:
    """Take the letter out of the outbox before anything is said to the server: what follows is known to have begun."""
    with store.transaction() as tx:
        if tx.letters.get(letter_id).state != "outbox":
            return False
        tx.letters.set_state(letter_id, "unknown", BEING_SENT)
        tx.leases.take(_lease(letter_id), ACTOR, _LEASE_SECONDS)
        tx.audit.record(ACTOR, "letter.sending", letter=letter_id)
    return True


def _lease(letter_id: str) -> str:
    return f"letter/{letter_id}"

"""Letters that wait for a person: sent after all, or dropped."""

from __future__ import annotations

from mailbox_config.directory import Directory, contact_for
from records.errors import Refused
from records.submissions import Letter
from service.outbox import OUT, send_letter
from service.parts import Parts
from service.tasks import close_tasks

_WAITING = ("held", "unknown", "bounced")


def let_go(letter_id: str, parts: Parts, *, by: str) -> Letter:
    """Send a letter that is held, came back, or of which nobody knows whether it went; the letter afterwards.

    A letter that must not go as it stands is held again, with the reason. One that came back goes to the contacts that
    the directory names now.
    """
    with parts.store.transaction() as tx:
        letter = tx.letters.get(letter_id)
        if letter.state not in (*_WAITING, "outbox"):
            raise Refused(
                f"This letter is {letter.state} already.", hint="`intake status` lists the letters that wait."
            )
        if letter.state == "bounced":
            tx.letters.readdress(letter_id, _addresses_now(letter, parts.directory))
        if letter.state != "outbox":
            tx.letters.set_state(letter_id, "outbox")
            tx.audit.record(by, "letter.let_go", letter=letter_id, case=letter.case_reference)
    state = send_letter(letter_id, parts, let_go=True)
    with parts.store.transaction() as tx:
        if state in (*OUT, "outbox"):
            close_tasks(tx, "letter", letter_id, by=by)
        return tx.letters.get(letter_id)


def drop(letter_id: str, reason: str, parts: Parts, *, by: str) -> Letter:
    """Never send this letter; it stays on record with the reason."""
    if not reason.strip():
        raise Refused("A decision needs its reason.", hint="Add --reason with a few words.")
    with parts.store.transaction() as tx:
        letter = tx.letters.get(letter_id)
        if letter.state not in (*_WAITING, "outbox"):
            raise Refused(
                f"This letter is {letter.state} already.", hint="`intake status` lists the letters that wait."
            )
        tx.letters.set_state(letter_id, "dropped", reason.strip())
        tx.audit.record(by, "letter.dropped", reason=reason, letter=letter_id, case=letter.case_reference)
        close_tasks(tx, "letter", letter_id, by=by)
        return tx.letters.get(letter_id)


def _addresses_now(letter: Letter, directory: Directory) -> tuple[str, ...]:
    """The letter's addresses that the directory still has; its agency's author for the others."""
    agency = directory.get(letter.agency_id) if letter.agency_id else None
    if agency is None:
        raise Refused("The agency of this letter is not in the directory.", hint="Add it there, then send it again.")
    known = {contact.email.lower() for contact in agency.contacts}
    author = contact_for(agency, "author")
    kept = [address if address.lower() in known else author.email if author else address for address in letter.to]
    return tuple(dict.fromkeys(kept))

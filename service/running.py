"""Works: takes in what waits, takes each submission its way, chases, sends. Once until idle, or until told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from time import monotonic, sleep
from typing import Protocol

from intake.folder_hints import FolderHints
from intake.mailbox import Balance
from intake.sources import Refusal, Source
from records.errors import Unavailable
from records.sightings import Counted
from service import in_hand
from service.arrivals import situation_of
from service.bootstrap import Service
from service.chasing import ChaseRules, due_letters
from service.letters import chase_letter
from service.outbox import send_letter, send_waiting
from service.receiving import receive
from service.snapshot import everything_in
from service.workflow import work_off

LOG = logging.getLogger("service.running")
COMPARE_SECONDS = 900.0
"""How often the mailboxes are counted through; it lists every folder in full."""


class Hint(Protocol):
    """Tells early that something may have arrived."""

    def wait(self, seconds: float) -> bool: ...


@dataclass(slots=True)
class Done:
    """What one round did."""

    taken: list[str] = field(default_factory=list)
    """Ids of new submissions."""
    states: dict[str, str] = field(default_factory=dict)
    letters: int = 0
    refusals: tuple[Refusal, ...] = ()
    down: tuple[str, ...] = ()
    """Codes of what did not answer."""


def run_until_idle(service: Service, *, progress: Callable[[str], None] = lambda _: None) -> Done:
    """One round: everything that waits is taken in and worked off, oldest first; then the letters go."""
    done = Done()
    for submission_id in _unfinished(service):
        done.states[submission_id] = work_off(submission_id)
        progress(submission_id)
    for source in service.sources:
        _take_in(source, service, done, progress)
        done.refusals += source.refusals()
    in_hand.put_all_down(service.parts)
    done.letters = send_waiting(service.parts)
    return done


def take_in(source: Source, service: Service) -> Done:
    """Takes in what one source holds (an upload) and works it off."""
    done = Done()
    _take_in(source, service, done, lambda _: None)
    done.refusals = source.refusals()
    for submission_id in _unfinished(service):
        done.states[submission_id] = work_off(submission_id)
    in_hand.put_all_down(service.parts)
    return done


def _take_in(source: Source, service: Service, done: Done, progress: Callable[[str], None]) -> None:
    try:
        for arrival in source.scan():
            submission, is_new = receive(arrival, service.store)
            if is_new:
                done.taken.append(submission.id)
                done.states[submission.id] = work_off(submission.id)
                progress(submission.id)
    except Unavailable as down:
        LOG.warning("source_down code=%s", down.code)
        done.down += (down.code,)


def _unfinished(service: Service) -> Iterator[str]:
    """Submissions that a crash, or something that was down, left on their way."""
    with service.store.reading() as tx:
        waiting = [one.id for one in tx.submissions.all(("received",))]
    yield from dict.fromkeys((*in_hand.left_behind(service.parts), *waiting))


def chase(service: Service) -> list[str]:
    """Writes and sends the reminders and escalations that are due today; the ids of the letters."""
    parts = service.parts
    everything = everything_in(service.store)
    rules = ChaseRules(parts.settings.chasing, parts.settings.clock)
    cases = {case.reference: case for case in everything.cases}
    letters = []
    for due in due_letters(parts.today(), situation_of(everything, parts.directory), rules):
        letter = chase_letter(due, cases[due.case_reference], parts)
        if letter is not None:
            letters.append(letter.id)
            send_letter(letter.id, parts)
    return letters


def run(service: Service, *, stopped: Callable[[], bool], report: Callable[[Done], None] = lambda _: None) -> None:
    """Watches and works until `stopped` says so; looks at the folders in full at the latest every `scan_seconds`."""
    settings = service.parts.settings
    last_chased = None
    compare_at = 0.0
    with ExitStack() as watching:
        hints: list[Hint] = [watching.enter_context(FolderHints(folder)) for folder in settings.folders.watched]
        hints += service.mailboxes
        while not stopped():
            done = run_until_idle(service)
            today = service.parts.today()
            if today != last_chased:
                done.letters += len(chase(service))
                last_chased = today
            if monotonic() >= compare_at:
                compare_mailboxes(service)
                compare_at = monotonic() + COMPARE_SECONDS
            report(done)
            _wait(hints, settings.working.scan_seconds, stopped)


def compare_mailboxes(service: Service) -> dict[str, Balance]:
    """Holds server and ledger side by side; a difference is an alarm in the log. A mailbox that is down is left out."""
    balances = {}
    for mailbox in service.mailboxes:
        try:
            balance = balances[mailbox.account_id] = mailbox.balance()
        except Unavailable as down:
            LOG.warning("compare_waits account_id=%s code=%s", mailbox.account_id, down.code)
            continue
        with service.store.transaction() as tx:
            tx.sightings.counted(Counted(account=mailbox.account_id, at=tx.at, **asdict(balance)))
        if balance.only_on_server or balance.only_in_ledger:
            LOG.warning(
                "mailbox_differs account_id=%s count_only_on_server=%d count_only_in_ledger=%d",
                mailbox.account_id,
                balance.only_on_server,
                balance.only_in_ledger,
            )
    return balances


def _wait(hints: list[Hint], seconds: float, stopped: Callable[[], bool]) -> None:
    """Waits until something happens in a folder or mailbox, in short pieces so that a stop is heard."""
    waited = 0.0
    while waited < seconds and not stopped():
        piece = min(0.5, seconds - waited)
        if not hints:
            sleep(piece)
        elif any(hint.wait(piece / len(hints)) for hint in hints):
            return
        waited += piece

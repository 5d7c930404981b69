"""The durable path of one submission: opened, read, filed, asked, answered, sent, settled.

Each arrow is a step of one DBOS workflow whose id is the submission's own, so that the same thing arriving twice, or a
crash anywhere, gives one return and one acknowledgement. A step that had done its work but was not yet recorded as done
is run again; every step finds by its keys in the store what it did before.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from time import sleep
from typing import TypeVar

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

from records.errors import Misconfigured, Unavailable
from service import finishing, in_hand
from service.filing import file_document
from service.letters import answer_submission, request_letters
from service.opened import open_documents
from service.outbox import send_letter
from service.parts import Parts
from service.readings import read_into_store
from service.workers import has_ended

LOG = logging.getLogger("service.workflow")
Given = TypeVar("Given")
Outcome = TypeVar("Outcome")
MAXIMUM_FAULTS = 3
_UNDER_WAY = ("PENDING", "ENQUEUED")
_LOOK_AGAIN_SECONDS = 0.05
VERSION = "1"
"""A workflow that a crash interrupted is resumed by a program of the same version only: raised when steps change."""

_current: list[Parts] = []
"""The parts of the running service. DBOS is one to a process, and its workflows are plain functions."""


def _parts() -> Parts:
    return _current[-1]


def _outside_is_down(error: BaseException) -> bool:
    return isinstance(error, Unavailable)


def _step(work: Callable[[Given], Outcome]) -> Callable[[Given], Outcome]:
    """A step that is done once, tried again while something outside is down, and noted where workers died before."""

    @wraps(work)
    def noted(given: Given) -> Outcome:
        in_hand.begin(_parts())
        outcome = work(given)
        in_hand.got_on(_parts())
        return outcome

    step = DBOS.step(
        retries_allowed=True, interval_seconds=1.0, backoff_rate=3.0, max_attempts=4, should_retry=_outside_is_down
    )
    return step(noted)


@_step
def opened(submission_id: str) -> list[str]:
    return open_documents(submission_id, _parts())


@_step
def read(document_id: str) -> int:
    return read_into_store(document_id, _parts())


@_step
def filed(document_id: str) -> list[str]:
    return file_document(document_id, _parts())


@_step
def asked(return_ids: list[str]) -> list[str]:
    """Writes the requests of the cases that these returns opened; the ids of the letters."""
    with _parts().store.reading() as tx:
        cases = [tx.cases.opened_from(return_id) for return_id in return_ids]
    return [letter for case in cases if case is not None for letter in request_letters(case.reference, _parts())]


@_step
def answered(submission_id: str) -> list[str]:
    return answer_submission(submission_id, _parts())


@_step
def sent(letter_id: str) -> str:
    return send_letter(letter_id, _parts())


@_step
def finished(submission_id: str) -> str:
    return finishing.finish(submission_id, _parts())


@_step
def told(submission_id: str) -> str:
    return finishing.tell_source(submission_id, _parts())


@DBOS.workflow(max_recovery_attempts=1_000)
def way_of_a_submission(submission_id: str) -> str:
    """The whole way of one submission; its state at the end.

    Something outside that stays down leaves the submission where it is, to be tried again. Anything else that goes
    wrong is a fault of ours: after three attempts the submission is put to a person, and the others go on.
    """
    letters: list[str] = []
    returns: list[str] = []
    for document_id in opened(submission_id):
        if read(document_id):
            returns += filed(document_id)
    if returns:
        letters += asked(returns)
    letters += answered(submission_id)
    finished(submission_id)
    for letter_id in letters:
        sent(letter_id)
    return told(submission_id)


@contextmanager
def running(parts: Parts, *, database_url: str) -> Iterator[None]:
    """The durable engine, started over its own tables in this database and stopped at the end."""
    if _current:
        raise Misconfigured("The service runs in this process already.", hint="Stop it first.")
    config: DBOSConfig = {
        "name": "intake",
        "system_database_url": database_url,
        "application_version": VERSION,
        "executor_id": parts.worker,  # its own: what another process has begun is not ours to go on with unasked
        "log_level": "CRITICAL",  # its own log repeats the words of exceptions; ours says ids and codes
        "run_migrations": True,
        "notification_listener_polling_interval_sec": 0.05,
    }
    _quieten_engine()
    _write_ahead(database_url)
    _current.append(parts)
    try:
        DBOS(config=config)
        DBOS.launch()
        yield
        in_hand.put_all_down(parts)
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=30)
        _current.clear()


def _quieten_engine() -> None:
    """Give the engine's own log nowhere to go; else it keeps the error stream of its first moment, closed or not."""
    log = logging.getLogger("dbos")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
        log.propagate = False


def _write_ahead(database_url: str) -> None:
    """One flush to the disk a commit instead of several, as in the store; the file remembers it."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=30)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")


def work_off(submission_id: str) -> str:
    """Takes a submission through its way, or goes on where it stopped; the state it is in afterwards.

    While another worker has it in hand nothing is done.
    """
    parts = _parts()
    crashes = in_hand.take(submission_id, parts)
    if crashes is None:
        return _state(submission_id)
    if crashes >= in_hand.MAXIMUM_CRASHES:
        _give_up(submission_id, f"The service died {crashes} times while it worked on this.")
    else:
        _go(submission_id)
    in_hand.put_down(submission_id)
    return _state(submission_id)


def _go(submission_id: str) -> None:
    try:
        _run(submission_id)
    except (Unavailable, error.DBOSMaxStepRetriesExceeded):
        # Something outside stayed down, which is no fault of this submission: nothing is counted.
        LOG.warning("submission_waits submission=%s", submission_id)
    except Exception as fault:  # noqa: BLE001 - the one loop that catches everything: one fault must not stop the rest
        LOG.error("submission_failed submission=%s error=%s", submission_id, type(fault).__name__)
        with _parts().store.transaction() as tx:
            faults = tx.submissions.count_attempt(submission_id)
        if faults >= MAXIMUM_FAULTS:
            _give_up(submission_id, f"The service failed on this {faults} times.")


def _run(submission_id: str) -> None:
    """The way under the first id that is free; one that was begun before and did not end is gone on with."""
    for attempt in range(1, 1_000):
        workflow_id = _workflow_id(submission_id, attempt)
        status = DBOS.get_workflow_status(workflow_id)
        if status is None:
            if _state(submission_id) == "received":
                with SetWorkflowID(workflow_id):
                    DBOS.start_workflow(way_of_a_submission, submission_id).get_result(polling_interval_sec=0.05)
            return
        if status.status in _UNDER_WAY:
            if status.app_version == VERSION:
                _go_on(workflow_id)
                return
            # Begun by another version of the program, which alone would resume it: begun anew under the next id.
            DBOS.cancel_workflow(workflow_id)
        # Else this run ended in an error, or was settled and opened again since: the next one has its own id.


def _go_on(workflow_id: str) -> None:
    """Go on where a crash stopped it; the steps that are recorded as done are not done again."""
    DBOS.resume_workflow(workflow_id)
    while (status := DBOS.get_workflow_status(workflow_id)) is not None and status.status in _UNDER_WAY:
        if status.status == "PENDING" and has_ended(status.executor_id or ""):
            DBOS.resume_workflow(workflow_id)  # another worker had fetched it, and died
        sleep(_LOOK_AGAIN_SECONDS)
    DBOS.retrieve_workflow(workflow_id).get_result(polling_interval_sec=0.05)


def _give_up(submission_id: str, reason: str) -> None:
    for attempt in range(1, 1_000):
        status = DBOS.get_workflow_status(_workflow_id(submission_id, attempt))
        if status is None:
            break
        if status.status in _UNDER_WAY:
            DBOS.cancel_workflow(status.workflow_id)
    finishing.shunt(submission_id, reason, _parts())
    finishing.tell_source(submission_id, _parts())


def _workflow_id(submission_id: str, attempt: int) -> str:
    return submission_id if attempt == 1 else f"{submission_id}/{attempt}"


def _state(submission_id: str) -> str:
    with _parts().store.reading() as tx:
        return tx.submissions.get(submission_id).state

"""The durable path of one submission: opened, read, filed, asked, answered, sent, settled.

Each arrow is a step of one DBOS workflow whose id is the submission's own, so that the same thing arriving twice, or a
crash anywhere, gives one return and one acknowledgement. A step that had done its work but was not yet recorded as done
is run again; every step finds by its keys in the store what it did before.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

from records.errors import Misconfigured, Unavailable
from service import finishing
from service.filing import file_document
from service.letters import answer_submission, request_letters
from service.opened import open_documents
from service.outbox import send_letter
from service.parts import Parts
from service.readings import read_into_store

LOG = logging.getLogger("service.workflow")
VERSION = "1"
"""A workflow that a crash interrupted is resumed by a program of the same version only: raised when steps change."""

_current: list[Parts] = []
"""The parts of the running service. DBOS is one to a process, and its workflows are plain functions."""


def _parts() -> Parts:
    return _current[-1]


def _outside_is_down(error: BaseException) -> bool:
    return isinstance(error, Unavailable)


_step = DBOS.step(
    retries_allowed=True, interval_seconds=1.0, backoff_rate=3.0, max_attempts=4, should_retry=_outside_is_down
)


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
    parts = _parts()
    # Counted before the work and on each resumption, so that a submission that stops the program is found out.
    if not finishing.begin(submission_id, parts):
        return told(submission_id)
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
        "log_level": "CRITICAL",  # its own log repeats the words of exceptions; ours says ids and codes
        "run_migrations": True,
        "notification_listener_polling_interval_sec": 0.05,
    }
    _current.append(parts)
    try:
        DBOS(config=config)
        DBOS.launch()
        yield
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=30)
        _current.clear()


def work_off(submission_id: str) -> str:
    """Takes a submission through its way, or goes on where it stopped; the state it is in afterwards."""
    handle = None
    for attempt in range(1, 1_000):
        workflow_id = submission_id if attempt == 1 else f"{submission_id}/{attempt}"
        status = DBOS.get_workflow_status(workflow_id)
        if status is not None and status.status not in ("PENDING", "ENQUEUED"):
            if _state(submission_id) != "received":
                return _state(submission_id)
            continue  # this run ended in an error, or was settled and opened again since: the next one has its own id
        if status is not None and status.app_version != VERSION:
            # Begun by another version of the program, which alone would resume it: begun anew under the next id.
            DBOS.cancel_workflow(workflow_id)
            continue
        with SetWorkflowID(workflow_id):
            handle = DBOS.start_workflow(way_of_a_submission, submission_id)
        break
    assert handle is not None
    try:
        handle.get_result(polling_interval_sec=0.05)
    except (Unavailable, error.DBOSMaxStepRetriesExceeded):
        # Something outside stayed down, which is no fault of this submission: the attempt does not count.
        LOG.warning("submission_waits submission=%s", submission_id)
        with _parts().store.transaction() as tx:
            tx.submissions.try_again(submission_id)
    except Exception as fault:  # noqa: BLE001 - the one loop that catches everything: one fault must not stop the rest
        LOG.error("submission_failed submission=%s error=%s", submission_id, type(fault).__name__)
        _after_fault(submission_id)
    return _state(submission_id)


def _after_fault(submission_id: str) -> None:
    with _parts().store.reading() as tx:
        attempts = tx.submissions.get(submission_id).attempts
    if attempts >= finishing.MAXIMUM_ATTEMPTS:
        finishing.shunt(submission_id, "The service failed on this three times.", _parts())
        finishing.tell_source(submission_id, _parts())


def _state(submission_id: str) -> str:
    with _parts().store.reading() as tx:
        return tx.submissions.get(submission_id).state

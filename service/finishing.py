"""Last steps: where the submission stands now and why, and its source is told."""

from __future__ import annotations

from records.submissions import Document, FiledReturn, Submission, SubmissionState
from service.opened import UNCHANGED
from service.parts import ACTOR, Parts
from service.tasks import ask_a_person


def finish(submission_id: str, parts: Parts) -> str:
    """Settle the submission's state; what is unsure in its returns and what could not be read is put to a person."""
    with parts.store.transaction() as tx:
        submission = tx.submissions.get(submission_id)
        if submission.state != "received":
            return submission.state
        documents, returns = tx.documents.of(submission_id), tx.returns.of_submission(submission_id)
        state, reason = outcome(submission, documents, returns)
        tx.submissions.set_state(submission_id, state, reason)
        tx.audit.record(ACTOR, f"submission.{state}", submission=submission_id)
        if state == "attention" and not any(one.state == "needs_person" for one in returns):
            ask_a_person(tx, "submission", submission_id, reason)
        for filed in returns:
            unsure = len(filed.result.get("review", ())) + len(filed.result.get("unplaced", ()))
            if unsure and filed.state == "filed":
                what = f"{unsure} answer{'' if unsure == 1 else 's'} to confirm: compare with the original."
                ask_a_person(tx, "return", filed.id, what, case_reference=filed.case_reference)
    return state


def outcome(
    submission: Submission, documents: tuple[Document, ...], returns: tuple[FiledReturn, ...]
) -> tuple[SubmissionState, str]:
    """The state of a submission that has gone its whole way, and why in plain words."""
    waiting = [one for one in returns if one.state == "needs_person"]
    if waiting:
        return "attention", waiting[0].reason
    files = [one for one in documents if one.role == "file"]
    unread = [one for one in files if one.outcome in ("rejected", "needs_review") and not _has_return(one, returns)]
    if returns:
        if unread:
            return "attention", f"Not everything in it is a return: {unread[0].reason or 'look at the other files.'}"
        return "done", ""
    message = submission.message
    if message is not None and message.mail_class in ("automatic_reply", "list"):
        return "ignored", message.automatic_reason or "An automatic message without a form."
    copies = [one for one in documents if one.outcome == "skipped" and one.role == "file"]
    unchanged = [one for one in copies if one.reason == UNCHANGED]
    if unchanged:
        return "attention", UNCHANGED
    if files and len(copies) == len(files):
        return "ignored", copies[0].reason
    if unread:
        return "attention", unread[0].reason or "No form was found: look at the original."
    return "attention", "There is no form in it: read the message and answer it."


def tell_source(submission_id: str, parts: Parts) -> str:
    """Tell the source where its submission stands; may be repeated."""
    with parts.store.reading() as tx:
        submission = tx.submissions.get(submission_id)
    parts.settle(submission.identity, submission.state)
    return submission.state


def shunt(submission_id: str, reason: str, parts: Parts) -> None:
    """Put an item aside for a person, so that the others go on; what was filed of it stays filed."""
    with parts.store.transaction() as tx:
        if tx.submissions.get(submission_id).state == "received":
            tx.submissions.set_state(submission_id, "failed", f"{reason} Its number is {submission_id}.")
            tx.audit.record(ACTOR, "submission.failed", submission=submission_id)
        command = f"intake retry {submission_id}"
        ask_a_person(tx, "submission", submission_id, f"{reason} Look at the original.", command=command)


def _has_return(document: Document, returns: tuple[FiledReturn, ...]) -> bool:
    return any(one.document_id == document.id for one in returns)

"""Asks a person: one task per occasion, with the command that settles it."""

from __future__ import annotations

from typing import Literal

from records.ledger import Task
from service.parts import ACTOR, id_of
from store import Transaction

_COMMANDS = {
    "submission": "intake settle {id} --reason “…”, or intake retry {id}",
    "return": "intake file {id} --case CASE --agency AGENCY, or intake set-aside {id} --reason “…”",
    "letter": "intake letter send {id}, or intake letter drop {id} --reason “…”",
    "case": "intake case show {id}, then intake dismiss {task} --reason “…”",
}


def ask_a_person(
    tx: Transaction,
    about: Literal["submission", "return", "letter", "case"],
    about_id: str,
    reason: str,
    *,
    case_reference: str | None = None,
    command: str = "",
) -> Task:
    """Put a question to a person; the same question about the same thing is asked once."""
    key = f"{about}/{about_id}/{id_of('K', reason)}"
    task_id = id_of("T", key)
    task = Task(
        id=task_id,
        key=key,
        about=about,
        about_id=about_id,
        case_reference=case_reference,
        reason=reason,
        command=(command or _COMMANDS[about]).replace("{id}", about_id).replace("{task}", task_id),
        opened_at=tx.at,
    )
    kept = tx.tasks.add(task)
    if kept == task:
        tx.audit.record(ACTOR, "task.opened", task=task.id, **{about: about_id})
    return kept


def close_tasks(tx: Transaction, about: str, about_id: str, *, by: str) -> int:
    """Close what was asked about this thing; how many questions that were."""
    waiting = [task for task in tx.tasks.about(about, about_id) if task.settled_at is None]
    for task in waiting:
        tx.tasks.settle(task.id, by, tx.at)
        tx.audit.record(by, "task.settled", task=task.id, **{about: about_id})
    return len(waiting)

"""What waits for a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.errors import Refused
from records.ledger import Task
from store.rows import to_noun, to_row
from store.tables import TaskRow


class Tasks:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, task: Task) -> Task:
        """Ask a person; the task that is there already when this occasion has one."""
        before = self._session.scalar(select(TaskRow).where(TaskRow.key == task.key))
        if before is not None:
            return to_noun(Task, before)
        self._session.add(to_row(TaskRow, task))
        self._session.flush()
        return task

    def get(self, task_id: str) -> Task:
        """The task; Refused when there is none."""
        return to_noun(Task, self._row(task_id))

    def waiting(self) -> tuple[Task, ...]:
        """What nobody has settled, oldest first."""
        query = select(TaskRow).where(TaskRow.settled_at.is_(None)).order_by(TaskRow.opened_at, TaskRow.id)
        return tuple(to_noun(Task, row) for row in self._session.scalars(query))

    def about(self, about: str, about_id: str) -> tuple[Task, ...]:
        """Every task about this thing, settled or not."""
        query = select(TaskRow).where(TaskRow.about == about, TaskRow.about_id == about_id)
        return tuple(to_noun(Task, row) for row in self._session.scalars(query.order_by(TaskRow.opened_at, TaskRow.id)))

    def settle(self, task_id: str, by: str, at: datetime) -> None:
        """Somebody has decided; a task that was settled before stays as it was."""
        row = self._row(task_id)
        if row.settled_at is None:
            row.settled_at, row.settled_by = at, by
            self._session.flush()

    def ask_again(self, task_id: str) -> None:
        """The same question is open anew; who settled it before stands in the audit log."""
        row = self._row(task_id)
        row.settled_at, row.settled_by = None, ""
        self._session.flush()

    def _row(self, task_id: str) -> TaskRow:
        row = self._session.get(TaskRow, task_id)
        if row is None:
            raise Refused("There is no task with this id.", hint="`intake status` lists what needs a person.")
        return row

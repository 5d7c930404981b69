"""What a person lets stand: a finding of the rules, a question about a case. Each with name and reason."""

from __future__ import annotations

from dataclasses import dataclass

from records.errors import Refused
from service.parts import Parts


@dataclass(frozen=True, slots=True)
class Waived:
    """The findings that are meant: of one rule on one return, at one field or at all of them."""

    return_id: str
    rule: str
    field: str | None = None


def dismiss(task_id: str, reason: str, parts: Parts, *, by: str) -> None:
    """A question about a case needs nothing done; the reason stays in the audit log."""
    if not reason.strip():
        raise Refused("A decision needs its reason.", hint="Add --reason with a few words.")
    with parts.store.transaction() as tx:
        task = tx.tasks.get(task_id)
        if task.about != "case":
            raise Refused("This is settled by a command of its own.", hint=f"`{task.command}`")
        if task.settled_at is not None:
            raise Refused("This was settled already.", hint="`intake status` lists what needs a person.")
        tx.tasks.settle(task_id, by, tx.at)
        tx.audit.record(by, "task.dismissed", reason=reason, task=task_id, case=task.about_id)


def waive(meant: Waived, reason: str, parts: Parts, *, by: str) -> int:
    """Findings of a rule on a return are let stand, with who and why; how many. The agency is not asked about them."""
    if not reason.strip():
        raise Refused("A decision needs its reason.", hint="Add --reason with a few words.")
    with parts.store.transaction() as tx:
        before = len(tx.returns.get(meant.return_id).result["findings"])
        how = {"by": by, "reason": reason.strip(), "on": parts.today().isoformat()}
        filed = tx.returns.waive(meant.return_id, meant.rule.upper(), meant.field, how)
        tx.audit.record(by, "finding.waived", reason=reason, returned=meant.return_id, rule=meant.rule.upper())
        if filed.case_reference is not None:
            tx.editions.mark_out_of_date(filed.case_reference)
    return before - len(filed.result["findings"])

"""What has arrived and waits for a person: status, pack and chase say the same of it, for they all ask here. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mailbox_config.calendar import LONDON
from mailbox_config.directory import Directory
from records.cases import Request
from records.submissions import FiledReturn, Submission

SETTLED = ("done", "ignored")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that arrived and nobody has settled. `form` is None where it is not known what it is."""

    agencies: frozenset[str]
    case_reference: str | None
    form: str | None
    arrived_on: date

    def may_answer(self, request: Request) -> bool:
        """Whether this can be the answer to the request."""
        return (
            request.agency_id in self.agencies
            and self.case_reference in (None, request.case_reference)
            and self.form in (None, request.form)
            and request.requested_on <= self.arrived_on
        )


def waiting(
    submissions: Iterable[Submission], returns: Iterable[FiledReturn], directory: Directory
) -> tuple[Waiting, ...]:
    """Everything that waits for a person: each return that does, and what arrived without one."""
    by_submission: dict[str, list[FiledReturn]] = defaultdict(list)
    for one in returns:
        by_submission[one.submission_id].append(one)
    return tuple(one for each in submissions for one in _waiting_in(each, by_submission[each.id], directory))


def _waiting_in(submission: Submission, returns: list[FiledReturn], directory: Directory) -> Iterator[Waiting]:
    day = arrived_on(submission)
    held = [one for one in returns if one.state == "needs_person"]
    for one in held:
        agencies = {one.agency_id} if one.agency_id else agencies_behind(submission, [one], directory)
        yield Waiting(frozenset(agencies), one.case_reference, one.form, day)
    if not held and submission.state not in SETTLED:
        cases = {one.case_reference for one in returns}
        case = next(iter(cases)) if len(cases) == 1 else None
        yield Waiting(frozenset(agencies_behind(submission, returns, directory)), case, None, day)


def arrived_on(submission: Submission) -> date:
    """The day in England on which it arrived."""
    return submission.received_at.astimezone(LONDON).date()


def agencies_behind(submission: Submission, returns: Iterable[FiledReturn], directory: Directory) -> set[str]:
    """Every agency this may have come from: holding a reminder back wrongly costs less than chasing who answered."""
    found = {one.agency_id for one in returns if one.agency_id is not None}
    if submission.message is not None:
        sender = directory.by_sender(submission.message.sender)
        found |= {sender.id} if sender else set()
    for folder in submission.folder_hint:
        named = directory.get(folder) or directory.by_name(folder)
        found |= {named.id} if named else set()
    return found

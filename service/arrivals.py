"""What the chase needs to know, taken from what the store holds: which arrivals hold reminders back, what has gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mailbox_config.calendar import LONDON
from mailbox_config.directory import Directory
from records.submissions import FiledReturn, Submission
from service.chasing import KEY, Arrival, Gone, Situation
from service.status import Everything

SETTLED = ("done", "ignored")


def situation_of(everything: Everything, directory: Directory) -> Situation:
    """The chase's view of the store. An agency is known by the sender, by the folder, or by what was read."""
    by_submission: dict[str, list[FiledReturn]] = defaultdict(list)
    for one in everything.returns:
        by_submission[one.submission_id].append(one)
    return Situation(
        cases=everything.cases,
        requests=everything.requests,
        arrivals=tuple(
            arrival
            for submission in everything.submissions
            for arrival in _arrivals(submission, by_submission[submission.id], directory)
        ),
        gone=tuple(Gone(letter.key, letter.dated) for letter in everything.letters if letter.key.startswith(KEY)),
    )


def _arrivals(submission: Submission, returns: list[FiledReturn], directory: Directory) -> Iterator[Arrival]:
    cases = {one.case_reference for one in returns}
    settled = submission.state in SETTLED and not any(one.state == "needs_person" for one in returns)
    for agency_id in sorted(_agencies(submission, returns, directory)):
        yield Arrival(
            submission_id=submission.id,
            agency_id=agency_id,
            arrived_on=submission.received_at.astimezone(LONDON).date(),
            case_reference=next(iter(cases)) if len(cases) == 1 else None,
            settled=settled,
        )


def _agencies(submission: Submission, returns: list[FiledReturn], directory: Directory) -> set[str]:
    """Every agency this may have come from: holding a reminder back wrongly costs less than chasing who answered."""
    found = {one.agency_id for one in returns if one.agency_id is not None}
    if submission.message is not None:
        sender = directory.by_sender(submission.message.sender)
        found |= {sender.id} if sender else set()
    for folder in submission.folder_hint:
        named = directory.get(folder) or directory.by_name(folder)
        found |= {named.id} if named else set()
    return found

"""What the chase needs to know, taken from what the store holds: which arrivals hold reminders back, what has gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mailbox_config.directory import Directory
from records.submissions import FiledReturn, Submission
from service.chasing import KEY, Arrival, Gone, Situation
from service.standing import SETTLED, agencies_behind, arrived_on
from service.status import Everything


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
    for agency_id in sorted(agencies_behind(submission, returns, directory)):
        yield Arrival(
            submission_id=submission.id,
            agency_id=agency_id,
            arrived_on=arrived_on(submission),
            case_reference=next(iter(cases)) if len(cases) == 1 else None,
            settled=settled,
        )

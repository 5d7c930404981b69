"""intake submit: files given to the service by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from intake.upload import UploadSource
from records.submissions import FiledReturn, Letter, Submission
from service.bootstrap import Service
from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.working import (
    Json,
    letter_line,
    open_service,
    return_line,
    show_return,
    show_tasks,
    show_written,
)
from service.running import take_in

STATE_WORDS = {
    "received": "kept; something it needs is down, and the running service goes on with it",
    "done": "done",
    "attention": "needs a person",
    "ignored": "nothing for a case",
    "failed": "went wrong; it is kept and waits for a person",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What became of a file. Without a submission it was not taken, for the reason."""

    file: Path
    reason: str = ""
    submission: Submission | None = None
    is_new: bool = False
    returns: tuple[FiledReturn, ...] = ()
    letters: tuple[Letter, ...] = ()


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("submit")(submit)


def submit(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Documents, e-mails, archives.", metavar="FILE...")],
    json: Json = False,
) -> None:
    """Takes files in as if they had arrived, works them off, says what became of each. They stay where they are."""
    any_refused = False
    with open_service(invocation(context), durable=True) as service:
        for file in files:
            became = _taken(file, service)
            any_refused |= became.submission is None
            if json:
                speaking.as_json(_as_json(became))
            else:
                _show(became, service)
    if any_refused:
        raise typer.Exit(1)


def _taken(file: Path, service: Service) -> Became:
    source = UploadSource([file], limits=service.parts.settings.limits)
    done = take_in(source, service)
    if done.refusals:
        return Became(file=file, reason=done.refusals[0].reason)
    arrival = next(iter(source.scan()), None)
    with service.store.reading() as tx:
        submission = tx.submissions.by_identity(arrival.identity) if arrival else None
        if submission is None:
            return Became(file=file, reason="The file changed while it was taken in. Give it again.")
        returns = tx.returns.of_submission(submission.id)
        opened = {case.reference for one in returns if (case := tx.cases.opened_from(one.id))}
        letters = tuple(
            one
            for one in tx.letters.all()
            if one.submission_id == submission.id or (one.kind == "request" and one.case_reference in opened)
        )
    is_new = submission.id in done.taken
    return Became(file=file, submission=submission, is_new=is_new, returns=returns, letters=letters)


def _as_json(became: Became) -> dict[str, Any]:
    submission = became.submission
    return {
        "file": str(became.file),
        "submission": submission.id if submission else None,
        "new": became.is_new,
        "state": submission.state if submission else "refused",
        "reason": submission.reason if submission else became.reason,
        "returns": [return_line(one) for one in became.returns],
        "letters": [letter_line(one) for one in became.letters],
    }


def _show(became: Became, service: Service) -> None:
    submission = became.submission
    if submission is None:
        speaking.result(f"{became.file}: not taken\n  {became.reason}")
        return
    again = "" if became.is_new else " (it was here before; nothing was done twice)"
    speaking.result(f"{became.file}: {STATE_WORDS[submission.state]}{again}")
    if submission.reason and submission.state not in ("attention", "failed"):
        speaking.result(f"  {submission.reason}")  # what needs a person is said with its command below
    for returned in became.returns:
        show_return(service, returned)
        show_tasks(service, "return", returned.id)
    show_tasks(service, "submission", submission.id)
    show_written(service, became.letters)

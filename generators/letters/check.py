"""Tries every letter before the service starts, so that a template that somebody broke is found at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from generators.letters.context import LetterContext, Point, ReceivedItem, Recipient
from generators.letters.write import all_letters, languages_of, write_letter
from mailbox_config.settings import Partnership
from records.errors import Misconfigured

_DAY = date(2026, 3, 2)


def check_letters(partnership: Partnership, *, templates: Path | None = None) -> list[Misconfigured]:
    """What is wrong with the templates, one problem a letter; empty when every letter can be written.

    Each is written with everything that a letter may say, with as little as it may say, and on, before and after the
    due date, because a wrong name in a branch that is seldom taken is a wrong name too.
    """
    if templates is not None and not templates.is_dir():
        return [
            Misconfigured(
                f"There is no folder of letter templates at {templates}.", hint="Create it, or take the key out."
            )
        ]
    problems = []
    for kind in all_letters():
        try:
            for language in languages_of(kind, templates):
                for context in _specimens(partnership):
                    write_letter(kind, replace(context, language=language), templates=templates)
        except Misconfigured as problem:
            problems.append(problem)
    return problems


def _specimens(partnership: Partnership) -> list[LetterContext]:
    someone = Recipient(agency="Sample agency", role="Author", name="Alex Sample")
    full = LetterContext(
        partnership=partnership,
        dated=_DAY,
        recipient=someone,
        case_reference="PR-2026-001",
        copies=(someone,),
        due_on=_DAY,
        requested_on=_DAY - timedelta(days=14),
        extended_from=_DAY - timedelta(days=3),
        received=(
            ReceivedItem(form="Sample form", file_name="sample.docx", received_at=datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ),
        points=(Point(where="“Sample field”, row 2", message="It is empty.", remedy="Fill it in."),),
        asked=("Sample form",),
        enclosures=("Sample form",),
        agencies_asked=("Sample agency", "Second agency"),
        review_from=_DAY - timedelta(days=700),
        review_to=_DAY,
        meeting_on=_DAY + timedelta(days=5),
        reminded_on=(_DAY - timedelta(days=2),),
        next_step="A sample sentence.",
        decision="A sample sentence.",
        reasons="A sample sentence.",
        not_filed="A sample sentence.",
        secure_method="A sample sentence.",
    )
    bare = LetterContext(
        partnership=partnership,
        dated=_DAY,
        recipient=Recipient(agency="Sample agency"),
        case_reference="PR-2026-001",
        due_on=_DAY + timedelta(days=1),
        received=full.received,
        points=full.points,
        asked=full.asked,
        decision=full.decision,
        reasons=full.reasons,
        legal_basis="",
    )
    return [full, bare, replace(full, dated=_DAY + timedelta(days=1)), replace(full, dated=_DAY - timedelta(days=1))]

"""What an edition of the pack lacks: said on its first page, so that nobody takes it for complete when it is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.registry import form
from generators.packs.content import Asked, PackContent, agency_order
from generators.packs.words import counted, day_words
from records.results import Severity


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing, in groups of a title and a sentence; no groups when nothing is."""

    groups: tuple[tuple[str, str], ...]


def missing(content: PackContent) -> Missing:
    """What the reader of the first page must know before anything else."""
    awaited = [item for item in content.asked if item.state in ("outstanding", "extended")]
    held = [item for item in content.asked if item.state == "held"]
    unsigned = [
        item for item in content.asked if item.state in ("returned", "late", "nil") and item.quality_assured is False
    ]
    groups = [
        ("Not received", _listed(awaited, lambda item: _awaited(item, content.built_on))),
        ("Arrived, not in this edition: a person has to look at it first", _listed(held, _held)),
        ("Not quality assured by the agency", _listed(unsigned, lambda item: _form_title(item.form))),
        ("For a person to confirm", _to_confirm(content)),
        ("Open errors", _errors(content)),
        ("Never asked", "" if content.asked else "No request has been recorded for this case."),
    ]
    return Missing(tuple((title, text) for title, text in groups if text))


def _listed(items: Iterable[Asked], say: object) -> str:
    by_agency: dict[str, list[str]] = {}
    for item in sorted(items, key=lambda item: (agency_order(item.agency), item.form)):
        by_agency.setdefault(item.agency.name, []).append(say(item) if callable(say) else "")
    return "\n".join(f"{agency}: {', '.join(said)}" for agency, said in by_agency.items())


def _held(item: Asked) -> str:
    arrived = f" (arrived {day_words(item.received_on)})" if item.received_on else ""
    return f"{_form_title(item.form)}{arrived}"


def _form_title(form_id: str) -> str:
    title = form(form_id).title
    return title[:1].lower() + title[1:]


def _awaited(item: Asked, on: date) -> str:
    days = (on - item.due_on).days
    if days > 0:
        return f"{_form_title(item.form)} (due {day_words(item.due_on)}, {counted(days, 'day')} overdue)"
    extended = ", extended" if item.state == "extended" else ""
    return f"{_form_title(item.form)} (due {day_words(item.due_on)}{extended})"


def _to_confirm(content: PackContent) -> str:
    values = sum(len(item.review) for item in content.returns)
    holders = sum(bool(item.review) for item in content.returns)
    if not values:
        return ""
    return f"{counted(values, 'value')} in {counted(holders, 'return')}, shown as typed and marked “to be confirmed”."


def _errors(content: PackContent) -> str:
    everywhere = [*content.findings, *(one for item in content.returns for one in item.findings)]
    errors = sum(one.severity is Severity.ERROR for one in everywhere)
    others = len(everywhere) - errors
    if not everywhere:
        return ""
    also = f" and {counted(others, 'other finding')}" if others else ""
    return f"{counted(errors, 'error')}{also}; each is listed under “Findings”."

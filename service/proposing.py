"""Agencies that a return names and nobody has asked: a person decides whether to ask them."""

from __future__ import annotations

from collections.abc import Iterator

from mailbox_config.directory import all_names
from records.submissions import FiledReturn
from rules.naming import mentions
from service.parts import Parts
from service.tasks import ask_a_person
from store import Transaction

_SHORTEST = 4
"""A shorter name (an abbreviation) may mean anything."""


def propose_agencies(tx: Transaction, filed: FiledReturn, parts: Parts) -> None:
    """Put each agency of the directory that the return names, and that the case has not asked, to a person, once."""
    if filed.case_reference is None:
        return
    asked = {one.agency_id for one in tx.requests.of_case(filed.case_reference)}
    texts = tuple(_texts(filed))
    for agency in parts.directory.agencies:
        if agency.id in asked or agency.id == filed.agency_id:
            continue
        names = [name for name in all_names(agency) if len(name) >= _SHORTEST]
        if any(mentions(text, name) for text in texts for name in names):
            ask_a_person(
                tx,
                "case",
                filed.case_reference,
                f"A return names {agency.name}, which has not been asked: decide whether to ask it.",
                case_reference=filed.case_reference,
                command=f"intake request {filed.case_reference} --form {' --form '.join(parts.settings.opening.forms)} "
                f"--agencies {agency.id}, or intake dismiss {{task}} --reason “…”",
            )


def _texts(filed: FiledReturn) -> Iterator[str]:
    """What a return says of other agencies; what the reader is unsure of counts too, for a person looks at it."""
    record = filed.result["record"]
    yield record.get("other_agencies") or ""
    for involved in record.get("agencies_involved") or ():
        yield involved.get("agency") or ""

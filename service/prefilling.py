"""What the partnership knows when it sends a form out."""

from __future__ import annotations

from collections.abc import Mapping

from generators.blanks import Prefill
from records.cases import Agency, Case, Request

_OURS = "intake_"
"""How the names of the hidden properties begin that our own blanks carry."""


def identity_of(properties: Mapping[str, str]) -> dict[str, str]:
    """What a file that came back says of itself: case, agency, form, edition, token. Others' properties say nothing."""
    return {name.removeprefix(_OURS): value.strip() for name, value in properties.items() if name.startswith(_OURS)}


def facts_of(case: Case, request: Request, agency: Agency) -> Prefill:
    """What a blank of this request is filled with before it goes to the agency."""
    child = case.children[0] if case.children else None
    return Prefill(
        case_reference=case.reference,
        agency_id=agency.id,
        agency_name=agency.name,
        child_name=child.name if child else "",
        child_date_of_birth=(child.date_of_birth or "") if child else "",
        date_requested=request.requested_on,
        date_due=request.due_on,
        review_period=f"{case.review_from}/{case.review_to}" if case.review_from and case.review_to else "",
        token=request.token,
    )

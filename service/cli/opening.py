"""intake case open: a case opened by a person, by hand or from a referral that waits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer

from records.cases import CaseKind, SubjectChild
from records.edtf import bounds
from records.errors import Refused
from service.bootstrap import Service
from service.cases import Opening
from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.showing import KIND_WORDS, day
from service.cli.working import By, Json, letter_line, letters_of, open_service, show_written, who
from service.deciding import Opened, open_by_hand, open_from


def open_a_case(
    context: typer.Context,
    kind: Annotated[CaseKind | None, typer.Option(help="The kind of review.", show_default=False)] = None,
    child: Annotated[list[str] | None, typer.Option(help="A child's name; once for each child.")] = None,
    dob: Annotated[
        list[str] | None, typer.Option(metavar="DATE", help="Dates of birth, in the order of the children.")
    ] = None,
    title: Annotated[str, typer.Option(help="A title without personal names.", show_default=False)] = "",
    reference: Annotated[str, typer.Option(help="Your own reference (default: the next number).")] = "",
    other_reference: Annotated[list[str] | None, typer.Option(help="Another reference the case goes by.")] = None,
    incident_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day of the incident.")
    ] = None,
    referred_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day of the referral.")
    ] = None,
    review_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="First day under review.")
    ] = None,
    review_to: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Last day under review.")
    ] = None,
    origin: Annotated[
        str, typer.Option("--from", metavar="RETURN", help="The referral (its id) that opens it.", show_default=False)
    ] = "",
    agency: Annotated[
        str, typer.Option(help="With --from: the agency that referred, by its id.", show_default=False)
    ] = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Opens a case and asks its agencies: by hand with --kind and --child, or --from a referral that waits."""
    told: dict[str, Any] = {
        "kind": kind,
        "children": children_told(child or [], dob or []),
        "title": title,
        "other_references": tuple(other_reference or ()),
        "incident_on": _day(incident_on),
        "referred_on": _day(referred_on),
        "review_from": _day(review_from),
        "review_to": _day(review_to),
    }
    told = {key: value for key, value in told.items() if value}
    _refuse_incomplete(told, origin, reference, agency)
    with open_service(invocation(context)) as service:
        if origin:
            opened = open_from(origin, agency or None, told, service.parts, by=who(by))
        else:
            opened = open_by_hand(Opening(reference=reference, **told), service.parts, by=who(by))
        _show(opened, service, json=json)


def children_told(names: list[str], births: list[str]) -> tuple[SubjectChild, ...]:
    """The children a person names, numbered in their order."""
    if len(births) > len(names):
        raise Refused("There are more dates of birth than children.", hint="Give --child before each --dob.")
    for written in births:
        try:
            bounds(written)
        except ValueError:
            raise Refused("A date of birth cannot be read.", hint="Write it as 2015-03-09.") from None
    padded: list[str | None] = [*births, *[None] * (len(names) - len(births))]
    return tuple(
        SubjectChild(code=f"Child {number}", name=name, date_of_birth=born)
        for number, (name, born) in enumerate(zip(names, padded, strict=True), start=1)
    )


def _refuse_incomplete(told: dict[str, Any], origin: str, reference: str, agency: str) -> None:
    if origin and reference:
        raise Refused("A referral's case is numbered by itself.", hint="Leave --reference out.")
    if not origin and agency:
        raise Refused("--agency says who referred.", hint="Give the referral with --from, or leave --agency out.")
    if not origin and ("kind" not in told or "children" not in told):
        kinds = ", ".join(KIND_WORDS)
        raise Refused(
            "A case needs its kind and a child.", hint=f"Add --kind ({kinds}) and --child NAME, or --from RETURN."
        )


def _show(opened: Opened, service: Service, *, json: bool) -> None:
    case, letters = opened.case, letters_of(service, opened.letters)
    with service.store.reading() as tx:
        requests = tx.requests.of_case(case.reference)
    if json:
        speaking.as_json(
            {
                "case": case.reference,
                "kind": case.kind,
                "requests": [
                    {"id": one.id, "agency": one.agency_id, "form": one.form, "due_on": one.due_on.isoformat()}
                    for one in requests
                ],
                "letters": [letter_line(one) for one in letters],
            }
        )
        return
    speaking.result(f"Case {case.reference} ({KIND_WORDS[case.kind]}), opened {day(case.opened_on)}.")
    if requests:
        agencies = len({one.agency_id for one in requests})
        due = day(max(one.due_on for one in requests))
        speaking.result(f"  {len(requests)} returns asked of {agencies} agencies by {due}")
    show_written(service, letters)
    speaking.result(f"→ `intake case show {case.reference}` shows it.")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None

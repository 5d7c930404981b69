"""intake case close, reopen, dates, link: what a person changes about a case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from records.cases import Case
from records.errors import Refused
from service.cases import close_case, link_cases, reopen_case, set_dates
from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.office import open_office
from service.cli.showing import day, show_cases
from service.cli.working import By, CaseReference, Json, open_service, who

Reason = Annotated[str, typer.Option(help="Why, in a few words; kept in the audit log.")]


def close(
    context: typer.Context,
    case: CaseReference,
    reason: Reason,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day (default: today).")
    ] = None,
    by: By = "",
    json: Json = False,
) -> None:
    """Closes a case: nobody is chased for it, and what arrives for it is shown to a person."""
    with open_service(invocation(context)) as service:
        day_closed = on.date() if on else service.parts.today()
        with service.store.transaction() as tx:
            closed = close_case(tx, case, day_closed, actor=who(by), reason=reason)
            awaited = [one for one in tx.requests.of_case(case) if one.state == "outstanding"]
    if json:
        speaking.as_json({"case": case, "closed_on": str(closed.closed_on), "awaited": len(awaited)})
        return
    speaking.result(f"Case {case} is closed on {day(day_closed)}.")
    if awaited:
        speaking.result(f"{len(awaited)} requests were still open; nobody is reminded of them any more.")


def reopen(context: typer.Context, case: CaseReference, reason: Reason, by: By = "", json: Json = False) -> None:
    """Opens a closed case again: what is still awaited is chased from now on."""
    with open_service(invocation(context)) as service, service.store.transaction() as tx:
        reopen_case(tx, case, actor=who(by), reason=reason)
    if json:
        speaking.as_json({"case": case, "closed_on": None})
        return
    speaking.result(f"Case {case} is open again.")
    speaking.result(f"→ `intake case show {case}` shows what is still awaited.")


def _date_option(help_text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        formats=["%Y-%m-%d"], metavar="DATE", help=help_text, show_default=False
    )
    return option


Day = datetime | None


def dates(
    context: typer.Context,
    case: CaseReference,
    aware_on: Annotated[Day, _date_option("The day the local authority became aware: the notification counts.")] = None,
    notified_on: Annotated[
        Day, _date_option("The day the notification was sent to the national panel: the rapid review counts.")
    ] = None,
    begun_on: Annotated[Day, _date_option("The day the local review was begun: publication counts.")] = None,
    incident_on: Annotated[Day, _date_option("The day of the incident.")] = None,
    review_from: Annotated[Day, _date_option("First day under review.")] = None,
    review_to: Annotated[Day, _date_option("Last day under review.")] = None,
    by: By = "",
    json: Json = False,
) -> None:
    """Sets the days that a case's clocks run from, and its period under review; shows the days left."""
    told = {
        "aware_on": aware_on,
        "notified_on": notified_on,
        "begun_on": begun_on,
        "incident_on": incident_on,
        "review_from": review_from,
        "review_to": review_to,
    }
    given: dict[str, date] = {name: value.date() for name, value in told.items() if value is not None}
    if not given:
        raise Refused("No date was given.", hint="Add at least one, such as --notified-on 2026-03-02.")
    called = invocation(context)
    with open_service(called) as service, service.store.transaction() as tx:
        set_dates(tx, case, given, actor=who(by))
    _show_clocks(context, case, json=json)


def link(
    context: typer.Context,
    case: CaseReference,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The reference of the other case.")],
    by: By = "",
    json: Json = False,
) -> None:
    """Notes on two cases that they belong together (siblings, one incident)."""
    with open_service(invocation(context)) as service, service.store.transaction() as tx:
        linked: Case = link_cases(tx, case, other, actor=who(by))
    if json:
        speaking.as_json({"case": case, "linked": list(linked.linked)})
        return
    speaking.result(f"Case {case} is linked with {', '.join(linked.linked)}.")


def _show_clocks(context: typer.Context, case: str, *, json: bool) -> None:
    with open_office(invocation(context)) as office:
        found = office.status(case)
    if json:
        speaking.as_json(found.to_json()["cases"][0])
    else:
        show_cases(found.cases, found.clocks)

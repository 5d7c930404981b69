"""Who is reminded, when and why: the ladder of the settings, applied to what was asked and what came back.

Pure. The promises, each with a test that tries to break it:

- Letters go on working days only, one per step (`letter_key`), never two for one request on one day. What one agency
  owes a case by one date goes into one letter.
- Whoever answered, or from whom anything has arrived that nobody has settled yet, is not chased.
- After an outage one letter catches up; the steps it passed over are never sent.
- An escalation never comes before a reminder, nor closer to it than the ladder says.
- An extension starts the ladder anew from the new date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mailbox_config.calendar import add_working_days, is_working_day, working_days_between
from mailbox_config.directory import contact_for
from mailbox_config.settings import Chasing, Clock, Ladder, Step
from records.cases import Agency, Case, Contact, Request

KEY = "chase/"
"""How the keys of the chase's letters begin."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came from an agency. `settled`: it is filed or set aside; the request itself tells the rest."""

    submission_id: str
    agency_id: str
    arrived_on: date
    case_reference: str | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """A letter of the chase that was made (held, waiting, sent or bounced): its key and its date."""

    key: str
    dated: date


@dataclass(frozen=True, slots=True)
class Situation:
    """What was asked, what arrived, what went out."""

    cases: tuple[Case, ...]
    requests: tuple[Request, ...]
    arrivals: tuple[Arrival, ...] = ()
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True)
class ChaseRules:
    """The ladders and the calendar."""

    chasing: Chasing
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the chase does about one request on one day. Without a step nothing goes out, and `why` says why not."""

    request: Request
    on: date
    why: str
    step: Step | None = None
    key: str = ""
    passed_over: tuple[str, ...] = ()
    """Steps that were due earlier and not sent; this letter stands for them too."""


@dataclass(frozen=True, slots=True)
class DueLetter:
    """One letter that goes out: all that one agency owes one case by one date, at one step."""

    key: str
    on: date
    step: Step
    requests: tuple[Request, ...]
    why: str
    passed_over: tuple[str, ...] = ()

    @property
    def case_reference(self) -> str:
        return self.requests[0].case_reference

    @property
    def agency_id(self) -> str:
        return self.requests[0].agency_id


def letter_key(request: Request, step: Step) -> str:
    """What makes this letter one: case, agency, the due date in force, the step."""
    return f"{KEY}{request.case_reference}/{request.agency_id}/{request.due_on.isoformat()}/{step.name}"


def due_letters(as_of: date, situation: Situation, rules: ChaseRules) -> tuple[DueLetter, ...]:
    """The letters that go out on this day, in the order of the requests."""
    bundles: dict[str, list[Decision]] = {}
    for decision in decide(as_of, situation, rules):
        if decision.step is not None:
            bundles.setdefault(decision.key, []).append(decision)
    return tuple(_letter(bundle) for bundle in bundles.values())


def _letter(bundle: list[Decision]) -> DueLetter:
    first = bundle[0]
    assert first.step is not None  # only decisions with a step are bundled
    passed = dict.fromkeys(name for one in bundle for name in one.passed_over)
    requests = tuple(one.request for one in bundle)
    return DueLetter(first.key, first.on, first.step, requests, first.why, tuple(passed))


def decide(as_of: date, situation: Situation, rules: ChaseRules) -> tuple[Decision, ...]:
    """What happens about every request on this day, in the order of the requests."""
    kinds = {case.reference: case for case in situation.cases}
    return tuple(
        _decide(as_of, request, kinds[request.case_reference], situation, rules) for request in situation.requests
    )


def recipients(step: Step, agency: Agency) -> tuple[tuple[Contact, ...], tuple[Contact, ...]]:
    """Who gets the letter and who a copy. Where a role is not filled, the next contact up the ladder stands in."""
    to = dict.fromkeys(contact for role in step.to if (contact := contact_for(agency, role)))
    copies = dict.fromkeys(contact for role in step.copy_to if (contact := contact_for(agency, role)))
    return tuple(to), tuple(contact for contact in copies if contact not in to)


def forecast(first: date, last: date, situation: Situation, rules: ChaseRules) -> Iterator[tuple[DueLetter, ...]]:
    """The letters of each day from `first` to `last` if nothing arrives, each day building on the days before it."""
    day = first
    while day <= last:
        due = due_letters(day, situation, rules)
        yield due
        situation = _after(day, situation, due)
        day += timedelta(days=1)


def looking_ahead(first: date, last: date, situation: Situation, rules: ChaseRules) -> Situation:
    """The situation on the morning of `last` if the service runs every day from `first` and nothing arrives."""
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        situation = _after(day, situation, due_letters(day, situation, rules))
    return situation


def _after(day: date, situation: Situation, due: Iterable[DueLetter]) -> Situation:
    return replace(situation, gone=(*situation.gone, *(Gone(letter.key, day) for letter in due)))


def step_date(request: Request, step: Step, clock: Clock) -> date:
    """The working day on which this step falls."""
    return add_working_days(request.due_on, step.working_days, clock.office_closed)


def _decide(as_of: date, request: Request, case: Case, situation: Situation, rules: ChaseRules) -> Decision:
    reason = _why_not(as_of, request, case, situation, rules)
    if reason:
        return Decision(request, as_of, reason)
    ladder = rules.chasing.ladder(case.kind)
    gone = _gone_steps(as_of, request, ladder, situation.gone)
    reached = [step for step in ladder.steps if _in_force(request) < step_date(request, step, rules.clock) <= as_of]
    step, reason = _next_step(as_of, ladder, reached, gone, rules.clock)
    if step is None:
        return Decision(request, as_of, reason or _nothing_yet(as_of, request, ladder, rules.clock))
    done = {one.name for one, _ in gone}
    earlier = ladder.steps[: ladder.steps.index(step)]
    passed = tuple(one.name for one in earlier if one in reached and one.name not in done)
    return Decision(
        request, as_of, _why(as_of, request, step, passed, rules.clock), step, letter_key(request, step), passed
    )


def _why_not(as_of: date, request: Request, case: Case, situation: Situation, rules: ChaseRules) -> str:
    """The reason for leaving this request alone today; "" when there is none."""
    if request.state == "withdrawn":
        return "The request was withdrawn."
    if request.state != "outstanding" and (request.answered_on is None or request.answered_on <= as_of):
        return "The agency has answered."
    if request.requested_on > as_of:
        return "Not asked yet."
    if case.closed_on is not None and case.closed_on <= as_of:
        return "The case is closed."
    if any(_holds_back(arrival, request, as_of) for arrival in situation.arrivals):
        return "Something arrived from this agency that nobody has settled yet; `intake status` shows it."
    if not rules.chasing.ladder(case.kind).steps:
        return "This kind of case is not chased."
    if not is_working_day(as_of, rules.clock.office_closed):
        return "Not a working day."
    return ""


def _holds_back(arrival: Arrival, request: Request, as_of: date) -> bool:
    return (
        not arrival.settled
        and arrival.agency_id == request.agency_id
        and arrival.case_reference in (None, request.case_reference)
        and request.requested_on <= arrival.arrived_on <= as_of
    )


def _in_force(request: Request) -> date:
    """The day from which the due date counts: steps that lay on or before it are not sent."""
    return max([request.requested_on, *(extension.on for extension in request.extensions)])


def _gone_steps(as_of: date, request: Request, ladder: Ladder, gone: Iterable[Gone]) -> list[tuple[Step, date]]:
    """The steps whose letter was made up to this day, with its date, in the order of the ladder."""
    dates = {one.key: one.dated for one in gone if one.dated <= as_of}
    keys = [(step, letter_key(request, step)) for step in ladder.steps]
    return [(step, dates[key]) for step, key in keys if key in dates]


def _next_step(
    as_of: date, ladder: Ladder, reached: list[Step], gone: list[tuple[Step, date]], clock: Clock
) -> tuple[Step | None, str]:
    """The step that goes out today, if one does; otherwise a reason where there is a special one."""
    if not reached:
        return None, ""
    step = reached[-1]
    if step.letter == "escalation" and not any(one.letter == "reminder" for one, _ in gone):
        step = next((one for one in reversed(reached) if one.letter == "reminder"), step)
    if not gone:
        return step, ""
    last, dated = gone[-1]
    if ladder.steps.index(step) <= ladder.steps.index(last):
        at_the_end = last == ladder.steps[-1]
        return None, "The ladder is at its end: a person decides what follows." if at_the_end else ""
    gap = step.working_days - last.working_days if step.letter == "escalation" else 1
    if as_of < add_working_days(dated, gap, clock.office_closed):
        return None, f"The letter of {_day(dated)} was late; the next step keeps its distance from it."
    return step, ""


def _nothing_yet(as_of: date, request: Request, ladder: Ladder, clock: Clock) -> str:
    ahead = [day for step in ladder.steps if (day := step_date(request, step, clock)) > as_of]
    return f"The next step is on {_day(min(ahead))}." if ahead else "No step is left."


def _why(as_of: date, request: Request, step: Step, passed: tuple[str, ...], clock: Clock) -> str:
    number = working_days_between(request.due_on, as_of, clock.office_closed)
    if as_of == request.due_on:
        when = "due today"
    elif as_of < request.due_on:
        when = f"due on {_day(request.due_on)}, in {_working_days(-number)}"
    else:
        when = f"was due on {_day(request.due_on)}, {_working_days(number)} ago"
    caught = f" Stands also for the steps that were missed: {', '.join(passed)}." if passed else ""
    extended = " The date was extended." if request.extensions else ""
    return f"Step “{step.name}”: {when}; nothing has arrived.{extended}{caught}"


def _working_days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

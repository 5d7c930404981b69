"""The chase: the ladder's letters on their days, and never one too many."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbox_config.calendar import add_working_days, is_working_day, working_days_between
from mailbox_config.settings import Chasing, Clock, Ladder
from records.cases import Agency, Case, CaseKind, Contact, Extension, Request
from service.chasing import Arrival, ChaseRules, Gone, Situation, decide, due_letters, forecast, letter_key, recipients

RULES = ChaseRules(Chasing())
CASE = Case(reference="PR-2026-001", kind="rapid_review", opened_on=date(2026, 3, 2))
REQUEST = Request(
    id="r1",
    case_reference="PR-2026-001",
    agency_id="police",
    form="chronology",
    requested_on=date(2026, 3, 3),
    due_on=date(2026, 3, 17),
)
ONE = Situation((CASE,), (REQUEST,))


def names(situation: Situation, first: date, last: date) -> list[tuple[date, str]]:
    """What goes out from day to day when the service runs every day."""
    return [(letter.on, letter.step.name) for day in forecast(first, last, situation, RULES) for letter in day]


def test_the_short_ladder_day_by_day() -> None:
    """Two working days before, then one, two and three after the due date, worked by hand."""
    assert names(ONE, date(2026, 3, 3), date(2026, 5, 31)) == [
        (date(2026, 3, 13), "before"),
        (date(2026, 3, 18), "overdue"),
        (date(2026, 3, 19), "second"),
        (date(2026, 3, 20), "escalation"),
    ]


def test_the_long_ladder_over_easter() -> None:
    """A learning review due on Maundy Thursday 2026: Easter's four days are not counted."""
    case = CASE.model_copy(update={"kind": "learning_review"})
    request = REQUEST.model_copy(update={"due_on": date(2026, 4, 2)})
    assert names(Situation((case,), (request,)), date(2026, 3, 3), date(2026, 5, 31)) == [
        (date(2026, 3, 26), "before"),
        (date(2026, 4, 2), "due"),
        (date(2026, 4, 9), "overdue"),
        (date(2026, 4, 15), "escalation"),
    ]


def test_one_letter_catches_up_after_an_outage_and_the_escalation_keeps_its_distance() -> None:
    """Off from 12 to 24 March: one reminder on the 25th, the escalation a working day later, nothing else."""
    assert names(ONE, date(2026, 3, 25), date(2026, 4, 30)) == [
        (date(2026, 3, 25), "second"),
        (date(2026, 3, 26), "escalation"),
    ]
    (decision,) = due_letters(date(2026, 3, 25), ONE, RULES)
    assert decision.passed_over == ("before", "overdue")
    assert "before, overdue" in decision.why


@pytest.mark.parametrize("case_reference", [None, "PR-2026-001"])
def test_anything_that_lands_stops_the_chase(case_reference: str | None) -> None:
    """Unmatched or matched, what nobody has settled holds every reminder to that agency back."""
    arrival = Arrival("s1", "police", date(2026, 3, 18), case_reference)
    held = replace(ONE, arrivals=(arrival,))
    assert due_letters(date(2026, 3, 18), held, RULES) == ()
    assert "settled" in decide(date(2026, 3, 18), held, RULES)[0].why
    assert len(due_letters(date(2026, 3, 18), replace(ONE, arrivals=(replace(arrival, settled=True),)), RULES)) == 1


@pytest.mark.parametrize(
    "arrival",
    [
        Arrival("s1", "school", date(2026, 3, 16)),
        Arrival("s1", "police", date(2026, 3, 16), "PR-2026-002"),
        Arrival("s1", "police", date(2026, 3, 2)),
        Arrival("s1", "police", date(2026, 3, 19)),
    ],
)
def test_what_cannot_be_the_answer_does_not_stop_it(arrival: Arrival) -> None:
    """Another agency, another case, before the request, or later than the day looked at."""
    assert len(due_letters(date(2026, 3, 18), replace(ONE, arrivals=(arrival,)), RULES)) == 1


def test_an_extension_starts_anew_from_its_date() -> None:
    """Extended on 16 March to the 31st: no reminder for the old date, the whole ladder for the new one."""
    extension = Extension(due_on=date(2026, 3, 31), reason="Author on leave", by="R. Sample", on=date(2026, 3, 16))
    request = REQUEST.model_copy(update={"due_on": date(2026, 3, 31), "extensions": (extension,)})
    gone = (Gone(letter_key(REQUEST, RULES.chasing.rapid_review.steps[0]), date(2026, 3, 13)),)
    assert names(Situation((CASE,), (request,), (), gone), date(2026, 3, 17), date(2026, 5, 31)) == [
        (date(2026, 3, 27), "before"),
        (date(2026, 4, 1), "overdue"),
        (date(2026, 4, 2), "second"),
        (date(2026, 4, 7), "escalation"),
    ]


def test_a_short_notice_request_is_not_reminded_at_once() -> None:
    """Asked on the 16th for the 17th: the reminder that would have gone on the 13th does not go."""
    request = REQUEST.model_copy(update={"requested_on": date(2026, 3, 16)})
    assert names(Situation((CASE,), (request,)), date(2026, 3, 16), date(2026, 3, 18)) == [
        (date(2026, 3, 18), "overdue")
    ]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"state": "answered", "answered_on": date(2026, 3, 18)}, "answered"),
        ({"state": "nil", "answered_on": date(2026, 3, 10)}, "answered"),
        ({"state": "withdrawn"}, "withdrawn"),
        ({"requested_on": date(2026, 3, 19)}, "Not asked"),
    ],
)
def test_why_nothing_goes_out_is_said(change: dict[str, object], part: str) -> None:
    """Each request that is left alone has its reason."""
    (decision,) = decide(date(2026, 3, 18), Situation((CASE,), (REQUEST.model_copy(update=change),)), RULES)
    assert decision.step is None
    assert part in decision.why


def test_closed_cases_closed_offices_and_switched_off_ladders_are_left_alone() -> None:
    """Nothing for a closed case, on a closed day, or where the ladder has no steps."""
    closed = CASE.model_copy(update={"closed_on": date(2026, 3, 17)})
    assert due_letters(date(2026, 3, 18), replace(ONE, cases=(closed,)), RULES) == ()
    off = ChaseRules(Chasing(rapid_review=Ladder()))
    assert due_letters(date(2026, 3, 18), ONE, off) == ()
    shut = ChaseRules(Chasing(), Clock(office_closed=(date(2026, 3, 18),)))
    assert due_letters(date(2026, 3, 18), ONE, shut) == ()
    assert [decision.key for decision in due_letters(date(2026, 3, 19), ONE, shut)] == [
        "chase/PR-2026-001/police/2026-03-17/overdue"
    ]


def test_the_past_can_be_looked_at_again() -> None:
    """A day before the answer shows what went out then, not what is known now."""
    answered = REQUEST.model_copy(update={"state": "answered", "answered_on": date(2026, 3, 19)})
    later = Gone(letter_key(REQUEST, RULES.chasing.rapid_review.steps[1]), date(2026, 3, 18))
    situation = Situation((CASE,), (answered,), (), (later,))
    assert [one.step.name for one in due_letters(date(2026, 3, 13), situation, RULES)] == ["before"]


def test_at_the_end_of_the_ladder_a_person_decides() -> None:
    """After the escalation nothing more is sent by itself."""
    steps = RULES.chasing.rapid_review.steps
    gone = tuple(Gone(letter_key(REQUEST, step), date(2026, 3, 20)) for step in steps)
    (decision,) = decide(date(2026, 3, 30), replace(ONE, gone=gone), RULES)
    assert decision.step is None
    assert "a person decides" in decision.why


def test_what_one_agency_owes_a_case_goes_into_one_letter() -> None:
    """Summary and chronology due on one day: one letter names both, and only those still missing."""
    summary = REQUEST.model_copy(update={"id": "r2", "form": "agency_summary"})
    later = REQUEST.model_copy(update={"id": "r3", "form": "action_plan", "due_on": date(2026, 4, 30)})
    (letter,) = due_letters(date(2026, 3, 18), replace(ONE, requests=(REQUEST, summary, later)), RULES)
    assert [request.id for request in letter.requests] == ["r1", "r2"]
    answered = summary.model_copy(update={"state": "answered", "answered_on": date(2026, 3, 12)})
    (letter,) = due_letters(date(2026, 3, 18), replace(ONE, requests=(REQUEST, answered)), RULES)
    assert [request.id for request in letter.requests] == ["r1"]
    gone = replace(ONE, requests=(REQUEST, summary), gone=(Gone(letter.key, date(2026, 3, 18)),))
    assert due_letters(date(2026, 3, 18), gone, RULES) == ()


def test_a_letter_goes_to_each_person_once() -> None:
    """A role that is not filled falls to the next one up; nobody gets the letter and a copy of it."""
    author = Contact(role="author", name="A", email="a@police.example")
    lead = Contact(role="safeguarding_lead", name="L", email="l@police.example")
    second = RULES.chasing.rapid_review.steps[2]
    assert recipients(second, Agency(id="p", name="P", contacts=(author, lead))) == ((author, lead), ())
    assert recipients(second, Agency(id="p", name="P", contacts=(author,))) == ((author,), ())
    assert recipients(second, Agency(id="p", name="P")) == ((), ())


KINDS: tuple[CaseKind, ...] = ("rapid_review", "local_review", "good_outcome_review", "learning_review")


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    start=st.dates(date(2025, 11, 1), date(2026, 12, 31)),
    due_in=st.integers(1, 25),
    running=st.lists(st.booleans(), min_size=60, max_size=60),
    answered_after=st.integers(0, 60),
)
def test_whatever_days_the_service_runs_the_promises_hold(
    kind: CaseKind, start: date, due_in: int, running: list[bool], answered_after: int
) -> None:
    """With outages anywhere: working days only, no step twice, order kept, one a day, none after the answer."""
    case = CASE.model_copy(update={"kind": kind})
    request = REQUEST.model_copy(update={"requested_on": start, "due_on": add_working_days(start, due_in)})
    situation = Situation((case,), (request,))
    sent: list[tuple[date, str, str]] = []
    for number, runs in enumerate(running):
        day = start + timedelta(days=number)
        if number == answered_after:
            situation = replace(situation, arrivals=(Arrival("s", "police", day),))
        for decision in due_letters(day, situation, RULES) if runs else ():
            sent.append((day, decision.step.name, decision.step.letter))
            situation = replace(situation, gone=(*situation.gone, Gone(decision.key, day)))
    days = [day for day, _, _ in sent]
    order = [step.name for step in RULES.chasing.ladder(kind).steps]
    positions = [order.index(name) for _, name, _ in sent]
    assert all(is_working_day(day) and day < start + timedelta(days=answered_after) for day in days)
    assert positions == sorted(set(positions))
    assert len(days) == len(set(days))
    letters = [letter for _, _, letter in sent]
    assert "escalation" not in letters[:1]


def test_a_year_of_forty_cases_and_eight_agencies() -> None:
    """Simulated day by day: each agency gets exactly the ladder's letters up to the day it answered, on their days."""
    chance = random.Random(2026)
    agencies = [f"agency-{number}" for number in range(8)]
    opened = [add_working_days(date(2025, 12, 31), chance.randrange(1, 220)) for _ in range(40)]
    cases = tuple(Case(reference=f"PR-{n}", kind=KINDS[n % 4], opened_on=day) for n, day in enumerate(opened))
    requests = tuple(
        Request(
            id=f"{case.reference}/{agency}",
            case_reference=case.reference,
            agency_id=agency,
            form="agency_summary",
            requested_on=case.opened_on,
            due_on=add_working_days(case.opened_on, 10),
        )
        for case in cases
        for agency in agencies
    )
    arrives = {one.id: add_working_days(one.requested_on, chance.randrange(3, 25)) for one in requests}
    states = {one.id: one for one in requests}
    gone: list[Gone] = []
    sent: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for number in range(366):
        day = date(2026, 1, 1) + timedelta(days=number)
        for one in requests:
            if arrives[one.id] == day:
                states[one.id] = one.model_copy(update={"state": "answered", "answered_on": day})
        for decision in due_letters(day, Situation(cases, tuple(states.values()), (), tuple(gone)), RULES):
            gone.append(Gone(decision.key, day))
            sent[decision.requests[0].id].append((day, decision.step.name))
    kinds = {case.reference: case.kind for case in cases}
    for one in requests:
        expected = [
            (day, step.name)
            for step in RULES.chasing.ladder(kinds[one.case_reference]).steps
            if one.requested_on < (day := add_working_days(one.due_on, step.working_days)) < arrives[one.id]
        ]
        assert sent[one.id] == expected
    counted = Counter(name for letters in sent.values() for _, name in letters)
    assert counted.total() > 500
    assert all(
        working_days_between(day - timedelta(days=1), day) == 1 for letters in sent.values() for day, _ in letters
    )

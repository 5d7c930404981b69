"""A month and a half of forty cases and eight agencies, day by day against a real store: exactly the ladder's letters.

What should happen is worked out here from a written list of working days, not with the program's own calendar.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from mailbox_config.calendar import clocks
from mailbox_config.loading import load_settings
from mailbox_config.settings import Clock
from records.cases import Case, CaseKind, Extension, SubjectChild
from records.submissions import Document, FiledReturn, Letter, SourceIdentity, Submission
from service.asking import Aim, extend, record_nil, withdraw
from service.bootstrap import Service, build
from service.cases import Opening
from service.deciding import open_by_hand
from service.parts import LetterOrder, WrittenLetter
from service.running import chase

SAMPLES = Path(__file__).parents[2] / "samples"
FIRST, LAST = date(2026, 3, 9), date(2026, 4, 30)
# England, 2026: Good Friday is 3 April, Easter Monday 6 April.
WORKING_DAYS = tuple(
    date(2026, month, day)
    for month, days in (
        (3, (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 31)),
        (4, (1, 2, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24, 27, 28, 29, 30)),
        (5, (1, 5, 6, 7, 8, 11, 12, 13, 14, 15)),
    )
    for day in days
)
LADDERS: dict[CaseKind, tuple[tuple[str, int], ...]] = {
    "rapid_review": (("before", -2), ("overdue", 1), ("second", 2), ("escalation", 3)),
    "learning_review": (("before", -5), ("due", 0), ("overdue", 3), ("escalation", 7)),
}
CASES, DUE_IN = 40, 10


def later(day: date, number: int) -> date:
    return WORKING_DAYS[WORKING_DAYS.index(day) + number]


@dataclass
class Plan:
    """What one agency does about one case."""

    case: str
    kind: CaseKind
    agency: str
    asked_on: date
    due_on: date
    act: str
    on: date
    """The day of the answer, the extension, the withdrawal; far away for an agency that does nothing."""
    extended_to: date | None = None

    def expected(self) -> Iterator[tuple[str, date]]:
        """The chase's letters: their keys and their days."""
        stop = self.on if self.act in ("answers", "nil", "withdrawn", "held") else LAST + timedelta(days=1)
        first_stop = min(stop, self.on) if self.extended_to else stop
        yield from self._steps(self.due_on, self.asked_on, first_stop)
        if self.extended_to:
            yield from self._steps(self.extended_to, self.on, stop)

    def _steps(self, due_on: date, after: date, stop: date) -> Iterator[tuple[str, date]]:
        for name, number in LADDERS[self.kind]:
            day = later(due_on, number)
            if after < day < stop and day <= LAST:
                yield f"chase/{self.case}/{self.agency}/{due_on.isoformat()}/{name}", day


@dataclass
class Clockwork:
    """The service's clock, set by the test."""

    today: date = FIRST

    def __call__(self) -> datetime:
        return datetime.combine(self.today, time(8, 30), tzinfo=UTC)


@dataclass
class World:
    service: Service
    clock: Clockwork
    plans: list[Plan] = field(default_factory=list)


def plain_letter(order: LetterOrder) -> WrittenLetter:
    """A letter without its looks, which other tests look at: here a thousand of them are counted."""
    return WrittenLetter(docx=b"letter", subject=f"{order.kind}", body_text="Dear colleague\n")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything that happened, once for all the tests below."""
    folder = tmp_path_factory.mktemp("month") / "office"
    folder.mkdir()
    (folder.parent / "demo" / "inbox").mkdir(parents=True)
    for name in ("intake.toml", "directory.toml"):
        shutil.copy(SAMPLES / name, folder / name)
    settings = load_settings(folder / "intake.toml", {})
    clock = Clockwork()
    with build(settings, now=clock, durable=False) as built:
        agencies = tuple(agency.id for agency in built.parts.directory.agencies)[:8]
        opening = settings.opening.model_copy(update={"agencies": agencies, "due_in_working_days": DUE_IN})
        chasing = type(settings.chasing)()
        settings = settings.model_copy(update={"opening": opening, "chasing": chasing})
        parts = replace(built.parts, settings=settings, write_letter=plain_letter, deliver=lambda *_: None)
        world = World(replace(built, parts=parts), clock)
        live_through(world, agencies)
        yield world


def live_through(world: World, agencies: tuple[str, ...]) -> None:
    chance = random.Random(2026)
    opening_days = [day for day in WORKING_DAYS if FIRST <= day <= date(2026, 3, 20)]
    opened = {number: chance.choice(opening_days) for number in range(CASES)}
    while world.clock.today <= LAST:
        today = world.clock.today
        for number in sorted(number for number, day in opened.items() if day == today):
            kind: CaseKind = "rapid_review" if number % 3 else "learning_review"
            child = SubjectChild(code="Child 1", name=f"Invented Number{number}")
            case = open_by_hand(Opening(kind=kind, children=(child,)), world.service.parts, by="robin").case
            world.plans += [plan_for(case, agency, today, chance) for agency in agencies]
        for plan in world.plans:
            if plan.on == today:
                act(world.service, plan)
        chase(world.service)
        if today.weekday() == 1:
            chase(world.service)  # a second run on the same day adds nothing
        world.clock.today += timedelta(days=1)


def plan_for(case: Case, agency: str, today: date, chance: random.Random) -> Plan:
    kinds = ("answers", "answers", "answers", "answers", "nil", "withdrawn", "held", "extended", "silent")
    what = chance.choice(kinds)
    due_on = later(today, DUE_IN)
    when = later(due_on, chance.randint(-9, 6))
    extended_to = later(due_on, chance.randint(2, 6)) if what == "extended" else None
    if what == "extended":
        when = later(due_on, chance.randint(-6, -1))
    if what == "silent":
        when = LAST + timedelta(days=99)
    return Plan(case.reference, case.kind, agency, today, due_on, what, when, extended_to)


def act(service: Service, plan: Plan) -> None:
    """What the agency, or a person at the office, does in the morning."""
    aim = Aim(plan.case, plan.agency)
    today = service.parts.today()
    if plan.act == "answers":
        with service.store.transaction() as tx:
            for one in tx.requests.of_case(plan.case):
                if one.agency_id == plan.agency:
                    tx.requests.settle(one.id, "answered", today)
    elif plan.act == "nil":
        record_nil(aim, "By telephone", service.parts, by="robin")
    elif plan.act == "withdrawn":
        withdraw(aim, "Not involved", service.parts, by="robin")
    elif plan.act == "extended" and plan.extended_to is not None:
        extension = Extension(due_on=plan.extended_to, reason="Author on leave", by="robin", on=today)
        extend(aim, extension, service.parts)
    elif plan.act == "held":
        arrives_and_waits(service, plan)


def arrives_and_waits(service: Service, plan: Plan) -> None:
    """Something that nobody can read yet, filed by its folder; for this case, as a doubtful return would say."""
    with service.store.transaction() as tx:
        sha256 = tx.originals.put(f"{plan.case}/{plan.agency}".encode())
        key = f"{plan.case}/{plan.agency}"
        submission = Submission(
            id=f"S-{key}",
            identity=SourceIdentity(source="folder", key=key),
            sha256=sha256,
            name="x.docx",
            received_at=tx.at,
            size=1,
            folder_hint=(plan.agency,),
            state="attention",
            reason="Look at it.",
        )
        tx.submissions.add(submission)
        tx.documents.put(
            Document(
                id=f"D-{key}",
                submission_id=submission.id,
                path="x.docx",
                sha256=sha256,
                kind="docx",
                size=1,
                outcome="read",
            )
        )
        tx.returns.file(
            FiledReturn(
                id=f"F-{key}",
                document_id=f"D-{key}",
                submission_id=submission.id,
                case_reference=plan.case,
                agency_id=plan.agency,
                request_id=None,
                form="chronology",
                version=1,
                received_at=tx.at,
                state="needs_person",
                result={"record": {}, "review": [], "findings": [], "places": {}, "unplaced": []},
            )
        )


def chased(world: World) -> list[Letter]:
    with world.service.store.reading() as tx:
        return [letter for letter in tx.letters.all() if letter.key.startswith("chase/")]


def test_each_agency_got_exactly_the_ladders_letters_each_on_its_day(world: World) -> None:
    """Forty cases, eight agencies, two ladders, Easter: not one letter too many, too few, or on another day."""
    expected = dict(one for plan in world.plans for one in plan.expected())
    got = {letter.key: letter.dated for letter in chased(world)}
    assert len(world.plans) == CASES * 8
    assert got == expected
    assert len(got) > 300


def test_no_letter_went_on_a_weekend_or_a_bank_holiday(world: World) -> None:
    """Nor a request, nor an escalation."""
    with world.service.store.reading() as tx:
        days = {letter.dated for letter in tx.letters.all()}
    assert days <= set(WORKING_DAYS)


def test_nothing_went_to_an_agency_after_it_had_answered(world: World) -> None:
    """Answered, nil, withdrawn, or arrived and waiting for a person: from that day on it is left alone."""
    stopped = {
        (plan.case, plan.agency): plan.on for plan in world.plans if plan.act in ("answers", "nil", "withdrawn", "held")
    }
    late = [
        letter.key
        for letter in chased(world)
        if letter.dated >= stopped.get((letter.case_reference or "", letter.agency_id or ""), date.max)
    ]
    assert late == []


def test_each_agency_was_asked_once_and_the_log_is_whole(world: World) -> None:
    """One request letter a case and agency, and the audit log's chain unbroken after all of it."""
    with world.service.store.reading() as tx:
        asked = [(one.case_reference, one.agency_id) for one in tx.letters.all() if one.kind == "request"]
    assert len(asked) == len(set(asked)) == CASES * 8
    assert world.service.store.verify_audit() == ()


@pytest.mark.parametrize(
    ("dates", "kind", "name", "due_on"),
    [
        # Five working days from becoming aware.
        ({"aware_on": date(2026, 3, 2)}, "rapid_review", "notification", date(2026, 3, 9)),
        ({"aware_on": date(2026, 3, 28)}, "rapid_review", "notification", date(2026, 4, 7)),  # a Saturday, then Easter
        ({"aware_on": date(2026, 12, 23)}, "rapid_review", "notification", date(2027, 1, 4)),  # Boxing Day observed
        # Fifteen working days from the notification.
        ({"notified_on": date(2026, 3, 2)}, "rapid_review", "rapid_review", date(2026, 3, 23)),
        ({"notified_on": date(2026, 3, 20)}, "rapid_review", "rapid_review", date(2026, 4, 14)),
        ({"notified_on": date(2026, 4, 24)}, "rapid_review", "rapid_review", date(2026, 5, 18)),  # 4 May
        ({"notified_on": date(2026, 12, 18)}, "rapid_review", "rapid_review", date(2027, 1, 13)),
        # Six months from the start of the review.
        ({"begun_on": date(2026, 3, 31)}, "local_review", "publication", date(2026, 9, 30)),
        ({"begun_on": date(2026, 8, 30)}, "local_review", "publication", date(2027, 2, 28)),
    ],
)
def test_statutory_dates_worked_by_hand(dates: dict[str, date], kind: CaseKind, name: str, due_on: date) -> None:
    """Each counted with a finger on the calendar."""
    case = Case(reference="PR-1", kind=kind, opened_on=date(2026, 1, 5)).model_copy(update=dates)
    assert [(one.name, one.due_on) for one in clocks(case, Clock(), date(2026, 3, 2))] == [(name, due_on)]

"""One made-up case: answers for every field of a form, under the dictionary's paths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.heldout import words
from benchmarks.heldout.dates import clock, exact, habit
from benchmarks.heldout.people import ETHNICITIES, LANGUAGES, RELIGIONS, STAFF, Person, Region, nhs_number, region
from benchmarks.heldout.values import BLANK, Value, text

Answers = dict[str, Value]
Rows = list[Answers]

LONG = (
    "incident_summary criteria_rationale interagency_concerns immediate_action learning_potential work_undertaken "
    "family_aware_details background what_worked_well how_achieved outcome_for_child evidence_of_outcome "
    "learning_to_share family_views records_searched summary_of_involvement key_practice_episodes voice_of_child "
    "equality_and_context practice_strengths areas_for_improvement contextual_factors "
    "single_agency_learning_details other_agencies questions_for_others other_children comments"
).split()
CRITERIA = (
    "abuse_or_neglect child_died child_seriously_harmed life_threatening_injury interagency_working "
    "permanent_impairment"
).split()
PARALLEL = "criminal_investigation coroner care_proceedings nhs_patient_safety child_death_review".split()


@dataclass(slots=True)
class Case:
    """The child, the family and the district of one return."""

    rng: Random
    place: Region
    today: date
    child: tuple[str, str]
    mother: tuple[str, str]
    school: str
    worker: str
    reference: str

    def say(self, sentence: str) -> str:
        """A sentence of the bank with this case's names and dates in it."""
        day = exact(self.rng, self.earlier(30, 700))
        return sentence.format(c=self.child[0], m=self.mother[0], s=self.school, d=day, w=self.worker)

    def earlier(self, low: int, high: int) -> date:
        return self.today - timedelta(days=self.rng.randrange(low, high))

    def day(self, when: date) -> Value:
        return Value(when.isoformat(), exact(self.rng, when))

    def some(self, bank: tuple[str, ...] | list[str]) -> Value:
        return text(self.say(self.rng.choice(bank)))

    def long(self, field: str) -> Value:
        """A long answer: sentences run together in one to three paragraphs, sometimes ending in bullets."""
        sentences = [self.say(s) for s in words.pick(self.rng, field, self.rng.randrange(2, 7))]
        if len(sentences) > 3 and self.rng.random() < 0.25:
            return text("\n".join([" ".join(sentences[:2]), *sentences[2:]]), bullets=True)
        cut = self.rng.randrange(1, len(sentences) + 1)
        return text("\n".join(" ".join(p) for p in (sentences[:cut], sentences[cut:]) if p))

    def yes_no(self, *, beside: str = "") -> Value:
        truth = self.rng.choice(("yes", "no", "no", "yes", "not_known"))
        return Value(truth, truth, beside=beside if truth == "yes" and self.rng.random() < 0.35 else "")


def new_case(rng: Random) -> Case:
    """A case drawn from `rng`."""
    place = region(rng)
    today = date(2023, 1, 9) + timedelta(days=rng.randrange(1000))
    reference = rng.choice(("{s}/RR/{y}/{n:03d}", "{s}-{y}-{n:02d}", "PR{n:03d}/{y}", "{s} {n:04d}"))
    number = rng.randrange(3, 90)
    return Case(
        rng,
        place,
        today,
        place.fresh(),
        place.fresh(),
        place.agencies[3].name.split(",")[0],
        " ".join(place.fresh()),
        reference.format(s=place.short, y=today.year, n=number),
    )


def block(case: Case, person: Person, path: str, *, when: date | None = None) -> Answers:
    """A person block or sign-off block under `path`."""
    last, _, first = person.name.partition(", ")
    turned = (f"{first} {last}".strip(), f"{first} {last.title()}".strip()) if first else ()
    got = {
        f"{path}.name": text(person.name, *turned),
        f"{path}.role": text(person.role),
        f"{path}.agency": text(person.agency),
        f"{path}.email": text(person.email),
        f"{path}.phone": text(person.phone),
        f"{path}.address": text(person.address),
        f"{path}.signed": Value("yes", person.name) if case.rng.random() < 0.8 else Value("no"),
    }
    if when:
        got[f"{path}.date"] = case.day(when)
    return got


def child(case: Case, name: tuple[str, str]) -> Answers:
    """One child, every field answered or left blank as people do."""
    rng = case.rng
    born, number = case.earlier(60, 6000), nhs_number(rng)
    gender = rng.choice(("Female", "Male", "F", "M", "Girl", "Boy", "Non-binary"))
    plan = case.yes_no(beside=case.say(rng.choice(words.BANK["child_protection_details"].split("\n"))))
    return {
        "name": text(" ".join(name)),
        "name.first": text(name[0]),
        "name.last": text(name[1]),
        "also_known_as": rng.choice((text(name[0][:3] + "y"), BLANK, text("None"))),
        "date_of_birth": case.day(born),
        "age": text(rng.choice((f"{(case.today - born).days // 365} yrs", "N/A"))) if rng.random() < 0.5 else BLANK,
        "gender": text(gender),
        "ethnicity": text(rng.choice(ETHNICITIES)),
        "disability": text(rng.choice(words.BANK["disability"].split("\n"))),
        "language": text(rng.choice(LANGUAGES)),
        "religion": text(rng.choice(RELIGIONS)),
        "address": text(case.place.address()),
        "gp": text(f"{rng.choice(('Fold View', 'The Maltings', 'Kiln Street'))} Surgery, {case.place.name}"),
        "school": text(rng.choice((case.school, "Not in education", "Little Acorns Nursery (mornings)"))),
        "nhs_number": Value(number, rng.choice((f"{number[:3]} {number[3:6]} {number[6:]}", number))),
        "legal_status": text(rng.choice(words.BANK["legal_status"].split("\n"))),
        "child_protection_plan": plan,
        "child_protection_details": text(plan.beside) if plan.beside else BLANK,
        "open_to_social_care": case.yes_no(),
        "date_of_death": case.day(case.today) if rng.random() < 0.15 else BLANK,
    }


def children(case: Case, most: int = 3) -> Rows:
    count = case.rng.choice((1, 1, 1, 2, most))
    siblings = [(case.place.fresh()[0], case.child[1]) for _ in range(count - 1)]
    return [child(case, name) for name in (case.child, *siblings)]


def family(case: Case) -> Rows:
    rows = []
    for relation in case.rng.sample(
        ("Mother", "Father", "Step-father", "Maternal aunt", "Half-sister", "Grandfather"), 3
    ):
        name = case.mother if relation == "Mother" else case.place.fresh()
        where = text(case.rng.choice((case.place.address(), "As above", "Not known")))
        rows.append(
            {
                "name": text(" ".join(name)),
                "relationship": text(relation),
                "date_of_birth": case.day(case.earlier(9000, 16000)) if case.rng.random() < 0.8 else BLANK,
                "gender": text("F" if relation in ("Mother", "Maternal aunt", "Half-sister") else "M"),
                "address": where,
                "legal_status": text(case.rng.choice(("N/A", "None"))),
                "ethnicity": text(case.rng.choice(ETHNICITIES)),
            }
        )
    return rows


def involved(case: Case) -> Rows:
    rows = []
    for agency in case.rng.sample(case.place.agencies, case.rng.randrange(2, 5)):
        who = case.place.person(agency)
        contact = case.rng.choice((who.phone, who.email, f"{who.phone}\n{who.email}"))
        role = text(case.rng.choice(STAFF))
        rows.append(
            {
                "name": block(case, who, "p")["p.name"],
                "agency": text(who.agency),
                "role": role,
                "contact": text(contact),
                "still_involved": case.yes_no(),
            }
        )
    return rows


def staff(case: Case) -> Rows:
    rows = []
    for i in range(case.rng.randrange(2, 5)):
        start, end = exact(case.rng, case.earlier(500, 900)), exact(case.rng, case.earlier(10, 400))
        rows.append(
            {
                "name": text(" ".join(case.place.fresh())),
                "code": text(f"{case.rng.choice(('SW', 'HV', 'PC', 'TM'))}{i + 1}"),
                "role": text(case.rng.choice(STAFF)),
                "team": text(case.rng.choice(("Duty", "North locality", "Ward 4 / PAU", "Assessment 2"))),
                "dates": text(case.rng.choice((f"{start} - {end}", f"since {start}", f"{start} to {end}"))),
            }
        )
    return rows


def glossary(case: Case) -> Rows:
    chosen = case.rng.sample(words.GLOSSARY, case.rng.randrange(2, 5))
    return [{"term": text(term), "meaning": text(meaning)} for term, meaning in chosen]


def key_dates(case: Case) -> Rows:
    days = sorted(case.earlier(5, 900) for _ in range(case.rng.randrange(2, 6)))
    return [
        {"date": case.day(day), "time": timed(case), "event": text(case.say(case.rng.choice(words.EVENTS)))}
        for day in days
    ]


def timed(case: Case, chance: float = 0.6) -> Value:
    if case.rng.random() > chance:
        return BLANK
    shown, truth = clock(case.rng)
    return Value(truth, shown)


def picked(case: Case, codes: list[str], most: int) -> Value:
    chosen = case.rng.sample(codes, case.rng.randrange(1, most + 1))
    return Value([c for c in codes if c in chosen], "x")


def common(case: Case) -> tuple[Answers, dict[str, Rows]]:
    """What most forms ask: reference, people who sign, long answers."""
    answers = {"case_reference": text(case.reference)}
    for field in LONG:
        answers[field] = (
            case.long(field) if case.rng.random() < 0.92 else case.rng.choice((BLANK, text("None"), text("N/A")))
        )
    who = case.place.person()
    answers |= block(case, who, "referrer") | block(case, who, "author")
    answers |= block(case, who, "signature", when=case.today)
    answers |= block(case, case.place.person(), "safeguarding_lead")
    answers |= block(case, case.place.person(), "quality_assurance", when=case.today)
    answers["agency"] = text(who.agency)
    return answers, {"children": children(case), "glossary": glossary(case), "professionals": staff(case)}


def referral(case: Case) -> tuple[Answers, dict[str, Rows]]:
    """Answers to everything a referral (also of a good outcome) can ask."""
    rng = case.rng
    answers, rows = common(case)
    shown, truth = habit(rng, case.earlier(3, 60)) if rng.random() < 0.3 else (None, None)
    incident = case.day(case.earlier(3, 60)) if shown is None or truth is None else Value(truth, shown)
    answers |= {
        "date_of_referral": case.day(case.today),
        "linked_cases": text(case.say(rng.choice(words.BANK["linked_cases"].split("\n")))),
        "incident_date": incident,
        "incident_time": timed(case),
        "incident_location": text(rng.choice(words.BANK["incident_location"].split("\n"))),
        "criteria": picked(case, CRITERIA, 4),
        "parallel_processes": picked(case, PARALLEL, 2),
        "preferred_methodology": picked(
            case, "appreciative_inquiry root_cause_analysis learning_event case_discussion".split(), 2
        ),
        "immediate_concerns": case.yes_no(),
        "media_interest": case.yes_no(beside="a reporter has rung the ward"),
        "family_aware": case.yes_no(),
        "consent_to_share": case.yes_no(beside="first names only please"),
    }
    rows |= {"family": family(case), "agencies_involved": involved(case), "key_dates": key_dates(case)}
    return answers, rows


def summary(case: Case) -> tuple[Answers, dict[str, Rows]]:
    """Answers to everything an agency summary can ask; one in eight is a nil return."""
    rng = case.rng
    answers, rows = common(case)
    begin, end = case.earlier(900, 1500), case.earlier(5, 60)
    span = Value(f"{begin.isoformat()}/{end.isoformat()}", f"{exact(rng, begin)} to {exact(rng, end)}")
    first, last = case.earlier(500, 890), case.earlier(61, 400)
    answers |= {
        "date_requested": case.day(case.today - timedelta(days=14)),
        "date_due": case.day(case.today + timedelta(days=2)),
        "date_completed": case.day(case.today),
        "records_secured_date": case.day(case.today - timedelta(days=12)),
        "review_period": span,
        "period_of_involvement": Value(
            f"{first.isoformat()}/{last.isoformat()}", f"{exact(rng, first)} - {exact(rng, last)}"
        ),
        "has_involvement": Value("yes", "yes"),
        "author_independent": Value(*(rng.choice(("yes", "no")),) * 2),
        "single_agency_learning": case.yes_no(),
        "chronology_attached": Value(*(rng.choice(("yes", "no")),) * 2),
        "view_on_review": picked(case, "national_review local_review other_learning no_further_action".split(), 1),
    }
    rows["actions"] = [
        {
            "action": case.some(words.ACTIONS),
            "lead": text(case.place.person().role),
            "target_date": case.day(case.today + timedelta(days=rng.randrange(20, 200))),
            "status": text(rng.choice(("Under way", "Done", "Not begun"))),
        }
        for _ in range(rng.randrange(1, 4))
    ]
    if rng.random() < 0.125:
        keep = ("date_", "author", "agency", "signature", "quality", "case_", "review_period", "records_")
        answers = {k: v if k.startswith(keep) else BLANK for k, v in answers.items()}
        answers["has_involvement"] = Value("no", "no")
        rows |= {"actions": [], "professionals": [], "glossary": []}
    return answers, rows


def plan(case: Case) -> tuple[Answers, dict[str, Rows]]:
    """Answers to an action plan; one recommendation may have several actions."""
    rng = case.rng
    answers, _ = common(case)
    answers |= {
        "review_title": text(f"{case.place.name} review: Child {case.child[0][0]}"),
        "date_of_plan": case.day(case.today),
        "agency": text(rng.choice(("All partners", case.place.agencies[2].name))),
    }
    rows = []
    for number, recommendation in enumerate(rng.sample(words.RECOMMENDATIONS, rng.randrange(2, 5)), 1):
        for _ in range(rng.choice((1, 1, 2))):
            due = [case.today + timedelta(days=rng.randrange(30, 300)) for _ in range(rng.choice((1, 1, 1, 2)))]
            shown = "; ".join(exact(rng, d) for d in sorted(due))
            finished = case.day(case.today + timedelta(days=20)) if rng.random() < 0.3 else BLANK
            rows.append(
                {
                    "number": text(str(number)),
                    "recommendation": text(recommendation),
                    "scope": text(rng.choice(("Local", "Regional", "National", "Single agency"))),
                    "action": case.some(words.ACTIONS),
                    "lead": text(f"{case.place.person().name}, {case.place.agencies[rng.randrange(8)].name}"),
                    "milestones": case.some(words.MILESTONES) if rng.random() < 0.7 else BLANK,
                    "target_date": Value(max(due).isoformat(), shown),
                    "status": Value(*(rng.choice(("red", "amber", "green", "blue")),) * 2),
                    "progress": case.some(words.PROGRESS),
                    "evidence": case.some(words.EVIDENCE),
                    "completion_date": finished,
                    "impact": case.some(words.PLAN_IMPACTS) if rng.random() < 0.7 else BLANK,
                }
            )
    return answers, {"actions": rows}


def verification(case: Case) -> tuple[Answers, dict[str, Rows]]:
    """Answers to an action plan verification."""
    rng = case.rng
    answers, _ = common(case)
    answers |= {
        "review_title": text(f"Child {case.child[0][0]} - local review"),
        "basis": Value(*(rng.choice(("case", "agency")),) * 2),
        "outcome": Value(*(rng.choice(("verified", "more_evidence_needed", "not_verified")),) * 2),
        "verification_date": case.day(case.today + timedelta(days=30)),
    }
    answers |= block(case, case.place.person(), "completed_by", when=case.today)
    answers |= block(case, case.place.person(), "verified_by")
    answers |= block(case, case.place.person(), "chair_sign_off", when=case.today + timedelta(days=40))
    rows = []
    for number in range(1, rng.randrange(3, 6)):
        done = rng.choice(("yes", "partly", "no"))
        rows.append(
            {
                "number": text(str(number)),
                "completed": Value(done, done),
                "completion_date": case.day(case.earlier(5, 90)) if done == "yes" else BLANK,
                "evidence": case.some(words.EVIDENCE),
                "how_embedded": case.some(words.EMBEDDED),
                "impact": case.some(words.PLAN_IMPACTS),
                "how_tested": case.some(words.TESTED),
                "barriers": case.some(words.BARRIERS),
                "further_action": case.some(words.FURTHER) if done != "yes" else BLANK,
                "new_date": case.day(case.today + timedelta(days=120)) if done != "yes" else BLANK,
            }
        )
    return answers, {"items": rows}


def chronology(case: Case) -> tuple[Answers, dict[str, Rows]]:
    """Answers to the opening of a chronology; its events are made with its table."""
    answers, rows = summary(case)
    first = rows["children"][0]
    answers |= {
        "child_name": first["name"],
        "date_of_birth": first["date_of_birth"],
        "agency": answers["author.agency"],
    }
    people = staff(case)
    return answers, {"people_key": people, "glossary": glossary(case)}


FORMS: dict[str, Callable[[Case], tuple[Answers, dict[str, Rows]]]] = {
    "referral": referral,
    "good_outcome_referral": referral,
    "agency_summary": summary,
    "chronology": chronology,
    "action_plan": plan,
    "action_plan_verification": verification,
}

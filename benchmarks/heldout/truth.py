"""From a template and a case to a filled form with its truth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from benchmarks.heldout.cases import FORMS, Answers, Case, Rows
from benchmarks.heldout.extras import extra
from benchmarks.heldout.templates import YES_NO, Template
from benchmarks.heldout.values import BLANK, Filled, Item, Return, Section, Value

PERSON = "name role agency email phone address".split()
SIGN = "name role date signed".split()
CHILD = (
    "name also_known_as date_of_birth age gender ethnicity disability language religion address gp school nhs_number "
    "legal_status child_protection_plan child_protection_details open_to_social_care date_of_death"
).split()


def under(path: str, names: list[str]) -> list[str]:
    return [f"{path}.{n}" for n in names]


REFERRAL = [
    *"case_reference date_of_referral".split(),
    *under("referrer", PERSON),
    *under("safeguarding_lead", PERSON),
    *under("quality_assurance", SIGN),
    "linked_cases",
    *under("children[]", CHILD),
    *under("family[]", "name relationship date_of_birth gender address legal_status ethnicity".split()),
    *under("agencies_involved[]", "name agency role contact still_involved".split()),
    *(
        "incident_date incident_time incident_location incident_summary criteria criteria_rationale "
        "interagency_concerns"
    ).split(),
    *under("key_dates[]", "date time event".split()),
    *(
        "immediate_concerns immediate_action parallel_processes media_interest family_aware family_aware_details "
        "learning_potential work_undertaken"
    ).split(),
    *under("signature", SIGN),
]
FIELDS: dict[str, list[str]] = {
    "referral": REFERRAL,
    "good_outcome_referral": [
        "date_of_referral",
        *under("referrer", PERSON),
        *under("quality_assurance", SIGN),
        *under("children[]", CHILD),
        *under("agencies_involved[]", "name agency role contact still_involved".split()),
        *(
            "background what_worked_well how_achieved outcome_for_child evidence_of_outcome learning_to_share "
            "family_views consent_to_share preferred_methodology"
        ).split(),
        *under("signature", SIGN),
    ],
    "agency_summary": [
        "case_reference",
        *under("children[]", "name date_of_birth gender address legal_status nhs_number ethnicity school".split()),
        "agency",
        *under("author", "name role email phone".split()),
        *(
            "author_independent date_requested date_due date_completed review_period has_involvement "
            "period_of_involvement records_secured_date records_searched background summary_of_involvement "
            "key_practice_episodes voice_of_child equality_and_context practice_strengths areas_for_improvement "
            "contextual_factors immediate_action single_agency_learning single_agency_learning_details"
        ).split(),
        *under("actions[]", "action lead target_date status".split()),
        *"other_agencies questions_for_others other_children view_on_review".split(),
        *under("professionals[]", "name role team dates".split()),
        *under("glossary[]", "term meaning".split()),
        "chronology_attached",
        *under("quality_assurance", SIGN),
        *under("signature", SIGN),
    ],
    "chronology": [
        *"case_reference child_name date_of_birth agency".split(),
        *under("author", "name role email phone".split()),
        *"date_completed review_period".split(),
        *under("people_key[]", "code name role".split()),
        *under("glossary[]", "term meaning".split()),
        *under("quality_assurance", SIGN),
        *under(
            "events[]",
            (
                "date date_as_written time time_as_written source event people child_seen action impact comment agency"
            ).split(),
        ),
    ],
    "action_plan": [
        *"case_reference review_title agency date_of_plan".split(),
        *under(
            "actions[]",
            (
                "number recommendation scope action lead milestones target_date target_date_as_written status "
                "progress evidence completion_date impact"
            ).split(),
        ),
    ],
    "action_plan_verification": [
        *"case_reference review_title agency basis".split(),
        *under("completed_by", "name role date".split()),
        *under(
            "items[]",
            (
                "number completed completion_date evidence how_embedded impact how_tested barriers further_action "
                "new_date"
            ).split(),
        ),
        *under("verified_by", "name role agency".split()),
        *"outcome verification_date comments".split(),
        *under("chair_sign_off", "name date signed".split()),
    ],
}


def turned(value: Value) -> Value:
    """The same fact under the opposite question."""
    other = {"yes": "no", "no": "yes"}.get(str(value.shown))
    return Value(value.truth, other or value.shown)


class Filler:
    """Answers one template from one case, and keeps the truth."""

    def __init__(self, form: str, case: Case) -> None:
        self.form, self.case = form, case
        answers, rows = FORMS[form](case)
        self.answers: Answers = answers
        self.rows: dict[str, Rows] = rows
        self.record: dict[str, Any] = {}
        self.either: dict[str, list[Any]] = {}
        self.extra: list[str] = []
        self.asked: set[str] = set()

    def fill(self, template: Template) -> Return:
        self.asked = {i.path.rstrip("!") for _, items in template.sections for i in items}
        sections = [
            Section(h, [self.answer(i) for i in items], template.notes.get(h, ())) for h, items in template.sections
        ]
        missing = [f for f in FIELDS[self.form] if not self.has(f)]
        title, *intro = (w.replace("{p}", self.case.place.partnership) for w in (template.title, *template.intro))
        return Return(
            self.form,
            title,
            tuple(intro),
            sections,
            self.record,
            missing,
            self.either,
            self.extra,
            columns=template.columns,
        )

    def has(self, path: str) -> bool:
        return path in self.asked

    def answer(self, item: Item) -> Filled:
        if item.kind == "rows":
            return self.table(item)
        if item.kind == "block":
            values = tuple(self.take(f"{item.path}.{key}") for key, _ in item.parts)
            return Filled(item, rows=(values,))
        if item.path.endswith(".contact"):
            return Filled(item, self.contact(item.path.partition(".")[0]))
        value = self.take(item.path.rstrip("!"))
        return Filled(item, turned(value) if item.path.endswith("!") else value)

    def contact(self, who: str) -> Value:
        lines = [self.take(f"{who}.{k}").shown for k in ("address", "phone", "email")]
        return Value(None, "\n".join(line for line in lines if line))

    def take(self, path: str) -> Value:
        """The case's answer to a question, entered in the record (or among the extras)."""
        if path.startswith("extra."):
            said = extra(self.case, path)
            self.extra.append(str(said.shown))
            return said
        value = self.answers.get(path, BLANK)
        self.asked.add(path)
        self.put(self.record, path.split("."), value.truth)
        if value.either:
            self.either[path] = list(value.either)
        if value.beside:
            self.beside(path, value)
        return value

    def beside(self, path: str, value: Value) -> None:
        """Words beside a yes/no go to the details where the form has them, else they are an extra."""
        details = f"{path}_details"
        if details in FIELDS[self.form] and details not in self.asked:
            self.put(self.record, details.split("."), value.beside)
            self.asked.add(details)
        else:
            self.extra.append(value.beside)

    def put(self, into: dict[str, Any], keys: list[str], truth: Any) -> None:
        for key in keys[:-1]:
            into = into.setdefault(key, {})
        into[keys[-1]] = truth if truth != [] else None

    def table(self, item: Item) -> Filled:
        """A table's rows, each entered in the record."""
        got, rows = [], self.rows.get(item.path, [])
        keys = [key for key, _ in item.parts]
        if "child_protection_details" in keys:  # its own question holds the words
            rows = [a | {"child_protection_plan": replace(a["child_protection_plan"], beside="")} for a in rows]
        for index, answers in enumerate(rows):
            values = tuple(answers.get(key, BLANK) for key in keys)
            got.append(self.row(item.path, index, keys, values, answers))
        self.record[item.path] = got
        self.asked |= {f"{item.path}[].{self.plain(k)}" for k in keys}
        if item.path == "actions" and self.form == "action_plan":
            self.asked.add("actions[].target_date_as_written")
        return Filled(item, rows=tuple(tuple(a.get(k, BLANK) for k in keys) for a in rows))

    @staticmethod
    def plain(key: str) -> str:
        return key.partition(".")[0]

    def row(
        self, path: str, index: int, keys: list[str], values: tuple[Value, ...], answers: Answers
    ) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for key, value in zip(keys, values, strict=True):
            row[self.plain(key)] = answers[self.plain(key)].truth
            if value.either:
                self.either[f"{path}[{index}].{self.plain(key)}"] = list(value.either)
            if value.beside and key in YES_NO:
                self.row_beside(path, row, keys, key, value)
        if path == "actions" and self.form == "action_plan":
            row["target_date_as_written"] = answers["target_date"].shown
        return row

    def row_beside(self, path: str, row: dict[str, Any], keys: list[str], key: str, value: Value) -> None:
        if key == "child_protection_plan" and self.form == "referral":
            row["child_protection_details"] = value.beside
            if "child_protection_details" not in keys:
                self.asked.add(f"{path}[].child_protection_details")
        else:
            self.extra.append(value.beside)


def filled(form: str, template: Template, case: Case) -> Return:
    """The form as a filler leaves it."""
    return Filler(form, case).fill(template)

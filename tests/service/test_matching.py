"""The pieces of matching: subjects, references, names, children, referrals, and the edges of a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbox_config.directory import Directory
from records.cases import Agency, Case, Contact, Request, SubjectChild
from service.matching import match, match_referral
from service.people import Likeness, NamedChild, compare, same_name
from service.references import cases_named
from service.signals import Evidence
from service.subjects import plain_subject

POLICE = Agency(
    id="police",
    name="Sampleshire Police",
    domains=("police.example",),
    contacts=(Contact(role="author", name="A", email="a@police.example"),),
)
SCHOOL = Agency(
    id="school",
    name="Fiction Lane School",
    domains=("school.example",),
    contacts=(Contact(role="author", name="B", email="b@school.example"),),
)
DIRECTORY = Directory((POLICE, SCHOOL))
CHILD = SubjectChild(code="Child 1", name="Grace Okafor", date_of_birth="2014-07-03", nhs_number="9990000018")
CASE = Case(reference="PR-2026-001", kind="rapid_review", opened_on=date(2026, 3, 2), children=(CHILD,))
REQUEST = Request(
    id="r1",
    case_reference="PR-2026-001",
    agency_id="police",
    form="chronology",
    requested_on=date(2026, 3, 3),
    due_on=date(2026, 3, 17),
    token="Unguessable0123456789",
)
GOOD = Evidence(
    form="chronology",
    record={
        "case_reference": "PR-2026-001",
        "child_name": "OKAFOR, Grace",
        "date_of_birth": "2014-07-03",
        "agency": "Sampleshire Police",
    },
    sender="a@police.example",
)


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("RE: [secure] FW: [EXTERNAL] OFFICIAL-SENSITIVE: PR-2026-001 summary", "PR-2026-001 summary"),
        ("[ENCRYPT]Re:PR-2026-001", "PR-2026-001"),
        ("OFFICIAL SENSITIVE - Re: return", "return"),
        ("[RW4ENCRYPT] *EXTERNAL* Caution: return [OFFICIAL-SENSITIVE]", "return"),
        ("RE[2]: return", "return"),
        ("Confidential information about the review", "Confidential information about the review"),
        ("Officially late", "Officially late"),
        ("Referee report", "Referee report"),
        ("OFFICIAL", ""),
    ],
)
def test_transport_tags_are_stripped_and_words_are_not(subject: str, plain: str) -> None:
    """Tags and markings go; a sentence that begins with such a word stays."""
    assert plain_subject(subject) == plain


@given(st.text(max_size=60))
def test_stripping_twice_changes_nothing(subject: str) -> None:
    """What is left has no tag left."""
    once = plain_subject(subject)
    assert plain_subject(once) == once


@pytest.mark.parametrize(
    "text", ["PR-2026-001", "pr 2026/1", "PR2026-001_summary.docx", "re PR–2026–01.", "(PR.2026.0001)"]
)
def test_a_reference_is_found_however_it_is_written(text: str) -> None:
    """Separators, leading zeros and case do not matter."""
    assert cases_named(text, [CASE]) == (CASE,)


@pytest.mark.parametrize(
    "text", ["PR-2026-0011", "SPR-2026-001", "PR20261", "PR-2026-010", "PR-2025-001", "2026-001", ""]
)
def test_what_is_not_the_reference_is_not_taken_for_it(text: str) -> None:
    """A longer number, another year or another word is another reference."""
    assert cases_named(text, [CASE]) == ()


@pytest.mark.parametrize(
    "other", ["OKAFOR, Grace", "grace okafor", "Miss Grace Okafor", "Grace  Okafor (Gracie)", "Okafor Grace"]
)
def test_names_compare_without_order_titles_and_case(other: str) -> None:
    """The same name in another dress is the same name."""
    assert same_name("Grace Okafor", other)


@pytest.mark.parametrize(
    ("name", "born", "nhs", "likeness"),
    [
        ("Okafor, Grace", "2014-07-03", "", Likeness.SAME),
        ("Grace Okafor", "", "999 000 0018", Likeness.SAME),
        ("Grace Anne Okafor", "2014-07-03", "", Likeness.SAME),
        ("", "2014-07-03", "9990000018", Likeness.SAME),
        ("Grace Okafor", "", "", Likeness.NAME),
        ("Grace Okafor", "2014-07", "", Likeness.NAME),
        ("Grace Okafor", "2014-07-03?", "", Likeness.NAME),
        ("Grace Okafor", "2014-03-07", "", Likeness.CONFLICT),
        ("Grace Okafor", "2014-07-03", "9990000026", Likeness.CONFLICT),
        ("Someone Else", "2014-07-03", "9990000018", Likeness.CONFLICT),
        ("Grace Anne Okafor", "", "", Likeness.CONFLICT),
        ("Samuel Okafor", "2014-07-03", "", Likeness.OTHER),
        ("", "", "", Likeness.UNKNOWN),
    ],
)
def test_children_are_compared_by_all_that_is_known(name: str, born: str, nhs: str, likeness: Likeness) -> None:
    """Agreement, conflict and ignorance are told apart."""
    assert compare(NamedChild(name, born, nhs), CHILD) is likeness


def test_a_good_return_is_filed_with_its_signals() -> None:
    """Form, sender and child agree: filed, and every signal is shown."""
    found = match(GOOD, [CASE], [REQUEST], DIRECTORY)
    assert (found.decision, found.case, found.agency, found.request) == ("filed", CASE, POLICE, REQUEST)
    assert {signal.name for signal in found.signals} >= {
        "case reference on the form",
        "child, by name and date of birth or NHS number",
        "sender is a contact",
        "agency on the form",
    }


def test_a_value_in_review_supports_nothing() -> None:
    """A child's name that the reader is unsure of does not confirm the case."""
    found = match(replace(GOOD, unsure=frozenset({"child_name"})), [CASE], [REQUEST], DIRECTORY)
    assert found.decision == "needs_person"
    assert "no child on the form confirms it" in found.why


@pytest.mark.parametrize(
    ("case", "request_", "part"),
    [
        (CASE.model_copy(update={"closed_on": date(2026, 4, 1)}), REQUEST, "closed"),
        (CASE, REQUEST.model_copy(update={"state": "withdrawn"}), "withdrawn"),
        (CASE, REQUEST.model_copy(update={"form": "agency_summary"}), "was not asked for this form"),
        (CASE, REQUEST.model_copy(update={"agency_id": "school"}), "was not asked for this form"),
    ],
)
def test_what_was_not_asked_is_a_question(case: Case, request_: Request, part: str) -> None:
    """A closed case, a withdrawn request, a form nobody asked for: a person decides."""
    found = match(GOOD, [case], [request_], DIRECTORY)
    assert found.decision == "needs_person"
    assert part in found.why


def test_a_later_version_finds_its_answered_request() -> None:
    """A corrected return belongs to the same request, answered or not."""
    answered = REQUEST.model_copy(update={"state": "answered"})
    assert match(GOOD, [CASE], [answered], DIRECTORY).request == answered


def test_one_reference_is_not_enough_for_a_form_without_a_child() -> None:
    """An action plan has no child: two places must carry the reference, or a token."""
    plan = Evidence(
        form="action_plan",
        record={"case_reference": "PR-2026-001", "agency": "Sampleshire Police"},
        sender="a@police.example",
    )
    asked = REQUEST.model_copy(update={"form": "action_plan"})
    assert match(plan, [CASE], [asked], DIRECTORY).decision == "needs_person"
    assert match(replace(plan, subject="Re: PR-2026-001"), [CASE], [asked], DIRECTORY).decision == "filed"
    assert match(replace(plan, properties={"token": asked.token}), [CASE], [asked], DIRECTORY).decision == "filed"


def test_a_body_that_mentions_several_cases_speaks_for_none() -> None:
    """A long thread does not contradict the form."""
    other = CASE.model_copy(update={"reference": "PR-2026-002", "children": ()})
    thread = replace(GOOD, body="see PR-2026-001 and PR-2026-002")
    assert match(thread, [CASE, other], [REQUEST], DIRECTORY).decision == "filed"
    assert match(replace(GOOD, body="PR-2026-002"), [CASE, other], [REQUEST], DIRECTORY).decision == "needs_person"


def test_short_tokens_are_never_looked_for() -> None:
    """A token that could turn up by chance proves nothing."""
    weak = REQUEST.model_copy(update={"token": "abc"})
    bare = Evidence(form="chronology", record={"child_name": None}, properties={"token": "abc"})
    assert match(bare, [CASE], [weak], DIRECTORY).signals == ()


def test_a_near_agency_name_is_offered_and_not_taken() -> None:
    """A misspelt agency becomes a candidate for a person."""
    record = dict(GOOD.record) | {"agency": "Sampelshire Police"}
    found = match(replace(GOOD, record=record, sender=""), [CASE], [REQUEST], DIRECTORY)
    assert found.decision == "needs_person"
    assert [candidate.agency_id for candidate in found.candidates] == ["police"]


REFERRAL = Evidence(
    form="referral",
    record={
        "referrer": {"agency": "Sampleshire Police"},
        "children": [{"name": "Leo Park", "date_of_birth": "2020-02-29", "nhs_number": None}],
    },
    sender="a@police.example",
)


def test_a_referral_opens_a_new_case_or_asks_about_a_double() -> None:
    """A new child from a known agency is a new case; a child like one already here is a question."""
    assert match_referral(REFERRAL, [CASE], DIRECTORY).decision == "new_case"
    again = replace(REFERRAL, record=dict(REFERRAL.record) | {"children": [{"name": "Grace Okafor"}]})
    found = match_referral(again, [CASE], DIRECTORY)
    assert (found.decision, found.duplicates) == ("needs_person", (CASE,))


@pytest.mark.parametrize(
    "change", [{"sender": "b@school.example"}, {"sender": "", "record": {"children": [{"name": "Leo Park"}]}}]
)
def test_a_referral_from_nobody_known_is_a_question(change: dict[str, object]) -> None:
    """Contradicting or unknown referrers are settled by a person."""
    assert match_referral(replace(REFERRAL, **change), [CASE], DIRECTORY).decision == "needs_person"  # type: ignore[arg-type]

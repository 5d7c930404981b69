"""Findings speak in the agency's own words and name nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from records.checking import Checkable
from rules.dates import age_on, days_in_text, working_days_after
from rules.engine import all_rules, check_return
from rules.examples import Example
from rules.naming import mentions, names_somebody, same_agency, same_person
from rules.reading import Reading
from rules.scope import CHRONOLOGY, REFERRAL, SUMMARY
from rules.wording import day_words, field_words, listed, rows_words

NamesNobody = Callable[[str, Checkable], None]


def test_a_field_is_called_what_the_form_calls_it() -> None:
    """The printed label comes first, tidied and cut; the plain name where none is known."""
    record: dict[str, Any] = {"events": [{}, {"source": None}], "quality_assurance": {"date": None}, "children": [{}]}
    labels = {"events[1].source": "  Source of\n information: *", "agency": "Which agency " * 12}
    checkable = Example(form=SUMMARY, record=record, labels=labels).checkable()

    assert field_words(checkable, "events[1].source") == "“Source of information” (row 2)"
    assert field_words(checkable, "quality_assurance.date") == "“Date” (quality assurance sign-off)"
    assert field_words(checkable, "children[0].date_of_birth") == "“Date of birth” (child 1)"
    assert field_words(checkable, "agency").endswith("…”")
    assert len(field_words(checkable, "agency")) <= 72


def test_rows_and_lists_are_written_as_people_write_them() -> None:
    """Runs are folded, long lists end with a count, days are written in full."""
    assert rows_words([4]) == "row 4"
    assert rows_words([7, 3, 8, 9, 5]) == "rows 3, 5 and 7 to 9"
    assert listed(["a", "b", "c", "d"], most=2) == "a, b and 2 more"
    assert day_words(date(2014, 7, 3)) == "3 July 2014"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("OKAFOR, Grace", "Dr Grace Okafor", True),
        ("G. Okafor", "Grace Okafor", True),
        ("Grace Ann Okafor", "Grace Okafor", True),
        ("Michael O’Hanrahan", "michael o'hanrahan", True),
        ("Grace Okafor", "Gideon Okafor", False),
        ("Ada", "Ada Okafor", False),
        ("", "", False),
        ("Dr", "Mr", False),
    ],
)
def test_names_are_compared_as_a_person_would(one: str, other: str, same: bool) -> None:
    """Order, titles, capitals and initials do not make another person; another forename does."""
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_agencies_are_compared_by_their_own_words() -> None:
    """Small words and punctuation do not make another agency; a missing word does."""
    assert same_agency("The Council of Fictionshire", "Council for Fictionshire")
    assert not same_agency("Fictionshire Council", "Fictionshire Council Housing")
    assert mentions("Told fictional POLICE, then left.", "Fictional Police")
    assert not mentions("Fictional policemen", "Fictional Police")


def test_a_subject_or_file_name_that_names_a_child_is_seen() -> None:
    """Full name in either order, date of birth in the usual spellings, NHS number with spaces."""
    record = {"children": [{"name": "Ada Fictional", "date_of_birth": "2015-04-09", "nhs_number": "9990000018"}]}
    checkable = Example(form=SUMMARY, record=record).checkable()

    for text in (
        "FICTIONAL_Ada.docx",
        "dob 09/04/2015",
        "dob 09-04-15.pdf" * 0 + "9.4 090415" * 0 + "20150409",
        "999 000 0018",
    ):
        assert names_somebody(text, checkable), text
    for text in ("RSCP-CR-0900 summary.docx", "Ada", "", "09/05/2015"):
        assert not names_somebody(text, checkable), text


def test_working_days_leave_out_weekends_and_bank_holidays_of_england() -> None:
    """Easter 2024: Good Friday and Easter Monday are no working days; long spans do not take long."""
    assert working_days_after(date(2024, 3, 28), date(2024, 4, 2)) == 1
    assert working_days_after(date(2024, 5, 3), date(2024, 5, 13)) == 5
    assert working_days_after(date(1, 1, 1), date(2024, 1, 1)) > 2400


def test_ages_and_days_in_text() -> None:
    """Completed years; day first, impossible days passed over."""
    assert age_on(date(2006, 5, 2), date(2024, 5, 1)) == 17
    assert list(days_in_text("On 3rd July 2014, 12/05/23 and 31/02/2024, room 1/2/3, v1.2.24.1")) == [
        date(2023, 5, 12),
        date(2014, 7, 3),
    ]


def test_what_is_in_doubt_or_not_asked_is_not_read() -> None:
    """A doubt covers its block, its row and what is inside it; a question not asked is not blank."""
    record = {"signature": {"date": "2024-05-01"}, "agency": None, "events": [{"date": None}, {"date": None}]}
    reading = Reading.of(
        Example(
            form=CHRONOLOGY,
            record=record,
            review=("signature.date", "events[1]"),
            around={"extra": {"not_asked": {"agency"}}},
        ).checkable()
    )

    assert reading.sure("signature.date") is None
    assert reading.doubted("signature")
    assert not reading.blank("agency")
    assert [row.blank("date") for row in reading.rows("events")] == [True, False]


def test_no_message_names_anybody(assert_names_nobody: NamesNobody) -> None:
    """No name, date of birth or NHS number of a record or case stands in a message or remedy."""
    for rule in all_rules().values():
        for example in rule.fails:
            checkable = example.checkable()
            for finding in check_return(checkable):
                assert_names_nobody(f"{finding.message} {finding.remedy}", checkable)


def test_a_name_in_capitals_is_not_shown_as_an_abbreviation() -> None:
    """A surname typed in capitals is no abbreviation, whoever's it is on the form."""
    record = {
        "child_name": "Ali KHAN",
        "people_key": [{"code": "SW1", "name": "Jo ODOM"}],
        "events": [{"event": "KHAN and ODOM met at the TAF."}],
        "glossary": [],
    }
    findings = [
        item for item in check_return(Example(form=CHRONOLOGY, record=record).checkable()) if item.rule == "Q059"
    ]

    assert [item.message for item in findings] == ["“Glossary” does not explain TAF."]


def test_a_whole_referral_reads_well() -> None:
    """An example of what an agency would be asked, word for word."""
    record = {
        "criteria": [],
        "immediate_concerns": "yes",
        "immediate_action": None,
        "referrer": {"email": None, "agency": None},
        "quality_assurance": {"name": None, "role": None, "date": None, "signed": "no"},
    }
    checkable = Example(
        form=REFERRAL, record=record, labels={"referrer.agency": "AGENCY & DESIGNATION/TITLE"}
    ).checkable()

    assert [item.message for item in check_return(checkable)] == [
        "“AGENCY & DESIGNATION/TITLE” (referrer) is empty.",
        "The quality assurance sign-off by your sub-group representative is empty.",
        "Nothing is ticked under “Criteria”.",
        "“Action taken to keep children safe” is empty although there are concerns for a child's safety.",
    ]

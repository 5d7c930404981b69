"""A template that nobody has taught us is told by its words; a paper of another kind is not taken for a form."""

from __future__ import annotations

import pytest

from parsers.form_words import holds_events, is_like, likeness
from parsers.read import default_indexes
from records.tree import Block, Cell, Paragraph, Row, Run, Table

QUESTIONS = {
    "good_outcome_referral": (
        "Celebrating good work with families",
        "Young person's details",
        "Who sends this example in?",
        "Tell us how well the family is doing now",
        "What did the practitioners do that made the outcome so good?",
        "Could other services share in what was learnt about good practice?",
        "Has the parent given consent to sharing this good outcome?",
    ),
    "action_plan": (
        "Plan after the learning review",
        "Recommendation and what the agency will do about it",
        "Who leads on this action",
        "To be done by (date)",
        "Progress on each action so far",
        "How the action will change practice for children",
    ),
}
OTHER = ("Garden project plan", "Actions for spring", "Who leads", "Date", "Progress", "Budget", "Tools and seed")


def said(*texts: str) -> Paragraph:
    return Paragraph([Run(text) for text in texts])


@pytest.mark.parametrize("form", QUESTIONS)
def test_a_form_is_told_by_its_words(form: str) -> None:
    """None of the questions stands in the wordings as it is; their words are still those of one form."""
    scores = likeness(QUESTIONS[form], default_indexes())
    assert max(scores, key=lambda one: scores[one]) == form


def test_a_plan_about_something_else_is_no_form_of_ours() -> None:
    """Actions, leads and dates alone do not make an action plan of a review."""
    scores = likeness(OTHER, default_indexes())
    assert not any(is_like(form, scores, OTHER) for form in scores)


def test_dated_rows_make_a_chronology_and_dated_lines_do_not() -> None:
    """Most of the text has to stand in a table with a date in nearly every row."""
    rows = [
        Row([Cell([said(text)], column=column) for column, text in enumerate((f"{day}/03/2024", "Log", "A visit."), 1)])
        for day in range(10, 18)
    ]
    table: Block = Table(rows, "1")
    assert holds_events([said("Kept by the clinic"), table])
    assert not holds_events([said("A long account of what was found. " * 20), table])
    assert not holds_events([said("12/03/2024 A visit."), said("13/03/2024 A call.")])

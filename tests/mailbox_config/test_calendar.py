"""Working days in England, and the clocks; dates worked by hand from the published bank holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbox_config.calendar import (
    add_months,
    add_working_days,
    clocks,
    is_working_day,
    next_working_day,
    rapid_review_due,
    working_days_between,
)
from mailbox_config.settings import Clock
from records.cases import Case

days = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))


@given(days, st.integers(1, 60))
def test_the_result_is_a_working_day_and_counting_back_agrees(start: date, number: int) -> None:
    """Adding and counting are each other's inverse, in both directions."""
    later, earlier = add_working_days(start, number), add_working_days(start, -number)
    assert is_working_day(later)
    assert is_working_day(earlier)
    assert working_days_between(start, later) == number
    if is_working_day(start):
        assert working_days_between(start, earlier) == -number


@given(days, st.integers(-30, 30), st.integers(-30, 30))
def test_later_stays_later(start: date, one: int, two: int) -> None:
    """More working days never lead to an earlier day, nor does a later start."""
    low, high = sorted((one, two))
    assert add_working_days(start, low) <= add_working_days(start, high)
    assert add_working_days(start, one) <= add_working_days(start + timedelta(days=1), one)


@given(days, st.integers(1, 20), st.integers(1, 20))
def test_steps_add_up(start: date, one: int, two: int) -> None:
    """Going in two steps leads to the same day as going in one."""
    assert add_working_days(add_working_days(start, one), two) == add_working_days(start, one + two)


@given(days)
def test_an_office_closed_every_weekday_named_is_respected(start: date) -> None:
    """Days the office is closed are not working days, and are stepped over."""
    closed = {add_working_days(start, 1), add_working_days(start, 2)}
    assert add_working_days(start, 1, closed) == add_working_days(start, 3)


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Maundy Thursday → Tuesday after Easter
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday: Monday 28 December is its substitute
        (date(2026, 12, 24), 5, date(2027, 1, 5)),  # 29, 30, 31 December, 4, 5 January
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the state funeral of 19 September 2022
        (date(2023, 5, 5), 1, date(2023, 5, 9)),  # the coronation's holiday of 8 May 2023
        (date(2026, 8, 29), 1, date(2026, 9, 1)),  # a Saturday before the summer bank holiday
        (date(2026, 5, 26), -1, date(2026, 5, 22)),  # back over the spring bank holiday
        (date(2026, 3, 7), 0, date(2026, 3, 9)),  # a Saturday itself: the Monday
    ],
)
def test_odd_days_worked_by_hand(start: date, number: int, expected: date) -> None:
    """Easter, substitutes and one-off holidays are counted as England counts them."""
    assert add_working_days(start, number) == expected


@pytest.mark.parametrize(
    ("sent", "day", "expected"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 23)),
        (date(2026, 3, 2), 1, date(2026, 3, 20)),
        (date(2026, 3, 28), 0, date(2026, 4, 21)),  # sent on a Saturday: from Monday 30 March, over Easter
        (date(2026, 3, 28), 1, date(2026, 4, 21)),  # a Saturday cannot be day 1
        (date(2026, 12, 18), 0, date(2027, 1, 13)),  # over Christmas and New Year
    ],
)
def test_the_fifteen_working_days_of_a_rapid_review(sent: date, day: int, expected: date) -> None:
    """Fifteen working days from the day the notification was sent, that day as day 0 or day 1."""
    assert rapid_review_due(sent, Clock(notification_is_day=day)) == expected


def test_months_end_with_the_month() -> None:
    """Six months after the end of August is the end of February."""
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 11, 25), 6) == date(2027, 5, 25)


def test_each_clock_has_its_own_anchor() -> None:
    """The clocks of a case name what they run from and what is left."""
    case = Case(reference="PR-2026-001", kind="rapid_review", opened_on=date(2026, 3, 3), incident_on=date(2026, 2, 27))
    (notification,) = clocks(case, Clock(), date(2026, 3, 9))
    assert (notification.name, notification.due_on, notification.working_days_left) == (
        "notification",
        date(2026, 3, 6),
        -1,
    )
    notified = case.model_copy(update={"notified_on": date(2026, 3, 2)})
    (review,) = clocks(notified, Clock(), date(2026, 3, 9))
    assert (review.due_on, review.anchor, review.working_days_left) == (date(2026, 3, 23), date(2026, 3, 2), 10)
    local = case.model_copy(update={"kind": "local_review"})
    assert [reading.due_on for reading in clocks(local, Clock(), date(2026, 3, 9))] == [date(2026, 9, 3)]


def test_next_working_day_is_the_day_itself_on_a_working_day() -> None:
    """A working day needs no moving."""
    assert next_working_day(date(2026, 3, 9)) == date(2026, 3, 9)
    assert next_working_day(date(2026, 12, 25)) == date(2026, 12, 29)

"""Working days in England and the clocks of a practice review, each with its own anchor."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import holidays

from mailbox_config.settings import Clock
from records.cases import Case

LONDON = ZoneInfo("Europe/London")
"""The office's time zone: the day something arrived is the day in England."""

ClockName = Literal["notification", "rapid_review", "publication"]


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: date) -> bool:
    """Whether this is a bank holiday in England."""
    return day in _bank_holidays(day.year)


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether the day is neither weekend nor bank holiday in England nor one of the days the office is `closed`."""
    return day.weekday() < 5 and day not in closed and not is_bank_holiday(day)


def next_working_day(day: date, closed: Collection[date] = ()) -> date:
    """The day itself when it is a working day, otherwise the first one after it."""
    while not is_working_day(day, closed):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, number: int, closed: Collection[date] = ()) -> date:
    """The working day so many working days after `start` (before it when negative).

    The start is not counted, working day or not: one working day after a Friday or a Saturday is the Monday. Nought
    gives the start itself when it is a working day, otherwise the next one.
    """
    if number == 0:
        return next_working_day(start, closed)
    one = timedelta(days=1 if number > 0 else -1)
    day = start
    for _ in range(abs(number)):
        day += one
        while not is_working_day(day, closed):
            day += one
    return day


def working_days_between(first: date, last: date, closed: Collection[date] = ()) -> int:
    """How many working days lie after `first` up to and including `last`; with a minus when `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, closed)
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=number), closed) for number in range(1, days + 1))


def add_months(start: date, months: int) -> date:
    """The same day so many months later; the last day of the month where there is no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One statutory clock of a case: what it runs from, when it ends, how many working days are left."""

    name: ClockName
    title: str
    anchor: date
    anchor_title: str
    due_on: date
    working_days_left: int
    """Negative once it has run out."""
    days_left: int


def notification_due(aware_on: date, clock: Clock) -> date:
    """The last day for the serious incident notification: so many working days from becoming aware."""
    return add_working_days(aware_on, clock.notification_working_days)


def rapid_review_due(notified_on: date, clock: Clock) -> date:
    """The last day of the rapid review, counted from the day the notification was sent to the national panel.

    With the notification's day as day 1 the day itself counts, if it is a working day.
    """
    number = clock.rapid_review_working_days
    if clock.notification_is_day == 1 and is_working_day(notified_on):
        number -= 1
    return add_working_days(notified_on, number)


def publication_due(begun_on: date, clock: Clock) -> date:
    """The last day for publishing a local review: so many months from the day it was begun."""
    return add_months(begun_on, clock.publication_months)


def clocks(case: Case, clock: Clock, today: date) -> tuple[ClockReading, ...]:
    """The clocks that run for this case, each from its own anchor; without its anchor a clock does not run."""
    readings: list[ClockReading] = []
    aware_on = case.aware_on or case.incident_on
    if case.kind == "rapid_review" and aware_on and not case.notified_on:
        due = notification_due(aware_on, clock)
        title = "Serious incident notification"
        since = "becoming aware" if case.aware_on else "the incident (the day of becoming aware is not recorded)"
        readings.append(_reading("notification", title, aware_on, since, due, today))
    if case.kind == "rapid_review" and case.notified_on:
        due = rapid_review_due(case.notified_on, clock)
        readings.append(_reading("rapid_review", "Rapid review", case.notified_on, "the notification", due, today))
    if case.kind == "local_review":
        begun_on = case.begun_on or case.opened_on
        since = "the start of the review" if case.begun_on else "the opening of the case"
        due = publication_due(begun_on, clock)
        readings.append(_reading("publication", "Publication", begun_on, since, due, today))
    return tuple(readings)


def _reading(name: ClockName, title: str, anchor: date, anchor_title: str, due: date, today: date) -> ClockReading:
    return ClockReading(
        name=name,
        title=title,
        anchor=anchor,
        anchor_title=anchor_title,
        due_on=due,
        working_days_left=working_days_between(today, due),
        days_left=(due - today).days,
    )

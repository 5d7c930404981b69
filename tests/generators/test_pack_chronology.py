"""The integrated chronology: the order, what may be shown, and that no row is ever lost."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.packs.chronology import age_words, merge
from generators.packs.content import Returned
from generators.packs.gaps import gaps
from generators.packs.glossary import glossary, people_key
from records.edtf import bounds, is_exact
from records.results import ReviewItem
from tests.generators.pack_fixture import CARE, CHILD, CHRONOLOGIES, CONTENT, POLICE, SCHOOL, TRUST, chronology, event

DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))
DATES = st.one_of(
    st.none(),
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: f"{day.isoformat()}?"),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y}~"),
    st.integers(2019, 2024).map(lambda year: f"{year}-21"),
    st.tuples(DAYS, st.integers(0, 40)).map(lambda pair: f"{pair[0]}/{pair[0] + timedelta(days=pair[1])}"),
    DAYS.map(lambda day: f"/{day}"),
    DAYS.map(lambda day: f"{day}/.."),
)
TIMES = st.one_of(st.none(), st.times().map(lambda time: f"{time:%H:%M}"))
WORDS = st.sampled_from(
    ["Home visit by health visitor", "Police attended address", "Child not brought", "Call from school"]
)


@st.composite
def chronologies(draw: st.DrawFn) -> tuple[Returned, ...]:
    made = []
    for agency in (POLICE, CARE, TRUST, SCHOOL):
        rows = draw(st.lists(st.tuples(DATES, TIMES, WORDS), max_size=8))
        events = [event(when, f"written {when}", told, time=time) for when, time, told in rows]
        doubtful = draw(st.sets(st.integers(0, 7), max_size=2))
        review = tuple(ReviewItem(f"events[{number}].date", "unsure") for number in sorted(doubtful))
        made.append(chronology(agency, events, f"{agency.id}.docx", review=review))
    return tuple(made)


@given(chronologies())
def test_every_row_that_came_in_comes_out_once(given_returns: tuple[Returned, ...]) -> None:
    """The rows after merging are the rows before, each exactly once, numbered from 1 without a hole."""
    merged = merge(given_returns)
    came = sorted((item.agency.id, index) for item in given_returns for index in range(len(item.record["events"])))
    assert came == sorted((row.agency.id, row.index) for row in merged.rows)
    assert list(range(1, len(came) + 1)) == [row.number for row in merged.rows]


@given(chronologies(), st.randoms(use_true_random=False))
def test_the_order_of_the_agencies_makes_no_difference(given_returns: tuple[Returned, ...], chance: Random) -> None:
    """Chronologies given in another order merge to the same rows with the same notes."""
    shuffled = list(given_returns)
    chance.shuffle(shuffled)
    assert merge(given_returns) == merge(shuffled)


@given(chronologies())
def test_dated_rows_stand_in_the_order_of_their_first_day(given_returns: tuple[Returned, ...]) -> None:
    """No dated row stands after one whose first possible day is later; the other parts follow the dated one."""
    rows = merge(given_returns).rows
    starts = []
    for row in rows:
        if row.part == "dated" and row.edtf:
            first, last = bounds(row.edtf)
            starts.append(last if first == date.min else first)
    assert starts == sorted(starts)
    parts = [("dated", "to_confirm", "undated").index(row.part) for row in rows]
    assert parts == sorted(parts)


@given(chronologies())
def test_a_date_that_is_not_one_certain_day_is_shown_as_written(given_returns: tuple[Returned, ...]) -> None:
    """The assumed place of an imprecise, doubtful or unread date is never shown as a day, nor an age built on it."""
    for row in merge(given_returns, (CHILD,)).rows:
        if row.part != "dated" or not is_exact(row.edtf or ""):
            assert (row.written, "") == row.shown_date
            assert row.ages == ()
            assert row.day is None


@given(chronologies())
def test_untimed_rows_of_one_day_keep_the_order_of_their_form(given_returns: tuple[Returned, ...]) -> None:
    """A row without a time never jumps before a row that stood above it in the same form on the same date."""
    rows = [row for row in merge(given_returns).rows if row.part == "dated"]
    for one, other in pairwise(rows):
        if one.agency.id == other.agency.id and one.edtf == other.edtf and not one.event["time"]:
            assert one.index < other.index


def test_the_longer_period_stands_before_its_first_day() -> None:
    """A year, a month and a range that begin on one day stand before that day, the longest first."""
    events = [
        event("2024-01-01", "1 January 2024", "d"),
        event("2024-01", "January 2024", "c"),
        event("2024-01-01/2024-01-07", "first week", "range"),
        event("2024", "2024", "b"),
    ]
    told = [row.event["event"] for row in merge([chronology(CARE, events, "a.docx")]).rows]
    assert told == ["b", "c", "range", "d"]


def test_an_untimed_row_stays_below_the_timed_row_above_it() -> None:
    """“Seemed well” then “collapsed” at no stated time are not turned round by another row's time."""
    events = [
        event("2024-01-01", "1/1/24", "seemed well", time="14:00"),
        event("2024-01-01", "1/1/24", "collapsed"),
        event("2024-01-01", "1/1/24", "ambulance", time="15:00"),
    ]
    other = chronology(POLICE, [event("2024-01-01", "1/1/24", "call", time="14:30")], "b.docx")
    told = [row.event["event"] for row in merge([chronology(CARE, events, "a.docx"), other]).rows]
    assert told == ["seemed well", "collapsed", "call", "ambulance"]


@pytest.mark.parametrize("field", ["events[0].date", "events[0].date_as_written", "events[0]", "events"])
def test_a_date_under_review_is_not_placed_among_the_certain_ones(field: str) -> None:
    """Doubt about the date, the row or the whole table takes the row out of the dated part, but not out of the pack."""
    unsure = chronology(CARE, [event("2024-03-04", "4/3/24", "visit")], "a.docx", review=(ReviewItem(field, "why"),))
    rows = merge([unsure]).rows
    assert [row.part for row in rows] == ["to_confirm"]
    assert rows[0].shown_date == ("4/3/24", "")


def test_doubt_about_one_row_does_not_touch_another() -> None:
    """`events[1]` is not `events[11]`."""
    events = [event("2024-03-04", "4/3/24", f"visit {number}") for number in range(12)]
    unsure = chronology(CARE, events, "a.docx", review=(ReviewItem("events[1].date", "why"),))
    assert [row.index for row in merge([unsure]).rows if row.part == "to_confirm"] == [1]


def test_the_service_of_a_composite_is_named_and_the_agency_is_not_repeated() -> None:
    """A sub-service is shown beside the agency; the agency's own name, old or new, is not a service."""
    events = [
        event("2024-01-01", "1/1/24", "a", agency="Maternity"),
        event("2024-01-02", "2/1/24", "b", agency="Vale Royal Hospital"),
        event("2024-01-03", "3/1/24", "c"),
    ]
    assert [row.service for row in merge([chronology(TRUST, events, "a.docx")]).rows] == ["Maternity", "", ""]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2019-05-13", "before birth"),
        ("2019-05-14", "day of birth"),
        ("2019-05-15", "1 day"),
        ("2019-06-10", "27 days"),
        ("2019-06-11", "4 weeks"),
        ("2019-08-14", "3\u00a0months"),
        ("2021-05-13", "23\u00a0months"),
        ("2021-05-14", "2y\u00a00m"),
        ("2024-03-12", "4y\u00a09m"),
    ],
)
def test_age_on_a_day(day: str, words: str) -> None:
    """Ages are worked out by the calendar, in the unit that suits the age."""
    assert words == age_words(date(2019, 5, 14), date.fromisoformat(day))


def test_no_age_without_a_certain_date_of_birth_or_after_death() -> None:
    """An age needs both days certain; a month of birth gives none."""
    row = [chronology(CARE, [event("2024-03-04", "4 March 2024", "visit")], "a.docx")]
    assert merge(row, (CHILD.model_copy(update={"date_of_birth": "2019-05"}),)).rows[0].ages == ()
    assert merge(row, (CHILD.model_copy(update={"date_of_death": "2024-03-03"}),)).rows[0].ages == ()


def pairs_of(*returns: Returned) -> list[tuple[str, str]]:
    return [(pair.kind, pair.differs) for pair in merge(returns).pairs]


BRUISE = "Bruise seen on the left cheek, explained as a fall from the sofa at the grandparents’ house"


def test_one_event_told_by_two_agencies_is_noted_on_both_rows_and_kept() -> None:
    """Both rows stay, each pointing to the other."""
    merged = merge(
        [
            chronology(CARE, [event("2024-02-02", "2/2/24", BRUISE)], "a.docx"),
            chronology(SCHOOL, [event("2024-02-02", "2/2/24", BRUISE.replace("seen on", "noticed on"))], "b.docx"),
        ]
    )
    assert [pair.kind for pair in merged.pairs] == ["corroboration"]
    assert [row.notes[0].other for row in merged.rows] == [2, 1]


def test_what_differs_between_two_tellings_is_named() -> None:
    """A different side, day, time or answer to “child seen” makes the pair a possible conflict."""
    base = chronology(CARE, [event("2024-02-02", "2/2/24", BRUISE, time="09:00", child_seen="yes")], "a.docx")

    def other(when: str = "2024-02-02", told: str = BRUISE, **more: str) -> Returned:
        return chronology(SCHOOL, [event(when, when, told, **more)], "b.docx")

    assert pairs_of(base, other(told=BRUISE.replace("left", "right"))) == [("conflict", "left or right")]
    assert pairs_of(base, other("2024-02-03")) == [("conflict", "the date")]
    assert pairs_of(base, other(time="11:30")) == [("conflict", "the time")]
    assert pairs_of(base, other(child_seen="no")) == [("conflict", "whether the child was seen")]
    assert pairs_of(base, other("2024-02-05")) == []


def test_rows_repeated_within_an_agency_are_marked_not_removed() -> None:
    """The same words on the same date twice are a possible duplicate; on another date they are not."""
    events = [
        event("2024-02-02", "2/2/24", BRUISE),
        event("2024-02-02", "2/2/24", BRUISE + "."),
        event("2024-02-09", "9/2/24", BRUISE),
    ]
    merged = merge([chronology(CARE, events, "a.docx")])
    assert [(pair.first, pair.second, pair.kind) for pair in merged.pairs] == [(1, 2, "duplicate")]
    assert len(merged.rows) == 3


def test_a_crowded_day_says_what_was_not_compared() -> None:
    """Where a day has too many rows to compare them all, the number left out is counted."""
    many = [event("2024-02-02", "2/2/24", f"note {number}") for number in range(200)]
    merged = merge([chronology(CARE, many, "a.docx"), chronology(POLICE, many, "b.docx")])
    assert merged.not_compared > 0


def test_gaps_count_certain_days_only_and_name_the_rows_that_may_fall_within() -> None:
    """A month inside a gap does not close it but is named; a certain period closes it."""
    events = [
        event("2024-01-01", "1/1/24", "a"),
        event("2024-02", "Feb 2024", "b"),
        event("2024-04-01", "1/4/24", "c"),
        event("2024-04-02/2024-06-01", "April to June", "d"),
        event("2024-06-02", "2/6/24", "e"),
    ]
    rows = merge([chronology(CARE, events, "a.docx")]).rows
    found = gaps(rows, 28, 1000)
    assert [(date(2024, 1, 2), date(2024, 3, 31), 90, (2,))] == [(g.start, g.end, g.days, g.within) for g in found]


def test_glossary_keeps_clashing_meanings_side_by_side() -> None:
    """“CIN” for two things is a clash; the same meaning in other capitals is not another meaning."""
    entry = next(entry for entry in glossary(CONTENT.returns) if entry.term == "CIN")
    assert entry.clash
    assert [(said.meaning, len(said.agencies)) for said in entry.meanings] == [
        ("Child in need", 2),
        ("Crime investigation number", 1),
    ]
    assert not next(entry for entry in glossary(CONTENT.returns) if entry.term == "ED").clash


def test_one_code_for_two_people_is_a_clash() -> None:
    """SW1 of children's services and SW1 of the trust are two people, and both are shown."""
    entry = next(entry for entry in people_key(CHRONOLOGIES) if entry.term == "SW1")
    assert entry.clash
    assert len(entry.meanings) == 2


def test_an_unsure_time_neither_orders_nor_shows() -> None:
    """A time under review is shown as typed and does not move its row."""
    events = [
        event("2024-01-01", "1/1/24", "first", time="09:00"),
        event("2024-01-01", "1/1/24", "second", time="02:00", time_as_written="2 or 3"),
    ]
    unsure = chronology(CARE, events, "a.docx", review=(ReviewItem("events[1].time", "am or pm", "2 or 3"),))
    rows = merge([unsure]).rows
    assert [row.event["event"] for row in rows] == ["first", "second"]
    assert rows[1].shown_time == "2 or 3"

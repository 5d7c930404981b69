"""Dates as people write them."""

from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates import read_all, read_date, read_range
from records.values import check_edtf

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def ordinal(day: int) -> str:
    return f"{day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


STYLES = {
    "dd/mm/yyyy": lambda d: f"{d:%d/%m/%Y}",
    "d/m/yy": lambda d: f"{d.day}/{d.month}/{d:%y}",
    "dd.mm.yy": lambda d: f"{d:%d.%m.%y}",
    "d.m.yyyy": lambda d: f"{d.day}.{d.month}.{d.year}",
    "dd-mm-yyyy": lambda d: f"{d:%d-%m-%Y}",
    "typing slip": lambda d: f"{d:%d.%m/%y}",
    "spaces round strokes": lambda d: f"{d:%d / %m / %Y}",
    "dd-mon-yy": lambda d: f"{d.day:02d}-{MONTHS[d.month - 1][:3]}-{d:%y}",
    "lower case": lambda d: f"{d.day}-{MONTHS[d.month - 1][:3].lower()}-{d:%y}",
    "d Month yyyy": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "d Mon yyyy": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year}",
    "ordinal, short year": lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1]} ’{d:%y}",
    "ordinal of": lambda d: f"{ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
    "weekday": lambda d: f"{DAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]} {d.year}",
    "short weekday": lambda d: f"{DAYS[d.weekday()][:3]} {d:%d/%m/%Y}",
    "weekday after": lambda d: f"{d:%d/%m/%y} ({DAYS[d.weekday()]})",
    "month first in words": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "ISO": lambda d: d.isoformat(),
    "target": lambda d: f"By {d:%d/%m/%Y}",
    "hard space": lambda d: f"{d.day}\u00a0{MONTHS[d.month - 1]}\u00a0{d.year}",
    "run together": lambda d: f"{d.day}{MONTHS[d.month - 1][:3]}{d.year}",
}
REAL_DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@given(REAL_DAYS, st.sampled_from(sorted(STYLES)))
def test_every_real_date_in_every_style_is_read_exactly(day: date, style: str) -> None:
    """Whatever the style, the day is the one that was written, without doubt and with nothing left over."""
    written = STYLES[style](day)
    reading = read_date(written)
    assert (reading.value, reading.unsure, reading.rest) == (day.isoformat(), "", "")
    assert reading.date_text == written


@given(REAL_DAYS, st.sampled_from(sorted(STYLES)), st.sampled_from(["?{}", "? {}", "{} ?", "probably {}", "{}?"]))
def test_a_doubted_date_keeps_its_doubt(day: date, style: str, frame: str) -> None:
    """A question mark or "probably" never gets lost."""
    assert read_date(frame.format(STYLES[style](day))).value == f"{day.isoformat()}?"


@given(REAL_DAYS, st.sampled_from(["circa {}", "c. {}", "approx {}", "about {}", "around {}", "{} approx"]))
def test_a_near_date_keeps_its_nearness(day: date, frame: str) -> None:
    """Words of nearness never get lost."""
    assert read_date(frame.format(f"{day:%d/%m/%Y}")).value == f"{day.isoformat()}~"


@given(
    REAL_DAYS, st.integers(0, 60), st.sampled_from(sorted(STYLES)), st.sampled_from([" to ", " – ", " - ", " until "])
)
def test_a_range_of_two_written_dates_has_both_ends(day: date, length: int, style: str, join: str) -> None:
    """The ends of a range are the two dates, in any style that a range is written in."""
    end = day + timedelta(days=length)
    if style == "weekday after" or end.year > 2049:
        return
    written = f"{STYLES[style](day)}{join}{STYLES[style](end)}"
    wanted = f"{day.isoformat()}/{end.isoformat()}" if length else day.isoformat()
    assert read_range(written).value == wanted
    assert read_range(written).unsure == "" or not length


@given(st.integers(13, 31), st.integers(1, 12), st.integers(2000, 2049))
def test_a_month_first_date_in_figures_is_never_swapped(day: int, month: int, year: int) -> None:
    """A date that only makes sense month first is left unread and shown to a person."""
    reading = read_date(f"{month:02d}/{day:02d}/{year}")
    assert reading.value is None
    assert reading.unsure


@given(st.text(alphabet=st.sampled_from(string.printable + "–’“”\u00a0½²éŵ٣ſ"), max_size=60))
def test_no_text_breaks_the_reader_and_no_word_is_dropped(text: str) -> None:
    """Any text gives a valid value or none, and every word of it is in the date, the time or the rest."""
    reading = read_date(text)
    if reading.value is not None:
        check_edtf(reading.value)
    kept = "".join((reading.date_text, reading.time_text, reading.rest))
    assert sorted(filter(str.isalnum, kept)) == sorted(filter(str.isalnum, text))
    read_range(text)
    read_all(text)


PIECES = ["12", "3", "/", "03", "24", "2024", " ", "-", "to", "March", "w/c", "circa", "?", "st", ":", "30", "pm", ","]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_pieces_of_dates_in_any_order_break_nothing(pieces: list[str]) -> None:
    """Date-like rubbish gives a valid value or none, and keeps every character."""
    text = "".join(pieces)
    reading = read_date(text)
    if reading.value is not None:
        check_edtf(reading.value)
    kept = "".join((reading.date_text, reading.time_text, reading.rest))
    assert sorted(filter(str.isalnum, kept)) == sorted(filter(str.isalnum, text))
    read_range(text)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("March 2024", "2024-03"),
        ("Mar-24", "2024-03"),
        ("Sept ’23", "2023-09"),
        ("03/2024", "2024-03"),
        ("2024", "2024"),
        ("circa 2015", "2015~"),
        ("c.2015", "2015~"),
        ("?c. 2015", "2015%"),
        ("Spring 2024", "2024-21"),
        ("winter 2023/24", "2023-24"),
        ("2022/23", "2022/2023"),
        ("2022-2024", "2022/2024"),
        ("1990s", "1990/1999"),
        ("early Feb 2024", "2024-02"),
        ("mid-2023", "2023"),
        ("end of March 2024", "2024-03"),
        ("w/c 11 March 2024", "2024-03-11/2024-03-17"),
        ("W/C 14/02/22", "2022-02-14/2022-02-20"),
        ("w/b 29 May 2023", "2023-05-29/2023-06-04"),
        ("Week commencing 10 January 2022", "2022-01-10/2022-01-16"),
        ("w/e 17/03/24", "2024-03-11/2024-03-17"),
        ("12-14/03/24", "2024-03-12/2024-03-14"),
        ("12/03/24-14/03/24", "2024-03-12/2024-03-14"),
        ("28 Feb – 2 March 2024", "2024-02-28/2024-03-02"),
        ("12 March to 14 March 2024", "2024-03-12/2024-03-14"),
        ("28 Dec – 3 Jan 2024", "2023-12-28/2024-01-03"),
        ("Jan/Feb 2024", "2024-01/2024-02"),
        ("night of 12/13 March 2024", "2024-03-12/2024-03-13"),
        ("since March 2021", "2021-03/.."),
        ("01/04/21 to present", "2021-04-01/.."),
        ("12 Mawrth 2024", "2024-03-12"),
        ("dydd Mawrth 12 Mawrth 2024", "2024-03-12"),
        ("12 Febuary 2024", "2024-02-12"),
        ("23/05/2023 10:00:00", "2023-05-23"),
    ],
)
def test_what_is_written_less_precisely_stays_so(written: str, value: str) -> None:
    """Months, seasons, years, weeks and ranges are read for what they say and no more."""
    reading = read_date(written)
    assert (reading.value, reading.unsure) == (value, "")


@pytest.mark.parametrize("written", ["Undated", "N/K", "TBC", "ongoing", "", "–", "?", "not known", "ditto", "asap"])
def test_words_for_no_date_are_no_date_without_doubt(written: str) -> None:
    """A person who says that there is no date is not asked again."""
    reading = read_date(written)
    assert (reading.value, reading.unsure) == (None, "")


@pytest.mark.parametrize(
    "written",
    ["31/04/2024", "30/02/24", "13/25/24", "29 February 2023", "12/03/204", "12/03/1224", "14/12/03/2024", "12 March"],
)
def test_an_impossible_or_incomplete_date_is_unread_and_shown(written: str) -> None:
    """No value, a reason, and no way to miss it."""
    reading = read_date(written)
    assert reading.value is None
    assert reading.unsure


@pytest.mark.parametrize(
    "written",
    [
        "Tuesday 18 November 2024",
        "w/c 12/03/24",
        "23/07/2024 23/08/2024",
        "12 and 14 March 2024",
        "before 12/03/24",
        "Mar 24",
        "2011-12",
        "12/03/24 or later",
        "Summer term 2023",
        "14/03/24 – 12/03/24",
    ],
)
def test_a_date_that_could_be_another_is_shown_to_a_person(written: str) -> None:
    """There is a reading, and it is in doubt."""
    reading = read_date(written)
    assert reading.value
    assert reading.unsure


def test_two_digit_years_of_birth_do_not_lie_in_the_future() -> None:
    """Without a limit 24 is 2024; a birth date cannot lie after the day the form was written."""
    assert read_date("1/2/24").value == "2024-02-01"
    assert read_date("1/2/24", latest=date(2024, 1, 1)).value == "1924-02-01"
    assert read_date("1/2/61", latest=date(2024, 1, 1)).value == "1961-02-01"


def test_a_date_without_its_year_follows_the_row_before_and_stays_in_doubt() -> None:
    """The sort order's assumption is never shown as written."""
    reading = read_date("12 March", after=date(2021, 5, 1))
    assert reading.value == "2022-03-12"
    assert "no year was written" in reading.unsure


def test_date_and_time_in_one_cell_are_told_apart() -> None:
    """A shared cell gives both, each with its own words."""
    reading = read_date("13/03/2022 16:50")
    assert (reading.value, reading.time) == ("2022-03-13", "16:50")
    assert (reading.date_text, reading.time_text, reading.rest) == ("13/03/2022", "16:50", "")
    assert read_date("12/03/24, 2pm – 4pm").time == "14:00/16:00"
    assert read_date("2024-03-12T14:30").time == "14:30"
    assert read_date("12/03/24 00:00:00").time is None


def test_words_beside_a_date_are_kept() -> None:
    """What is not the date is handed on."""
    assert read_date("12/03/24 (first contact)").rest == "(first contact)"


def test_every_date_of_a_cell_can_be_had() -> None:
    """Target dates that were moved are all read."""
    found = [one.value for one in read_all("23/07/2024 23/08/2024\n21/10/2024")]
    assert found == ["2024-07-23", "2024-08-23", "2024-10-21"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1 April 2021 to 10 November 2024", "2021-04-01/2024-11-10"),
        ("From: 1/4/21 To: 10/11/24", "2021-04-01/2024-11-10"),
        ("between April 2021 and May 2022", "2021-04/2022-05"),
        ("1st January 2021 – 18/10/24", "2021-01-01/2024-10-18"),
        ("01/04/2021   10/11/2024", "2021-04-01/2024-11-10"),
        ("until 3/4/22", "../2022-04-03"),
    ],
)
def test_periods_are_read_as_two_ends(written: str, value: str) -> None:
    """A review period is its first and last day."""
    reading = read_range(written)
    assert (reading.value, reading.unsure) == (value, "")


def test_words_for_a_part_of_the_day_are_the_time_as_written() -> None:
    """ "12/03/24 pm" has a date, no time, and the word for the time is kept."""
    reading = read_date("12/03/24 pm")
    assert (reading.value, reading.time, reading.time_text, reading.rest) == ("2024-03-12", None, "pm", "")

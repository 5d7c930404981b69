"""Times as people write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates import read_time
from records.values import check_time

TWELVE = {
    "pm with stop": lambda t: f"{t.hour % 12 or 12}.{t:%M}{'pm' if t.hour >= 12 else 'am'}",
    "pm with colon": lambda t: f"{t.hour % 12 or 12}:{t:%M} {'pm' if t.hour >= 12 else 'am'}",
    "p.m.": lambda t: f"{t.hour % 12 or 12}:{t:%M} {'p.m.' if t.hour >= 12 else 'a.m.'}",
}
TWENTY_FOUR = {
    "colon": lambda t: f"{t:%H:%M}",
    "stop": lambda t: f"{t:%H.%M}",
    "figures": lambda t: f"{t:%H%M}",
    "hrs": lambda t: f"{t:%H%M}hrs",
    "colon hrs": lambda t: f"{t:%H:%M} hrs",
    "seconds": lambda t: f"{t:%H:%M}:30",
}
STYLES = {**TWELVE, **TWENTY_FOUR}


@given(st.times(), st.sampled_from(sorted(STYLES)))
def test_every_time_in_every_style_is_read_exactly(moment: time, style: str) -> None:
    """Whatever the style, the time is the one that was written, without doubt."""
    reading = read_time(STYLES[style](moment))
    assert (reading.value, reading.unsure, reading.rest) == (f"{moment:%H:%M}", "", "")


@given(st.times(), st.times(), st.sampled_from(sorted(STYLES)), st.sampled_from([" - ", "–", " to "]))
def test_a_range_of_times_has_both_ends(first: time, second: time, style: str, join: str) -> None:
    """Both ends of a range are read."""
    reading = read_time(f"{STYLES[style](first)}{join}{STYLES[style](second)}")
    assert reading.value == f"{first:%H:%M}/{second:%H:%M}"


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text gives a valid time or none."""
    reading = read_time(text)
    if reading.value is not None:
        check_time(reading.value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2pm – 4pm", "14:00/16:00"),
        ("2-4pm", "14:00/16:00"),
        ("11-1pm", "11:00/13:00"),
        ("16:20 - 17:20", "16:20/17:20"),
        ("noon", "12:00"),
        ("12 midnight", "00:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("at 1430", "14:30"),
    ],
)
def test_the_words_of_a_clock_are_read(written: str, value: str) -> None:
    """Halves of the day, noon and midnight, and ranges that name the half once."""
    reading = read_time(written)
    assert (reading.value, reading.unsure) == (value, "")


@pytest.mark.parametrize("written", ["am", "pm", "overnight", "evening", "late morning", "after school", "N/K", ""])
def test_words_for_a_part_of_the_day_are_no_time_without_doubt(written: str) -> None:
    """They stay as written and nobody is asked."""
    reading = read_time(written)
    assert (reading.value, reading.unsure, reading.rest) == (None, "", written)


@pytest.mark.parametrize("written", ["25:10", "14:75", "half past 2", "?14:30", "2.30", "14.30am", "14:30 and 16:00"])
def test_a_time_that_could_be_another_is_shown_to_a_person(written: str) -> None:
    """Impossible, doubted and half-said times carry their reason."""
    assert read_time(written).unsure

"""What an EDTF date can mean."""

from __future__ import annotations

from datetime import date

import pytest

from records.edtf import bounds, is_exact, precision, qualifier


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024-03-12", date(2024, 3, 12), date(2024, 3, 12)),
        ("2024-03-12?", date(2024, 3, 12), date(2024, 3, 12)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2015~", date(2015, 1, 1), date(2015, 12, 31)),
        ("2024-21", date(2024, 3, 1), date(2024, 5, 31)),
        ("2023-23%", date(2023, 9, 1), date(2023, 11, 30)),
        ("2024-24", date(2023, 12, 1), date(2025, 2, 28)),
        ("2024-03-11/2024-03-17", date(2024, 3, 11), date(2024, 3, 17)),
        ("2022-09/2024", date(2022, 9, 1), date(2024, 12, 31)),
        ("2022-09-01/..", date(2022, 9, 1), date.max),
        ("/2024-05", date.min, date(2024, 5, 31)),
    ],
)
def test_bounds_are_the_first_and_last_day_the_words_can_mean(written: str, first: date, last: date) -> None:
    """Every kind of date of the record has its first and last day."""
    assert bounds(written) == (first, last)


@pytest.mark.parametrize("wrong", ["", "12/03/2024", "2024-13", "2024-20", "2024-02-30", "spring"])
def test_what_is_not_a_date_has_no_bounds(wrong: str) -> None:
    """Anything but a date of the record is refused, never guessed at."""
    with pytest.raises(ValueError):
        bounds(wrong)


def test_precision_and_marks_are_told_apart() -> None:
    """How precise and how certain a date is are two questions."""
    assert [precision(text) for text in ("2024-03-12?", "2024-03", "2024-22", "2024~", "2024/2025")] == [
        "day",
        "month",
        "season",
        "year",
        "range",
    ]
    assert [qualifier(text) for text in ("2024", "2024?", "2024~", "2024%", "2024?/2025~")] == ["", "?", "~", "%", "%"]
    assert is_exact("2024-03-12")
    assert not is_exact("2024-03-12~")
    assert not is_exact("2024-03")

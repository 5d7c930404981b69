"""Checked value types of the record (the conventions of the field dictionary).

Dates are EDTF level 1 strings (ISO 8601-2), never more precise than what was written: `2024-03-12`, `2024-03`,
`2024`, `2024-21` (spring), with `?` for doubt, `~` for nearness, `%` for both, and `A/B` for a range.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator
from stdnum.gb import nhs

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)\Z")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(/([01]\d|2[0-3]):[0-5]\d)?\Z")


def check_edtf(value: str) -> str:
    """The value itself when it is an EDTF date, interval or season of the kinds we write; ValueError otherwise."""
    parts = value.split("/")
    if len(parts) > 2 or (len(parts) == 2 and value.count("/") != 1):
        raise ValueError("not a date as the field dictionary writes it")
    for part in parts:
        if part in ("", "..") and len(parts) == 2:
            continue
        match = _PART.match(part)
        if not match:
            raise ValueError("not a date as the field dictionary writes it")
        year, month, day, _ = match.groups()
        if month and day:
            date(int(year), int(month), int(day))
        elif month and not (1 <= int(month) <= 12 or 21 <= int(month) <= 24):
            raise ValueError("no such month or season")
    return value


def check_time(value: str) -> str:
    """The value itself when it is `HH:MM` or `HH:MM/HH:MM`; ValueError otherwise."""
    if not _TIME.match(value):
        raise ValueError("not a time as the field dictionary writes it")
    return value


def nhs_number_is_valid(digits: str) -> bool:
    """Whether ten digits carry the right check digit (modulus 11, NHS Data Dictionary)."""
    return bool(nhs.is_valid(digits))


Edtf = Annotated[str, AfterValidator(check_edtf)]
ClockTime = Annotated[str, AfterValidator(check_time)]
YesNo = Literal["yes", "no", "not_known"]
Signed = Literal["yes", "no"]

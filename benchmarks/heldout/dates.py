"""The ways people write dates and times, each with its EDTF reading."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

MONTHS = "January February March April May June July August September October November December".split()
SEASONS = {3: ("Spring", 21), 6: ("Summer", 22), 10: ("Autumn", 23)}


def ordinal(day: int) -> str:
    """`1st`, `22nd`, `13th`."""
    return f"{day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def exact(rng: Random, day: date) -> str:
    """A day as somebody would type it."""
    d, m, y, name = day.day, day.month, day.year, MONTHS[day.month - 1]
    return rng.choice(
        (
            f"{d:02d}/{m:02d}/{y}",
            f"{d:02d}/{m:02d}/{y}",
            f"{d}/{m}/{y % 100:02d}",
            f"{d:02d}.{m:02d}.{y}",
            f"{d:02d}.{m:02d}.{y % 100:02d}",
            f"{d:02d}-{m:02d}-{y}",
            f"{d} {name} {y}",
            f"{ordinal(d)} {name} {y}",
            f"{d:02d}-{name[:3]}-{y % 100:02d}",
            f"{day:%a} {d} {name[:3]} {y}",
            f"{day:%A} {ordinal(d)} {name} {y}",
            f"{d:02d} / {m:02d} / {y}",
        )
    )


def habit(rng: Random, day: date) -> tuple[str, str | None]:
    """A day as written in a chronology, often imprecise, and what it says in EDTF (None: nothing)."""
    d, m, y, name = day.day, day.month, day.year, MONTHS[day.month - 1]
    if rng.random() < 0.72:
        return exact(rng, day), day.isoformat()
    iso, later = day.isoformat(), day + timedelta(days=2)
    monday = day - timedelta(days=day.weekday())
    week = f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    ways: list[tuple[str, str | None]] = [
        (f"{name} {y}", f"{y}-{m:02d}"),
        (f"{name[:3]}-{y % 100:02d}", f"{y}-{m:02d}"),
        (f"?{d} {name.lower()} {y}", f"{iso}?"),
        (f"{d:02d}/{m:02d}/{y} ?", f"{iso}?"),
        (f"probably {d} {name} {y}", f"{iso}?"),
        (f"circa {name} {y}", f"{y}-{m:02d}~"),
        (f"approx {d:02d}/{m:02d}/{y}", f"{iso}~"),
        (f"c. {y}", f"{y}~"),
        (f"w/c {monday.day} {MONTHS[monday.month - 1]} {monday.year}", week),
        (f"w/b {monday.day:02d}/{monday.month:02d}/{monday.year % 100:02d}", week),
        (f"{exact(rng, day)} to {later.day:02d}/{later.month:02d}/{later.year}", f"{iso}/{later.isoformat()}"),
        (f"{y}", f"{y}"),
        ("Undated", None),
    ]
    if later.month == m:
        ways.append((f"{d}-{later.day}/{m:02d}/{y % 100:02d}", f"{iso}/{later.isoformat()}"))
        ways.append((f"{ordinal(d)} - {ordinal(later.day)} {name} {y}", f"{iso}/{later.isoformat()}"))
    if m in SEASONS:
        ways.append((f"{SEASONS[m][0]} {y}", f"{y}-{SEASONS[m][1]}"))
    return rng.choice(ways)


def clock(rng: Random) -> tuple[str, str | None]:
    """A time as written and as `HH:MM`, `HH:MM/HH:MM`, or None for words."""
    h, m = rng.randrange(7, 23), rng.choice((0, 5, 15, 20, 30, 40, 45, 55))
    h12, half = (h - 12 if h > 12 else h), ("pm" if h >= 12 else "am")
    end = f"{min(h + 1, 23):02d}"
    return rng.choice(
        [
            (f"{h:02d}:{m:02d}", f"{h:02d}:{m:02d}"),
            (f"{h:02d}:{m:02d}", f"{h:02d}:{m:02d}"),
            (f"{h:02d}{m:02d}hrs", f"{h:02d}:{m:02d}"),
            (f"{h:02d}.{m:02d}", f"{h:02d}:{m:02d}"),
            (f"{h12}.{m:02d}{half}", f"{h:02d}:{m:02d}"),
            (f"{h12}:{m:02d} {half}", f"{h:02d}:{m:02d}"),
            (f"{h12}{half}", f"{h:02d}:00"),
            (f"{h:02d}:{m:02d} - {end}:{m:02d}", f"{h:02d}:{m:02d}/{end}:{m:02d}") if h < 22 else ("22:10", "22:10"),
            (half, None),
            ("overnight", None),
            ("lunchtime", None),
        ]
    )

"""I: chronologies with many column sets, and dates and times in every habit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

from docx.shared import Inches

from benchmarks.heldout import page, words
from benchmarks.heldout.cases import Case
from benchmarks.heldout.dates import clock, exact, habit
from benchmarks.heldout.page import Run
from benchmarks.heldout.shape import Shape
from benchmarks.heldout.shapes_lines import Lines
from benchmarks.heldout.shapes_tables import Listed, Plain
from benchmarks.heldout.truth import FIELDS
from benchmarks.heldout.values import Return

COLUMNS: tuple[tuple[str, ...], ...] = (
    (
        "seq=Event Ref",
        "date=Start Date",
        "time=Start Time",
        "end=End Date",
        "endtime=End Time",
        "source=Source of Information",
        "event=Event",
        "comment=Author's comment",
    ),
    (
        "date=Date or Period of Event",
        "event=Significant Event",
        "source=Source",
        "impact=Impact (Either Positive or Negative)",
        "action=Action Taken to Mitigate Adverse Impact on Child",
    ),
    ("datetime=Date (& time where appropriate)", "event=Event"),
    (
        "date=When",
        "event=What happened",
        "people=Who was seen or spoken to",
        "action=What was done about it",
        "source=Where is this recorded?",
    ),
    (
        "rag=RAG",
        "date=Date",
        "time=Time",
        "source=Record",
        "event=Description",
        "child_seen=Child seen Y/N",
        "action=Decision",
        "impact=Significance",
    ),
    (
        "seq=#",
        "datetime=Date & Time",
        "source=Evidence",
        "event=Contact / Event",
        "people=Professional involved",
        "action=Action / Outcome",
        "comment=Good practice / learning",
    ),
    (
        "date=Date of contact",
        "time=Time of contact",
        "people=Staff",
        "event=Details of contact",
        "child_seen=Was the child seen?",
        "action=Response",
    ),
    ("agency=Service", "date=Date", "time=Time", "source=File ref", "event=Details", "action=Outcome"),
    (
        "datetime=Time stamp",
        "source=Source reference",
        "event=Event / observation",
        "action=Action taken and by whom",
        "comment=Analysis",
    ),
    ("event=Event", "date=Event date", "source=Taken from", "impact=Effect on the child"),
)
OPENINGS = (Lines, Plain, Listed)


@dataclass(slots=True)
class Row:
    """One event: cells as typed by column, and its truth."""

    cells: dict[str, str]
    truth: dict[str, Any]
    either: dict[str, list[str]] = field(default_factory=dict)


def chronology(form: Return, rng: Random, case: Case) -> Any:
    """The opening in one of three shapes, then the table."""
    opening = rng.choice(OPENINGS)
    turned = type("Turned", (opening,), {"landscape": rng.random() < 0.6})
    shape = turned(form, rng)
    doc = shape.render()
    events(form, shape, case, doc=doc)
    return doc


def events(form: Return, shape: Shape, case: Case, *, doc: Any) -> None:
    """Write an events table below what is there and enter it in the record."""
    columns, rows, layout = prepared(form, shape.rng, case)
    write(doc, columns, rows, layout, shape.rng)
    record(form, [k for k, _ in columns], rows)


def prepared(
    form: Return, rng: Random, case: Case, *, share: bool = True
) -> tuple[list[tuple[str, str]], list[Row], str]:
    """Columns, events and a layout; with `share`, some layouts let a row have the date of the row above."""
    columns = list(rng.choice(form.columns)) if form.columns else [pair(c) for c in rng.choice(COLUMNS)]
    keys = [k for k, _ in columns]
    count = rng.choice((4, 8, 12, 25, 40))
    days = sorted(case.earlier(5, 1400) for _ in range(count))
    rows = [make(rng, case, keys, day) for day in days]
    layout = rng.choice(("plain", "plain", "merged", "blank_below", "ditto", "years", "title_row", "two_tables"))
    if share and layout in ("merged", "blank_below", "ditto") and "date" in keys and "end" not in keys:
        share_dates(rng, rows, layout)
    for number, row in enumerate(rows, 1):
        row.cells["seq"] = str(number)
    form.mess += [layout, f"columns_{'_'.join(keys)}"]
    return columns, rows, layout


def pair(words: str) -> tuple[str, str]:
    key, _, label = words.partition("=")
    return key, label


def record(form: Return, keys: list[str], rows: list[Row]) -> None:
    form.record["events"] = [r.truth for r in rows]
    for i, row in enumerate(rows):
        form.either |= {f"events[{i}].{k}": v for k, v in row.either.items()}
    asked = set(keys)
    if asked & {"date", "datetime"}:
        asked |= {"date", "date_as_written"}
    if asked & {"time", "datetime"}:
        asked |= {"time", "time_as_written"}
    form.unanswerable = [f for f in form.unanswerable if not f.startswith("events[]") and f in FIELDS["chronology"]] + [
        f for f in FIELDS["chronology"] if f.startswith("events[]") and f[9:] not in asked
    ]


def share_dates(rng: Random, rows: list[Row], layout: str) -> None:
    """Some rows take the date of the row above; `!` marks their cells for the writer."""
    for above, row in pairwise(rows):
        if rng.random() < 0.35:
            row.cells["date"] = {"merged": "!", "blank_below": "", "ditto": rng.choice(('"', "ditto", "Ditto"))}[layout]
            row.truth["date"], row.truth["date_as_written"] = above.truth["date"], above.truth["date_as_written"]


def make(rng: Random, case: Case, keys: list[str], day: Any) -> Row:
    """An event's cells and truth, by the columns there are."""
    row = Row({}, {})
    shown, truth = habit(rng, day)
    if "end" in keys or "datetime" in keys:
        shown, truth = exact(rng, day), day.isoformat()
    row.truth |= {"date": truth, "date_as_written": shown}
    row.cells["date"] = shown
    if "time" in keys or "datetime" in keys:
        add_time(rng, row, keys)
    if "end" in keys:
        add_end(rng, row, keys, day)
    bank = {
        "source": words.SOURCES,
        "event": words.EVENTS,
        "action": words.OUTCOMES,
        "impact": words.IMPACTS,
        "comment": words.COMMENTS,
        "people": [case.mother[0], f"{case.child[0]} and {case.mother[0]}", case.worker, "HV1"],
        "agency": [a.name for a in case.place.agencies],
    }
    for key in keys:
        if key in bank:
            said = case.say(rng.choice(bank[key]))
            if key == "event" and rng.random() < 0.2:
                said = f"{said}\n{case.say(rng.choice(words.EVENTS[7:]))}"
            empty = key not in ("event", "source", "agency") and rng.random() < 0.25
            row.cells[key], row.truth[key] = ("", None) if empty else (said, said)
    if "child_seen" in keys:
        code = rng.choice(("yes", "no", "not_known", None))
        row.truth["child_seen"] = code
        row.cells["child_seen"] = {
            "yes": rng.choice("Y Yes".split()),
            "no": rng.choice("N No".split()),
            "not_known": "N/K",
        }.get(code or "", "")
    row.cells["rag"] = rng.choice(("Red", "Amber", "Green"))
    return row


def add_time(rng: Random, row: Row, keys: list[str]) -> None:
    if rng.random() < 0.3:
        row.truth |= {"time": None, "time_as_written": None}
        row.cells |= {"time": "", "datetime": row.cells["date"]}
        return
    shown, truth = clock(rng)
    if "end" in keys:
        while truth is None or "/" in truth:
            shown, truth = clock(rng)
    row.truth |= {"time": truth, "time_as_written": shown}
    joint = rng.choice((" ", "\n", " at ", ", "))
    whole = f"{row.cells['date']}{joint}{shown}"
    row.cells |= {"time": shown, "datetime": whole}
    if "datetime" in keys:
        flat = whole.replace("\n", " ")
        row.either |= {"date_as_written": [whole, flat], "time_as_written": [whole, flat, f"at {shown}"]}


def add_end(rng: Random, row: Row, keys: list[str], day: Any) -> None:
    """An end date and an end time, each in its own column, sometimes."""
    row.cells |= {"end": "", "endtime": ""}
    start, began = row.truth["date"], row.truth["date_as_written"]
    if rng.random() < 0.3:
        last = day + timedelta(days=rng.randrange(1, 9))
        shown = exact(rng, last)
        row.cells["end"] = shown
        row.truth["date"] = f"{start}/{last.isoformat()}"
        row.either["date_as_written"] = [
            f"{began}{j}{shown}" for j in (" - ", " – ", " to ", "/", " ", "\n", "; ", " | ")
        ]
    time, written = row.truth.get("time"), row.truth.get("time_as_written")
    if "endtime" in keys and time and time < "22" and rng.random() < 0.5:
        end = f"{int(time[:2]) + 1:02d}:{time[3:]}"
        row.cells["endtime"] = end
        row.truth["time"] = f"{time}/{end}"
        row.either["time_as_written"] = [
            f"{written}{j}{end}" for j in (" - ", " – ", " to ", "/", " ", "\n", "; ", " | ")
        ]


def write(doc: Any, columns: list[Any], rows: list[Row], layout: str, rng: Random) -> None:
    """The table itself, in one of several layouts."""
    cut = len(rows) // 2 if layout == "two_tables" else len(rows)
    for part, chunk in enumerate((rows[:cut], rows[cut:])):
        if chunk:
            table = one_table(doc, columns, chunk, layout, head=part == 0 or rng.random() < 0.5)
            if layout == "merged" and ("date", dict(columns).get("date")) in columns:
                merge_dates(table, [k for k, _ in columns].index("date"), chunk)
            widen(table, [k for k, _ in columns])
            page.para(doc, "")


def widen(table: Any, keys: list[str]) -> None:
    """The event's column is three times as wide as the others."""
    shares = [3 if k == "event" else 0.5 if k in ("seq", "rag") else 1 for k in keys]
    inches = 9.0 if len(keys) > 5 else 6.2
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Inches(inches * share / sum(shares))


def one_table(doc: Any, columns: list[Any], rows: list[Row], layout: str, *, head: bool) -> Any:
    table = page.grid(doc, 0, len(columns))
    broken = len(rows) % 2 == 0  # heads of two lines, as narrow columns get them
    if layout == "title_row":
        page.put(page.merged(table.add_row(), 0, len(columns) - 1), [[Run("Events within the scoping period", "b")]])
    if head:
        for cell, (_, label) in zip(table.add_row().cells, columns, strict=True):
            page.put(cell, [[Run(label.replace(" ", "\n", 1) if broken else label, "b")]])
    year = ""
    for row in rows:
        this = str(row.truth["date"] or "")[:4]
        if layout == "years" and this.isdigit() and this > year:
            page.put(page.merged(table.add_row(), 0, len(columns) - 1), [[Run(this, "b")]])
            year = this
        for cell, (key, _) in zip(table.add_row().cells, columns, strict=True):
            shown = row.cells.get(key, "").replace("!", "")
            page.put(cell, [[Run(line)] for line in shown.split("\n")])
    return table


def merge_dates(table: Any, column: int, rows: list[Row]) -> None:
    top = 1
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i].cells["date"] != "!":
            if i > top:
                page.merge_down(table, column, top, i)
            top = i + 1

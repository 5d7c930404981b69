"""The front of the pack: cover with what is missing, the clocks, who was asked and what came."""

from __future__ import annotations

from datetime import date

from forms.registry import form
from generators.packs.blocks import Alert, Block, Cell, Column, Facts, Line, Para, Section, Table, plain
from generators.packs.content import Asked, Clock, PackContent, agency_order
from generators.packs.missing import missing
from generators.packs.words import clean, counted, day_words

KINDS = {
    "rapid_review": "Rapid review",
    "local_review": "Local child safeguarding practice review",
    "good_outcome_review": "Seriously good outcome review",
    "learning_review": "Learning review",
}
STATES = {
    "returned": "Returned",
    "nil": "Nil return",
    "late": "Returned late",
    "outstanding": "Outstanding",
    "extended": "Awaited, date extended",
    "held": "Arrived, needs a person",
    "withdrawn": "Request withdrawn",
}


def cover(content: PackContent) -> tuple[Block, ...]:
    """The control sheet. No child's name stands on it: only the codes."""
    case = content.case
    facts: list[tuple[str, Cell]] = [
        ("Case reference", (Line(clean(case.reference), "strong"),)),
        ("Other references", plain(clean(", ".join(case.other_references)))),
        ("Kind of review", plain(KINDS[case.kind])),
        ("Title", plain(clean(case.title))),
        ("Subject children", plain(clean(", ".join(child.code for child in case.children)))),
        ("Period under review", plain(_period(content))),
        ("Edition", (Line(f"{content.edition}", "strong"),)),
        ("Built on", plain(day_words(content.built_on))),
        ("Meeting", plain(day_words(content.meeting_on) if content.meeting_on else "Not yet set")),
        ("Copy number", plain("____________")),
    ]
    kept = tuple(row for row in facts if row[0] not in ("Other references", "Title") or row[1] != plain(""))
    lacks = missing(content)
    if lacks.groups:
        alert = Alert("What is missing from this edition", lacks.groups)
    else:
        alert = Alert(
            "Nothing is missing from this edition",
            (("Complete", "Every agency that was asked has answered and signed, and nothing waits for a person."),),
            calm=True,
        )
    return (Facts(kept), alert, *(Para(clean(rule), "bullet") for rule in content.handling))


def _period(content: PackContent) -> str:
    start, end = content.case.review_from, content.case.review_to
    return f"{day_words(start)} to {day_words(end)}" if start or end else "Not set"


def timeline(content: PackContent) -> Section:
    """The clocks, the nearest first, with the days left or over on the day the pack was built."""
    columns = (
        Column("Clock", 2.2),
        Column("Counted from", 2.0),
        Column("Due", 1.3),
        Column("On the day of this pack", 1.5),
    )
    ordered = sorted(content.clocks, key=lambda clock: (clock.due is None, clock.due or content.built_on, clock.name))
    rows = []
    for clock in ordered:
        anchor = " ".join(
            part for part in (clean(clock.anchor_name), day_words(clock.anchor) if clock.anchor else "") if part
        )
        note = (Line(clean(clock.note), "small"),) if clock.note else ()
        rows.append(
            (
                (Line(clean(clock.name), "strong"), *note),
                plain(anchor),
                plain(day_words(clock.due)),
                _left(clock, content.built_on),
            )
        )
    body: tuple[Block, ...] = (Table(columns, tuple(rows), "Dates this review is held to"),)
    return Section("Timeline card", body if rows else (Para("No clock has been set for this case.", "note"),))


def _left(clock: Clock, on: date) -> Cell:
    if clock.met_on:
        late = clock.due is not None and clock.met_on > clock.due
        return (Line(f"Met {'late, ' if late else ''}on {day_words(clock.met_on)}", "flag" if late else "plain"),)
    if clock.due is None:
        return plain("No date yet")
    days = (clock.due - on).days
    if days < 0:
        return (Line(f"{counted(-days, 'day')} past", "flag"),)
    return plain("Due today" if days == 0 else f"{counted(days, 'day')} left")


def asked_and_returned(content: PackContent) -> Section:
    """The returns table: one line for each form asked of each agency."""
    columns = (
        Column("Agency", 1.7),
        Column("Asked for", 1.4),
        Column("Due", 1.3),
        Column("Received", 1.1),
        Column("State", 1.4),
        Column("Quality assured", 1.0),
    )
    ordered = sorted(content.asked, key=lambda item: (agency_order(item.agency), item.form, item.due_on))
    rows = tuple(_asked_row(item, content) for item in ordered)
    lines: list[Block] = [Para(_tally(content))]
    if rows:
        lines.append(Table(columns, rows, "Forms asked of each agency, with dates and state"))
    return Section("Agencies asked and their returns", tuple(lines), new_page=False)


def _tally(content: PackContent) -> str:
    agencies = {item.agency.id for item in content.asked}
    counts = [(STATES[state].lower(), sum(item.state == state for item in content.asked)) for state in STATES]
    said = "; ".join(f"{number} {words}" for words, number in counts if number)
    return f"{counted(len(agencies), 'agency', 'agencies')} asked for {counted(len(content.asked), 'form')}: {said}."


def _asked_row(item: Asked, content: PackContent) -> tuple[Cell, ...]:
    due = [Line(day_words(item.due_on))]
    if item.first_due_on and item.first_due_on != item.due_on:
        because = f": {clean(item.extension_reason)}" if item.extension_reason else ""
        due.append(Line(f"extended from {day_words(item.first_due_on)}{because}", "small"))
    state = [Line(STATES[item.state], "flag" if item.state in ("outstanding", "held") else "plain")]
    over = (content.built_on - item.due_on).days
    if item.state in ("outstanding", "extended") and over > 0:
        state.append(Line(f"{counted(over, 'day')} overdue", "small"))
    if item.note:
        state.append(Line(clean(item.note), "small"))
    signed: Cell = plain("")
    if item.quality_assured is not None and item.received_on:
        signed = (Line("Yes"),) if item.quality_assured else (Line("Not signed", "flag"),)
    return (
        plain(clean(item.agency.name)),
        plain(form(item.form).title),
        tuple(due),
        plain(day_words(item.received_on)),
        tuple(state),
        signed,
    )

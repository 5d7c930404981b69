"""The integrated chronology as a section: one wide table for each part, the agency named on every row."""

from __future__ import annotations

from generators.packs.answers import TO_CONFIRM, left_over, whole_doubts
from generators.packs.blocks import Block, Cell, Column, Heading, Line, Para, Section, Table, plain
from generators.packs.chronology import RULE, Merged, Part, Row
from generators.packs.content import PackContent, Returned, Stood
from generators.packs.words import clean, counted, day_words, edtf_words

COLUMNS = (
    Column("No.", 10, share=False),
    Column("Date and time", 24, share=False),
    Column("Agency", 28, share=False),
    Column("Event", 2.2),
    Column("Response or outcome", 1.2),
    Column("People; child seen", 26, share=False),
    Column("Age", 21, share=False),
    Column("Source and row of the form", 27, share=False),
    Column("Notes", 30, share=False),
)
ABOUT = (
    Column("Agency", 1.6),
    Column("Document", 1.7),
    Column("Author", 1.5),
    Column("Completed", 1.0),
    Column("Period covered", 1.4),
    Column("Quality assurance", 1.6),
    Column("Rows", 0.5),
)
PARTS: dict[Part, tuple[str, str]] = {
    "dated": ("Dated events", ""),
    "to_confirm": (
        "Events whose date is to be confirmed",
        "The date could not be read with certainty. "
        "These rows are not placed among the others until a person has confirmed it.",
    ),
    "undated": ("Undated events", "The agency gave no date. The rows stand in the order of the agencies’ forms."),
}
_SEEN = {"yes": "Child seen", "no": "Child not seen", "not_known": "Not known whether child seen"}


def chronology_section(content: PackContent, merged: Merged) -> Section:
    """All the rows, with the counts that show that none was lost."""
    chronologies = content.of("chronology")
    if not chronologies:
        return Section("Integrated chronology", (Para("No chronology has been received.", "flag"),))
    blocks: list[Block] = [Para(_counts(merged, chronologies)), Para(RULE, "note")]
    for item in chronologies:
        blocks += whole_doubts(item)
    for part, (title, why) in PARTS.items():
        rows = merged.part(part)
        if rows:
            blocks += [Heading(2, title), *([Para(why, "note")] if why else [])]
            blocks.append(
                Table(COLUMNS, tuple(row_cells(row) for row in rows), f"{title}: {counted(len(rows), 'row')}", True)
            )
    blocks.append(Heading(2, "The chronologies these rows come from"))
    blocks.append(Table(ABOUT, tuple(_about(item) for item in chronologies), "Chronologies received"))
    for item in chronologies:
        if item.unplaced:
            blocks += [Heading(3, clean(item.agency.name)), *left_over(item, 4)]
    return Section("Integrated chronology", tuple(blocks), landscape=True)


def _counts(merged: Merged, chronologies: tuple[Returned, ...]) -> str:
    agencies = len({item.agency.id for item in chronologies})
    dated, confirm, undated = (merged.count(part) for part in PARTS)
    return (
        f"{counted(len(merged.rows), 'row')} from {counted(agencies, 'agency', 'agencies')}: {dated:,} dated, "
        f"{confirm:,} with a date to be confirmed, {undated:,} undated. Every row received is here."
    )


def row_cells(row: Row) -> tuple[Cell, ...]:
    """One row of the table, the columns of `COLUMNS`."""
    return (
        (Line(str(row.number)),),
        _when(row),
        _agency(row),
        _told(row),
        _text(row, "action") or (Line("–"),),
        _people(row),
        tuple(Line(words if len(row.ages) == 1 else f"{code}: {words}") for code, words in row.ages) or (Line("–"),),
        _source(row),
        _notes(row),
    )


def typed(row: Row, name: str) -> str:
    """A field of the row as text; the words as typed where the reader was not sure of it."""
    value = row.event.get(name)
    if name in row.doubts:
        stood: Stood | None = row.returned.places.get(f"events[{row.index}].{name}")
        return clean((stood.text if stood else "") or row.doubts[name].text or str(value or ""))
    return clean(str(value)) if value else ""


def _when(row: Row) -> Cell:
    date, written = row.shown_date
    lines = [Line(date, "strong")] if date else [Line("No date", "strong")]
    if written:
        lines.append(Line(f"written “{written}”", "small"))
    if row.shown_time:
        lines.append(Line(row.shown_time))
    return tuple(lines)


def _agency(row: Row) -> Cell:
    service = (Line(row.service, "small"),) if row.service else ()
    return (Line(clean(row.agency.name), "strong"), *service)


def _text(row: Row, name: str, label: str = "") -> Cell:
    words = typed(row, name)
    if not words:
        return ()
    first, *rest = words.split("\n")
    return (Line(first, "plain", label), *(Line(part) for part in rest))


def _told(row: Row) -> Cell:
    lines = (*_text(row, "event"), *_text(row, "impact", "Impact:"), *_text(row, "comment", "Comment:"))
    return lines or (Line("No event given", "flag"),)


def _people(row: Row) -> Cell:
    lines = list(_text(row, "people"))
    seen = row.event.get("child_seen")
    if "child_seen" in row.doubts:
        lines.append(Line(f"Child seen: {typed(row, 'child_seen') or 'unclear'}"))
    elif seen:
        lines.append(Line(_SEEN.get(seen, clean(str(seen)))))
    return tuple(lines) or (Line("–"),)


def _source(row: Row) -> Cell:
    stood = row.returned.places.get(f"events[{row.index}].event")
    where = f" ({stood.where})" if stood and stood.where else ""
    return (*_text(row, "source"), Line(f"Row {row.index + 1}{where}", "small"))


def _notes(row: Row) -> Cell:
    lines = []
    by_why: dict[str, list[str]] = {}
    for name, item in row.doubts.items():
        by_why.setdefault(clean(item.why), []).append(name.removesuffix("_as_written").replace("_", " "))
    for why, names in by_why.items():
        lines.append(Line(f"{', '.join(dict.fromkeys(names))}: {why}", "flag", TO_CONFIRM))
    if row.returned.whole_doubts:
        lines.append(Line("this return as a whole", "flag", TO_CONFIRM))
    lines += [Line(note.text, "small" if note.kind == "corroboration" else "strong") for note in row.notes]
    return tuple(lines) or (Line("–"),)


def _about(item: Returned) -> tuple[Cell, ...]:
    record, author = item.record, item.record.get("author") or {}
    signed = record.get("quality_assurance") or {}
    return (
        (Line(clean(item.agency.name), "strong"),),
        (
            Line(clean(item.source.name)),
            Line(f"version {item.source.version}, received {day_words(item.source.received_on)}", "small"),
        ),
        _fact(item, "author", ", ".join(clean(author[key]) for key in ("name", "role") if author.get(key))),
        _fact(item, "date_completed", _date(record.get("date_completed"))),
        _fact(item, "review_period", _date(record.get("review_period"))),
        _fact(item, "quality_assurance", _signed(signed)),
        plain(f"{len(record.get('events') or ()):,}"),
    )


def _fact(item: Returned, field: str, words: str) -> Cell:
    doubts = [one for one in item.review if one.field == field or one.field.startswith(f"{field}.")]
    if not doubts:
        return plain(words)
    typed_words = [(item.places[one.field].text if one.field in item.places else one.text) for one in doubts]
    shown = clean("; ".join(word for word in typed_words if word)) or words
    return (*plain(shown), *(Line(clean(one.why), "flag", TO_CONFIRM) for one in doubts))


def _date(edtf: str | None) -> str:
    return edtf_words(edtf) if edtf else ""


def _signed(block: dict[str, str | None]) -> str:
    if block.get("signed") != "yes":
        return "Not signed"
    who = ", ".join(clean(str(block[key])) for key in ("name", "role") if block.get(key))
    return ", ".join(part for part in ("Signed", _date(block.get("date")), who) if part)

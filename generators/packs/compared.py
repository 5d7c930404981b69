"""The cross-agency comparison: counts, rows that may tell of one event, time without contact."""

from __future__ import annotations

from collections.abc import Sequence

from generators.packs.blocks import Block, Cell, Column, Heading, Line, Para, Section, Table, plain
from generators.packs.chronology import Merged, Row
from generators.packs.content import PackContent, agency_order
from generators.packs.gaps import Gap
from generators.packs.integrated import typed
from generators.packs.likeness import Pair
from generators.packs.words import clean, counted
from generators.written_dates import short_date

_EXCERPT = 160


def comparison_section(content: PackContent, merged: Merged, found_gaps: Sequence[Gap]) -> Section:
    """What only shows when the agencies are laid side by side. Everything here is for a person to judge."""
    if not merged.rows:
        return Section("Cross-agency comparison", (Para("There are no rows to compare.", "note"),))
    told_twice = [pair for pair in merged.pairs if pair.kind != "duplicate"]
    duplicates = [pair for pair in merged.pairs if pair.kind == "duplicate"]
    blocks: list[Block] = [
        Para(
            "Rows are paired by nearness in date and likeness of words. Nothing was merged or removed because of it.",
            "note",
        ),
        Heading(2, "Rows by agency"),
        _by_agency(merged),
        *_pairs(
            "Differ: possibly one event, told differently", [p for p in told_twice if p.kind == "conflict"], merged
        ),
        *_pairs("Agree: possibly one event, told alike", [p for p in told_twice if p.kind == "corroboration"], merged),
        *_pairs("Possible duplicates within an agency", duplicates, merged),
        *_gaps(content, merged, found_gaps),
    ]
    if merged.not_compared:
        pairs = counted(merged.not_compared, "pair")
        left = f"{pairs} of rows on crowded days were not compared; read those days in full."
        blocks.insert(1, Para(left, "flag"))
    return Section("Cross-agency comparison", tuple(blocks))


def _by_agency(merged: Merged) -> Table:
    agencies = {row.agency.id: row.agency for row in merged.rows}
    rows = []
    for agency in sorted(agencies.values(), key=agency_order):
        mine = [row for row in merged.rows if row.agency.id == agency.id]
        days = sorted(row.day for row in mine if row.day is not None)
        rows.append(
            (
                plain(clean(agency.name)),
                plain(str(len(mine))),
                plain(short_date(days[0]) if days else ""),
                plain(short_date(days[-1]) if days else ""),
                plain(str(sum(row.part == "to_confirm" for row in mine))),
                plain(str(sum(row.part == "undated" for row in mine))),
            )
        )
    columns = (
        Column("Agency", 2.4),
        Column("Rows", 0.7),
        Column("First certain day", 1.2),
        Column("Last certain day", 1.2),
        Column("Date to be confirmed", 1.0),
        Column("Undated", 0.8),
    )
    return Table(columns, tuple(rows), "Number of chronology rows by agency")


def _pairs(title: str, pairs: Sequence[Pair], merged: Merged) -> list[Block]:
    if not pairs:
        return [Heading(2, title), Para("None found.", "note")]
    by_number = {row.number: row for row in merged.rows}
    differ = any(pair.differs for pair in pairs)
    columns = (Column("One row", 3.0), Column("Other row", 3.0), *((Column("Differs in", 1.0),) if differ else ()))
    rows = []
    for pair in pairs:
        cells = [_side(by_number[pair.first]), _side(by_number[pair.second])]
        rows.append(tuple([*cells, plain(pair.differs)] if differ else cells))
    return [Heading(2, title), Table(columns, tuple(rows), f"{title}, {counted(len(rows), 'pair')}")]


def _side(row: Row) -> Cell:
    date, _ = row.shown_date
    told = typed(row, "event").replace("\n", " ")
    short = told if len(told) <= _EXCERPT else told[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    when = " ".join(part for part in (date or "no date", row.shown_time) if part)
    return (Line(f"Row {row.number} · {clean(row.agency.name)} · {when}", "strong"), Line(short))


def _gaps(content: PackContent, merged: Merged, found_gaps: Sequence[Gap]) -> list[Block]:
    uncounted = len(merged.rows) - merged.count("dated")
    caution = f" {counted(uncounted, 'row')} without a confirmed date may fall within them." if uncounted else ""
    blocks: list[Block] = [
        Heading(2, "Time without recorded contact"),
        Para(
            f"At least {content.gap_days} days between certain dates of any agency, or {content.agency_gap_days} days "
            f"within one agency’s rows.{caution}",
            "note",
        ),
    ]
    if not found_gaps:
        return [*blocks, Para("None found.", "note")]
    columns = (
        Column("Whose rows", 2.0),
        Column("From", 1.0),
        Column("To", 1.0),
        Column("Days", 0.6),
        Column("May fall within", 1.8),
    )
    rows = tuple(
        (
            plain(clean(gap.agency)) if gap.agency else (Line("All agencies", "strong"),),
            plain(short_date(gap.start)),
            plain(short_date(gap.end)),
            plain(str(gap.days)),
            plain(_within(gap)),
        )
        for gap in found_gaps
    )
    return [*blocks, Table(columns, rows, "Periods without recorded contact")]


def _within(gap: Gap) -> str:
    if not gap.within:
        return ""
    shown = ", ".join(str(number) for number in gap.within[:8])
    more = f" and {len(gap.within) - 8} more" if len(gap.within) > 8 else ""
    return f"row{'s' if len(gap.within) > 1 else ''} {shown}{more}"

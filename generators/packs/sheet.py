"""The pack as an Excel workbook for sorting and filtering: the same rows, real dates only where a day is certain.

Every text is stored as text, also one that starts with `=`, `+`, `-` or `@`: nothing an agency typed can become a
formula, not even when a person edits the cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from forms.registry import form
from generators.packs.answers import TO_CONFIRM, answer_blocks
from generators.packs.back import SEVERITIES, field_title
from generators.packs.blocks import Cell, Facts, Heading, Line, Para, Table
from generators.packs.chronology import RULE, Merged, Row
from generators.packs.content import PackContent, agency_order, returned_order
from generators.packs.front import KINDS, STATES
from generators.packs.glossary import glossary
from generators.packs.integrated import typed
from generators.packs.missing import missing
from generators.packs.words import clean
from generators.packs.zipped import same_bytes

Value = str | int | date | None
_LIMIT = 32_000
"""Characters that a cell may hold, with room for the words that say it goes on."""
_CUT = " … (goes on in pack.pdf and pack.docx)"
_FORMULA_STARTS = ("=", "+", "-", "@")
_HEAD = Font(name="Arial", size=10, bold=True)
_BODY = Font(name="Arial", size=10)
_FLAG = Font(name="Arial", size=10, bold=True, color="8A1C0A")
_FILL = PatternFill("solid", fgColor="E8EDF3")
_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: heads with column widths, then rows. `notes` stand above the heads."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]
    notes: Sequence[str] = ()
    landscape: bool = True


def draw_xlsx(content: PackContent, merged: Merged) -> bytes:
    """The workbook's bytes; the same content gives the same bytes."""
    book = Workbook(write_only=True)
    sheets = [
        _returns(content),
        _chronology(merged),
        _summaries(content),
        _findings(content),
        _glossary(content),
    ]
    for sheet in (_contents(content, sheets), *sheets):
        _write(book, sheet, content)
    stamp = datetime(content.built_on.year, content.built_on.month, content.built_on.day)  # noqa: DTZ001 -- openpyxl wants it so
    book.properties.created = stamp
    book.properties.title = f"{clean(content.partnership)}: consolidated pack"
    book.properties.creator = ""
    buffer = BytesIO()
    book.save(buffer)
    return same_bytes(buffer.getvalue())


def _write(book: Workbook, sheet: Sheet, content: PackContent) -> None:
    made = book.create_sheet(sheet.title)
    head_row = len(sheet.notes) + 1
    made.freeze_panes = f"A{head_row + 1}"
    made.print_title_rows = f"{head_row}:{head_row}"
    made.page_setup.orientation = "landscape"
    made.page_setup.paperSize = 9
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.oddHeader.left.text = clean(content.marking).replace("&", "&&")
    made.oddFooter.left.text = clean(content.marking).replace("&", "&&")
    made.oddFooter.right.text = "Page &P of &N"
    for number, (_, width) in enumerate(sheet.columns, start=1):
        made.column_dimensions[get_column_letter(number)].width = width
    for note in sheet.notes:
        made.append([_cell(made, note, _HEAD, wrap=False)])
    made.append([_cell(made, title, _HEAD, fill=True) for title, _ in sheet.columns])
    count = 0
    widths = [width for _, width in sheet.columns]
    for row in sheet.rows:
        count += 1
        made.row_dimensions[head_row + count].height = _height(row, widths)
        made.append([_cell(made, value, _BODY) for value in row])
    last = get_column_letter(len(sheet.columns))
    made.auto_filter.ref = f"A{head_row}:{last}{head_row + count}"


def _height(row: Sequence[Value], widths: Sequence[int]) -> float:
    """Enough points for the longest text; programs do not all work it out when they open a file."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(1 + len(part) // max(1, width - 2) for part in value.split("\n")))
    return min(409.0, 13.5 * lines + 2)


def _cell(sheet: Any, value: Any, font: Font, *, fill: bool = False, wrap: bool = True) -> Any:
    if isinstance(value, str):
        made = _text_cell(sheet, value)
    else:
        made = WriteOnlyCell(sheet, value=value)
    made.font = _FLAG if isinstance(value, str) and value.startswith(TO_CONFIRM) else font
    if wrap:
        made.alignment = _TOP
    if fill:
        made.fill = _FILL
    if isinstance(value, date):
        made.number_format = "dd mmm yyyy"
    return made


def _text_cell(sheet: Any, text: str) -> Any:
    made = WriteOnlyCell(sheet, value=(text if len(text) <= _LIMIT else text[:_LIMIT] + _CUT) or None)
    if text:
        made.data_type = "s"
        made.quotePrefix = text.startswith(_FORMULA_STARTS)
    return made


def _contents(content: PackContent, sheets: Sequence[Sheet]) -> Sheet:
    case = content.case
    rows: list[Sequence[Value]] = [
        ("Case reference", clean(case.reference)),
        ("Kind of review", KINDS[case.kind]),
        ("Edition", content.edition),
        ("Built on", content.built_on),
        ("Meeting", content.meeting_on or "Not yet set"),
    ]
    rows += [(f"Missing: {title}", words) for title, words in missing(content).groups]
    about = {
        "Returns": "What was asked of each agency and what came",
        "Chronology": "Every row of every chronology, merged; filter by agency and sort as you need",
        "Summaries": "Every answer of the referral, the agency summaries and the plans",
        "Findings": "Open findings and values for a person to confirm",
        "Glossary": "Every agency’s terms; clashes marked",
    }
    rows += [(f"Sheet “{sheet.title}”", about[sheet.title]) for sheet in sheets]
    notes = (clean(content.marking), f"{clean(content.partnership)}: consolidated pack")
    return Sheet("Contents", (("What", 34), ("Details", 110)), rows, notes)


def _returns(content: PackContent) -> Sheet:
    columns = (
        ("Agency", 34),
        ("Sector", 22),
        ("Asked for", 30),
        ("Due", 13),
        ("First due", 13),
        ("Received", 13),
        ("State", 22),
        ("Quality assured", 16),
        ("Reason for extension", 34),
        ("Note", 40),
    )
    signed = {True: "Yes", False: "Not signed", None: ""}
    ordered = sorted(content.asked, key=lambda item: (agency_order(item.agency), item.form, item.due_on))
    rows = [
        (
            clean(item.agency.name),
            item.agency.sector.replace("_", " "),
            form(item.form).title,
            item.due_on,
            item.first_due_on,
            item.received_on,
            STATES[item.state],
            signed[item.quality_assured],
            clean(item.extension_reason),
            clean(item.note),
        )
        for item in ordered
    ]
    return Sheet("Returns", columns, rows)


CHRONOLOGY_COLUMNS = (
    ("No.", 7),
    ("Date", 13),
    ("Date as written", 20),
    ("Time", 10),
    ("Time as written", 12),
    ("Agency", 28),
    ("Service", 20),
    ("Event", 70),
    ("Response or outcome", 40),
    ("People", 24),
    ("Child seen", 12),
    ("Impact", 30),
    ("Comment", 30),
    ("Age of child", 22),
    ("Source", 26),
    ("Row of the form", 9),
    ("Document", 28),
    ("Part", 20),
    ("To be confirmed", 36),
    ("Notes", 44),
)
_PARTS = {"dated": "Dated", "to_confirm": "Date to be confirmed", "undated": "Undated"}


def _chronology(merged: Merged) -> Sheet:
    return Sheet("Chronology", CHRONOLOGY_COLUMNS, (_chronology_row(row) for row in merged.rows), (RULE,))


def _chronology_row(row: Row) -> Sequence[Value]:
    confirm = [f"{name.replace('_', ' ')}: {clean(item.why)}" for name, item in row.doubts.items()]
    confirm += [f"the whole return: {clean(item.why)}" for item in row.returned.whole_doubts]
    return (
        row.number,
        row.day,
        row.written,
        row.time.replace("/", "–"),
        clean(row.event.get("time_as_written") or ""),
        clean(row.agency.name),
        row.service,
        typed(row, "event"),
        typed(row, "action"),
        typed(row, "people"),
        typed(row, "child_seen").replace("_", " "),
        typed(row, "impact"),
        typed(row, "comment"),
        "; ".join(f"{code}: {words}" for code, words in row.ages),
        typed(row, "source"),
        row.index + 1,
        clean(row.returned.source.name),
        _PARTS[row.part],
        f"{TO_CONFIRM}: {'; '.join(confirm)}" if confirm else "",
        "; ".join(note.text for note in row.notes),
    )


def _summaries(content: PackContent) -> Sheet:
    columns = (
        ("Agency", 30),
        ("Form", 26),
        ("Part", 24),
        ("Question", 34),
        ("Answer", 100),
        ("To be confirmed", 40),
        ("Document", 28),
    )
    rows: list[Sequence[Value]] = []
    for item in sorted(content.returns, key=returned_order):
        if item.form == "chronology":
            continue
        who = (clean(item.agency.name), form(item.form).title)
        for part, question, answer in _answers(answer_blocks(item, level=2)):
            words, confirm = _split(answer)
            rows.append((*who, part, question, words, confirm, clean(item.source.name)))
    return Sheet("Summaries", columns, rows)


def _answers(blocks: Iterable[object]) -> Iterable[tuple[str, str, Cell]]:
    """The answers in the blocks of one return, one by one: (part, question, answer)."""
    part = ""
    for block in blocks:
        if isinstance(block, Heading):
            part = block.text
        elif isinstance(block, Facts):
            for question, answer in block.rows:
                yield part, question, answer
            part = ""
        elif isinstance(block, Table):
            for number, row in enumerate(block.rows, start=1):
                for column, answer in zip(block.columns, row, strict=True):
                    yield part, f"{number}. {column.title}", answer
        elif isinstance(block, Para):
            yield "", "Note", (Line(block.text, "flag" if block.look == "flag" else "plain"),)


def _split(answer: Cell) -> tuple[str, str]:
    words = "\n".join(f"{line.label} {line.text}".strip() for line in answer if line.look != "flag")
    confirm = "; ".join(line.text for line in answer if line.look == "flag")
    return "" if words == "–" else words, f"{TO_CONFIRM}: {confirm}" if confirm else ""


def _findings(content: PackContent) -> Sheet:
    columns = (
        ("Agency", 30),
        ("Form", 26),
        ("Kind", 22),
        ("Rule", 10),
        ("Question", 34),
        ("Message", 70),
        ("What to do", 60),
        ("As typed", 40),
    )
    rows: list[Sequence[Value]] = [
        ("The case", "", SEVERITIES[one.severity], one.rule, "", clean(one.message), clean(one.remedy), "")
        for one in content.findings
    ]
    for item in sorted(content.returns, key=returned_order):
        who = (clean(item.agency.name), form(item.form).title)
        rows += [
            (
                *who,
                SEVERITIES[one.severity],
                one.rule,
                field_title(item, one.field),
                clean(one.message),
                clean(one.remedy),
                "",
            )
            for one in item.findings
        ]
        for doubt in item.review:
            stood = item.places.get(doubt.field)
            words = clean((stood.text if stood else "") or doubt.text)
            rows.append(
                (
                    *who,
                    "To be confirmed",
                    "",
                    field_title(item, doubt.field),
                    clean(doubt.why),
                    "Look at the original and confirm the value.",
                    words,
                )
            )
        rows += [(*who, "Also written", "", "", clean(left.text), "", clean(left.where)) for left in item.unplaced]
    return Sheet("Findings", columns, rows)


def _glossary(content: PackContent) -> Sheet:
    columns = (("Term", 18), ("Meaning", 70), ("Given by", 50), ("Clash", 18))
    rows = [
        (entry.term, said.meaning, clean(", ".join(said.agencies)), "Meanings differ" if entry.clash else "")
        for entry in glossary(content.returns)
        for said in entry.meanings
    ]
    return Sheet("Glossary", columns, rows)

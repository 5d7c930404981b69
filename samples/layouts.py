"""Returns on the agencies' own layouts: not our blank, other words for the same questions, other kinds of file."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import typst
from docx import Document
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from generators.packs.zipped import same_bytes
from samples.cast import CHILD, COMMUNITY, HOSPITAL, NHS_NUMBER, REFERENCE, SURGERY
from samples.chronologies import COMMUNITY_ROWS, HOSPITAL_ROWS, SURGERY_ROWS, SURGERY_ROWS_CORRECTED

_MADE = datetime(2026, 3, 6)  # noqa: DTZ001 - office files carry times without a zone
_QUESTIONS = (
    ("Ref No", REFERENCE),
    ("Full name of child", CHILD),
    ("Child's DOB", "17/06/2021"),
    ("NHS No.", f"{NHS_NUMBER[:3]} {NHS_NUMBER[3:6]} {NHS_NUMBER[6:]}"),
    ("Name of organisation", SURGERY.name),
    ("Report author", SURGERY.author.name),
    ("Job title", SURGERY.author.role),
    ("E-mail address", SURGERY.author.email),
    ("Contact number", SURGERY.author.phone),
    ("Is the author independent of the case?", "Yes"),
    ("Has your agency been involved with the child or family?", "Yes"),
    ("Dates of involvement", "18/06/2021 to 10/02/2026"),
)
_FIRST_DAYS = (("Date of report", "06/03/2026"), ("Date records secured", "31/06/2025"))
_CORRECTED_DAYS = (("Date of report", "16/03/2026"), ("Date records secured", "03/03/2026"))
_NARRATIVE = (
    ("Records reviewed", "Electronic patient record of the child, her brother and her mother; hospital letters."),
    (
        "Relevant background",
        "Registered at birth. Immunisations were complete by the age of one and are now two behind.",
    ),
    (
        "Outline of involvement",
        "Two hospital letters about injuries arrived in November and December 2025 and were filed by different members "
        "of the team. The mother was seen for low mood on 10 February 2026.",
    ),
    (
        "Analysis of practice",
        "Neither letter led to a second look at the record. Each was reasonable by itself; nobody saw both.",
    ),
    ("What was life like for the child?", "The child was not seen at the surgery after her third birthday."),
    ("Equality and diversity", "No interpreter needed. The mother's low mood and lack of money were known."),
    ("Good practice identified", "The mother was given time, a plan and a named doctor."),
    ("Areas for development", "Letters about injuries to a child under five should go to one clinician."),
    ("Immediate actions", "A weekly look at all letters about injuries began on 2 March 2026."),
)


def surgery_summary(*, corrected: bool = False) -> bytes:
    """The surgery's own report: never quality assured, and the day on which records were secured does not exist.

    The corrected one has the day, and the quality assurer's signature.
    """
    checked = (SURGERY.checker.name, SURGERY.checker.name, "16 March 2026") if corrected else ("", "", "")
    document = _document("Individual Agency Report")
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, answer in (*_QUESTIONS, *(_CORRECTED_DAYS if corrected else _FIRST_DAYS)):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, answer
        cells[0].paragraphs[0].runs[0].bold = True
    for heading, words in _NARRATIVE:
        document.add_heading(heading, level=2)
        document.add_paragraph(words)
    signed = "16 March 2026" if corrected else "6 March 2026"
    document.add_heading("Declaration", level=2)
    _rows(document, (("Name", SURGERY.author.name), ("Signed", SURGERY.author.name), ("Date", signed)))
    document.add_heading("Quality assured by (PRSG representative)", level=2)
    _rows(document, tuple(zip(("Name", "Signed", "Date"), checked, strict=True)))
    return _saved(document)


def surgery_chronology(*, corrected: bool = False) -> bytes:
    """The surgery's chronology: columns of its own, and one day that does not exist until it is corrected."""
    document = _document("Key event chronology")
    _rows(
        document,
        (
            ("Case number", REFERENCE),
            ("Subject child", CHILD),
            ("Born", "17/06/2021"),
            ("Organisation", SURGERY.name),
            ("Compiled by", SURGERY.author.name),
            ("Date prepared", "16/03/2026" if corrected else "06/03/2026"),
        ),
    )
    document.add_paragraph()
    table = document.add_table(rows=1, cols=5, style="Table Grid")
    for cell, words in zip(
        table.rows[0].cells, ("When", "Source", "What happened", "Who was involved", "Outcome"), strict=True
    ):
        cell.text = words
        cell.paragraphs[0].runs[0].bold = True
    for row in SURGERY_ROWS_CORRECTED if corrected else SURGERY_ROWS:
        cells = table.add_row().cells
        for cell, words in zip(cells, (row.written, row.source, row.event, row.people, row.action), strict=True):
            cell.text = words
    return _saved(document)


def hospital_chronology() -> bytes:
    """The trust's chronology as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Chronology"
    head = (
        ("Chronology of significant events", ""),
        ("Case ref", REFERENCE),
        ("Name of child", CHILD),
        ("Date of birth", "17/06/2021"),
        ("Organisation", HOSPITAL.name),
        ("Prepared by", HOSPITAL.author.name),
        ("Date completed", "05/03/2026"),
    )
    for number, pair in enumerate(head, start=1):
        for column, words in enumerate(pair, start=1):
            sheet.cell(number, column, words or None)
        sheet.cell(number, 1).font = Font(bold=True, size=14 if number == 1 else 11)
    columns = ("Date", "Time", "Source", "Event", "Who was seen or involved", "Child seen", "Outcome", "Comment")
    sheet.append([])
    sheet.append(columns)
    for cell in sheet[len(head) + 2]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6ED")
    for row in HOSPITAL_ROWS:
        seen = {"yes": "Yes", "no": "No"}.get(row.seen, "")
        sheet.append((row.written, row.time, row.source, row.event, row.people, seen, row.action, row.comment))
    for letter, width in zip("ABCDEFGH", (18, 20, 26, 60, 24, 12, 46, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows(min_row=len(head) + 3):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.properties.creator = HOSPITAL.name
    book.properties.created = book.properties.modified = _MADE
    out = BytesIO()
    book.save(out)
    return same_bytes(out.getvalue())


def community_chronology() -> bytes:
    """The community trust's chronology as a landscape PDF."""
    head = (
        ("Case reference", REFERENCE),
        ("Name of child", CHILD),
        ("D.O.B.", "17 June 2021"),
        ("Agency name", COMMUNITY.name),
        ("Chronology author", COMMUNITY.author.name),
        ("Date completed", "6 March 2026"),
    )
    columns = ("Date", "Source", "Event", "People", "Child seen", "Response or outcome", "Comment")
    cells = [words for pair in head for words in (f"*{pair[0]}*", _escaped(pair[1]))]
    rows = [
        _escaped(words)
        for row in COMMUNITY_ROWS
        for words in (
            row.written,
            row.source,
            row.event,
            row.people,
            row.seen.capitalize(),
            row.action,
            row.comment,
        )
    ]
    heads = ", ".join(f"[*{name}*]" for name in columns)
    source = (
        '#set document(title: "Single agency chronology", date: none)\n'
        '#set page(paper: "a4", flipped: true, margin: 15mm)\n#set text(size: 9.5pt)\n'
        "= Single agency chronology\n"
        f"#table(columns: (45mm, 1fr), {', '.join(f'[{cell}]' for cell in cells)})\n"
        "#v(4mm)\n"
        f"#table(columns: (28mm, 33mm, 1fr, 26mm, 17mm, 38mm, 45mm), table.header({heads}),\n"
        f"{', '.join(f'[{cell}]' for cell in rows)})\n"
    )
    made: bytes = typst.compile(source.encode("utf-8"), format="pdf", ignore_system_fonts=True)
    return made


def _escaped(words: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\*_`$#@<>[]~" else sign for sign in words)


def _document(title: str) -> Document:
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(title, level=1)
    document.core_properties.author = SURGERY.name
    document.core_properties.created = document.core_properties.modified = _MADE
    return document


def _rows(document: Document, pairs: tuple[tuple[str, str], ...]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, answer in pairs:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, answer


def _saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())

"""Workbooks as people fill them in, read as they show."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side

from parsers.readers.xlsx import read
from records.errors import InputProblem, TooLarge, Unreadable
from records.limits import DEFAULT_LIMITS, Limits
from records.tree import DocumentTree, Paragraph, Table


def bytes_of(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def tree_of(rows: list[list[object]]) -> DocumentTree:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return read(bytes_of(book), DEFAULT_LIMITS)


def tables(tree: DocumentTree) -> list[list[list[str]]]:
    return [[[c.text for c in row.cells] for row in b.rows] for b in tree.blocks if isinstance(b, Table)]


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, content.replace(old, new, 1) if member == part else content)
    return out.getvalue()


def test_a_label_block_above_an_event_table_are_two_tables() -> None:
    """The title is a line of text, the labels one table, the events another, with the sheet's own row numbers."""
    tree = tree_of(
        [
            ["Chronology", None, None],
            [],
            ["Case reference", "RSCP-1", None],
            ["Agency", "Example Trust", None],
            [],
            ["Date", "Source", "Event"],
            ["01/02/2024", "Log", "Call"],
            [],
            ["02/02/2024", "Log", "Visit"],
        ]
    )
    assert isinstance(tree.blocks[0], Paragraph)
    first, second = tables(tree)
    assert first == [["Case reference", "RSCP-1"], ["Agency", "Example Trust"]]
    assert [row[0] for row in second] == ["Date", "01/02/2024", "", "02/02/2024"]
    table = tree.blocks[-1]
    assert isinstance(table, Table)
    assert table.cell_place(3, table.rows[3].cells[2]).where == "sheet “Sheet”, cell C9"


def test_a_table_may_follow_labels_without_a_blank_row() -> None:
    """Pairs end where three columns begin."""
    tree = tree_of([["Agency", "Example"], ["Child", "A B"], ["Date", "Source", "Event"], ["1/2/24", "Log", "Call"]])
    assert [len(table) for table in tables(tree)] == [2, 2]


@pytest.mark.parametrize(
    ("value", "number_format", "text", "exact"),
    [
        (date(2024, 3, 12), "dd/mm/yyyy", "12/03/2024", "2024-03-12"),
        (date(2024, 3, 12), "m/d/yyyy", "3/12/2024", "2024-03-12"),
        (date(2024, 3, 1), "mmm-yy", "Mar-24", "2024-03"),
        (date(2024, 3, 12), "dddd d mmmm yyyy", "Tuesday 12 March 2024", "2024-03-12"),
        (date(2024, 3, 12), "[$-809]dd mmmm yyyy;@", "12 March 2024", "2024-03-12"),
        (datetime(2024, 3, 12, 14, 5), "dd/mm/yyyy hh:mm", "12/03/2024 14:05", "2024-03-12T14:05"),  # noqa: DTZ001 - as a sheet keeps it
        (time(9, 50), "hh:mm", "09:50", None),
        (time(14, 5), "h:mm AM/PM", "2:05 PM", None),
        (0.25, "0%", "25%", None),
        (9990000018, "000 000 0000", "999 000 0018", None),
        (3, "General", "3", None),
        (2.5, "General", "2.5", None),
        (45363, "General", "45363", None),
        (True, "General", "TRUE", None),
    ],
)
def test_a_value_is_given_as_it_shows_with_the_exact_date_behind(
    value: object, number_format: str, text: str, exact: str | None
) -> None:
    """An American format shows the month first; the date behind it is not in doubt."""
    book = Workbook()
    book.active["A1"], book.active["B1"] = "Label", value
    book.active["B1"].number_format = number_format
    cell = next(b for b in read(bytes_of(book), DEFAULT_LIMITS).blocks if isinstance(b, Table)).rows[0].cells[1]
    control = cell.paragraphs[0].runs[0].control
    assert (cell.text, control.value if control else None) == (text, exact)


def test_merged_cells_span_and_continue() -> None:
    """A date merged over two rows starts once and continues once."""
    book = Workbook()
    sheet = book.active
    for row in (["Date", "Source", "Event"], ["1/2/24", "Log", "Call"], [None, "Log", "Visit"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    table = next(b for b in read(bytes_of(book), DEFAULT_LIMITS).blocks if isinstance(b, Table))
    assert [row.cells[0].merge for row in table.rows] == ["", "start", "continue"]


def test_looks_comments_and_lines_are_kept() -> None:
    """Bold, strike, fill, a comment and a line break in a cell all come through."""
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "Status"
    sheet["B1"] = CellRichText("Yes / ", TextBlock(InlineFont(strike=True), "No"))
    sheet["A2"], sheet["B2"] = "Progress", "first line\nsecond line"
    sheet["A1"].font = Font(bold=True)
    sheet["B1"].fill = PatternFill("solid", fgColor="FFFFC000")
    sheet["B2"].comment = Comment("check this", "A Person")
    tree = read(bytes_of(book), DEFAULT_LIMITS)
    table = next(b for b in tree.blocks if isinstance(b, Table))
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold
    assert table.rows[0].cells[1].shade == "FFC000"
    assert [(run.text, run.strike) for run in table.rows[0].cells[1].paragraphs[0].runs] == [
        ("Yes / ", False),
        ("No", True),
    ]
    assert [paragraph.text for paragraph in table.rows[1].cells[1].paragraphs] == ["first line", "second line"]
    assert [(aside.kind, aside.text) for aside in tree.asides] == [("comment", "check this")]


def test_an_unanswered_cell_with_a_border_is_still_there() -> None:
    """An empty answer is an empty cell, not a missing one."""
    book = Workbook()
    side = Side(style="thin")
    book.active["A1"], book.active["A2"] = "Name", "Role"
    for place in ("B1", "B2"):
        book.active[place].border = Border(left=side, right=side, top=side, bottom=side)
    assert tables(read(bytes_of(book), DEFAULT_LIMITS)) == [[["Name", ""], ["Role", ""]]]


def test_hidden_rows_and_sheets_are_reported_and_not_read() -> None:
    """What the sheet does not show is told to a person; lists for drop-downs are nobody's words."""
    book = Workbook()
    sheet = book.active
    for row in (["Date", "Source", "Event"], ["1/2/24", "Log", "Call"], ["2/2/24", "Log", "Left out"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    notes = book.create_sheet("Notes")
    notes["A1"] = "A remark that is far too long to be one of the choices of a drop-down list."
    notes.sheet_state = "hidden"
    lists = book.create_sheet("Lists")
    lists["A1"], lists["A2"] = "Y", "N"
    lists.sheet_state = "hidden"
    tree = read(bytes_of(book), DEFAULT_LIMITS)
    assert len(tables(tree)[0]) == 2
    assert [aside.text.split(" ")[0] for aside in tree.asides if aside.kind == "hidden"] == ["2/2/24", "A"]


def test_formulas_count_by_their_last_value() -> None:
    """Nothing is computed; a formula that never was is said to be there."""
    book = Workbook()
    book.active["A1"], book.active["B1"] = "Total", "=1+1"
    data = bytes_of(book)
    assert "formulas_without_values" in read(data, DEFAULT_LIMITS).notices
    filled = replaced(data, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>2</v>")
    filled = replaced(filled, "xl/worksheets/sheet1.xml", b"<v />", b"<v>2</v>")
    assert tables(read(filled, DEFAULT_LIMITS)) == [[["Total", "2"]]]


def test_a_sheet_that_claims_a_million_rows_costs_what_it_holds() -> None:
    """The dimension that a file claims is not believed."""
    book = Workbook()
    book.active["A1"], book.active["B1"] = "Name", "A"
    book.active["A1048576"], book.active["B1048576"] = "Last", "Z"
    tree = read(bytes_of(book), DEFAULT_LIMITS)
    assert [row for table in tables(tree) for row in table if any(row)][-1] == ["Last", "Z"]


def test_hostile_and_broken_workbooks_end_in_a_named_problem() -> None:
    """Entities, too many rows, rubbish and cut files are refused by name."""
    book = Workbook()
    book.active.append(["a", "b"])
    data = bytes_of(book)
    doctype = b'<!DOCTYPE x [<!ENTITY e "boom">]><worksheet'
    with pytest.raises(Unreadable):
        read(replaced(data, "xl/worksheets/sheet1.xml", b"<worksheet", doctype), DEFAULT_LIMITS)
    with pytest.raises(TooLarge):
        read(data, Limits(rows=0))
    for broken in (
        b"",
        b"PK\x03\x04",
        data[: len(data) // 2],
        replaced(data, "xl/worksheets/sheet1.xml", b"</row>", b""),
    ):
        with pytest.raises(InputProblem):
            read(broken, DEFAULT_LIMITS)


def test_several_sheets_keep_their_names_and_order() -> None:
    """A table that goes on over two sheets is two tables, each with its sheet's name."""
    book = Workbook()
    book.active.title = "2023"
    book.active.append(["Date", "Source", "Event"])
    book.create_sheet("2024").append(["Date", "Source", "Event"])
    tree = read(bytes_of(book), DEFAULT_LIMITS)
    assert [block.part for block in tree.blocks if isinstance(block, Table)] == ["sheet “2023”", "sheet “2024”"]

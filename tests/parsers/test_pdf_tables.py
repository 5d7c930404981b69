"""Tables of a PDF: ruled, merged, nested, borderless, over page breaks."""

from __future__ import annotations

import pytest

from records.tree import Table
from tests.parsers.pdf_samples import outline, page_pdf, tables, texts, tree_of


def test_ruled_cells_hold_their_text() -> None:
    """A ruled grid comes out cell by cell, empty cells too, each with page and box."""
    tree = tree_of(page_pdf("#table(columns: 2, [Name], [Ann Example], [Role], [])"))
    (table,) = tables(tree)
    assert texts(table) == [["Name", "Ann Example"], ["Role", ""]]
    cell = table.rows[0].cells[1]
    assert cell.page == 1
    assert cell.box is not None
    assert 50 < cell.box[0] < cell.box[2]


def test_merged_cells_keep_their_spans() -> None:
    """A cell over two columns has span 2; a cell over two rows starts once and continues empty."""
    source = "#table(columns: 3, table.cell(colspan: 2)[Wide], [c], table.cell(rowspan: 2)[Tall], [x], [y], [p], [q])"
    (table,) = tables(tree_of(page_pdf(source)))
    first, second, third = table.rows
    assert [(cell.text, cell.column, cell.span) for cell in first.cells] == [("Wide", 1, 2), ("c", 3, 1)]
    assert second.cells[0].merge == "start"
    assert third.cells[0].merge == "continue"
    assert third.cells[0].text == ""
    assert [cell.text for cell in third.cells[1:]] == ["p", "q"]


def test_shading_is_the_colour_of_the_cell() -> None:
    """A filled cell has its colour, others have none."""
    source = '#table(columns: 2, table.cell(fill: rgb("#92D050"))[Done], [Open])'
    (table,) = tables(tree_of(page_pdf(source)))
    assert [cell.shade for cell in table.rows[0].cells] == ["92D050", ""]


def test_table_inside_a_cell_is_nested() -> None:
    """A table inside a cell stands between the paragraphs of that cell and is numbered under its table."""
    source = "#table(columns: (80pt, 300pt), [Answer], [before #table(columns: 2, [a], [b]) after])"
    (table,) = tables(tree_of(page_pdf(source)))
    before, nested, after = table.rows[0].cells[1].blocks
    assert isinstance(nested, Table)
    assert texts(nested) == [["a", "b"]]
    assert nested.number == "1.1"
    assert outline([before, after]) == ["before", "after"]


def test_borderless_columns_are_a_table() -> None:
    """Aligned columns without lines are rows and cells; wrapped lines stay in their cell."""
    source = """#table(columns: (80pt, 60pt, 1fr), stroke: none, [*Date*], [*Time*], [*Event*],
    [01/02/2023], [10:00], [Home visit. #lorem(30)], [02/02/2023], [], [Telephone call.],
    [03/02/2023], [11:15], [Meeting.])"""
    (table,) = tables(tree_of(page_pdf(source)))
    assert [row[0] for row in texts(table)] == ["Date", "01/02/2023", "02/02/2023", "03/02/2023"]
    assert [row[1] for row in texts(table)] == ["Time", "10:00", "", "11:15"]
    assert texts(table)[1][2].startswith("Home visit. Lorem ipsum")
    assert "\n" not in texts(table)[1][2]


def test_numbered_paragraphs_are_no_table() -> None:
    """A list whose numbers hang in the margin stays running text."""
    tree = tree_of(page_pdf("+ First thing\n\n+ Second thing\n\n+ Third thing\n"))
    assert outline(tree.blocks) == ["First thing", "Second thing", "Third thing"]
    assert all(paragraph.listed for paragraph in tree.paragraphs())


def test_rules_without_uprights_part_the_rows() -> None:
    """Horizontal rules alone still make rows."""
    source = """#table(columns: (90pt, 90pt, 1fr), stroke: (x, y) => (bottom: 0.5pt), [*Name*], [*Role*], [*Team*],
    [A Person], [Nurse], [One], [B Person], [Doctor], [Two], [C Person], [Doctor], [Three])"""
    (table,) = tables(tree_of(page_pdf(source)))
    assert texts(table)[1:] == [
        ["A Person", "Nurse", "One"],
        ["B Person", "Doctor", "Two"],
        ["C Person", "Doctor", "Three"],
    ]


def test_table_over_pages_is_one_table_with_one_header() -> None:
    """Parts on several pages are joined; the repeated header stays once and is marked."""
    rows = " ".join(f"[{n:02}/01/2020], [Event {n} #lorem(12)], [Person {n}]," for n in range(1, 60))
    source = f"#table(columns: (70pt, 1fr, 80pt), table.header([*Date*], [*Event*], [*Who*]), {rows})"
    tree = tree_of(page_pdf(source))
    (table,) = tables(tree)
    assert tree.pages is not None
    assert tree.pages > 1
    assert table.rows[0].header
    assert [row[0] for row in texts(table)] == ["Date", *[f"{n:02}/01/2020" for n in range(1, 60)]]
    assert {row.page for row in table.rows} == set(range(1, tree.pages + 1))


def test_row_cut_by_the_page_is_one_row() -> None:
    """A long answer that runs over page breaks is one cell with the typist's paragraphs."""
    source = "#table(columns: (90pt, 1fr), [*Name*], [Ann], [*Summary*], [{}], [*End*], [x])"
    source = source.format("#lorem(500)\n\nNew paragraph. #lorem(400)")
    (table,) = tables(tree_of(page_pdf(source, page="width: 595pt, height: 400pt, margin: 50pt")))
    assert [row[0] for row in texts(table)] == ["Name", "Summary", "End"]
    assert texts(table)[1][1].count("\n") == 1


def test_new_row_with_an_empty_key_is_not_joined() -> None:
    """After a page break a row whose date is blank stays a row of its own."""
    lines = " ".join(f"[{n}/3/20], [Short event {n}.], [Y]," for n in range(1, 12))
    source = f"#table(columns: (70pt, 1fr, 40pt), {lines} [], [Second event of that day.], [N])"
    height = 50 + 11 * 17.5 + 52
    (table,) = tables(tree_of(page_pdf(source, page=f"width: 595pt, height: {height}pt, margin: 50pt")))
    assert texts(table)[-1] == ["", "Second event of that day.", "N"]


def test_box_with_its_label_beside_it_is_a_row() -> None:
    """Lone boxes to be filled stand in a row with the label printed on their left."""
    row = "#grid(columns: (120pt, 200pt), rows: 24pt, align: horizon, [{}], rect(width: 200pt, height: 20pt)[{}])"
    source = row.format("Your name:", "Ann Example") + "\n" + row.format("Your role:", "Nurse")
    (table,) = tables(tree_of(page_pdf(source)))
    assert texts(table) == [["Your name:", "Ann Example"], ["Your role:", "Nurse"]]


@pytest.mark.parametrize("drop", [0, 6])
def test_answer_beside_a_wrapped_label_is_a_row(drop: int) -> None:
    """A label that wraps in a column of its own, with the answer level with a line or between two, is one row."""
    label = "#place(dx: 0pt, dy: 20pt)[#block(width: 150pt)[Has the child or any other child been seen alone?]]"
    answer = f"#place(dx: 250pt, dy: {20 + drop}pt)[Yes, on Monday]"
    (table,) = tables(tree_of(page_pdf(f"Section.\n{label}{answer}")))
    assert texts(table) == [["Has the child or any other child been seen alone?", "Yes, on Monday"]]


def test_running_columns_are_no_table() -> None:
    """Two columns of prose are read one after the other, not line by line."""
    tree = tree_of(page_pdf("#columns(2)[" + "one and " * 150 + "#colbreak()" + "two or " * 150 + "]"))
    assert tables(tree) == []
    assert [block.text[:3] for block in tree.paragraphs()] == ["one", "two"]


def test_same_blank_table_on_the_next_page_keeps_its_rows() -> None:
    """Two copies of a form's table, one at a page's end and one at the next page's start, lose no row."""
    form = "#table(columns: (90pt, 1fr), rows: 60pt, [*Name*], [{}], [*Born*], [], [*School*], [])"
    source = form.format("") + "#pagebreak()" + form.format("")
    tree = tree_of(page_pdf(source, page="width: 595pt, height: 290pt, margin: 50pt"))
    labels = [row[0] for table in tables(tree) for row in texts(table)]
    assert labels == ["Name", "Born", "School"] * 2


def test_options_over_a_page_break_are_one_list() -> None:
    """A list of options with a box each that the page cuts in two stays in one cell."""
    options = [f"[ ] Kind number {n}" for n in range(1, 9)]
    body = " \\ ".join(option.replace("[ ]", "\\[ \\]") for option in options)
    source = f"#table(columns: (90pt, 1fr), [*Kind*], [{body}], [*End*], [x])"
    (table,) = tables(tree_of(page_pdf(source, page="width: 595pt, height: 170pt, margin: 50pt")))
    assert [row[0] for row in texts(table)] == ["Kind", "End"]
    assert texts(table)[0][1].split("\n") == options


def test_table_that_runs_off_the_page_is_said() -> None:
    """Words beyond the edge of the paper stay with the last cell that shows, and the page is named."""
    source = "#table(columns: (90pt, 200pt, 700pt), [Date], [Event], [Home visit #h(430pt) by the nurse], [], [], [])"
    tree = tree_of(page_pdf(source))
    assert texts(tables(tree)[0])[0][2].split() == ["Home", "visit", "by", "the", "nurse"]
    assert "cut_off:1" in tree.notices

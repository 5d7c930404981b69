"""Delimited text, plain text and HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.readers import csv, html, text
from records.errors import Empty, InputProblem, TooDeep
from records.limits import DEFAULT_LIMITS
from records.tree import DocumentTree, Paragraph, Table, walk_paragraphs


def shape(tree: DocumentTree) -> list[object]:
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in tree.blocks
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimited_text_is_one_sheet(mark: str, encoding: str) -> None:
    """Whatever the mark and the encoding, labels above and events below are two tables."""
    lines = [
        ["Agency", "Ysgol – Example", ""],
        ["", "", ""],
        ["Date", "Source", "Event"],
        ["1/2/24", "Log", "Call – “x”"],
    ]
    data = "\r\n".join(mark.join(line) for line in lines).encode(encoding)
    assert shape(csv.read(data, DEFAULT_LIMITS)) == [[lines[0][:2]], [lines[2], lines[3]]]


def test_quoted_cells_keep_their_marks_and_lines() -> None:
    """A comma and a line break inside quotes are part of the cell."""
    tree = csv.read(b'Date,Source,Event\n1/2/24,Log,"Call, then\nvisit"\n', DEFAULT_LIMITS)
    assert shape(tree) == [[["Date", "Source", "Event"], ["1/2/24", "Log", "Call, then\nvisit"]]]


def test_text_lines_are_paragraphs_and_pasted_rows_a_table() -> None:
    """Label lines stay lines; rows parted by tabs or bars become a table."""
    data = (
        "Agency: Example\n\n- first\nDate\tEvent\n1/2/24\tCall\n2/2/24\tVisit\nEnd\n| a | b |\n|---|---|\n| c | d |\n"
    )
    tree = text.read(data.encode(), DEFAULT_LIMITS)
    assert shape(tree) == [
        "Agency: Example",
        "first",
        [["Date", "Event"], ["1/2/24", "Call"], ["2/2/24", "Visit"]],
        "End",
        [["a", "b"], ["c", "d"]],
    ]
    assert isinstance(tree.blocks[1], Paragraph)
    assert tree.blocks[1].listed


@given(st.text(min_size=1, max_size=300))
def test_no_character_of_a_text_is_lost(content: str) -> None:
    """Letters and figures of any text come out in their order."""
    try:
        tree = text.read(content.encode("utf-8", "replace"), DEFAULT_LIMITS)
    except Empty:
        return
    seen = "".join(paragraph.text for paragraph in walk_paragraphs(tree.blocks))
    kept = content.encode("utf-8", "replace").decode("utf-8")
    assert [c for c in seen if c.isalnum()] == [c for c in kept.removeprefix("\ufeff") if c.isalnum()]


def test_html_gives_tables_ticks_and_looks() -> None:
    """Spans, check boxes, struck-out words and headings come through; scripts and hidden text do not."""
    page = """<html><head><title>t</title><script>var x = 'no';</script></head><body><h2>Form</h2>
    <p>Dear <b>all</b><br>second&nbsp;line</p><div style="display:none">hidden</div>
    <table><tr><th colspan=2>Head</th></tr><tr><td rowspan=2>1/2/24</td><td><input type=checkbox checked> Yes
    <s>No</s></td></tr><tr><td bgcolor="#FFC000">more</td></tr></table><ul><li>point</li></ul></body></html>"""
    tree = html.read(page.encode(), DEFAULT_LIMITS)
    assert shape(tree) == [
        "Form",
        "Dear all",
        "second\u00a0line",
        [["Head"], ["1/2/24", "☒ Yes No"], ["", "more"]],
        "point",
    ]
    table = tree.blocks[3]
    assert isinstance(table, Table)
    assert [cell.merge for cell in (table.rows[1].cells[0], table.rows[2].cells[0])] == ["start", "continue"]
    assert table.rows[0].cells[0].span == 2
    assert table.rows[2].cells[1].shade == "FFC000"
    assert any(run.strike and run.text == "No" for run in table.rows[1].cells[1].paragraphs[0].runs)


def test_html_reports_what_nobody_sees_beside_the_text() -> None:
    """Remarks, deleted and hidden words are kept apart from the answers; a converter's marks of its fields are gone."""
    page = (
        "<p>Name: \x04Sam <del>Old</del> Pretend\x05&#1;<!-- Ask Kim --></p><!--[if mso]><p>x</p><![endif]-->"
        "<p style='display: none'>Draft only</p><p>Seen <s>yes</s></p>"
    )
    tree = html.read(page.encode(), DEFAULT_LIMITS)
    assert shape(tree) == ["Name: Sam  Pretend", "Seen yes"]
    assert [(aside.kind, aside.text) for aside in tree.asides] == [
        ("deleted", "Old"),
        ("comment", "Ask Kim"),
        ("hidden", "Draft only"),
    ]
    assert tree.notices == ["comments", "hidden_text", "tracked_changes"]


def test_html_in_an_old_encoding_is_read_as_declared() -> None:
    """The declaration inside the page is followed."""
    page = '<html><head><meta charset="windows-1252"></head><body><p>“Sîan” – café</p></body></html>'
    assert shape(html.read(page.encode("cp1252"), DEFAULT_LIMITS)) == ["“Sîan” – café"]


def test_html_nested_past_all_sense_is_refused_by_name() -> None:
    """A page of a hundred thousand nested boxes ends in a named problem."""
    with pytest.raises((TooDeep, InputProblem)):
        html.read(b"<table><tr><td>" * 20 + b"x", DEFAULT_LIMITS)


@pytest.mark.parametrize("reader", [csv, html, text])
@given(data=st.binary(max_size=200))
def test_any_bytes_end_in_a_tree_or_a_named_problem(reader: object, data: bytes) -> None:
    """Rubbish never breaks a reader."""
    try:
        tree = reader.read(data, DEFAULT_LIMITS)  # type: ignore[attr-defined]
    except InputProblem:
        return
    assert isinstance(tree, DocumentTree)


def test_an_empty_file_is_said_to_be_empty() -> None:
    """Blank space is nothing."""
    for reader in (csv, text, html):
        with pytest.raises(Empty):
            reader.read(b" \r\n\t", DEFAULT_LIMITS)

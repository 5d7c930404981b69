"""Text of a PDF: paragraphs, looks, ticks, page furniture, turned pages."""

from __future__ import annotations

import pikepdf
import pytest

from records.tree import DocumentTree, Run
from tests.parsers.pdf_samples import changed, outline, page_pdf, tables, texts, tree_of, typed_pdf


def runs(tree: DocumentTree) -> list[Run]:
    return [run for paragraph in tree.paragraphs() for run in paragraph.runs]


def test_wrapped_lines_are_one_paragraph() -> None:
    """Lines that the page wrapped are joined; lines that the typist ended are not."""
    source = "#table(columns: (90pt, 1fr), [Answer], [#lorem(70)\n\nA second paragraph.\n\n- a point\n- another])"
    (table,) = tables(tree_of(page_pdf(source)))
    first, second, *points = table.rows[0].cells[1].paragraphs
    assert first.text.startswith("Lorem ipsum")
    assert "\n" not in first.text
    assert second.text == "A second paragraph."
    assert [(p.text, p.listed) for p in points] == [("a point", True), ("another", True)]


def test_hyphen_at_the_line_end_keeps_its_word() -> None:
    """A typed hyphen where the line broke stays, without a space after it."""
    source = "#set text(hyphenate: false)\n#block(width: 62pt)[The cases were re-checked]"
    assert "re-checked" in " ".join(outline(tree_of(page_pdf(source)).blocks))


def test_looks_are_kept() -> None:
    """Bold, italic, strike, underline and highlight are told of exactly the words that have them."""
    source = "Plain *bold* _slanted_ #strike[struck] #underline[under] #highlight[bright] end."
    looks = {run.text.strip(): run for run in runs(tree_of(page_pdf(source)))}
    assert looks["bold"].bold
    assert looks["slanted"].italic
    assert looks["struck"].strike
    assert looks["under"].underline
    assert looks["bright"].highlight
    for name, run in looks.items():
        marks = [run.bold, run.italic, run.strike, run.underline, run.highlight]
        assert sum(marks) == (name in {"bold", "slanted", "struck", "under", "bright"})


def test_drawn_boxes_are_ticks() -> None:
    """A drawn square is an empty tick box, one with a cross drawn in it is a ticked one."""
    strokes = ("line(end: (9pt, 9pt))", "line(start: (9pt, 0pt), end: (0pt, 9pt))")
    cross = "".join(f"#place(dx: -5pt, dy: -5pt, {stroke})" for stroke in strokes)
    source = f"#box(square(size: 9pt)) Yes #h(20pt) #box(square(size: 9pt)[{cross}]) No"
    (paragraph,) = tree_of(page_pdf(source)).paragraphs()
    assert paragraph.text.split() == ["☐", "Yes", "☒", "No"]


@pytest.mark.parametrize(
    "drawing",
    [
        "#box[#place(dx: -4pt, dy: -4pt, ellipse(width: 26pt, height: 16pt))Yes]",
        "#box(stroke: 0.7pt, outset: 2pt)[Yes]",
    ],
)
def test_ring_stands_beside_its_word(drawing: str) -> None:
    """An ellipse or a box drawn around one of two answers is a ring after that word."""
    (table,) = tables(tree_of(page_pdf(f"#table(columns: (90pt, 1fr), rows: 30pt, [Seen?], [{drawing} #h(8pt) No])")))
    seen = [(run.text.strip(), run.ring) for run in table.rows[0].cells[1].paragraphs[0].runs]
    assert seen.index(("Yes", False)) + 1 == seen.index(("", True))
    assert seen[-1][0] == "No"


def test_running_header_and_page_numbers_leave_the_flow() -> None:
    """What repeats at the top and bottom of pages is told once and is not in the flow."""
    footer = "[Form 7 Page #counter(page).display() of 3]"
    page = f"width: 595pt, height: 300pt, margin: 50pt, header: [Confidential], footer: context {footer}"
    tree = tree_of(page_pdf("One.\n#pagebreak()\nTwo.\n#pagebreak()\nThree.", page=page))
    assert outline(tree.blocks) == ["One.", "Two.", "Three."]
    assert [(aside.kind, aside.text) for aside in tree.asides] == [
        ("header", "Confidential"),
        ("footer", "Form 7 Page 1 of 3"),
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_read_upright(turn: int) -> None:
    """A page that is painted sideways, and turned by /Rotate or not, reads the same."""
    data = page_pdf("#table(columns: (90pt, 1fr), [Name], [Ann Example], [Role], [Nurse])")

    def rotate(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn

    (table,) = tables(tree_of(changed(data, rotate)))
    assert texts(table) == [["Name", "Ann Example"], ["Role", "Nurse"]]


def test_white_text_is_reported_and_not_read() -> None:
    """White words on white paper are hidden text."""
    tree = tree_of(page_pdf("Seen. #text(fill: white)[Unseen.]"))
    assert outline(tree.blocks) == ["Seen."]
    assert [(aside.kind, aside.text) for aside in tree.asides] == [("hidden", "Unseen.")]
    assert "hidden_text" in tree.notices


def test_sentence_goes_on_over_the_page() -> None:
    """A sentence that a page break cut is one paragraph."""
    tree = tree_of(
        page_pdf("Then " + "and so on, " * 200 + "until the end.", page="width: 595pt, height: 200pt, margin: 50pt")
    )
    assert tree.pages is not None
    assert tree.pages > 1
    assert len(tree.blocks) == 1


def test_numbered_headings_at_the_top_of_pages_stay() -> None:
    """Headings that differ in their number alone are no running header, though they stand at the same height."""
    source = "Child 1\n\nAnn.\n#pagebreak()\nChild 2\n\nBen.\n#pagebreak()\nChild 3\n\nCarl."
    tree = tree_of(page_pdf(source))
    assert outline(tree.blocks) == ["Child 1", "Ann.", "Child 2", "Ben.", "Child 3", "Carl."]
    assert tree.asides == []


@pytest.mark.parametrize("space_after_each", [False, True])
def test_paragraphs_of_either_word_processor(space_after_each: bool) -> None:
    """Typed paragraphs come out whole, whether or not the file paints a space after each paragraph."""
    typed = [
        "One two three four. " * 9 + "The end of it.",
        "And a second one. " * 8 + "Really.",
        "Short.",
        "Also short.",
    ]
    (table,) = tables(tree_of(typed_pdf(typed, space_after_each=space_after_each)))
    assert texts(table)[0][0].split("\n") == typed


@pytest.mark.parametrize("space_after_each", [False, True])
def test_word_cut_at_the_line_end_is_one_word(space_after_each: bool) -> None:
    """A word too long for its column, which the page cut without a hyphen, comes out in one piece."""
    typed = ["One two three four. " * 9 + "End.", "Featherstonehaugh" * 2 + "Cholmondeley" + "son", "Short."]
    (table,) = tables(tree_of(typed_pdf(typed, space_after_each=space_after_each)))
    assert typed[1] in texts(table)[0][0].split()


def test_space_between_paragraphs_parts_them() -> None:
    """A full line that ends no sentence is a paragraph of its own where more space follows than inside one."""
    typed = [
        "One two three four. " * 9 + "End.",
        "Name of the worker who completed this whole f",
        "ada oxenholme-smith",
    ]
    (table,) = tables(tree_of(typed_pdf(typed, space_after_each=False, apart=4)))
    assert texts(table)[0][0].split("\n") == typed


def test_space_typed_after_a_label_does_not_wrap_it() -> None:
    """A label with nothing but a space behind its colon does not take the next line for its answer."""
    typed = [
        "One two three four. " * 9 + "End.",
        "One two three four. " * 9 + "End.",
        "Ethnicity: ",
        "Language: Polish",
    ]
    (table,) = tables(tree_of(typed_pdf(typed, space_after_each=False)))
    assert texts(table)[0][0].split("\n") == [line.strip() for line in typed]

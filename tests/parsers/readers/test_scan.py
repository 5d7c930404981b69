"""Scans: what is found on a picture before a word is read, and whole pages through the engine."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from parsers.answers import Answer
from parsers.ocr import Word, find_engine, require_engine
from parsers.persons import split_answer
from parsers.readers import scan
from parsers.readers.scan_picture import black_and_white, ink_of, ruled_lines, straightened
from parsers.readers.scan_shapes import rings, shapes, squares
from parsers.readers.scan_words import pieces_of
from records.errors import ConverterUnavailable, Empty, InputProblem, Unreadable
from records.limits import DEFAULT_LIMITS
from records.tree import DocumentTree, Paragraph, Place, Run, Table, walk_paragraphs

needs_engine = pytest.mark.skipif(find_engine() is None, reason="Tesseract is not installed")
A4 = (2480, 3508)


def blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("L", A4, 252)
    return page, ImageDraw.Draw(page)


def grid(pen: ImageDraw.ImageDraw, columns: list[int], rows: list[int], colour: int = 90) -> None:
    for y in rows:
        pen.line((columns[0], y, columns[-1], y), fill=colour, width=3)
    for x in columns:
        pen.line((x, rows[0], x, rows[-1]), fill=colour, width=3)


def as_png(page: Image.Image) -> bytes:
    stream = io.BytesIO()
    page.save(stream, "PNG", dpi=(300, 300))
    return stream.getvalue()


@pytest.mark.parametrize("angle", [-2.3, -0.6, 0.0, 0.4, 1.7])
def test_a_slanted_page_is_straightened(angle: float) -> None:
    """A page that lay askew on the glass comes out level to a tenth of a degree."""
    page, pen = blank()
    grid(pen, [300, 1200, 2200], list(range(400, 3000, 150)))
    _, turned = straightened(page.rotate(angle, fillcolor=252))
    assert abs(turned + angle) <= 0.11


@pytest.mark.parametrize("colour", [60, 150, 205])
def test_ruled_lines_are_found_dark_and_faint(colour: int) -> None:
    """Every line of the table, no other."""
    page, pen = blank()
    grid(pen, [300, 1200, 2200], [400, 520, 640, 900], colour)
    across, down = ruled_lines(page, black_and_white(ink_of(page)))
    assert sorted(round(line.place / 10) for line in across) == [40, 52, 64, 90]
    assert {round(line.place / 10) for line in down} == {30, 120, 220}


def test_rings_and_tick_boxes_are_told_from_each_other() -> None:
    """A drawn ellipse is a ring, a square a box, and a cross inside does not hide the box."""
    page, pen = blank()
    pen.ellipse((500, 500, 650, 590), outline=60, width=4)
    pen.rectangle((1000, 500, 1036, 536), outline=60, width=3)
    pen.rectangle((1200, 500, 1236, 536), outline=60, width=3)
    pen.line((1204, 504, 1232, 532), fill=60, width=4)
    pen.line((1232, 504, 1204, 532), fill=60, width=4)
    found = shapes(black_and_white(ink_of(page)))
    assert len([area for shape in found for area in rings(shape, found)]) == 1
    assert len([area for shape in found for area in squares(shape)]) == 2


@pytest.fixture(scope="module")
def filled_page() -> Image.Image:
    """A page with a small table: labels, values, a ticked and an empty box, a ring, a scribble."""
    page, pen = blank()
    font = ImageFont.load_default(46)
    pen.text((300, 200), "Agency summary form", fill=20, font=font)
    grid(pen, [300, 1000, 2200], [400, 520, 640, 760, 940])
    for row, (label, value) in enumerate(
        [("Agency", "Example Trust"), ("Child seen", ""), ("Aware", "YES / NO"), ("Signed", "")]
    ):
        pen.text((330, 430 + 120 * row), label, fill=20, font=font)
        pen.text((1040, 430 + 120 * row), value, fill=20, font=font)
    for left, word in ((1040, "Yes"), (1340, "No")):
        pen.rectangle((left, 560, left + 38, 598), outline=40, width=3)
        pen.text((left + 60, 550), word, fill=20, font=font)
    pen.line((1046, 566, 1072, 592), fill=30, width=5)
    pen.line((1072, 566, 1046, 592), fill=30, width=5)
    pen.ellipse((1020, 662, 1160, 738), outline=60, width=4)
    points = [(1100 + 12 * n, 850 + (40 if n % 2 else -35) + 7 * (n % 5)) for n in range(40)]
    pen.line(points, fill=40, width=5)
    return page


def table_of(tree: DocumentTree) -> Table:
    return next(block for block in tree.blocks if isinstance(block, Table))


@pytest.mark.ocr
@needs_engine
@pytest.mark.parametrize("angle", [0.0, 1.2])
def test_a_scanned_form_gives_cells_boxes_rings_and_signatures(filled_page: Image.Image, angle: float) -> None:
    """The same table that a text PDF would give, with what was drawn by hand."""
    tree = scan.read(as_png(filled_page.rotate(angle, fillcolor=252)), DEFAULT_LIMITS)
    rows = table_of(tree).rows
    assert [row.cells[0].text for row in rows] == ["Agency", "Child seen", "Aware", "Signed"]
    assert rows[0].cells[1].text == "Example Trust"
    runs = [run for row in rows for paragraph in row.cells[1].paragraphs for run in paragraph.runs]
    assert [run.control.checked for run in runs if run.control] == [True, False]
    assert [run.ring for run in runs].count(True) == 1
    assert [run.picture for run in rows[3].cells[1].paragraphs[0].runs] == [True]
    assert rows[0].cells[1].page == 1
    assert rows[0].cells[1].box is not None
    assert "ocr" in tree.notices


@pytest.mark.ocr
@needs_engine
def test_a_page_that_lies_on_its_side_is_turned(filled_page: Image.Image) -> None:
    """A page fed in sideways reads like one fed in upright."""
    tree = scan.read(as_png(filled_page.rotate(90, expand=True)), DEFAULT_LIMITS)
    assert "turned" in tree.notices
    assert table_of(tree).rows[0].cells[1].text == "Example Trust"


@pytest.mark.ocr
@needs_engine
def test_an_empty_page_is_an_empty_tree() -> None:
    """Nothing on the glass, nothing made up."""
    tree = scan.read(as_png(blank()[0]), DEFAULT_LIMITS)
    assert tree.blocks == []


@pytest.mark.ocr
@needs_engine
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"%PDF-1.4\nrubbish", b"rubbish"])
def test_damaged_pictures_are_refused_by_name(data: bytes) -> None:
    """A cut picture ends in a named problem."""
    with pytest.raises(Unreadable):
        scan.read(data, DEFAULT_LIMITS)
    with pytest.raises((Empty, InputProblem)):
        scan.read(b"  ", DEFAULT_LIMITS)


def test_without_the_engine_the_reason_and_the_remedy_are_said() -> None:
    """The outcome names what is missing and what to do."""
    with pytest.raises(ConverterUnavailable) as caught:
        require_engine("/nowhere/tesseract")
    assert "Tesseract" in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        (["CK3", "9XY"], []),
        (["CK3", "OXY,"], ["OXY,"]),
        (["CKI", "4AB"], ["CKI"]),
        (["SW1A", "2AA"], []),
        (["YES", "NO"], []),
    ],
)
def test_a_postcode_against_its_grammar_is_doubted(words: list[str], doubted: list[str]) -> None:
    """A half of a postcode with a letter where only a figure can stand is for a person, however sure the engine is."""
    line = [Word(text, 100 * n, 50, 100 * n + 80, 90, (1, 1, 1), 96.0) for n, text in enumerate(words)]
    assert [piece.text for piece in pieces_of(line) if piece.run is not None and piece.run.unsure] == doubted


def test_doubt_stays_with_its_word_when_a_cell_is_taken_apart() -> None:
    """Address, telephone and e-mail from one cell: the part with the word that was hard to read is doubted alone."""
    runs = [Run("Civic Centre, CK3 "), Run("OXY", unsure=True), Run("\n0161 496 0107\na.lee@ck.example")]
    answer = Answer("referrer.address+phone+email", [Paragraph(runs)], Place("table 1"), label="Contact")
    parts = {
        part.path: any(run.unsure for p in walk_paragraphs(part.blocks) for run in p.runs)
        for part in split_answer(answer)
    }
    assert parts == {"referrer.address": True, "referrer.phone": False, "referrer.email": False}

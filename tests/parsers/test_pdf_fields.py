"""What lies on top of a PDF's pages: fields, typed notes, markup, files; and files that cannot be read."""

from __future__ import annotations

import contextlib
import io
import random
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from parsers.readers.pdf import attachments, read, scanned_pages
from records.errors import Empty, Encrypted, InputProblem, TooLarge, Unreadable
from records.limits import DEFAULT_LIMITS
from records.tree import Run
from tests.parsers.pdf_samples import (
    annotate,
    changed,
    inside,
    outline,
    page_pdf,
    rectangle,
    tables,
    text_field,
    texts,
    tree_of,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SAMPLES = sorted(CORPUS.glob("pdf/*.pdf")) + sorted(CORPUS.glob("hostile/*.pdf"))
FORM = page_pdf(
    "#table(columns: (120pt, 1fr), rows: 40pt, [Name], [], [Born], [], [Seen?], [#h(30pt) Yes #h(60pt) No])"
)


def controls(run: Run) -> tuple[str, str, str | None, bool | None, bool]:
    assert run.control is not None
    return run.text, run.control.kind, run.control.value, run.control.checked, run.placeholder


def test_field_stands_in_the_cell_beside_its_label() -> None:
    """A filled field is the text of its cell; an unfilled one is a placeholder there."""
    cells = [row.cells[1] for row in tables(tree_of(FORM))[0].rows]
    data = changed(
        FORM, lambda p: annotate(p, text_field("Text1", inside(cells[0]), "Ann"), text_field("Text2", inside(cells[1])))
    )
    (table,) = tables(tree_of(data))
    assert texts(table)[:2] == [["Name", "Ann"], ["Born", ""]]
    first, second = (row.cells[1].paragraphs[0].runs[0] for row in table.rows[:2])
    assert controls(first) == ("Ann", "text", "Ann", None, False)
    assert controls(second) == ("", "text", None, None, True)


def test_lines_of_a_field_are_paragraphs() -> None:
    """Line breaks typed into a field part its paragraphs."""
    cell = tables(tree_of(FORM))[0].rows[0].cells[1]
    data = changed(FORM, lambda p: annotate(p, text_field("T", inside(cell), "One thing.\rAnother.", 4096)))
    assert texts(tables(tree_of(data))[0])[0][1] == "One thing.\nAnother."


def test_value_that_is_also_painted_comes_once() -> None:
    """A field whose value is painted on the page too is not read twice."""
    data = page_pdf("#table(columns: (120pt, 1fr), rows: 40pt, [Name], [Ann Example])")
    cell = tables(tree_of(data))[0].rows[0].cells[1]
    filled = changed(data, lambda p: annotate(p, text_field("T", inside(cell), "Ann Example")))
    assert texts(tables(tree_of(filled))[0]) == [["Name", "Ann Example"]]


def test_radio_buttons_stand_before_their_words() -> None:
    """Each button is a tick of its own beside its printed word, whatever its name."""
    x0, top, _, _ = tables(tree_of(FORM))[0].rows[2].cells[1].box or (0, 0, 0, 0)

    def add(pdf: pikepdf.Pdf) -> None:
        parent = pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("G1"), V=Name("/1")))
        empty = pdf.make_stream(b"")
        for at, state in ((x0 + 10, "/0"), (x0 + 90, "/1")):
            look = Dictionary(N=Dictionary({state: empty, "/Off": empty}))
            on = Name(state) if state == "/1" else Name.Off
            spot = rectangle((at, top + 5, at + 12, top + 17))
            annotate(pdf, {"Subtype": Name.Widget, "Parent": parent, "Rect": spot, "AS": on, "AP": look})
        parent.Kids = pdf.pages[0].obj.Annots
        pdf.Root.AcroForm = Dictionary(Fields=Array([parent]))

    cell = tables(tree_of(changed(FORM, add)))[0].rows[2].cells[1]
    assert cell.text.split() == ["☐", "Yes", "☒", "No"]
    ticks = [run for run in cell.paragraphs[0].runs if run.control]
    assert [controls(run)[1:4] for run in ticks] == [("radio", "0", False), ("radio", "1", True)]


def test_choice_shows_what_the_list_shows() -> None:
    """A drop-down's value is the wording that a person saw, not its export value."""
    cell = tables(tree_of(FORM))[0].rows[0].cells[1]
    options = Array([Array([String("a"), String("Alpha")]), Array([String("b"), String("Beta")])])
    item = {
        "Subtype": Name.Widget,
        "FT": Name.Ch,
        "T": String("C"),
        "V": String("b"),
        "Opt": options,
        "Rect": inside(cell),
    }
    run = tables(tree_of(changed(FORM, lambda p: annotate(p, item))))[0].rows[0].cells[1].paragraphs[0].runs[0]
    assert controls(run)[:3] == ("Beta", "choice", "Beta")
    assert run.control is not None
    assert run.control.options == ("Alpha", "Beta")


def test_typed_note_in_a_cell_is_its_text() -> None:
    """Text typed on top with a PDF editor is the answer of the cell where it lies; elsewhere it is an annotation."""
    cell = tables(tree_of(FORM))[0].rows[0].cells[1]
    near = {"Subtype": Name.FreeText, "Contents": String("Typed on top"), "Rect": inside(cell)}
    far = {"Subtype": Name.FreeText, "Contents": String("Late note"), "Rect": Array([200, 100, 400, 120])}
    tree = tree_of(changed(FORM, lambda p: annotate(p, near, far)))
    assert texts(tables(tree)[0])[0] == ["Name", "Typed on top"]
    assert [(aside.kind, aside.text) for aside in tree.asides] == [("annotation", "Late note")]


def test_markup_and_comments() -> None:
    """Strike-out markup strikes the words under it; a comment is an aside with its author."""
    data = page_pdf("Yes")
    box = next(tree_of(data).paragraphs()).box
    assert box is not None
    strike = {"Subtype": Name.StrikeOut, "Rect": rectangle(box)}
    comment = {
        "Subtype": Name.Text,
        "Contents": String("Check this"),
        "T": String("Reader"),
        "Rect": Array([400, 700, 420, 720]),
    }
    tree = tree_of(changed(data, lambda p: annotate(p, strike, comment)))
    assert [run.strike for p in tree.paragraphs() for run in p.runs] == [True]
    assert [(aside.kind, aside.text, aside.author) for aside in tree.asides] == [("comment", "Check this", "Reader")]


def test_properties_and_files_are_exposed() -> None:
    """Custom document properties and attached files come out by name."""

    def add(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/intake_case"] = "CASE-1"
        pdf.attachments["extra.txt"] = b"hello"

    data = changed(FORM, add)
    tree = tree_of(data)
    assert tree.properties["intake_case"] == "CASE-1"
    assert tree.properties["attachments"] == "extra.txt"
    assert attachments(data) == [("extra.txt", b"hello")]


def test_xfa_is_told() -> None:
    """A form that carries XFA is told to be one."""

    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))

    assert "xfa" in tree_of(changed(FORM, add)).notices


def test_scanned_page_is_told() -> None:
    """A page that is only a picture is named; the text pages beside it are read."""
    picture = (
        "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>\"), width: 1pt)"
        "\n#pagebreak()\nText page."
    )
    data = page_pdf(picture)

    def paint(pdf: pikepdf.Pdf) -> None:
        scan = pdf.make_stream(b"\xff" * 100, Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10)
        scan.ColorSpace, scan.BitsPerComponent = Name.DeviceGray, 8
        page = pdf.pages[0]
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=scan))
        page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")

    scanned = changed(data, paint)
    tree = tree_of(scanned)
    assert scanned_pages(scanned) == [1]
    assert "scanned_page:1" in tree.notices
    assert "Text page." in outline(tree.blocks)


@pytest.mark.parametrize(("owner", "user", "outcome"), [("secret", "", None), ("secret", "word", Encrypted)])
def test_passwords(owner: str, user: str, outcome: type[InputProblem] | None) -> None:
    """A file that only forbids changes is read; one that needs a password to open is named so."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(FORM)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=owner, user=user))
    if outcome is None:
        assert texts(tables(tree_of(out.getvalue()))[0])[0][0] == "Name"
    else:
        with pytest.raises(outcome):
            tree_of(out.getvalue())


def test_files_that_cannot_be_read_are_named() -> None:
    """Empty, damaged and too long files each end in their own outcome."""
    with pytest.raises(Empty):
        tree_of(b"")
    with pytest.raises(Unreadable):
        tree_of(b"%PDF-1.7 and then nothing")
    with pytest.raises(TooLarge):
        read(page_pdf("a #pagebreak() b"), replace(DEFAULT_LIMITS, pages=1))


@pytest.mark.skipif(not SAMPLES, reason="the public sample files are not at hand")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:40])
def test_any_file_ends_in_a_named_outcome(path: Path) -> None:
    """Real and hostile files are read or refused by name, never anything else."""
    try:
        tree = read(path.read_bytes(), DEFAULT_LIMITS)
    except InputProblem:
        return
    assert tree.kind == "pdf"


@pytest.mark.parametrize("seed", range(25))
def test_mutated_bytes_end_in_a_named_outcome(seed: int) -> None:
    """A file with random damage is read or refused by name."""
    chance = random.Random(seed)
    cell = tables(tree_of(FORM))[0].rows[0].cells[1]
    data = bytearray(changed(FORM, lambda p: annotate(p, text_field("T", inside(cell), "Ann"))))
    for _ in range(chance.choice([1, 5, 40])):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
    with contextlib.suppress(InputProblem):
        assert read(bytes(data), DEFAULT_LIMITS).kind == "pdf"

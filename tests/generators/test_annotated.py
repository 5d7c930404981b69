"""An agency's own document with notes in it: the notes stand at their places and nothing else has changed."""

from __future__ import annotations

import subprocess
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from shutil import which

import pikepdf
import pytest
from lxml import etree

from forms.controls import W
from forms.word_package import BODY, open_package, parse_part
from generators.annotated import Note
from generators.annotated_pdf import annotate_pdf
from generators.annotated_word import By, annotate_word
from generators.blanks import write_answers
from parsers.read import read_document
from records.errors import Unreadable
from records.results import Finding, Severity
from records.submissions import Document, FiledReturn
from service.annotating import own_document_back
from tests.generators.full_records import full_record

BY = By(author="MVSCP", on=date(2026, 3, 2))
W_ = f"{{{W}}}"


def filed_from(data: bytes, form: str) -> FiledReturn:
    (returned,) = read_document(data, "docx").returns
    result = returned.to_json()
    result["labels"] = {path: placed.label for path, placed in returned.places.items() if placed.label}
    return FiledReturn(
        id="f",
        document_id="d",
        submission_id="s",
        case_reference="MV-2026-007",
        agency_id="hillside",
        request_id=None,
        form=form,
        version=1,
        received_at=datetime(2026, 3, 2, tzinfo=UTC),
        state="filed",
        result=result,
    )


def commented(data: bytes) -> dict[str, str]:
    """What each comment says → the text of the cell or paragraph it stands in."""
    parts = open_package(data)
    body, comments = parse_part(parts[BODY]), parse_part(parts["word/comments.xml"])
    said = {one.get(f"{W_}id"): "".join(t.text or "" for t in one.iter(f"{W_}t")) for one in comments}
    places = {}
    for start in body.iter(f"{W_}commentRangeStart"):
        holder = next(start.iterancestors(f"{W_}tc"), None)
        holder = next(start.iterancestors(f"{W_}p")) if holder is None else holder
        places[said[start.get(f"{W_}id")]] = "".join(t.text or "" for t in holder.iter(f"{W_}t"))
    return places


def back(data: bytes, form: str, *fields: str) -> bytes:
    findings = [Finding("Q000", Severity.ERROR, field, f"Look at {field}", "Mend it") for field in fields]
    document = Document(id="d", submission_id="s", path="x.docx", sha256="0", kind="docx", size=1, outcome="read")
    ((name, annotated),) = own_document_back(filed_from(data, form), document, findings, lambda _: data, BY)
    assert name == f"MV-2026-007-{form.replace('_', '-')}-with-notes.docx"
    return annotated


def test_each_note_stands_at_its_answer() -> None:
    """A scalar, a cell of the second row, an empty cell of that row, and the form as a whole at its beginning."""
    record = full_record("chronology")
    record["events"] = [dict(record["events"][0]), dict(record["events"][0])]
    record["events"][1] |= {"event": "Officers attended the address twice.", "source": None}
    data = write_answers("chronology", record)
    annotated = back(data, "chronology", "events[1].event", "events[1].source", "agency", "")
    places = commented(annotated)
    assert places["1. Look at events[1].eventMend it"] == "Officers attended the address twice."
    assert places["3. Look at agencyMend it"] == record["agency"]
    assert len(places) == 4
    rows = list(parse_part(open_package(annotated)[BODY]).iter(f"{W_}tr"))
    (row,) = [row for row in rows if "attended the address twice" in "".join(t.text or "" for t in row.iter(f"{W_}t"))]
    assert len(list(row.iter(f"{W_}commentRangeStart"))) == 2


@pytest.mark.parametrize("form", ["agency_summary", "chronology", "referral"])
def test_what_the_agency_wrote_is_untouched_and_our_notes_are_no_words_of_its_own(form: str) -> None:
    """Every other part byte for byte, the text of the body the same, and read again it is the same return."""
    data = write_answers(form, full_record(form))
    annotated = back(data, form, "case_reference", "")
    before, after = open_package(data), open_package(annotated)
    changed = {BODY, "[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml"}
    assert {name: part for name, part in before.items() if name not in changed} == {
        name: part for name, part in after.items() if name not in changed
    }
    body = [etree.tostring(parse_part(parts[BODY]), method="text", encoding="unicode") for parts in (before, after)]
    assert body[0] == body[1]
    first, again = read_document(data, "docx"), read_document(annotated, "docx")
    assert again.notices == first.notices
    assert [one.to_json() for one in again.returns] == [one.to_json() for one in first.returns]


def test_comments_that_were_there_stay(tmp_path: Path) -> None:
    """Notes upon notes: the second time they are numbered on, and the first ones are still there."""
    data = write_answers("chronology", full_record("chronology"))
    once = annotate_word(data, [Note(message="first")], BY).data
    twice = annotate_word(once, [Note(message="second"), Note(message="third")], BY).data
    comments = parse_part(open_package(twice)["word/comments.xml"])
    assert [one.get(f"{W_}id") for one in comments] == ["0", "1", "2"]
    assert len(zipfile.ZipFile(BytesIO(twice)).namelist()) == len(set(zipfile.ZipFile(BytesIO(twice)).namelist()))
    del tmp_path


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 no archive", b"%PDF-1.4"])
def test_what_cannot_carry_notes_is_said(broken: bytes) -> None:
    """Neither a broken Word file nor a broken PDF stops the letter."""
    with pytest.raises(Unreadable):
        annotate_word(broken, [Note(message="x")], BY)
    with pytest.raises(Unreadable):
        annotate_pdf(broken, [Note(message="x")], "MVSCP", BY.on)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_note_in_a_pdf_stands_beside_the_box_however_the_page_is_turned(turned: int) -> None:
    """The box is given as the page is shown; the note lies on the page, at that place."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(400, 600))
    page.obj.Rotate = turned
    out = BytesIO()
    document.save(out)
    shown_width = 600 if turned in (90, 270) else 400
    notes = [Note(message="Here", page=1, box=(100, 50, 150, 60)), Note(message="Somewhere")]
    annotated = annotate_pdf(out.getvalue(), notes, "MVSCP", BY.on)
    assert annotated.unplaced == 1
    with pikepdf.open(BytesIO(annotated.data)) as read:
        here, somewhere = read.pages[0].obj.Annots
        assert str(here.Contents).startswith("1. Here")
        assert str(somewhere.T) == "MVSCP"
        x0, y0, x1, y1 = (float(edge) for edge in here.Rect)
    assert 0 <= x0 < x1 <= 400
    assert 0 <= y0 < y1 <= 600
    # Where its upper left corner is seen, worked out for each turn by hand.
    seen = {0: (x0, 600 - y1), 90: (y0, x0), 180: (400 - x1, y0), 270: (600 - y1, 400 - x1)}[turned]
    assert seen == pytest.approx((152, 50))
    assert seen[0] < shown_width


@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not here")
def test_the_annotated_form_opens_in_libreoffice(tmp_path: Path) -> None:
    """It is converted without a word of complaint."""
    data = back(write_answers("agency_summary", full_record("agency_summary")), "agency_summary", "agency", "")
    (tmp_path / "form.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "form.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "form.pdf").stat().st_size > 10_000

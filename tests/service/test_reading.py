"""`intake read`: every file ends in an outcome, what is inside mails and archives is joined, nothing is lost."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

from parsers.read import read_document
from records.limits import Limits
from records.results import ReadResult
from service.reading import Reading, read_bytes, read_file, read_files

READING = Reading(reader=read_document, today=date(2026, 3, 2))
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def form(child: str = "Grace Okafor", *, note: str = "") -> bytes:
    """A small chronology as an agency would return it."""
    document = docx.Document()
    document.add_heading("Chronology of significant events", level=1)
    head = document.add_table(rows=0, cols=2)
    for label, answer in (
        ("Case reference", "PR-2026-001"),
        ("Child's name", child),
        ("Date of birth", "03/07/2014"),
        ("Agency providing this chronology", "Sampleshire Police"),
    ):
        cells = head.add_row().cells
        cells[0].text, cells[1].text = label, answer
    document.add_heading("Significant events", level=2)
    events = document.add_table(rows=1, cols=3)
    for cell, title in zip(events.rows[0].cells, ("Date", "Source", "Event"), strict=True):
        cell.text = title
    for day in ("01/02/2025", "05/03/2027"):
        row = events.add_row().cells
        row[0].text, row[1].text, row[2].text = day, "Incident log", f"Officers attended on {day}."
    if note:
        document.add_paragraph(note)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def mail(*attachments: tuple[str, bytes], text: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@police.example", "reviews@sscp.example", "Return"
    message["Message-ID"] = "<1@police.example>"
    message.set_content(text)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def archive(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, data in files.items():
            packed.writestr(name.replace("_", "."), data)
    return held.getvalue()


def test_a_document_by_itself_is_read_and_checked(tmp_path: Path) -> None:
    """A form gives its record, with places and findings; the digest is that of the file."""
    path = tmp_path / "return.docx"
    path.write_bytes(form())
    result = read_file(path, READING)
    (returned,) = result.returns
    assert returned.form == "chronology"
    assert returned.record["child_name"] == "Grace Okafor"
    assert len(returned.record["events"]) == 2
    assert "events[1].date" in [one.field for one in returned.findings]
    assert len(result.sha256) == 64


def test_what_is_inside_a_mail_inside_an_archive_is_found_and_says_where_it_stood() -> None:
    """A form in a mail in a zip is read; its places name the file they stood in."""
    result = read_bytes(archive(mail_eml=mail(("return.docx", form()))), "returns.zip", READING)
    (returned,) = result.returns
    assert returned.record["agency"] == "Sampleshire Police"
    assert returned.places["agency"].place.where.startswith("mail.eml > return.docx: ")


def test_two_returns_in_one_mail_are_two_returns() -> None:
    """Two attachments give two returns, in their order."""
    result = read_bytes(mail(("one.docx", form("Grace Okafor")), ("two.docx", form("Leo Park"))), "m.eml", READING)
    assert [one.record["child_name"] for one in result.returns] == ["Grace Okafor", "Leo Park"]


def test_a_sentence_in_the_covering_mail_is_kept() -> None:
    """What was written in the message itself stands in unplaced, word for word."""
    text = "Section 3 is still to follow, our archive is closed until May."
    result = read_bytes(mail(("return.docx", form()), text=text), "m.eml", READING)
    assert text in [one.text for one in result.returns[0].unplaced]
    assert result.outcome == "needs_review"


def test_an_attachment_that_is_no_return_is_named_beside_the_one_that_is() -> None:
    """The return is read; the other file is not passed over in silence."""
    result = read_bytes(mail(("return.docx", form()), ("secret.zip", b"PK\x03\x04 cut short")), "m.eml", READING)
    assert len(result.returns) == 1
    assert result.outcome == "needs_review"
    assert result.reason is not None
    assert "secret.zip" in result.reason


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("empty.docx", b"", "empty"),
        ("mail.eml", mail(text="Dear all, here is our newsletter."), "no document inside"),
        ("mail.eml", mail(("notes.docx", b"not a document at all")), "notes.docx"),
        ("cut.docx", form()[:800], ""),
        ("bundle.zip", archive(), ""),
    ],
)
def test_what_holds_no_return_is_rejected_with_its_reason(name: str, data: bytes, part: str) -> None:
    """Each rejected file has one plain reason and no return."""
    result = read_bytes(data, name, READING)
    assert (result.outcome, result.returns) == ("rejected", [])
    assert result.reason
    assert part in result.reason


def test_bad_files_do_not_stop_the_ones_after_them(tmp_path: Path) -> None:
    """Missing, a folder, too large, an impossible name: each a rejection, in order, and the good file is read."""
    good, large, folder = tmp_path / "good.docx", tmp_path / "large.docx", tmp_path / "folder"
    good.write_bytes(form())
    large.write_bytes(b"x" * 200_000)
    folder.mkdir()
    paths = [tmp_path / "missing.docx", folder, large, Path("a\0b"), tmp_path / ("n" * 300), good]
    reading = Reading(reader=read_document, today=date(2026, 3, 2), limits=Limits(file_bytes=150_000))
    results = list(read_files(paths, reading, threads=3))
    assert [result.outcome == "rejected" for result in results] == [True] * 5 + [False]
    assert all(result.reason for result in results[:5])
    assert len(results[2].sha256) == 64


def test_the_printed_line_has_the_shape_of_the_contract() -> None:
    """Every line is one JSON object with the agreed keys."""
    result = read_bytes(form(), "r.docx", READING)
    line = json.loads(json.dumps(result.to_json("r.docx")))
    assert list(line) == ["file", "sha256", "outcome", "reason", "returns"]
    assert list(line["returns"][0]) == [
        "form",
        "form_confidence",
        "record",
        "places",
        "review",
        "unplaced",
        "findings",
    ]


def test_a_document_that_waits_for_a_converter_is_not_called_a_failure() -> None:
    """Where a needed program is missing, a person is told; inside an archive as well."""

    def reader(data: bytes, kind: str) -> ReadResult:
        return ReadResult(
            "0" * 64, "needs_review", reason="LibreOffice is not installed.", code="E-CONVERTER", kind=kind
        )

    waiting = Reading(reader=reader, today=date(2026, 3, 2))
    assert read_bytes(archive(a_docx=form()), "r.zip", waiting).outcome == "needs_review"

"""The kind of a file, by its bytes."""

from __future__ import annotations

import tarfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.sniff import examine, sniff
from tests.hostile import compound, docx, eml, encrypted_docx, looped_chain_ole, zip_of

_OFFICE = b"application/vnd.openxmlformats-officedocument."
_SHEET = b'<Types><Override ContentType="' + _OFFICE + b'spreadsheetml.sheet.main+xml"/></Types>'
_MACRO_WORD = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
_SLIDES = b'<Types><Override ContentType="' + _OFFICE + b'presentationml.presentation.main+xml"/></Types>'
_MANIFEST = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"


def _ole(*streams: str) -> bytes:
    entries = [("Root Entry", 5, -1, -1, 1, -2, 0)]
    entries += [
        (name, 2, -1, number + 1 if number < len(streams) else -1, -1, -2, 0) for number, name in enumerate(streams, 1)
    ]
    return compound(entries, [], [-3, -2])


def _tar() -> bytes:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.docx"), BytesIO())
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"\r\n \x00\x00", "empty"),
        (docx(), "docx"),
        (zip_of({"[Content_Types].xml": _MACRO_WORD, "word/document.xml": b"x"}), "docx"),
        (docx()[:400], "docx"),
        (zip_of({"[Content_Types].xml": _SHEET}), "xlsx"),
        (zip_of({"[Content_Types].xml": _SLIDES}), "other"),
        (zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odt"),
        (zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (
            zip_of({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": _MANIFEST}),
            "encrypted_office",
        ),
        (zip_of({"a.docx": docx()}), "zip"),
        (_ole("WordDocument"), "doc"),
        (_ole("Workbook"), "xls"),
        (_ole("__properties_version1.0"), "msg"),
        (_ole("PowerPoint Document"), "other"),
        (encrypted_docx(), "encrypted_office"),
        (looped_chain_ole(), "doc"),
        (b"{\\rtf1 text}", "rtf"),
        (b"\xef\xbb\xbf{\\rtf1 text}", "rtf"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\nServer: x\r\n%PDF-1.7\n", "pdf"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "doc"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        ("<html><body>x</body></html>".encode("utf-16"), "html"),
        (b"Date,Source,Event\n1/2/24,GP,Seen\n2/2/24,GP,Seen\n", "csv"),
        ("Fictional text – with a dash".encode("cp1252"), "text"),
        ("Fictional text".encode("utf-16"), "text"),
        (eml(), "eml"),
        (b"From: Avery\nTo: us\nSubject: pasted into a note\n\ntext", "text"),
        (b"\x78\x9f\x3e\x22\x01\x00", "tnef"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "archive_other"),
        (b"Rar!\x1a\x07\x01\x00", "archive_other"),
        (b"\x1f\x8b\x08\x00", "archive_other"),
        (_tar(), "archive_other"),
        (b"\x89PNG\r\n\x1a\n\x00", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"II*\x00\x08", "tiff"),
        (b"GIF89a\x01", "gif"),
        (b"BM" + bytes(12) + b"\x28\x00\x00\x00" + bytes(20), "bmp"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "heic"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00", "other"),
    ],
)
def test_kind_is_told_by_the_bytes(data: bytes, kind: str) -> None:
    """Each kind is recognised, whatever the file is called."""
    assert sniff(data, "photo.jpg") == kind
    assert sniff(data) == kind


@pytest.mark.parametrize(("name", "kind"), [("a.csv", "csv"), ("a.txt", "text"), ("A.CSV", "csv")])
def test_the_name_decides_between_kinds_of_text(name: str, kind: str) -> None:
    """Text that could be a table or prose is what its name says."""
    assert sniff(b"Date,Event\n1/2/24,Seen\n", name) == kind


def test_details_tell_of_macros_and_damage() -> None:
    """What the bytes give away beyond the kind is said."""
    assert examine(zip_of({"[Content_Types].xml": _MACRO_WORD, "word/document.xml": b"x"})).details == ("macros",)
    assert examine(docx()[:400]).details == ("damaged",)


@given(
    st.binary(max_size=3000),
    st.sampled_from([b"", docx()[:600], encrypted_docx(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes_have_a_kind(data: bytes, start: bytes) -> None:
    """Whatever the bytes, the answer is a kind and never an error."""
    assert sniff(start + data)


@given(st.integers(0, 1535), st.binary(min_size=1, max_size=8))
def test_damaged_compound_files_have_a_kind(at: int, damage: bytes) -> None:
    """A compound file with any bytes overwritten ends in a kind, in time."""
    data = bytearray(encrypted_docx())
    data[at : at + len(damage)] = damage
    assert sniff(bytes(data))

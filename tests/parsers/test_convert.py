"""Old and foreign documents through LibreOffice."""

from __future__ import annotations

import io
import os
import subprocess
import time
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from parsers.convert import convert, find_converter
from parsers.readers import legacy
from records.errors import ConverterUnavailable, InputProblem, TooLarge, Unsupported
from records.limits import DEFAULT_LIMITS, Limits
from records.tree import Table

needs_converter = pytest.mark.skipif(find_converter() is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi Agency: Example Trust\par Second line\par}"


@pytest.mark.convert
@needs_converter
def test_rich_text_is_read_through_the_word_reader() -> None:
    """The tree says what the file was and that it was converted."""
    tree = legacy.read(RTF, DEFAULT_LIMITS)
    assert [paragraph.text for paragraph in tree.paragraphs()][:2] == ["Agency: Example Trust", "Second line"]
    assert tree.kind == "rtf"
    assert "converted" in tree.notices


@pytest.mark.convert
@needs_converter
def test_a_damaged_document_is_refused_by_name_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be opened leaves no process and no folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(InputProblem):
        legacy.read(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\0" * 600, DEFAULT_LIMITS
        )
    assert list(tmp_path.iterdir()) == []


def test_without_libreoffice_the_reason_and_the_remedy_are_said() -> None:
    """The outcome names what is missing and what to do."""
    with pytest.raises(ConverterUnavailable) as caught:
        convert(RTF, "rtf", DEFAULT_LIMITS, program="/nowhere/soffice")
    assert "LibreOffice" in str(caught.value)


def test_a_converter_that_hangs_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    """Past its time the whole group of processes is gone."""
    mark = tmp_path / "child"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {mark}\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(TooLarge):
        convert(RTF, "rtf", Limits(wall_seconds=1), program=str(program))
    child = int(mark.read_text(encoding="utf-8"))
    for _ in range(100):
        if not _runs(child):
            break
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def test_kinds_are_told_by_their_bytes() -> None:
    """A Word or Excel file of today is none of the old kinds."""
    word, book = io.BytesIO(), io.BytesIO()
    Document().save(word)
    Workbook().save(book)
    assert legacy.kind_of(RTF) == "rtf"
    for data in (word.getvalue(), book.getvalue(), b"text", b""):
        with pytest.raises(Unsupported):
            legacy.kind_of(data)


@pytest.mark.convert
@needs_converter
def test_a_spreadsheet_of_another_office_is_read_through_the_excel_reader(tmp_path: Path) -> None:
    """An .ods file comes out as the table it holds."""
    book = Workbook()
    for row in (["Date", "Source", "Event"], ["01/02/2024", "Log", "Call"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "book.xlsx").write_bytes(stream.getvalue())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = [str(find_converter()), "--headless", profile, "--convert-to", "ods", "--outdir", str(tmp_path)]
    subprocess.run([*order, str(tmp_path / "book.xlsx")], check=True, capture_output=True, timeout=120)
    data = (tmp_path / "book.ods").read_bytes()
    tree = legacy.read(data, DEFAULT_LIMITS)
    table = next(block for block in tree.blocks if isinstance(block, Table))
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["01/02/2024", "Log", "Call"]
    assert tree.kind == "ods"

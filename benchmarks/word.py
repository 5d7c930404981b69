"""How fast a Word form becomes a validated record, beside its peers, in one run on the same files.

    python benchmarks/word.py [FOLDER OF .docx]

First the forms (by default the shared returns, else our own blanks), then generated chronologies of growing length.
Peers: a bare unzip with an lxml walk over every text element, python-docx cell by cell, and markitdown, docling and
kreuzberg where they are installed. Times are of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import importlib
import io
import resource
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docx import Document
from lxml import etree

from parsers.read import read_document
from tests.parsers.word_files import document, form, heading, label, table

ROOT = Path(__file__).resolve().parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVENT = "Home visit by the social worker was announced and the child was seen alone in the kitchen with a drawing."


def ours(data: bytes) -> int:
    """Bytes to the validated record with places, review and unplaced."""
    result = read_document(data, "docx")
    return sum(len(made.places) for made in result.returns)


def bare_walk(data: bytes) -> int:
    """What any reader must pay: unzip, parse, visit every text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return sum(len(item.text or "") for item in root.iter(W + "t"))


def docx_cells(data: bytes) -> int:
    """python-docx the usual way: paragraphs, and each table row by row, cell by cell."""
    opened = Document(io.BytesIO(data))
    length = sum(len(paragraph.text) for paragraph in opened.paragraphs)
    return length + sum(len(cell.text) for one in opened.tables for row in one.rows for cell in row.cells)


def markitdown(data: bytes) -> int:
    module = importlib.import_module("markitdown")
    return len(module.MarkItDown().convert_stream(io.BytesIO(data), file_extension=".docx").text_content)


def docling(data: bytes) -> int:
    converter = importlib.import_module("docling.document_converter").DocumentConverter()
    stream = importlib.import_module("docling.datamodel.base_models").DocumentStream(
        name="a.docx", stream=io.BytesIO(data)
    )
    return len(converter.convert(stream).document.export_to_markdown())


def kreuzberg(data: bytes) -> int:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return len(importlib.import_module("kreuzberg").extract_bytes_sync(data, kind).content)


PEERS: dict[str, Callable[[bytes], int]] = {
    "this reader, to the record": ours,
    "bare unzip + lxml walk": bare_walk,
    "python-docx, row.cells": docx_cells,
    "markitdown": markitdown,
    "docling": docling,
    "kreuzberg": kreuzberg,
}


def seconds_of(run: Callable[[bytes], int], data: bytes) -> float:
    start = time.process_time()
    run(data)
    return time.process_time() - start


def compare_forms(files: list[Path]) -> None:
    """Each peer reads each file once to warm up and three times for the record; the median of the three counts."""
    data = [path.read_bytes() for path in files]
    times: dict[str, list[float]] = {}
    for name, run in PEERS.items():
        try:
            run(data[0])
        except ImportError:
            print(f"{name:28} not installed")
            continue
        times[name] = [_median(run, one) for one in data]
    bare = times["bare unzip + lxml walk"]
    goal = [own <= 3 * walk + 0.010 for own, walk in zip(times["this reader, to the record"], bare, strict=True)]
    for name, each in times.items():
        print(
            f"{name:28} median {1000 * statistics.median(each):8.1f} ms a file, all {sum(each):7.2f} s, "
            f"×{sum(each) / sum(bare):6.1f} of the bare walk"
        )
    print(f"within 3 × the bare walk + 10 ms: {sum(goal)} of {len(goal)} files")


def _median(run: Callable[[bytes], int], data: bytes) -> float:
    return statistics.median(seconds_of(run, data) for _ in range(3))


def chronology(rows: int) -> bytes:
    """A chronology of this many fictional rows."""
    head = [
        label(words) for words in ("Date", "Time", "Source of information", "Event", "Who was seen", "Action taken")
    ]
    first = date(2015, 1, 1)
    lines = []
    for number in range(rows):
        day = f"{first + timedelta(days=number // 4):%d/%m/%Y}"
        event = f"{EVENT} Entry {number}."
        lines.append([day, f"{8 + number % 10:02}:15", "Case note", event, "Mother", f"Plan {number} updated."])
    front = form(
        ("Case reference", "RR-2026-001"), ("Child's name", "Robin Testerby"), ("Agency", "Northern Vale Police")
    )
    return document(heading("Chronology of Significant Events"), front, table(head, *lines))


def compare_lengths(lengths: list[int]) -> None:
    """Time per row and the most memory held, by length; python-docx up to 5,000 rows, it is slow beyond."""
    print(f"\n{'rows':>7} {'ours s':>8} {'ms/row':>7} {'bare s':>8} {'×bare':>6} {'python-docx s':>14} {'peak MB':>8}")
    for rows in lengths:
        data = chronology(rows)
        own, bare = seconds_of(ours, data), seconds_of(bare_walk, data)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peer = f"{seconds_of(docx_cells, data):14.2f}" if rows <= 5_000 else f"{'–':>14}"
        print(
            f"{rows:7,} {own:8.2f} {1000 * own / rows:7.3f} {bare:8.2f} {own / bare:6.1f} {peer} {peak:8.0f}",
            flush=True,
        )


def _files(arguments: list[str]) -> list[Path]:
    shared = ROOT.parent / "shared" / "returns"
    folder: Any = Path(arguments[0]) if arguments else shared
    found = sorted(folder.glob("*.docx")) if folder.is_dir() else []
    return found or sorted((ROOT / "forms").glob("*/blank.docx"))


def main() -> None:
    files = _files(sys.argv[1:])
    print(f"{len(files)} files")
    compare_forms(files)
    compare_lengths([1_500, 5_000, 10_000, 20_000])


if __name__ == "__main__":
    main()

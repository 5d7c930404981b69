"""How fast the PDF reader is beside its peers, on one generated 400-page table PDF, all in one run.

Run: python benchmarks/pdf.py [pages]. Peers that are not installed are left out; the slowest reads
the first 12 pages only. Times are of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import importlib
import io
import sys
import time
from collections.abc import Callable

import pdfplumber
import pikepdf
import pypdfium2
import typst

from parsers.readers.pdf import read
from records.limits import Limits

TEXT = "Home visit by the social worker was announced and the child was seen alone in the kitchen with a drawing"
WORDS = TEXT.split()


def chronology_pdf(rows: int) -> bytes:
    """A landscape chronology of this many rows with a repeated header."""
    cells = []
    for row in range(rows):
        event = " ".join(WORDS[(row + k) % len(WORDS)] for k in range(18 + row % 23))
        date = f"{row % 28 + 1:02}/{row % 12 + 1:02}/2023"
        cells.append(f"[{date}], [{row % 24:02}:15], [Case note], [{event}], [Y], [Plan {row} updated], [],")
    source = (
        '#set page(paper: "a4", flipped: true, margin: 2cm)\n#set text(size: 9pt)\n'
        "#table(columns: (auto, auto, 1fr, 4fr, auto, 1fr, 1fr),\n"
        "table.header([*Date*], [*Time*], [*Source*], [*Event*], [*Seen*], [*Action*], [*Comment*]),\n"
        + "\n".join(cells)
        + "\n)"
    )
    return typst.compile(source.encode("utf-8"))


def pdfium_text(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    return sum(len(document[n].get_textpage().get_text_range()) for n in range(len(document)))


def plumber_tables(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        rows = 0
        for page in pdf.pages:
            rows += sum(len(table) for table in page.extract_tables())
            page.close()
        return rows


def mupdf_tables(data: bytes) -> int:
    module = importlib.import_module("pymupdf")
    document = module.open(stream=data, filetype="pdf")
    return sum(len(table.extract()) for page in document for table in page.find_tables())


def ours(data: bytes) -> int:
    return sum(len(block.rows) for block in read(data, Limits()).blocks if hasattr(block, "rows"))


def first_pages(data: bytes, count: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.pages[count:]
        pdf.save(out)
    return out.getvalue()


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    data = chronology_pdf(round(pages * 14.5))
    count = len(pypdfium2.PdfDocument(data))
    slow = min(count, 12)
    runs: dict[str, tuple[Callable[[bytes], int], int]] = {
        "this reader, to the document tree": (ours, count),
        "pypdfium2, bare text": (pdfium_text, count),
        "pdfplumber extract_tables": (plumber_tables, count),
        "PyMuPDF find_tables": (mupdf_tables, slow),
    }
    print(f"{count} pages, {len(data):,} bytes", flush=True)
    first = 0.0
    for name, (run, number) in runs.items():
        part = data if number == count else first_pages(data, number)
        start = time.process_time()
        try:
            result = run(part)
        except ImportError:
            print(f"{name:36} not installed")
            continue
        page = (time.process_time() - start) / number
        first = first or page
        note = f"{number} pages, found {result}"
        print(f"{name:36} {1000 * page:7.1f} ms a page  ×{page / first:6.2f}  ({note})", flush=True)


if __name__ == "__main__":
    main()

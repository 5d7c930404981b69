"""How long a pack takes, beside the usual ways of making one, in one run on one machine.

    python benchmarks/pack.py [ROWS]

Peers draw the same merged rows: python-docx alone (`add_row` and `cell.text`), and LibreOffice turning our Word file
into a PDF, where it is installed. Seconds are wall time; "per 1,000" is what a person can compare.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docx import Document

from generators.packs.build import build_pack
from generators.packs.chronology import Merged, merge
from generators.packs.content import PackContent, Returned, Source
from generators.packs.gaps import gaps
from generators.packs.integrated import COLUMNS, row_cells
from generators.packs.outline import outline
from generators.packs.pdf import draw_pdf
from generators.packs.sheet import draw_xlsx
from generators.packs.word import draw_docx
from records.cases import Agency, Case, SubjectChild

WORDS = (
    "home visit telephone call strategy discussion meeting school health visitor police attended address mother father "
    "child seen alone bruise explained referral assessment review plan letter sent appointment missed concern shared"
)


def content_of(rows: int) -> PackContent:
    """A fictional case with this many rows from five agencies over three years."""
    chance = Random(7)
    vocabulary = WORDS.split() + [f"detail{number}" for number in range(400)]
    case = Case(
        reference="NVSCP-BENCH",
        kind="rapid_review",
        children=(SubjectChild(code="Child 1", name="Robin Testerby", date_of_birth="2019-05-14"),),
        opened_on=date(2024, 3, 15),
    )
    returns = []
    for number, sector in enumerate(("social_care", "police", "health", "education", "housing")):
        agency = Agency(id=f"a{number}", name=f"Northern Vale Agency {number}", sector=sector)
        days = sorted(date(2021, 1, 1) + timedelta(days=chance.randrange(1100)) for _ in range(rows // 5))
        events = [_event(day, chance, vocabulary) for day in days]
        source = Source(name=f"chronology {number}.docx", sha256=f"{number}" * 64)
        returns.append(Returned(agency=agency, form="chronology", record={"events": events}, source=source))
    return PackContent(
        partnership="Northern Vale Safeguarding Children Partnership",
        marking="OFFICIAL-SENSITIVE",
        case=case,
        edition=1,
        built_on=date(2024, 3, 28),
        returns=tuple(returns),
    )


def _event(day: date, chance: Random, vocabulary: list[str]) -> dict[str, Any]:
    return {
        "date": day.isoformat(),
        "date_as_written": f"{day:%d/%m/%Y}",
        "time": chance.choice([None, f"{chance.randrange(8, 20):02}:15"]),
        "source": "Case notes (fictional)",
        "event": " ".join(chance.choices(vocabulary, k=30)).capitalize() + ".",
        "action": " ".join(chance.choices(vocabulary, k=10)).capitalize() + ".",
        "people": "Mother, SW1",
        "child_seen": chance.choice(["yes", "no", None]),
    }


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain_docx(merged: Merged) -> bytes:
    """The chronology as python-docx's own documentation makes a table."""
    document = Document()
    table = document.add_table(rows=1, cols=len(COLUMNS))
    for cell, column in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = column.title
    for row in merged.rows:
        for cell, lines in zip(table.add_row().cells, row_cells(row), strict=True):
            cell.text = "\n".join(line.text for line in lines)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def libreoffice(docx: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "pack.docx").write_bytes(docx)
        profile = f"-env:UserInstallation={(here / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(here / "pack.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=900)
        return (here / "pack.pdf").read_bytes()


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    content = content_of(rows)
    merged = merge(content.of("chronology"), content.case.children)
    drawn = outline(content, merged, gaps(merged.rows, content.gap_days, content.agency_gap_days))
    docx = draw_docx(drawn, content.built_on)
    print(f"{len(merged.rows):,} rows, {len(merged.pairs):,} pairs noted, {merged.not_compared:,} not compared")
    work: list[tuple[str, Callable[[], Any]]] = [
        ("merge, pair, mark duplicates", lambda: merge(content.of("chronology"), content.case.children)),
        ("pack.pdf, tagged (typst)", lambda: draw_pdf(drawn)),
        ("pack.docx", lambda: draw_docx(drawn, content.built_on)),
        ("pack.xlsx", lambda: draw_xlsx(content, merged)),
        ("whole pack with manifest and checks", lambda: build_pack(content)),
        ("peer: python-docx alone, the table only", lambda: plain_docx(merged)),
    ]
    if shutil.which("soffice"):
        work.append(("peer: LibreOffice, our Word file to PDF", lambda: libreoffice(docx)))
    for name, one in work:
        seconds = timed(one)
        print(f"{name:44} {seconds:8.2f} s   {1000 * seconds / len(merged.rows):6.2f} s per 1,000 rows", flush=True)


if __name__ == "__main__":
    main()

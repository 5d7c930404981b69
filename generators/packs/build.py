"""Builds the pack: one content in, the same four files out, with a manifest that shows that nothing was lost."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from generators.packs.blocks import Alert, Block, Facts, Outline, Table
from generators.packs.chronology import Merged, merge
from generators.packs.content import PackContent, returned_order
from generators.packs.gaps import gaps
from generators.packs.integrated import COLUMNS
from generators.packs.outline import outline
from generators.packs.pdf import draw_pdf
from generators.packs.sheet import draw_xlsx
from generators.packs.word import draw_docx
from generators.packs.words import clean
from records.errors import ServiceError


class PackIncomplete(ServiceError):
    """The pack does not hold every row that the agencies sent, so it was not issued."""

    code = "E-PACK-INCOMPLETE"
    hint = "Keep the last edition in use and report this with the case reference."


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of one edition by name: pack.pdf, pack.docx, pack.xlsx, manifest.json."""

    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was counted, with what it should be and what it is."""

    name: str
    expected: int
    found: int

    @property
    def holds(self) -> bool:
        return self.expected == self.found


def build_pack(content: PackContent) -> Pack:
    """The consolidated pack. Raises PackIncomplete rather than give out a pack that lacks a row."""
    merged = merge(content.of("chronology"), content.case.children)
    drawn = outline(content, merged, gaps(merged.rows, content.gap_days, content.agency_gap_days))
    files = {
        "pack.pdf": draw_pdf(drawn),
        "pack.docx": draw_docx(drawn, content.built_on),
        "pack.xlsx": draw_xlsx(content, merged),
    }
    checks = _checks(content, merged, drawn, files)
    failed = [check.name for check in checks if not check.holds]
    if failed:
        raise PackIncomplete(f"The pack was not issued: {'; '.join(failed)}.")
    manifest = json.dumps(_manifest(content, merged, files, checks), ensure_ascii=False, indent=2, sort_keys=True)
    return Pack(files | {"manifest.json": (manifest + "\n").encode()})


def _checks(content: PackContent, merged: Merged, drawn: Outline, files: Mapping[str, bytes]) -> list[Check]:
    """Rows counted where they came in, after merging, on the pages and in the finished files."""
    sent = {
        (item.agency.id, item.source.sha256, index)
        for item in content.of("chronology")
        for index in range(len(item.record.get("events") or ()))
    }
    total = sum(len(item.record.get("events") or ()) for item in content.of("chronology"))
    kept = {(row.agency.id, row.returned.source.sha256, row.index) for row in merged.rows}
    on_pages = [table for table in _tables(drawn) if table.columns is COLUMNS]
    tables = _tables(drawn)
    return [
        Check("rows of chronologies after merging", total, len(merged.rows)),
        Check("rows of chronologies with their origin", len(sent), len(sent & kept)),
        Check("rows on the pages of the integrated chronology", total, sum(len(table.rows) for table in on_pages)),
        Check("head rows in pack.docx", len(tables), _count(files["pack.docx"], "word/document.xml", b"<w:tblHeader")),
        Check("rows in pack.docx", _word_rows(drawn), _count(files["pack.docx"], "word/document.xml", b"<w:tr>")),
        Check("rows in pack.xlsx", total, _sheet_rows(files["pack.xlsx"])),
    ]


def _blocks(drawn: Outline) -> list[Block]:
    return [*drawn.cover, *(block for section in drawn.sections for block in section.blocks)]


def _tables(drawn: Outline) -> list[Table]:
    return [block for block in _blocks(drawn) if isinstance(block, Table)]


def _word_rows(drawn: Outline) -> int:
    """Rows that the Word file's tables must have: a table's with its head, an alert's one, one for each fact."""
    heads = len(_tables(drawn))
    alerts = sum(isinstance(block, Alert) for block in _blocks(drawn))
    return heads + alerts + sum(len(block.rows) for block in _blocks(drawn) if isinstance(block, (Table, Facts)))


def _count(package: bytes, part: str, what: bytes) -> int:
    with zipfile.ZipFile(BytesIO(package)) as opened:
        return opened.read(part).count(what)


def _sheet_rows(package: bytes) -> int:
    """Rows of the chronology sheet below its note and its heads."""
    return _count(package, "xl/worksheets/sheet3.xml", b"<row ") - 2


def _manifest(content: PackContent, merged: Merged, files: Mapping[str, bytes], checks: list[Check]) -> dict[str, Any]:
    came: Counter[str] = Counter()
    for item in content.of("chronology"):
        came[item.agency.id] += len(item.record.get("events") or ())
    went = merged.rows_by_agency()
    return {
        "case": content.case.reference,
        "edition": content.edition,
        "built_on": content.built_on.isoformat(),
        "marking": content.marking,
        "partnership": content.partnership,
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()
        },
        "sources": [
            {
                "agency": item.agency.id,
                "form": item.form,
                "name": clean(item.source.name),
                "received_on": item.source.received_on.isoformat() if item.source.received_on else None,
                "sha256": item.source.sha256,
                "version": item.source.version,
            }
            for item in sorted(content.returns, key=returned_order)
        ],
        "chronology": {
            "rows_in": dict(sorted(came.items())),
            "rows_out": dict(sorted((agency, went[agency]) for agency in came)),
            "dated": merged.count("dated"),
            "date_to_be_confirmed": merged.count("to_confirm"),
            "undated": merged.count("undated"),
            "pairs": dict(sorted(Counter(pair.kind for pair in merged.pairs).items())),
            "pairs_not_compared": merged.not_compared,
        },
        "to_be_confirmed": sum(len(item.review) for item in content.returns),
        "open_findings": len(content.findings) + sum(len(item.findings) for item in content.returns),
        "checks": [
            {"name": check.name, "expected": check.expected, "found": check.found, "holds": check.holds}
            for check in checks
        ],
    }

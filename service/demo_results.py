"""Puts the demonstration's results where people look for them: letters as PDF, the pack, the records as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generators.pdf import all_to_pdf
from records.submissions import FiledReturn
from service.packing import Packer, build_edition, write_files
from store import Store


@dataclass(frozen=True, slots=True)
class Results:
    """What lies where, for the summary."""

    letters: int
    letters_as_pdf: int
    records: int
    pack: tuple[str, ...]
    """The names of the pack's files; empty when there is no case."""


def write_pdf_letters(folder: Path) -> int:
    """A PDF beside each Word letter that has none yet; how many letters have one. None without LibreOffice."""
    waiting = [path for path in sorted(folder.glob("*.docx")) if not path.with_suffix(".pdf").exists()]
    for path, pdf in zip(waiting, all_to_pdf([path.read_bytes() for path in waiting]), strict=True):
        if pdf is not None:
            _write(path.with_suffix(".pdf"), pdf)
    return len(list(folder.glob("*.pdf")))


def write_pack(packer: Packer, folder: Path) -> tuple[str, ...]:
    """The pack of the newest case; the names of its files."""
    with packer.store.reading() as tx:
        references = [case.reference for case in tx.cases.all()]
    if not references:
        return ()
    built = build_edition(packer, references[-1])
    return tuple(path.name for path in write_files(built, folder))


def write_records(store: Store, folder: Path) -> int:
    """One JSON file for each return that was read, with its places, review items and findings; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    with store.reading() as tx:
        returns = tx.returns.all()
    written = 0
    for filed in returns:
        text = json.dumps(_record(filed), ensure_ascii=False, indent=2, sort_keys=True)
        _write(folder / f"{_name(filed)}.json", f"{text}\n".encode())
        written += 1
    return written


def _record(filed: FiledReturn) -> dict[str, Any]:
    shown = {key: filed.result[key] for key in ("record", "places", "review", "unplaced", "findings")}
    return {
        "case": filed.case_reference,
        "agency": filed.agency_id,
        "form": filed.form,
        "version": filed.version,
        "state": filed.state,
        "why": filed.reason,
        "received_at": filed.received_at.isoformat(),
        "signals": [signal.model_dump(mode="json") for signal in filed.signals],
        **shown,
    }


def _name(filed: FiledReturn) -> str:
    """A name that shows no person: case, agency, form, version, id."""
    return "_".join(re.sub(r"[^A-Za-z0-9_-]+", "-", word) for word in _words(filed))


def _words(filed: FiledReturn) -> Iterator[str]:
    yield filed.case_reference or "no-case"
    yield filed.agency_id or "no-agency"
    yield filed.form
    yield f"v{filed.version}"
    yield filed.id


def _write(path: Path, data: bytes) -> None:
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(data)
    half.replace(path)

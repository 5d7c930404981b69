"""The pack of a case: gathered from the store, built, kept as a numbered edition. Nothing new gives no new edition."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generators.packs.build import build_pack
from generators.packs.content import Asked, AskedState, PackContent, Returned, Source, returned_from
from generators.packs.content import Clock as PackClock
from mailbox_config.calendar import LONDON, clocks
from mailbox_config.directory import Directory
from mailbox_config.settings import Settings
from records.cases import Agency, Case, Request
from records.submissions import Edition, FiledReturn
from service.standing import Waiting, waiting
from store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Packer:
    """What building a pack needs, and who asks for it."""

    store: Store
    settings: Settings
    directory: Directory
    today: date
    actor: str = "coordinator"


@dataclass(frozen=True, slots=True)
class Built:
    """An edition with its files by name. `is_new` is False when nothing had changed since it was built."""

    edition: Edition
    files: Mapping[str, bytes]
    is_new: bool


def build_edition(packer: Packer, reference: str) -> Built:
    """The pack of this case as it stands. Refused without such a case; PackIncomplete when a row would be lost."""
    with packer.store.reading() as tx:
        newest = tx.editions.newest(reference)
        if newest is not None and newest.up_to_date:
            return _kept(tx, newest)
        content = gather(tx, packer, reference, edition=newest.number + 1 if newest else 1)
    pack = build_pack(content)
    with packer.store.transaction() as tx:
        meanwhile = tx.editions.newest(reference)
        if meanwhile is not None and meanwhile.number >= content.edition:
            return _kept(tx, meanwhile)
        files = tuple((name, tx.originals.put(data)) for name, data in sorted(pack.files.items()))
        edition = Edition(case_reference=reference, number=content.edition, built_on=packer.today, files=files)
        tx.editions.add(edition)
        if gather(tx, packer, reference, edition=content.edition) != content:
            # Something arrived while the pack was drawn: this edition is true of its moment and already old.
            tx.editions.mark_out_of_date(reference)
        tx.audit.record(packer.actor, "pack built", case=reference, edition=str(content.edition))
    return Built(edition, pack.files, is_new=True)


def gather(tx: Transaction, packer: Packer, reference: str, *, edition: int) -> PackContent:
    """Everything this edition says. Only returns that are filed count; one that needs a person is not in a pack."""
    case = tx.cases.get(reference)
    requests = tx.requests.of_case(reference)
    held = _held(tx, packer.directory)
    filed = [one for one in tx.returns.of_case(reference) if one.state == "filed"]
    by_request = {one.request_id: one for one in filed if one.request_id}
    return PackContent(
        partnership=packer.settings.partnership.name,
        marking=packer.settings.partnership.marking,
        case=case,
        edition=edition,
        built_on=packer.today,
        clocks=_clocks(case, packer),
        asked=tuple(_asked(request, by_request.get(request.id), packer.directory, held) for request in requests),
        returns=tuple(_returned(tx, one, packer.directory) for one in filed),
    )


def write_files(built: Built, folder: Path) -> tuple[Path, ...]:
    """Writes the files of an edition into a folder, each whole or not at all; those that are there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(folder / name, data) for name, data in sorted(built.files.items()))


def edition_folder(settings: Settings, edition: Edition) -> Path:
    """Where an edition is written unless somebody says otherwise."""
    safe = re.sub(r"[^A-Za-z0-9-]+", "-", edition.case_reference).strip("-")
    return settings.folders.data / "packs" / safe / f"edition-{edition.number}"


def _kept(tx: Transaction, edition: Edition) -> Built:
    return Built(edition, {name: tx.originals.get(sha256) for name, sha256 in edition.files}, is_new=False)


def _write(path: Path, data: bytes) -> Path:
    if path.exists() and hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(data).digest():
        return path
    half = path.with_name(f".{path.name}.part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    return path


def _clocks(case: Case, packer: Packer) -> tuple[PackClock, ...]:
    return tuple(
        PackClock(name=reading.title, anchor=reading.anchor, anchor_name=reading.anchor_title, due=reading.due_on)
        for reading in clocks(case, packer.settings.clock, packer.today)
    )


def _held(tx: Transaction, directory: Directory) -> tuple[Waiting, ...]:
    """What waits for a person anywhere: it may be an answer to this case."""
    returns = tx.returns.waiting()
    unsettled = {one.id: one for one in tx.submissions.all(("received", "attention", "failed"))}
    for one in returns:
        if one.submission_id not in unsettled:
            unsettled[one.submission_id] = tx.submissions.get(one.submission_id)
    theirs = [one for submission_id in unsettled for one in tx.returns.of_submission(submission_id)]
    return waiting(unsettled.values(), theirs, directory)


def _asked(request: Request, filed: FiledReturn | None, directory: Directory, held: tuple[Waiting, ...]) -> Asked:
    arrived = next((one.arrived_on for one in held if one.may_answer(request)), None)
    return Asked(
        agency=_agency(request.agency_id, directory),
        form=request.form,
        state=_state(request, arrived),
        due_on=request.due_on,
        first_due_on=request.extensions[0].before if request.extensions else None,
        received_on=request.answered_on or (arrived if request.state == "outstanding" else None),
        quality_assured=_quality_assured(filed),
        extension_reason=request.extensions[-1].reason if request.extensions else "",
    )


def _state(request: Request, arrived: date | None) -> AskedState:
    if request.state == "outstanding":
        if arrived is not None:
            return "held"
        return "extended" if request.extensions else "outstanding"
    if request.state == "answered":
        return "late" if request.answered_on and request.answered_on > request.due_on else "returned"
    return request.state


def _quality_assured(filed: FiledReturn | None) -> bool | None:
    record: Mapping[str, Any] = filed.result["record"] if filed else {}
    signing = record.get("quality_assurance")
    return signing.get("signed") == "yes" if isinstance(signing, Mapping) else None


def _returned(tx: Transaction, filed: FiledReturn, directory: Directory) -> Returned:
    document = tx.documents.get(filed.document_id)
    source = Source(
        name=document.path,
        sha256=document.sha256,
        version=filed.version,
        received_on=filed.received_at.astimezone(LONDON).date(),
    )
    return returned_from(filed, _agency(filed.agency_id, directory), source)


def _agency(agency_id: str | None, directory: Directory) -> Agency:
    """The agency, or a stand-in under its id when it has left the directory since."""
    return directory.get(agency_id) or Agency(id=agency_id or "unknown", name=agency_id or "Agency not stated")

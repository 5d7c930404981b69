"""The pack of a case from a real store: what is in it, and that nothing new gives no new edition."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import mailbox_config
from generators.packs.missing import missing
from mailbox_config.directory import load_directory
from mailbox_config.settings import Folders, Partnership, Settings
from records.cases import Case, Extension, Request, SubjectChild
from records.errors import Refused
from records.submissions import Document, FiledReturn, SourceIdentity, Submission
from service.packing import Packer, build_edition, edition_folder, gather, write_files
from service.snapshot import everything_in
from service.status import make_status
from store import Store, open_store

DIRECTORY = load_directory(Path(mailbox_config.__file__).parent / "directory.example.toml")
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
RECORD: dict[str, Any] = {
    "case_reference": "PR/2026/001",
    "child_name": "Grace Okafor",
    "agency": "Sampleshire Police",
    "quality_assurance": {"name": "J Invented", "role": None, "date": "2026-03-13", "signed": "yes"},
    "events": [
        {"date": "2025-02-01", "date_as_written": "01/02/2025", "source": "Incident log", "event": "Officers attended."}
    ],
}


@pytest.fixture
def packer(tmp_path: Path) -> Iterator[Packer]:
    """A case that asked two agencies, one of which has answered."""
    store = open_store(f"sqlite:///{tmp_path / 'intake.sqlite'}", clock=lambda: NOON)
    partnership = Partnership(
        name="Sampleford SCP", short_name="SSCP", contact_name="R", contact_email="r@sscp.example"
    )
    settings = Settings(partnership=partnership, folders=Folders(data=tmp_path / "data"))
    fill(store)
    yield Packer(store, settings, DIRECTORY, date(2026, 3, 18))
    store.close()


def fill(store: Store) -> None:
    child = SubjectChild(code="Child 1", name="Grace Okafor", date_of_birth="2014-07-03")
    with store.transaction() as tx:
        tx.cases.add(Case(reference="PR/2026/001", kind="rapid_review", opened_on=date(2026, 3, 2), children=(child,)))
        for agency in ("police", "childrens-services"):
            tx.requests.add(
                Request(
                    id=f"r-{agency}",
                    case_reference="PR/2026/001",
                    agency_id=agency,
                    form="chronology",
                    requested_on=date(2026, 3, 3),
                    due_on=date(2026, 3, 13),
                    token=f"token-{agency}",
                )
            )
    file_return(store, 1)
    with store.transaction() as tx:
        tx.requests.settle("r-police", "answered", date(2026, 3, 16))


def file_return(store: Store, number: int, **changes: Any) -> None:
    with store.transaction() as tx:
        sha256 = tx.originals.put(f"return {number}".encode())
        identity = SourceIdentity(source="folder", key=str(number))
        tx.submissions.add(
            Submission(id=f"s{number}", identity=identity, sha256=sha256, name="r.docx", received_at=NOON, size=8)
        )
        tx.documents.put(
            Document(
                id=f"d{number}",
                submission_id=f"s{number}",
                path="r.docx",
                sha256=sha256,
                kind="docx",
                size=8,
                outcome="read",
            )
        )
        filed = FiledReturn(
            id=f"f{number}",
            document_id=f"d{number}",
            submission_id=f"s{number}",
            case_reference="PR/2026/001",
            agency_id="police",
            request_id="r-police",
            form="chronology",
            version=number,
            received_at=NOON,
            state="filed",
            result={"record": RECORD, "places": {}, "review": [], "unplaced": [], "findings": []},
        )
        tx.returns.file(filed.model_copy(update=changes))


def test_what_was_asked_and_what_came_is_gathered(packer: Packer) -> None:
    """Late and outstanding are told apart; the sign-off of what came is known; only the newest version counts."""
    file_return(packer.store, 2)
    with packer.store.reading() as tx:
        content = gather(tx, packer, "PR/2026/001", edition=1)
    states = {asked.agency.id: (asked.state, asked.quality_assured) for asked in content.asked}
    assert states == {"police": ("late", True), "childrens-services": ("outstanding", None)}
    assert [returned.source.version for returned in content.returns] == [2]


def test_an_agreed_extension_is_shown_with_its_reason(packer: Packer) -> None:
    """A request that is still awaited within a later date says so."""
    extension = Extension(due_on=date(2026, 3, 20), reason="Author on leave", by="R", on=date(2026, 3, 12))
    with packer.store.transaction() as tx:
        tx.requests.extend("r-childrens-services", extension)
        content = gather(tx, packer, "PR/2026/001", edition=1)
    (asked,) = [one for one in content.asked if one.agency.id == "childrens-services"]
    assert (asked.state, asked.extension_reason, asked.due_on) == ("extended", "Author on leave", date(2026, 3, 20))


@pytest.mark.parametrize(
    "known", [{"agency_id": "childrens-services"}, {"agency_id": "childrens-services", "case_reference": None}]
)
def test_what_arrived_and_waits_for_a_person_is_not_called_missing(packer: Packer, known: dict[str, Any]) -> None:
    """Page 1 says that it has arrived and needs a person, with the day; it is neither awaited nor overdue."""
    file_return(packer.store, 3, state="needs_person", request_id=None, **known)
    with packer.store.reading() as tx:
        content = gather(tx, packer, "PR/2026/001", edition=1)
    (asked,) = [one for one in content.asked if one.agency.id == "childrens-services"]
    assert (asked.state, asked.received_on) == ("held", date(2026, 3, 16))
    groups = dict(missing(content).groups)
    assert "Not received" not in groups
    assert "a person has to look at it first" in " ".join(groups)
    status = make_status(everything_in(packer.store), DIRECTORY, packer.settings.clock, packer.today)
    assert {row.agency_id: row.state for row in status.rows}["childrens-services"] == "to_look_at"


def test_a_return_that_needs_a_person_is_not_in_the_pack(packer: Packer) -> None:
    """What nobody has decided yet enters no pack."""
    file_return(packer.store, 3, state="needs_person", request_id=None, agency_id="childrens-services")
    with packer.store.reading() as tx:
        content = gather(tx, packer, "PR/2026/001", edition=1)
    assert [returned.agency.id for returned in content.returns] == ["police"]


def test_editions_are_numbered_and_only_made_when_something_changed(packer: Packer, tmp_path: Path) -> None:
    """Built twice it is one edition with the same bytes; after a change it is the next one."""
    first, again = build_edition(packer, "PR/2026/001"), build_edition(packer, "PR/2026/001")
    assert (first.edition.number, first.is_new, again.is_new) == (1, True, False)
    assert dict(first.files) == dict(again.files)
    assert set(first.files) == {"pack.pdf", "pack.docx", "pack.xlsx", "manifest.json"}
    assert json.loads(first.files["manifest.json"])["chronology"]["rows_in"] == {"police": 1}
    with packer.store.transaction() as tx:
        tx.editions.mark_out_of_date("PR/2026/001")
    assert build_edition(packer, "PR/2026/001").edition.number == 2
    folder = edition_folder(packer.settings, first.edition)
    assert folder == tmp_path / "data" / "packs" / "PR-2026-001" / "edition-1"
    paths = write_files(first, folder)
    assert write_files(first, folder) == paths
    assert sorted(path.name for path in folder.iterdir()) == sorted(first.files)


def test_a_pack_of_no_case_is_refused(packer: Packer) -> None:
    """An unknown reference is a plain sentence."""
    with pytest.raises(Refused, match="PR-9"):
        build_edition(packer, "PR-9")

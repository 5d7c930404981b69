"""The watched shared folder: nothing lost, nothing doubled, whatever happens between two steps."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.folder import FolderPlan, FolderSource, refuse_overlap
from intake.folder_hints import FolderHints
from intake.folder_walk import fingerprint_of, read_unchanged
from intake.sources import Arrival
from intake.stability import Fingerprint, StabilityTracker
from intake.upload import UploadSource
from records.errors import FolderUnavailable, Misconfigured
from records.limits import Limits


@dataclass
class Clock:
    """A clock that the test moves."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Share:
    """A shared folder with the service's own area beside it."""

    root: Path
    stable_seconds: float = 0.0
    read_only: bool = False
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.watched = self.root / "drop"
        self.own = self.root / "taken"
        self.watched.mkdir()

    def source(self) -> FolderSource:
        plan = FolderPlan(
            watched=self.watched, own=self.own, stable_seconds=self.stable_seconds, read_only=self.read_only
        )
        source = FolderSource(plan, clock=self.clock, today=lambda: date(2026, 3, 2), limits=Limits(file_bytes=1000))
        source.check()
        return source

    def drop(self, path: str, data: bytes = b"a form") -> Path:
        file = self.watched / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def everywhere(self) -> list[tuple[str, bytes]]:
        """Every file of the share with its bytes, wherever it lies."""
        return sorted((file.name, file.read_bytes()) for file in self.root.rglob("*") if file.is_file())

    def taken(self, area: str) -> list[str]:
        return sorted(
            file.relative_to(self.own / area).as_posix() for file in (self.own / area).rglob("*") if file.is_file()
        )


@pytest.fixture
def share(tmp_path: Path) -> Share:
    return Share(tmp_path)


def _finish(arrival: Arrival) -> None:
    arrival.settle("received")
    arrival.settle("done")


def test_a_file_is_read_with_its_folders_as_hints_and_not_touched(share: Share) -> None:
    """Scanning gives bytes, name and sub-folder names, and leaves the file where it lies."""
    share.drop("CASE-1/Police/summary.docx")
    [arrival] = share.source().scan()
    assert (arrival.name, arrival.data) == ("summary.docx", b"a form")
    assert arrival.folder_hint == ("CASE-1", "Police")
    assert (share.watched / "CASE-1/Police/summary.docx").exists()


def test_a_finished_file_lies_in_the_folder_of_the_day(share: Share) -> None:
    """After its final state the file is in a dated folder under its own path, and is not offered again."""
    share.drop("CASE-1/summary.docx")
    source = share.source()
    for arrival in source.scan():
        _finish(arrival)
    assert share.taken("processed") == ["2026-03-02/CASE-1/summary.docx"]
    assert list(source.scan()) == []
    assert list((share.own / "claimed").iterdir()) == []


@pytest.mark.parametrize("state", ["attention", "failed"])
def test_what_needs_a_person_lies_apart(share: Share, state: str) -> None:
    """A file that needs a person goes to the folder that people look into."""
    share.drop("unclear.docx")
    for arrival in share.source().scan():
        arrival.settle(state)  # type: ignore[arg-type]
    assert share.taken("attention") == ["2026-03-02/unclear.docx"]


def test_a_later_run_settles_what_an_earlier_one_claimed(share: Share) -> None:
    """The identity alone is enough to settle a claim after a restart."""
    share.drop("a.docx")
    [arrival] = share.source().scan()
    arrival.settle("received")
    later = share.source()
    assert list(later.scan()) == []
    later.settle(arrival.identity, "done")
    assert share.taken("processed") == ["2026-03-02/a.docx"]


def test_settling_may_be_repeated(share: Share) -> None:
    """Every step of settling can run again after a crash and changes nothing then."""
    share.drop("a.docx")
    [arrival] = share.source().scan()
    for state in ("received", "received", "done", "done", "received"):
        arrival.settle(state)  # type: ignore[arg-type]
    assert share.everywhere() == [("a.docx", b"a form")]
    assert share.taken("processed") == ["2026-03-02/a.docx"]


def test_the_same_arrival_keeps_its_identity_until_it_is_settled(share: Share) -> None:
    """A crash before the commit gives the same identity again, so that the ledger can tell."""
    share.drop("a.docx")
    first = [arrival.identity for arrival in share.source().scan()]
    assert [arrival.identity for arrival in share.source().scan()] == first


def test_two_workers_take_one_file_once(share: Share) -> None:
    """Two workers that read the same file give one identity, and the file ends in one place."""
    share.drop("a.docx")
    one, other = share.source(), share.source()
    [first], [second] = list(one.scan()), list(other.scan())
    assert first.identity == second.identity
    first.settle("received")
    second.settle("received")
    second.settle("done")
    first.settle("done")
    assert share.everywhere() == [("a.docx", b"a form")]


def test_the_same_name_twice_loses_neither(share: Share) -> None:
    """Two different files that come one after the other under one name both end in the folder of the day."""
    source = share.source()
    for data in (b"first", b"second"):
        share.drop("return.docx", data)
        for arrival in source.scan():
            _finish(arrival)
    assert share.everywhere() == [("return (2).docx", b"second"), ("return.docx", b"first")]


def test_a_file_replaced_between_reading_and_claiming_arrives_anew(share: Share) -> None:
    """What is claimed is what was read; the newer file goes back and comes as an arrival of its own."""
    share.drop("a.docx", b"old")
    source = share.source()
    [arrival] = source.scan()
    share.drop("a.docx", b"new and longer")
    arrival.settle("received")
    arrival.settle("done")
    [later] = source.scan()
    assert later.data == b"new and longer"
    assert later.identity != arrival.identity


def test_a_file_that_changes_under_the_reader_is_not_taken(share: Share) -> None:
    """Bytes count only if the file is the same before and after reading them."""
    file = share.drop("a.docx", b"old")
    before = fingerprint_of(file.stat())
    assert read_unchanged(file, before) == b"old"
    share.drop("a.docx", b"newer")
    assert read_unchanged(file, before) is None


def test_a_wrong_claim_left_by_a_crash_is_put_back(share: Share) -> None:
    """A crash right after a rename that caught a newer file loses nothing: the next run puts it back."""
    share.drop("a.docx", b"old")
    [arrival] = share.source().scan()
    arrival.settle("received")
    [claimed] = [file for file in (share.own / "claimed").rglob("*") if file.is_file()]
    claimed.write_bytes(b"new")
    assert [late.data for late in share.source().scan()] == [b"new"]


@pytest.mark.parametrize(
    "name",
    ["~$form.docx", ".~lock.form.docx#", "form.docx.tmp", "form.crdownload", "form.part", "Thumbs.db", ".DS_Store"],
)
def test_lock_and_temporary_files_are_left_alone(share: Share, name: str) -> None:
    """Files that programs leave while they work are neither taken nor moved."""
    file = share.drop(name)
    assert list(share.source().scan()) == []
    assert file.exists()


def test_links_and_special_files_are_refused_and_said(share: Share) -> None:
    """Links, also to folders, and pipes are never followed or opened; the refusal says what to do."""
    outside = share.root / "secret.docx"
    outside.write_bytes(b"secret")
    (share.watched / "link.docx").symlink_to(outside)
    (share.watched / "folder").symlink_to(share.root)
    os.mkfifo(share.watched / "pipe.docx")
    source = share.source()
    assert list(source.scan()) == []
    assert sorted(refusal.where for refusal in source.refusals()) == ["folder", "link.docx", "pipe.docx"]
    assert stat.S_ISFIFO((share.watched / "pipe.docx").stat().st_mode)


def test_a_file_that_is_too_large_stays_and_is_said(share: Share) -> None:
    """A file over the limit is not read; it stays visible in the folder with a reason."""
    file = share.drop("huge.docx", b"x" * 1001)
    source = share.source()
    assert list(source.scan()) == []
    assert file.exists()
    assert [refusal.where for refusal in source.refusals()] == ["huge.docx"]


def test_a_growing_file_waits_until_it_is_whole(tmp_path: Path) -> None:
    """A file is taken only once it has not changed for the whole wait."""
    share = Share(tmp_path, stable_seconds=10)
    source = share.source()
    share.drop("slow.docx", b"ab")
    assert list(source.scan()) == []
    share.clock.now = 9
    share.drop("slow.docx", b"abcd")
    assert list(source.scan()) == []
    share.clock.now = 18
    assert list(source.scan()) == []
    assert source.still_changing() == 1
    share.clock.now = 19
    assert [arrival.data for arrival in source.scan()] == [b"abcd"]


def test_a_read_only_share_is_never_changed(tmp_path: Path) -> None:
    """With a read-only share files stay where they are, and are offered once a run."""
    share = Share(tmp_path, read_only=True)
    share.drop("a.docx")
    source = share.source()
    for arrival in source.scan():
        _finish(arrival)
    assert list(source.scan()) == []
    assert share.everywhere() == [("a.docx", b"a form")]
    assert not share.own.exists()


def test_a_folder_that_is_gone_says_so(share: Share) -> None:
    """An unreachable share is a fault that passes, not an empty folder."""
    source = share.source()
    share.watched.rename(share.root / "unplugged")
    with pytest.raises(FolderUnavailable):
        list(source.scan())


def test_overlapping_folders_are_refused(tmp_path: Path) -> None:
    """A folder within another would feed the service its own files."""
    with pytest.raises(Misconfigured):
        refuse_overlap(tmp_path / "drop", tmp_path / "drop" / "taken")
    refuse_overlap(tmp_path / "drop", tmp_path / "drop2")


def test_names_that_are_no_text_arrive_all_the_same(share: Share) -> None:
    """A file whose name is not valid text (possible on Linux shares) is taken and finished like any other."""
    Path(os.fsdecode(os.fsencode(share.watched) + b"/f\xf6rm.docx")).write_bytes(b"a form")
    source = share.source()
    for arrival in source.scan():
        _finish(arrival)
    assert list(source.scan()) == []
    assert [data for _, data in share.everywhere()] == [b"a form"]


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["drop", "scan", "received", "done", "restart"]), st.integers(0, 2), st.integers(0, 3)
        )
    )
)
def test_no_order_of_events_loses_a_file(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    """Whatever is dropped, scanned, settled and restarted in between: all bytes that were read or lie there survive."""
    share = Share(tmp_path_factory.mktemp("share"))
    source = share.source()
    dropped: dict[str, bytes] = {}
    committed: dict[str, Arrival] = {}
    for event, name, content in steps:
        path = f"{name}.docx"
        if event == "drop":
            share.drop(path, f"content {content}".encode())
            dropped[path] = f"content {content}".encode()
        elif event == "restart":
            source = share.source()
        elif event == "scan":
            committed |= {arrival.identity.key: arrival for arrival in source.scan()}
        else:
            for arrival in committed.values():
                arrival.settle(event)  # type: ignore[arg-type]
    assert set(dropped.values()) <= {data for _, data in share.everywhere()}
    source = share.source()
    for arrival in list(source.scan()):
        _finish(arrival)
    assert [file for file in share.watched.rglob("*") if file.is_file()] == []
    assert set(dropped.values()) <= {data for _, data in share.everywhere()}


@given(
    looks=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=20),
    wait=st.integers(0, 10),
)
def test_stable_means_unchanged_for_the_whole_wait(looks: list[tuple[int, int]], wait: int) -> None:
    """A path is called whole exactly when its fingerprint has been the same for the wait."""
    tracker = StabilityTracker(wait)
    now, since, last = 0, 0, None
    for step, size in looks:
        now += step
        if size != last:
            since, last = now, size
        whole = tracker.observe(now, {"a": Fingerprint(size, 0, 0, 0)})
        assert bool(whole) == (now - since >= wait)


def test_an_event_in_the_folder_wakes_the_scan(tmp_path: Path) -> None:
    """A new file ends the wait early."""
    with FolderHints(tmp_path) as hints:
        (tmp_path / "new.docx").write_bytes(b"x")
        assert hints.wait(30)


def test_an_upload_reads_files_and_names_those_it_cannot(tmp_path: Path) -> None:
    """Given files arrive in order; a folder, a missing and a too large file are refused and said."""
    good, large = tmp_path / "a.docx", tmp_path / "b.docx"
    good.write_bytes(b"a form")
    large.write_bytes(b"x" * 11)
    source = UploadSource([good, tmp_path, tmp_path / "missing.docx", large], limits=Limits(file_bytes=10))
    [arrival] = source.scan()
    assert (arrival.name, arrival.data, arrival.identity.source) == ("a.docx", b"a form", "upload")
    assert len(source.refusals()) == 3

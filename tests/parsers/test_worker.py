"""The pool of limited reader processes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.worker import ReaderPool
from records.limits import Limits

HERE = Path(__file__).parent
LIMITS = Limits(cpu_seconds=30, wall_seconds=60, memory_bytes=700_000_000, output_bytes=5_000_000)


@pytest.fixture(scope="module", autouse=True)
def _targets_can_be_imported() -> Iterator[None]:
    sys.path.insert(0, str(HERE))
    yield
    sys.path.remove(str(HERE))


@pytest.fixture(scope="module")
def pool(_targets_can_be_imported: None) -> Iterator[ReaderPool]:
    with ReaderPool(LIMITS, target="reading_targets:misbehave", wordings={"local": 1}) as pool:
        yield pool


def _read(pool: ReaderPool, deed: str, kind: str = "docx") -> tuple[str, str, list[str]]:
    result = pool.read(deed.encode(), kind)
    return result.outcome, result.code, result.notices


def test_reads_a_document_with_the_wordings_of_the_service(pool: ReaderPool) -> None:
    """The target gets the bytes, the kind and the local wordings, and its result comes back whole."""
    result = pool.read(b"say wordings", "pdf")
    assert (result.outcome, result.kind, result.notices) == ("read", "pdf", ["{'local': 1}"])


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("crash", "E-READER"),
        ("exit", "E-READER"),
        ("recurse", "E-READER"),
        ("eat memory", "E-TOO-LARGE"),
        ("eat memory slowly", "E-TOO-LARGE"),
        ("huge", "E-TOO-LARGE"),
        ("refuse", "E-ENCRYPTED"),
    ],
)
def test_a_misbehaving_document_is_rejected_and_the_next_is_read(pool: ReaderPool, deed: str, code: str) -> None:
    """A crash, a blow-up or an error costs that one document, which says why in a sentence."""
    result = pool.read(deed.encode(), "docx")
    assert (result.outcome, result.code) == ("rejected", code)
    assert result.reason
    assert result.reason.endswith(".")
    assert _read(pool, "fine")[0] == "read"


@pytest.mark.parametrize("limits", [Limits(wall_seconds=1), Limits(cpu_seconds=0, wall_seconds=60)])
def test_a_document_that_never_ends_is_given_up(limits: Limits) -> None:
    """Waiting ends by the clock on the wall, computing by the processor's."""
    deed = b"sleep" if limits.wall_seconds == 1 else b"spin"
    with ReaderPool(limits, workers=1, target="reading_targets:misbehave") as pool:
        assert pool.read(deed, "docx").code == "E-TOO-SLOW"
        assert pool.read(b"fine", "docx").outcome == "read"


@pytest.mark.parametrize("deed", ["write", "run", "run converter", "shell", "connect", "resolve"])
def test_a_word_document_touches_nothing_outside(pool: ReaderPool, deed: str) -> None:
    """Reading a Word file writes no file, starts no program and reaches no network."""
    outcome, code, notices = _read(pool, deed)
    assert (outcome, code) == ("rejected", "E-READER")
    assert notices in (["stopped:PermissionError"], ["stopped:OSError"])
    assert not Path("/tmp/written-by-a-reader").exists()


@pytest.mark.parametrize("deed", ["run", "shell", "connect"])
def test_a_file_that_needs_a_converter_may_start_only_that(pool: ReaderPool, deed: str) -> None:
    """Kinds that are converted may run the named converters, and nothing else."""
    assert _read(pool, deed, "doc")[0] == "rejected"


def test_a_converter_left_behind_ends_with_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a worker is given up, the converters it started are ended too, and the files they wrote are gone."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    limits = Limits(wall_seconds=2)
    with ReaderPool(limits, workers=1, target="reading_targets:misbehave") as pool:
        assert pool.read(b"leave a converter", "doc").code == "E-TOO-SLOW"
        assert list(tmp_path.rglob("soffice")) == []
    commands = (path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists())
    assert not any(b"sleep\x00613" in command for command in commands)
    assert list(tmp_path.iterdir()) == []


def test_the_service_secrets_are_not_in_a_reader(pool: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader sees only the few environment variables that programs need to run."""
    monkeypatch.setenv("INTAKE_PASSWORD", "canary")
    with ReaderPool(LIMITS, workers=1, target="reading_targets:misbehave") as fresh:
        assert "INTAKE_PASSWORD" not in _read(fresh, "environment")[2][0]


def test_what_a_reader_prints_is_not_heard(pool: ReaderPool, capfd: pytest.CaptureFixture[str]) -> None:
    """Libraries that print what they read do not reach the service's log."""
    _read(pool, "print")
    assert "Canary" not in "".join(capfd.readouterr())


def test_only_results_come_back() -> None:
    """A worker taken over by a document cannot make the service load anything but a result."""
    with ReaderPool(LIMITS, workers=1, target="reading_targets:foreign") as pool:
        assert pool.read(b"", "docx").code == "E-READER"


def test_caches_are_filled_once_before_the_workers_are_made() -> None:
    """What `prepare` fills is there in every worker and was filled in the process they come from."""
    with ReaderPool(LIMITS, workers=1, target="reading_targets:misbehave", prepare="reading_targets:prepare") as pool:
        found = [_read(pool, deed)[2] for deed in ("prepared", "exit", "prepared")]
    assert [found[0], found[2]] == [["True"], ["True"]]


def test_many_documents_keep_their_order(pool: ReaderPool) -> None:
    """Results come in the order of the documents, also when some of them crash."""
    documents = [(b"crash" if number % 7 == 0 else f"document {number}".encode(), "docx") for number in range(40)]
    outcomes = [result.outcome for result in pool.read_many(documents)]
    assert outcomes == ["rejected" if number % 7 == 0 else "read" for number in range(40)]


def test_a_worker_reads_one_document_after_the_other() -> None:
    """Workers are kept, so that a document does not pay for a process of its own."""
    with ReaderPool(LIMITS, workers=1, target="reading_targets:misbehave") as pool:
        assert _read(pool, "process") == _read(pool, "process")


def test_a_lost_worker_is_replaced() -> None:
    """A worker that something else kills between two documents costs at most the next one."""
    with ReaderPool(LIMITS, workers=1, target="reading_targets:misbehave") as pool:
        os.kill(int(_read(pool, "process")[2][0]), signal.SIGKILL)
        outcomes = [_read(pool, "fine")[0] for _ in range(2)]
    assert outcomes[-1] == "read"

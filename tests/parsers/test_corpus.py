"""Real and hostile documents of other projects, where at hand: each ends in a named outcome, none loses text."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pytest
from lxml import etree

from intake.opening import OpenedPart, open_submission
from parsers.read import read_document
from parsers.worker import ReaderPool
from parsers.worker_process import PLAIN_KINDS
from records.limits import Limits
from records.results import ReadResult
from tests.parsers.understanding import words_in

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
RETURNS = CORPUS.parent / "returns"
LIMITS = Limits(cpu_seconds=20, wall_seconds=40, memory_bytes=1_500_000_000)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONVERTED_EVERY = 25
"""Of the kinds that need a converter or character recognition, every so many files are read here."""

SAMPLE = 2
"""Of all files, every second; `benchmarks/fuzz.py` reads them all."""

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
needs_returns = pytest.mark.skipif(not RETURNS.is_dir(), reason="the shared returns are not here")


def _parts() -> Iterator[tuple[str, OpenedPart]]:
    """What is in every file of the corpus, a sample of the slow kinds."""
    slow = 0
    for path in sorted(CORPUS.rglob("*"))[::SAMPLE]:
        if not path.is_file() or path.name in ("README.md", "index.tsv"):
            continue
        for part in open_submission(path.read_bytes(), path.name, limits=LIMITS).parts:
            if part.kind not in PLAIN_KINDS and not part.problem:
                slow += 1
                if (part.kind != "pdf" and slow % CONVERTED_EVERY) or (part.kind == "pdf" and slow % 3):
                    continue
            yield str(path.relative_to(CORPUS)), part


@needs_corpus
def test_every_file_ends_in_a_named_outcome_in_bounded_time() -> None:
    """Opened and read in a limited worker, every file is read, needs review or is rejected with a reason."""
    wrong = []
    with ReaderPool(LIMITS, workers=2) as pool:
        parts = list(_parts())
        readable = [(name, part) for name, part in parts if not part.problem]
        started = time.monotonic()
        results = list(pool.read_many((part.data, part.kind) for _, part in readable))
        seconds = time.monotonic() - started
    for (name, _), result in zip(readable, results, strict=True):
        if result.outcome not in ("read", "needs_review", "rejected") or result.code == "E-READER":
            wrong.append((name, result.outcome, result.code, result.notices))
        if result.outcome == "rejected" and not (result.reason or "").endswith("."):
            wrong.append((name, "no reason", result.reason, []))
    assert wrong == []
    assert all(part.reason for _, part in parts if part.problem)
    assert seconds < len(readable) * LIMITS.wall_seconds


def _bare_words(data: bytes) -> set[str]:
    """Every word of a Word file's text elements that Word shows, without any understanding."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    pieces: list[str] = []
    for item in root.iter(W + "p", W + "tc", W + "t", W + "br", W + "tab", W + "cr"):
        pieces.append((item.text or "") if item.tag == W + "t" and not _is_hidden(item) else " ")
    return set(_words("".join(pieces)))


def _is_hidden(item: etree._Element) -> bool:
    run = item.getparent()
    around = run.getparent() if run is not None else None
    moved = around is not None and around.tag in (W + "del", W + "moveFrom")
    return moved or (run is not None and run.find(f"{W}rPr/{W}vanish") is not None)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]{3,}", text.casefold())


def _told(result: ReadResult) -> set[str]:
    """The words of the result, and of the questions whose answers it holds."""
    labels = {word for made in result.returns for placed in made.places.values() for word in _words(placed.label)}
    return words_in(result) | labels


@needs_returns
def test_no_word_of_a_filled_return_is_lost() -> None:
    """Each word that was typed – neither in a blank nor a misspelt word of one – stands in the result."""
    printed: set[str] = set()
    for blank in sorted((RETURNS / "blank").glob("*.docx")):
        printed |= _bare_words(blank.read_bytes())
    lost = {}
    for path in sorted(RETURNS.glob("*.docx"))[::SAMPLE]:
        data = path.read_bytes()
        result = read_document(data, "docx")
        gone = _bare_words(data) - printed - _told(result) - {"ditto"}
        typed = [word for word in gone if not get_close_matches(word, printed, cutoff=0.75)]
        if typed:
            lost[path.name] = len(typed)
    assert lost == {}


@needs_corpus
def test_no_word_is_lost_of_documents_taken_for_forms() -> None:
    """Where a foreign document is taken for a form, all its words are told."""
    lost = {}
    for path in sorted((CORPUS / "docx").glob("*.docx"))[::SAMPLE]:
        data = path.read_bytes()
        result = read_document(data, "docx", limits=LIMITS)
        gone = _bare_words(data) - _told(result) if result.outcome != "rejected" else set()
        if gone:
            lost[path.name] = sorted(gone)[:20]
    assert lost == {}

"""A long look for a document that crashes, hangs or is lost: samples changed in bytes and in structure.

    python benchmarks/fuzz.py [SECONDS] [SEED] [FOLDER…]

Without folders the samples are our own blanks and the shared corpus, where it is. Every sample is read as it is, then
changed again and again. Whatever is not a named outcome is kept as `fuzz-SEED-NUMBER.bin` in the system's folder for
temporary files, with its kind printed, so that it can be read again.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from intake.sniff import sniff
from parsers.worker import ReaderPool
from records.limits import Limits

ROOT = Path(__file__).resolve().parent.parent
LIMITS = Limits(cpu_seconds=20, wall_seconds=40, memory_bytes=1_500_000_000)
SLOW_KINDS = frozenset(("scan", "doc", "odt", "rtf"))


def samples(folders: list[Path]) -> list[tuple[bytes, str]]:
    """The samples with their kinds; those that need a converter are left out, one would see nothing else."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    found = []
    for path in paths:
        data = path.read_bytes()
        kind = sniff(data, path.name)
        if kind not in SLOW_KINDS and 0 < len(data) < 2_000_000:
            found.append((data, kind))
    return found


def changed(data: bytes, chance: Random) -> bytes:
    """The sample with a few changes: inside a part of its package where it is one, else in its bytes."""
    if data[:2] == b"PK" and chance.random() < 0.8:
        try:
            return _changed_package(data, chance)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, IndexError):
            pass
    return _changed_bytes(data, chance)


def _changed_package(data: bytes, chance: Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        names = archive.namelist()
        chosen = chance.choice([name for name in names if name.endswith(".xml")] or names)
        for name in names:
            content = archive.read(name)
            if name == chosen:
                content = _changed_markup(content, chance) if chance.random() < 0.7 else _changed_bytes(content, chance)
            made.writestr(name, content)
    return stream.getvalue()


def _changed_markup(data: bytes, chance: Random) -> bytes:
    """Whole elements dropped, doubled or moved, so that the part mostly stays well-formed."""
    pieces = data.split(b"<")
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(pieces))
        length = chance.randint(1, 12)
        cut = pieces[start : start + length]
        if chance.random() < 0.5:
            del pieces[start : start + length]
        at = chance.randrange(len(pieces) + 1)
        pieces[at:at] = cut
    return b"<".join(pieces)


def _changed_bytes(data: bytes, chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    if chance.random() < 0.2:
        del made[chance.randrange(len(made)) + 1 :]
    return bytes(made)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    folders = [Path(name) for name in sys.argv[3:]]
    found = samples(folders or [ROOT / "forms", ROOT.parent / "shared" / "corpus"])
    chance, outcomes, number, slowest = Random(seed), Counter[str](), 0, 0.0
    end = time.monotonic() + seconds
    with ReaderPool(LIMITS, workers=1) as pool:
        while time.monotonic() < end:
            data, kind = found[number % len(found)]
            if number >= len(found):
                data = changed(data, chance)
            start = time.monotonic()
            result = pool.read(data, kind)
            slowest = max(slowest, time.monotonic() - start)
            outcomes[f"{result.outcome} {result.code}".strip()] += 1
            if result.code in ("E-READER", "E-TOO-SLOW") or result.outcome not in ("read", "needs_review", "rejected"):
                kept = Path(tempfile.gettempdir()) / f"fuzz-{seed}-{number}.bin"
                kept.write_bytes(data)
                print(f"{kept.name}: {kind}, {result.code}, {', '.join(result.notices)}", flush=True)
            number += 1
    print(f"{number:,} documents from {len(found)} samples, slowest {slowest:.1f} s")
    for name, count in outcomes.most_common():
        print(f"{count:8,} {name}")


if __name__ == "__main__":
    main()

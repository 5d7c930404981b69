"""The watched folder with a process that really is killed, again and again."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

WORKER = """
import json, os, sys
from datetime import date
from pathlib import Path
from intake.folder import FolderPlan, FolderSource

root = Path(sys.argv[1])
plan = FolderPlan(watched=root / "drop", own=root / "taken", stable_seconds=0)
source = FolderSource(plan, clock=lambda: 0.0, today=lambda: date(2026, 3, 2))
source.check()
ledger = root / "ledger"
known = {json.loads(line)["key"] for line in ledger.read_text().splitlines() if line.endswith("}")}
print("ready", flush=True)
with ledger.open("a") as book:
    for key in known:
        source.settle(type("I", (), {"key": key})(), "done")
    for arrival in source.scan():
        if arrival.identity.key not in known:
            book.write(json.dumps({"key": arrival.identity.key, "text": arrival.data.decode()}) + "\\n")
            book.flush()
            os.fsync(book.fileno())
        arrival.settle("received")
        arrival.settle("done")
print("finished", flush=True)
"""


def _run(root: Path, *, kill_after: float | None) -> bool:
    """Run the worker, killed after so many seconds of work; whether it finished by itself."""
    process = subprocess.Popen([sys.executable, "-c", WORKER, str(root)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "ready\n"
        if kill_after is not None:
            try:
                process.wait(kill_after)
            except subprocess.TimeoutExpired:
                process.kill()
        return "finished" in process.stdout.read()


def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """Sixty files, a dozen kills: each file is in the ledger once and in the folder of the day once."""
    chance = random.Random(7)
    (tmp_path / "drop").mkdir()
    (tmp_path / "ledger").touch()
    texts = [f"fictional return {number}" for number in range(60)]
    for number, text in enumerate(texts):
        folder = tmp_path / "drop" / f"case {number % 4}"
        folder.mkdir(exist_ok=True)
        (folder / f"return {number}.txt").write_text(text, encoding="utf-8")
    for _ in range(12):
        _run(tmp_path, kill_after=chance.uniform(0, 0.03))
    assert _run(tmp_path, kill_after=None)
    ledger = [json.loads(line) for line in (tmp_path / "ledger").read_text(encoding="utf-8").splitlines()]
    assert sorted(entry["text"] for entry in ledger) == sorted(texts)
    kept = [file for file in (tmp_path / "taken").rglob("*") if file.is_file()]
    assert sorted(file.read_text(encoding="utf-8") for file in kept if file.stat().st_size) == sorted(texts)
    assert all("processed" in file.parts for file in kept)
    assert [file for file in (tmp_path / "drop").rglob("*") if file.is_file()] == []

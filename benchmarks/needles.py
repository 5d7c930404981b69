"""A long look for typed words that get lost: sentences typed anywhere into Word forms, each looked for in the result.

    python benchmarks/needles.py [SECONDS] [SEED] [FOLDER…]

Without folders the samples are our own blanks and the shared returns, where they are. A sentence counts as told when it
is in the record, in its places, in review or in unplaced. What is not told is printed with its file and seed.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from parsers.read import read_document
from tests.parsers.planting import planted, sentence, untold

ROOT = Path(__file__).resolve().parent.parent


def samples(folders: list[Path]) -> list[Path]:
    """The Word files of a size that leaves time for many."""
    return sorted(path for folder in folders for path in folder.rglob("*.docx") if path.stat().st_size < 300_000)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    folders = [Path(name) for name in sys.argv[3:]]
    found = samples(folders or [ROOT / "forms", ROOT.parent / "shared" / "returns"])
    counts, number = Counter[str](), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        chance = Random(seed * 1_000_003 + number)
        path, into_words = chance.choice(found), chance.random() < 0.5
        data, texts = planted(path.read_bytes(), [sentence(chance) for _ in range(3)], chance, into_words=into_words)
        result = read_document(data, "docx")
        number += 1
        how = "into words" if into_words else "own line"
        counts[f"{how}: documents"] += 1
        if result.outcome == "rejected":
            counts[f"{how}: rejected"] += 1
            continue
        counts[f"{how}: sentences"] += len(texts)
        for text in untold(texts, json.dumps(result.to_json("")["returns"], ensure_ascii=False)):
            counts[f"{how}: lost"] += 1
            print(f"lost in {path.name}, number {number - 1}, {how}: {text}", flush=True)
    for name, count in sorted(counts.items()):
        print(f"{count:8,} {name}")


if __name__ == "__main__":
    main()

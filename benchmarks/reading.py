"""How right the reading is, and how well it knows: by format, on the shared returns and on held-out folders.

    python benchmarks/reading.py [FOLDER…]

Each folder holds returns with a `NAME.truth.json` beside each. Two numbers matter: of the values that nobody is asked
to look at, how many are wrong (goal: at most 0.1 %), and of the right values, how many somebody is asked about (at
most 2 %).
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from intake.sniff import sniff
from parsers.read import read_document

SHARED = Path(__file__).resolve().parents[2] / "shared"
VALUES = ("right", "wrong_flagged", "wrong_silent", "missing_kept", "missing_silent")


def scorer() -> ModuleType:
    """The scorer that others judge us by, from where it is kept."""
    path = SHARED / "tools" / "score.py"
    if not path.is_file():
        sys.exit("The scorer is not here; nothing can be measured without it.")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tally_file(truth: dict[str, Any], path: Path, score: ModuleType) -> Counter[str]:
    """The counts of one file over all its returns."""
    data = path.read_bytes()
    start = time.process_time()
    result = read_document(data, sniff(data, path.name)).to_json(path.name)
    counts: Counter[str] = Counter({"files": 1, "ms": round(1000 * (time.process_time() - start))})
    blob = _squeeze(score, json.dumps(result["returns"], ensure_ascii=False).replace("\\n", " "))
    extra = truth.get("typed_extra") or []
    counts["extra"] = len(extra)
    counts["extra_lost"] = sum(1 for text in extra if _squeeze(score, text) not in blob)
    for wanted in truth.get("returns") or [truth]:
        made = next((item for item in result["returns"] if item["form"] == wanted["form"]), {})
        counts["form_wrong"] += not made
        kept = _squeeze(score, json.dumps([made.get("unplaced"), made.get("review")], ensure_ascii=False))
        tally: Counter[str] = Counter()
        score.compare(
            wanted["record"], made.get("record"), "", "", score.flags_of(made, result),
            lambda value, text=kept: any(word in text for word in score.written(value)), tally, [],
            wanted.get("either") or {},
        )  # fmt: skip
        total = sum(tally[key] for key in VALUES)
        counts.update(tally)
        counts["returns"] += 1
        counts["whole"] += total == tally["right"] and not tally["spurious_silent"] + tally["spurious_row_silent"]
        counts["share"] += round(1_000_000 * tally["right"] / total) if total else 1_000_000
    return counts


def _squeeze(score: ModuleType, text: str) -> str:
    return str(score.re.sub(r"\W+", "", score.norm(text)))


def show(name: str, counts: Counter[str]) -> None:
    total = sum(counts[key] for key in VALUES) or 1
    silent = counts["wrong_silent"] + counts["spurious_silent"] + counts["spurious_row_silent"]
    settled = counts["right"] - counts["right_flagged"] + silent
    returns, files = max(counts["returns"], 1), max(counts["files"], 1)
    needless = 100 * counts["right_flagged"] / max(counts["right"], 1)
    print(
        f"{name:12} {counts['files']:3} files {total:6,} values  "
        f"right by return {counts['share'] / 10_000 / returns:6.2f} %  "
        f"wholly right {counts['whole']}/{counts['returns']}  "
        f"silent wrong among values not in review {100 * silent / max(settled, 1):6.3f} %  "
        f"lost {counts['missing_silent']}  needless review {needless:5.2f} %  "
        f"extra lost {counts['extra_lost']}/{counts['extra']}  {counts['ms'] / files:5.0f} ms a file"
    )


def main() -> None:
    score = scorer()
    for folder in [Path(name) for name in sys.argv[1:]] or [SHARED / "returns"]:
        groups: dict[str, Counter[str]] = defaultdict(Counter)
        for path in sorted(folder.rglob("*.truth.json")):
            truth = json.loads(path.read_text(encoding="utf-8"))
            counts = tally_file(truth, path.parent / truth["file"], score)
            groups[str(truth["format"])].update(counts)
            groups["all"].update(counts)
        print(folder.name)
        for name in sorted(groups):
            show(f"  {name}", groups[name])


if __name__ == "__main__":
    main()

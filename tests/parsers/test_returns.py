"""The returns handed to us, scored as others score us. Skips where they are not at hand."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from intake.sniff import sniff
from parsers.read import read_document

SHARED = Path(__file__).parents[3] / "shared"
RETURNS = SHARED / "returns"
pytestmark = pytest.mark.skipif(not RETURNS.is_dir(), reason="the shared returns are not here")


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _truths(kind: str) -> list[dict[str, Any]]:
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RETURNS.glob("*.truth.json"))]
    return [truth for truth in truths if truth["format"] == kind]


def _tally(truth: dict[str, Any], score: ModuleType) -> tuple[list[Counter[str]], list[str]]:
    """The scorer's counts for each return of one file, and the sentences that were lost."""
    data = (RETURNS / truth["file"]).read_bytes()
    result = read_document(data, sniff(data, truth["file"])).to_json(truth["file"])
    tallies = []
    for wanted in truth.get("returns") or [truth]:
        made = next((item for item in result["returns"] if item["form"] == wanted["form"]), {})
        kept_text = score.re.sub(r"\W+", "", score.norm(json.dumps([made.get("unplaced"), made.get("review")])))
        tally: Counter[str] = Counter()
        score.compare(
            wanted["record"], made.get("record"), "", "", score.flags_of(made, result),
            lambda value, text=kept_text: any(word in text for word in score.written(value)), tally, [],
            wanted.get("either") or {},
        )  # fmt: skip
        tallies.append(tally)
    blob = score.re.sub(r"\W+", "", score.norm(json.dumps(result["returns"], ensure_ascii=False).replace("\\n", " ")))
    lost = [text for text in truth.get("typed_extra") or [] if score.re.sub(r"\W+", "", score.norm(text)) not in blob]
    return tallies, lost


@pytest.mark.parametrize(
    ("kind", "right", "silent"), [("docx", 0.995, 0.001), ("pdf-text", 0.99, 0.002), ("xlsx", 0.99, 0.002)]
)
def test_returns_are_read_right_or_flagged(kind: str, right: float, silent: float) -> None:
    """By return: the share of right values, the silently wrong, the silently lost; and no typed sentence gone."""
    score = _scorer()
    shares, wrong, gone, total, lost = [], 0, 0, 0, []
    for truth in _truths(kind):
        tallies, missing = _tally(truth, score)
        lost += missing
        for tally in tallies:
            values = sum(
                tally[key] for key in ("right", "wrong_flagged", "wrong_silent", "missing_kept", "missing_silent")
            )
            shares.append(tally["right"] / values)
            wrong += tally["wrong_silent"] + tally["spurious_silent"] + tally["spurious_row_silent"]
            gone += tally["missing_silent"]
            total += values
    assert lost == []
    assert sum(shares) / len(shares) >= right
    assert wrong / total <= silent
    assert gone == 0

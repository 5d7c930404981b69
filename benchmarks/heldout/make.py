"""Write a held-out set: documents in shapes that nobody who wrote the reader has seen, with their truths.

python -m benchmarks.heldout.make OUTDIR [--seed N] [--per-shape K] [--blind]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.heldout import convert, shapes_blind, shapes_blind_cells, shapes_blind_events
from benchmarks.heldout.cases import Case, new_case
from benchmarks.heldout.shape import Shape
from benchmarks.heldout.shapes_chronology import chronology, events
from benchmarks.heldout.shapes_fields import Fields
from benchmarks.heldout.shapes_letter import letter_like
from benchmarks.heldout.shapes_lines import Lines
from benchmarks.heldout.shapes_plans import Plans
from benchmarks.heldout.shapes_tables import Listed, OneTable, Plain, Questions, Ticks
from benchmarks.heldout.templates import BLIND, FOLDER, Template, templates
from benchmarks.heldout.truth import Filler
from benchmarks.heldout.values import Return

BASIC = ("referral", "good_outcome_referral", "agency_summary")
SHAPES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "C": (Lines, BASIC),
    "D": (Questions, BASIC),
    "E": (Plain, BASIC),
    "F": (OneTable, BASIC),
    "G": (Fields, BASIC),
    "H": (Listed, BASIC),
    "J": (Plans, ("action_plan", "action_plan_verification")),
    "K": (Ticks, BASIC),
    "L": (letter_like, BASIC),
}
FORMATS = (
    "docx",
    "docx",
    "docx",
    "pdf",
    "docx",
    "docx",
    "odt",
    "docx",
    "pdf",
    "docx",
    "docx",
    "doc",
    "docx",
    "rtf",
    "pdf",
)
BLIND_SHAPES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "M": (shapes_blind.Bars, BASIC),
    "N": (shapes_blind.Boxes, BASIC),
    "O": (shapes_blind.Numbers, BASIC),
    "P": (shapes_blind.Office, BASIC),
    "Q": (shapes_blind.Bulleted, BASIC),
    "R": (shapes_blind.Tabbed, BASIC),
    "S": (shapes_blind_cells.SplitDates, BASIC),
    "T": (shapes_blind_cells.Cells, BASIC),
    "V": (shapes_blind_cells.Drawn, ("referral", "agency_summary")),
    "W": (shapes_blind_events.BlindPlans, ("action_plan", "action_plan_verification")),
}
NAMES = {"pdf": "pdf-text"}


def a_return(rng: Random, form: str, offices: list[Template]) -> tuple[Return, Case]:
    """A filled form in the wording of one of the offices."""
    case = new_case(rng)
    return Filler(form, case).fill(rng.choice(offices)), case


def one(rng: Random, letter: str, form: str, offices: list[Template]) -> tuple[Any, list[Return]]:
    """A document of a shape, and the returns it holds."""
    filled, case = a_return(rng, form, offices)
    if letter == "U":
        return shapes_blind_events.chronology(filled, rng, case), [filled]
    if letter == "I":
        if form == "agency_summary":
            return both(rng, filled, case)
        return chronology(filled, rng, case), [filled]
    maker = (SHAPES | BLIND_SHAPES)[letter][0]
    shape: Shape = maker(filled, rng)
    return shape.render(), [filled]


def both(rng: Random, filled: Return, case: Case) -> tuple[Any, list[Return]]:
    """A summary with its chronology further down the same file."""
    shape = rng.choice((Plain, Listed, Questions))(filled, rng)
    doc = shape.render()
    doc.add_page_break()
    doc.add_heading("Chronology of events", 1)
    missing = [
        f"{f}" for f in ("case_reference", "child_name", "date_of_birth", "agency", "date_completed", "review_period")
    ]
    second = Return("chronology", "", (), [], {}, missing, {}, columns=filled.columns)
    events(second, shape, case, doc=doc)
    filled.mess.append("two_returns")
    return doc, [filled, second]


def truth(file: str, letter: str, returns: list[Return]) -> dict[str, Any]:
    """The truth file of a document."""
    inner = [{"form": r.form, "record": r.record, "unanswerable": r.unanswerable, "either": r.either} for r in returns]
    suffix = file.rsplit(".", 1)[1]
    top: dict[str, Any] = {
        "file": file,
        "family": letter,
        "format": NAMES.get(suffix, suffix),
        "mess": [m for r in returns for m in r.mess],
        "typed_extra": [e for r in returns for e in r.extra if r.absent.get(e) != suffix],
    }
    return top | (inner[0] if len(inner) == 1 else {"returns": inner})


def plan(per_shape: int, *, blind: bool) -> Iterator[tuple[str, str, int]]:
    """Which documents to make: shape, form, number; chronologies (and plans of the blind set) count double."""
    for letter, (_, forms) in (SHAPES | (BLIND_SHAPES if blind else {})).items():
        for i in range(per_shape * (1 + (blind and letter in "JW"))):
            yield letter, forms[i % len(forms)], i
    for i in range(per_shape * 2):
        yield "I", "agency_summary" if i % 6 == 5 else "chronology", i
    for i in range(per_shape * blind):
        yield "U", "chronology", i


def make(out: Path, *, seed: int, per_shape: int, blind: bool = False) -> int:
    """Write the set; the same seed writes the same words. Returns the number of documents."""
    out.mkdir(parents=True, exist_ok=True)
    later: dict[str, list[Path]] = {}
    total = 0
    turns: Counter[str] = Counter()
    for letter, form, i in plan(per_shape, blind=blind):
        rng = Random(f"{seed}/{letter}/{form}/{i}")
        offices = templates(form, BLIND if blind else FOLDER)
        if blind:  # each office in its turn, so that none is missed in a small set
            offices = [offices[turns[form] % len(offices)]]
            turns[form] += 1
        doc, returns = one(rng, letter, form, offices)
        kind = FORMATS[total % len(FORMATS)] if convert.available() else "docx"
        stem = f"{letter.lower()}_{form}_{i:02d}"
        doc.save(str(out / f"{stem}.docx"))
        if kind != "docx":
            later.setdefault(kind, []).append(out / f"{stem}.docx")
        words = json.dumps(truth(f"{stem}.{kind}", letter, returns), ensure_ascii=False, indent=1)
        (out / f"{stem}.truth.json").write_text(words + "\n", encoding="utf-8")
        total += 1
    for kind, files in later.items():
        convert.convert(files, kind)
    return total


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-shape", type=int, default=None, help="14, or 7 of the blind set")
    parser.add_argument("--blind", action="store_true", help="the offices of blind/ and its shapes")
    options = parser.parse_args()
    count = options.per_shape or (7 if options.blind else 14)
    total = make(options.out, seed=options.seed, per_shape=count, blind=options.blind)
    print(f"{total} documents in {options.out}; score them as README.md says.")


if __name__ == "__main__":
    main()

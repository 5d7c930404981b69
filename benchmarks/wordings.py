"""How well wordings that nobody has taught are matched to their fields.

    python benchmarks/wordings.py [SEED]

Two measures. Left out: a fifth of each field's wordings is taken away at random, the index is built on the rest, and
the taken wordings are looked up. Templates: the labels of the development templates (`heldout/wordings`) are looked up
in the full index. A wording is right, wrong or in doubt (found and shown to a person), or found nowhere. Inside a block
and in the columns of a list, only what the block asks can be meant.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.heldout.templates import FOLDER, templates
from forms.registry import Form, Wordings, all_forms
from parsers.wording import LIKELY, SURE, FormIndex, Hit, block_of, normal

Asked = tuple[str, str, str]
"""The part of the wordings, the path, and the text."""
PARTS = ("headings", "labels", "inside", "columns", "negated")
SHARE = 0.2
MARKS = ("right", "right, shown", "wrong", "wrong, shown", "none")


def left_out(words: Wordings, random: Random) -> tuple[Wordings, list[Asked]]:
    """The wordings without a fifth of each field's, and that fifth."""
    kept: dict[str, dict[str, tuple[str, ...]]] = {}
    out: list[Asked] = []
    for part in PARTS:
        table: Mapping[str, tuple[str, ...]] = getattr(words, part)
        kept[part] = {}
        for path, texts in table.items():
            taken = set(random.sample(range(len(texts)), round(len(texts) * SHARE)))
            kept[part][path] = tuple(text for number, text in enumerate(texts) if number not in taken)
            known = {normal(text) for text in kept[part][path]}
            out += [(part, path, texts[number]) for number in sorted(taken) if normal(texts[number]) not in known]
    return replace(words, **kept), out


def of_templates(form: Form) -> list[Asked]:
    """What the development templates of a form ask."""
    found: dict[Asked, None] = {}
    for template in templates(form.id, FOLDER):
        for _, items in template.sections:
            for item in items:
                if item.path.startswith("extra."):
                    continue
                block = item.path + "[]" if item.kind == "rows" else item.path
                if item.kind in ("rows", "block"):
                    found["headings", block, item.label] = None
                    part = "columns" if item.kind == "rows" else "inside"
                    found.update({(part, f"{block}.{name}", text): None for name, text in item.parts})
                else:
                    part = "negated" if item.path.endswith("!") else "labels"
                    found[part, item.path.rstrip("!"), item.label] = None
        for columns in template.columns:
            found.update({("columns", f"events[].{name}", text): None for name, text in columns})
    return list(found)


def mark(index: FormIndex, asked: Asked) -> str:
    """What becomes of one wording."""
    part, path, text = asked
    hits = [hit for hit in index.find(text) if hit.score >= LIKELY and _could_be(hit, part, path)]
    if not hits:
        return "none"
    top = hits[0].score
    best = {_meant(hit) for hit in hits if hit.score >= top - 0.001}
    right = (f"{path}.name" if part == "headings" else path) in best and (
        len(best) == 1 or part in ("inside", "columns")
    )
    sure = top >= SURE and len(best) == 1
    return ("right" if right else "wrong") + ("" if sure else ", shown")


def _could_be(hit: Hit, part: str, path: str) -> bool:
    if part in ("inside", "columns"):
        return hit.part in ("inside", "column", "label") and hit.block == block_of(path)
    return hit.part in ("label", "negated", "heading")


def _meant(hit: Hit) -> str:
    """What a hit means; "Referrer" heads the block and asks for the name, as the place where it stands decides."""
    return f"{hit.path}.name" if hit.part == "heading" else hit.path


def table(name: str, marks: Mapping[str, Counter[str]]) -> None:
    print(f"\n{name:28}" + "".join(f"{mark:>14}" for mark in MARKS) + f"{'wordings':>10}")
    for row, counts in marks.items():
        total = max(sum(counts.values()), 1)
        print(f"{row:28}" + "".join(f"{100 * counts[mark] / total:>13.1f}%" for mark in MARKS) + f"{total:>10}")


def count(pairs: Iterable[tuple[FormIndex, Form, Iterable[Asked]]]) -> dict[str, Counter[str]]:
    marks: dict[str, Counter[str]] = {"all": Counter()}
    for index, form, asked in pairs:
        for one in asked:
            became = mark(index, one)
            for row in ("all", one[0], form.id):
                marks.setdefault(row, Counter())[became] += 1
            if SHOW and became.startswith(SHOW):
                print(became, "|", *one, "|", *(f"{h.path}/{h.part} {h.score}" for h in index.find(one[2])[:3]))
    return marks


SHOW = ""
"""The start of a mark whose wordings are printed, for looking at them."""


def main() -> None:
    """Prints both measures."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    forms = list(all_forms().values())
    started = time.process_time()
    full = [FormIndex(form) for form in forms]
    print(f"six indexes built in {time.process_time() - started:.2f} s")
    parts = []
    for form in forms:
        words, out = left_out(form.wordings, Random(f"{seed} {form.id}"))
        parts.append((FormIndex(replace(form, wordings=words)), form, out))
    started = time.process_time()
    table("left out", count(parts))
    print(f"looked up in {time.process_time() - started:.2f} s")
    table(
        "development templates",
        count((index, form, of_templates(form)) for index, form in zip(full, forms, strict=True)),
    )


if __name__ == "__main__":
    main()

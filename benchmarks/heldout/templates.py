"""Offices' own templates as data: the text files of `wordings/` (or `blind/`), read into sections of questions.

A line is `path | label | prompt | options`. A path that ends in `[]` is a table or a list of children and one that ends
in `{}` is a block of answers about one person; their third part names the columns (`key=label; key=label`).
`path!` asks the question the other way round; `extra.name` is a question that no field of the dictionary asks. A `note`
is guidance printed below a heading, and `columns` a column set of a chronology's events. `{p}` is the partnership.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.heldout.cases import LONG
from benchmarks.heldout.extras import LONG_EXTRAS
from benchmarks.heldout.values import Item

YES_NO = set(
    "child_protection_plan open_to_social_care still_involved immediate_concerns media_interest family_aware "
    "consent_to_share author_independent has_involvement single_agency_learning chronology_attached".split()
)
CHOICES = set("criteria parallel_processes preferred_methodology view_on_review basis outcome".split())
FOLDER = Path(__file__).parent / "wordings"
BLIND = Path(__file__).parent / "blind"
PREFIX = {
    "referral": "referral",
    "good_outcome_referral": "good",
    "agency_summary": "summary",
    "chronology": "chron",
    "action_plan": "plan",
    "action_plan_verification": "verify",
}


@dataclass(frozen=True, slots=True)
class Template:
    """One office's form."""

    name: str
    title: str
    intro: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Item, ...]], ...]
    notes: dict[str, tuple[str, ...]]
    columns: tuple[tuple[tuple[str, str], ...], ...]


def kind_of(path: str) -> str:
    """How a path is asked and answered."""
    last = path.rstrip("!").split(".")[-1]
    if path.endswith("[]"):
        return "rows"
    if path.endswith("{}"):
        return "block"
    if last in YES_NO:
        return "yes_no"
    if last in CHOICES:
        return "choice"
    return "long" if last in LONG or path in LONG_EXTRAS else "line"


def pairs(words: str) -> tuple[tuple[str, str], ...]:
    """`a=b; c=d` as pairs."""
    found = (part.strip().partition("=") for part in words.split("; ") if part.strip())
    return tuple((key.strip(), label.strip()) for key, _, label in found)


def item(line: str) -> Item:
    path, label, *rest = (part.strip() for part in line.split("|"))
    kind = kind_of(path)
    third, fourth = [*rest, "", ""][:2]
    if kind in ("rows", "block"):
        return Item(path[:-2], label, kind, "", pairs(third))
    return Item(path, label, kind, third, (), pairs(fourth))


def template(path: Path) -> Template:
    """One office's file."""
    title, intro, columns = "", [], []
    notes: dict[str, tuple[str, ...]] = {}
    sections: list[tuple[str, list[Item]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("title "):
            title = line[6:]
        elif line.startswith("intro "):
            intro.append(line[6:])
        elif line.startswith("columns "):
            columns.append(pairs(line[8:]))
        elif line.startswith("note "):
            notes[sections[-1][0]] = (*notes.get(sections[-1][0], ()), line[5:])
        elif line.startswith("== "):
            sections.append((line[3:], []))
        elif line.strip():
            sections[-1][1].append(item(line))
    filled = tuple((h, tuple(items)) for h, items in sections)
    return Template(path.stem, title, tuple(intro), filled, notes, tuple(columns))


def templates(form: str, folder: Path = FOLDER) -> list[Template]:
    """Every office's template of a form."""
    return [template(p) for p in sorted(folder.glob(f"{PREFIX[form]}_*.txt"))]

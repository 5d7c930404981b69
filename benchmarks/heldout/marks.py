"""How people answer Yes/No questions and lists of boxes."""

from __future__ import annotations

from random import Random

from benchmarks.heldout.page import Line, Run
from benchmarks.heldout.values import Filled, Value

WORDS = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
STYLES = tuple("glyph after bracket word short strike bold underline highlight deleted".split())
CIRCLE = tuple("strike bold underline highlight".split())
LISTS = tuple("glyph bracket after_glyph tick_end".split())


def yes_no(value: Value, style: str, *, names: tuple[tuple[str, str], ...] = WORDS) -> list[Line]:
    """A Yes/No answer as one paragraph, with any words beside it."""
    line = answer(value.shown, style, names)
    if value.beside and value.shown:
        line.append(Run(f" – {value.beside}"))
    return [line]


def answer(shown: str | None, style: str, names: tuple[tuple[str, str], ...]) -> Line:
    if style in ("word", "deleted"):
        return [Run(dict(names).get(shown or "", ""))]
    if style == "short":
        return [Run({"yes": "Y", "no": "N", "not_known": "N/K"}.get(shown or "", ""))]
    if style == "glyph":
        return [Run("   ".join(f"{'☒' if code == shown else '☐'} {name}" for code, name in names))]
    if style == "after":
        return [Run("   ".join(f"{name} {'☑' if code == shown else '☐'}" for code, name in names))]
    if style == "bracket":
        return [Run("  ".join(f"{name} [{'X' if code == shown else ' '}]" for code, name in names))]
    return circled(shown, style, names)


def circled(shown: str | None, style: str, names: tuple[tuple[str, str], ...]) -> Line:
    """Alternatives with a slash between, the chosen one marked (or the others struck out)."""
    line: Line = []
    for i, (code, name) in enumerate(names):
        if i:
            line.append(Run(" / "))
        if style == "strike":
            line.append(Run(name, "s" if shown and code != shown else ""))
        else:
            look = {"bold": "b", "underline": "u", "highlight": "h"}[style]
            line.append(Run(name, look if code == shown else ""))
    return line


def choices(filled: Filled, style: str) -> list[Line]:
    """A list of options, one per paragraph, with the chosen ones marked."""
    chosen = filled.value.truth or []
    chosen = [chosen] if isinstance(chosen, str) else chosen
    lines: list[Line] = []
    for code, name in filled.item.options:
        on = code in chosen
        if style == "glyph":
            lines.append([Run(f"{'☒' if on else '☐'} {name}")])
        elif style == "bracket":
            lines.append([Run(f"[{'x' if on else ' '}] {name}")])
        elif style == "after_glyph":
            lines.append([Run(f"{name}\t{'☑' if on else '☐'}")])
        elif style == "tick_end":
            lines.append([Run(f"{name}{' ✓' if on else ''}")])
        else:
            lines.append([Run(f"{name}  "), *answer("yes" if on else "no", style, WORDS[:2])])
    return lines


def style_for(rng: Random) -> str:
    return rng.choice(STYLES)


def lines_of(filled: Filled, yn: str, ch: str) -> list[Line]:
    """What was typed for one question, whatever its kind."""
    item, value = filled.item, filled.value
    if item.kind == "yes_no":
        return yes_no(value, yn)
    if item.kind == "choice":
        return choices(filled, ch)
    return [[Run(part)] for part in (value.shown or "").split("\n")]

"""Which forms are in a document, and which part of it belongs to which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parsers.content import is_emphatic, raw_text
from parsers.form_words import holds_events, is_like, likeness
from parsers.wording import SURE, FormIndex, normal, plain
from records.tree import Block, Cell, Paragraph, Table

OTHER = "other"
"""A part of a file that belongs to no form of ours: the sub group's own sections, an appendix."""
_OTHER_TITLE = re.compile(
    r"^(?:(?:section|part)\s+\w+\s*[:.–-]*\s*)?"
    r"(?:recommendation of (?:the )?(?:sub ?-?group|panel|chair)"
    r"|decision of (?:the )?(?:independent )?(?:chair|scrutineer|partners)"
    r"|for (?:completion|use) by the (?:sub ?-?group|chair|panel|partnership)"
    r"|appendix\b|guidance notes?\b|top tips\b|notes for (?:completion|guidance)|how to complete this form)",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^section\s+(?:\d{1,2}|[a-h])\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:office use|for (?:partnership|business unit|office|safeguarding unit) use|partnership use) only\b"
    r"|^official use",
    re.IGNORECASE,
)
_THREAD = re.compile(r"^-{3,}\s*original message|^(?:from|sent|to|subject|cc)\s*:\s*\S", re.IGNORECASE)


_WORDS = 4.0
"""How much of the evidence of words weighs as much as one question met."""
_EVENTS = 16.0
"""What a document that is mostly dated rows gets for being a form of dated rows, in evidence of words."""


@dataclass(slots=True)
class Part:
    """A stretch of blocks that belongs to one form, to every form ("" – covers and office blocks), or to none."""

    form: str
    blocks: list[Block] = field(default_factory=list)
    titled: bool = False


@dataclass(slots=True)
class Recognised:
    parts: list[Part]
    forms: list[str]
    """Form ids in the order in which they appear."""
    confidence: dict[str, float]
    thread: list[Block] = field(default_factory=list)
    """An e-mail conversation pasted below the form: kept, never read as answers."""


def recognise(blocks: list[Block], indexes: Mapping[str, FormIndex]) -> Recognised:
    """Splits a document into its parts. No form at all gives an empty list of forms."""
    body, thread = _cut_thread(blocks)
    parts = _split_by_titles(body, indexes)
    parts = _weigh_titles(parts, indexes)
    _share_front(parts)
    _name_untitled(parts, indexes)
    forms: list[str] = []
    for part in parts:
        if part.form and part.form != OTHER and part.form not in forms:
            forms.append(part.form)
    confidence = {form: _confidence(form, parts, indexes) for form in forms}
    return Recognised(parts, forms, confidence, thread)


def _cut_thread(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The document without an e-mail conversation at its end (at least two head lines together)."""
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not _THREAD.match(block.text.strip()):
            continue
        following = [
            item for item in blocks[index + 1 : index + 8] if isinstance(item, Paragraph) and item.text.strip()
        ]
        heads = sum(1 for item in following[:3] if _THREAD.match(item.text.strip()))
        if heads >= (1 if block.text.strip().startswith("-") else 2) and not any(
            isinstance(item, Table) for item in blocks[index:]
        ):
            return blocks[:index], blocks[index:]
    return blocks, []


def _split_by_titles(blocks: list[Block], indexes: Mapping[str, FormIndex]) -> list[Part]:
    parts = [Part("")]
    for block in blocks:
        title = _title_text(block)
        if title:
            form = _titled_form(title, parts[-1].form, indexes)
            if form is not None and (form != parts[-1].form or _SECTION.match(plain(title))):
                parts.append(Part(form, titled=True))
            elif form is None and _SECTION.match(plain(title)) and any(_is_section(part) for part in parts[:-1]):
                parts.append(Part(OTHER, titled=True))
        parts[-1].blocks.append(block)
    return parts


def _weigh_titles(parts: list[Part], indexes: Mapping[str, FormIndex]) -> list[Part]:
    """Takes back a title that is only a heading: "Action plan" inside a summary heads its actions.

    A part keeps its title when the questions under it are rather those of its own form than of the form before it.
    """
    kept: list[Part] = []
    for part in parts:
        before = kept[-1] if kept else None
        if before is not None and part.form not in ("", OTHER) and not _is_section(part):
            main = before.form if before.form not in ("", OTHER) else _told_by_questions(before, indexes)
            if main and main != part.form:
                texts = label_texts(part.blocks)
                mine, theirs = _score(texts, indexes[part.form]), _score(texts, indexes[main])
                title = _title_text(part.blocks[0]) if part.blocks else ""
                heads = any(hit.part == "heading" and hit.score >= SURE for hit in indexes[main].find(title))
                if mine < 3 or theirs > mine or heads:
                    before.form = main
                    before.blocks += part.blocks
                    continue
                before.form = before.form or main
        kept.append(part)
    return kept


def _told_by_questions(part: Part, indexes: Mapping[str, FormIndex]) -> str:
    """The form that a part without a title is by its questions; "" when they do not tell."""
    form, score = _best_form([part], indexes)
    return form if score >= 3.5 else ""


def _is_section(part: Part) -> bool:
    return bool(part.blocks) and bool(_SECTION.match(plain(_title_text(part.blocks[0]))))


def _title_text(block: Block) -> str:
    """The text of a block that could be a title: a short paragraph, or a banner of one cell."""
    if isinstance(block, Paragraph):
        text = " ".join(block.text.split())
        return text if 0 < len(text) <= 140 else ""
    cells = [cell for row in block.rows[:1] for cell in row.cells]
    if len(cells) == 1 and len(block.rows) == 1:
        text = " ".join(raw_text(cells[0]).split())
        return text if 0 < len(text) <= 140 else ""
    return ""


def _titled_form(title: str, current: str, indexes: Mapping[str, FormIndex]) -> str | None:
    if _OTHER_TITLE.match(plain(title)):
        return OTHER
    if (
        current
        and current != OTHER
        and any(hit.part != "title" and hit.score >= SURE for hit in indexes[current].find(title))
    ):
        return None
    best: tuple[float, str] | None = None
    for form, index in indexes.items():
        for hit in index.find(title):
            # A reworded title is no title: "Summary of the case" must not start an agency summary.
            if hit.part == "title" and hit.score > 0.92 and (best is None or hit.score > best[0]):
                best = (hit.score, form)
    return best[1] if best else None


def _share_front(parts: list[Part]) -> None:
    """A cover page and an office block belong to every form of the file.

    In a file of several sections the title of the whole file must not claim what stands before the first section.
    """
    named = [part for part in parts if part.form and part.form != OTHER]
    if len({part.form for part in named}) < 2:
        return
    for index, part in enumerate(parts):
        if part.form and not _is_section(part) and any(_is_section(later) for later in parts[index + 1 :]):
            part.form = ""
        elif part.form:
            break


def _name_untitled(parts: list[Part], indexes: Mapping[str, FormIndex]) -> None:
    """Gives the form to a document (or front part) without a known title, by its labels."""
    if any(part.form and part.form != OTHER for part in parts):
        return
    form, score = _best_form([part for part in parts if part.form != OTHER], indexes)
    if score >= 3.5:
        for part in parts:
            if part.form == "":
                part.form = form


def _best_form(parts: list[Part], indexes: Mapping[str, FormIndex]) -> tuple[str, float]:
    """The form whose questions and title fit best, with its score; 0 when too little of it is its own."""
    texts = list(dict.fromkeys(text for part in parts for text in label_texts(part.blocks)))
    titles = [title for part in parts for block in part.blocks[:12] if (title := _title_text(block))][:8]
    words = likeness(texts, indexes)
    if holds_events([block for part in parts for block in part.blocks]):
        for form, index in indexes.items():
            # the form that is nothing without its dated rows
            words[form] += _EVENTS * any(path.endswith("[].date") for path in index.needed)
    named = {form: _title_likeness(titles, index) for form, index in indexes.items()}
    asked = {form: _score(texts, index) + named[form] for form, index in indexes.items()}
    form = max(indexes, key=lambda one: asked[one] + words[one] / _WORDS)
    telling = _score(texts, indexes[form], telling=True) + named[form]
    if telling >= 2.0 and asked[form] >= 3.5:
        return form, asked[form]
    return form, 3.5 if is_like(form, words, texts) else 0.0


def _title_likeness(titles: Iterable[str], index: FormIndex) -> float:
    """How much one of the first lines is like a title of the form: 0 for not at all, 3 for very."""
    found = [hit.score for title in titles for hit in index.find(title) if hit.part == "title"]
    best = max(found, default=0.0)
    return 3 * best if best >= 0.55 else 0.0


def _confidence(form: str, parts: Iterable[Part], indexes: Mapping[str, FormIndex]) -> float:
    texts = list(dict.fromkeys(text for p in parts if p.form in (form, "") for text in label_texts(p.blocks)))
    mine = _score(texts, indexes[form])
    others = [_score(texts, index) for name, index in indexes.items() if name != form]
    titled = any(part.titled for part in parts if part.form == form)
    total = mine + max(others, default=0.0) * 0.5
    share = mine / total if total else 0.0
    return min(0.999, (0.6 if titled else 0.25) + 0.4 * share + (0.1 if titled and mine >= 4 else 0.0))


_GENERIC = frozenset(
    "name role agency email phone address date signed gender age time case_reference review_title number status "
    "date_completed date_of_birth comment comments relationship contact ethnicity disability language religion".split()
)
"""Questions that every form in the world asks; they do not tell ours from others."""
_PARTS = {"label": 1.0, "negated": 1.0, "column": 0.7, "title": 4.0, "heading": 0.3}


def _score(texts: Iterable[str], index: FormIndex, *, telling: bool = False) -> float:
    """How much of a form's wording stands in the texts; with `telling`, only of the questions that are its own."""
    seen: dict[str, float] = {}
    for text in texts:
        for hit in index.sure(text):
            generic = hit.path.rpartition(".")[2].partition("#")[0] in _GENERIC
            if telling and (generic or hit.part in ("heading", "inside")):
                continue
            weight = 0.15 if generic else _PARTS.get(hit.part, 0.15)
            seen[hit.path] = max(seen.get(hit.path, 0.0), weight)
    return sum(seen.values())


def label_texts(blocks: Iterable[Block], depth: int = 0) -> list[str]:
    """Texts that may be labels: short paragraphs and cells, not more than a form can have."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            text = block.text.strip()
            if 0 < len(text) <= 160:
                found.append(text.split(":")[0] if ":" in text[:60] and not is_emphatic(block) else text)
            continue
        for row in block.rows[:60]:
            for cell in row.cells:
                found += _cell_texts(cell, depth)
    return found


def _cell_texts(cell: Cell, depth: int) -> list[str]:
    paragraphs = cell.paragraphs
    found = []
    if paragraphs:
        text = paragraphs[0].text.strip()
        if 0 < len(text) <= 160:
            found.append(text.split(":")[0] if ":" in text[:60] else text)
    if depth < 3:
        for inner in cell.blocks:
            if isinstance(inner, Table):
                found += label_texts([inner], depth + 1)
    return found


def is_office_block(text: str) -> bool:
    """Whether a banner says that a block is for the partnership's own use."""
    return bool(_OFFICE.search(plain(text)))


def same_words(first: str, second: str) -> bool:
    return normal(first) == normal(second)

"""Learns an unfilled template: which label asks for which field, and what else is printed on it.

The template is read twice by the ordinary reader: as it is, which shows all its print, and with a probe in every place
where somebody would type, which shows what the reader makes of each label. What no wording knows is proposed by the
control's tag, by likeness of words, or by its place between known neighbours; a proposal is never taken for known.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from mailbox_config.wordings import Confirm, LocalWordings, WordingPart
from parsers.answers import Answer, Ledger, Located
from parsers.content import typed_text
from parsers.learned import bare
from parsers.likeness import is_misspelling
from parsers.marks import read_yes_no
from parsers.probes import PROBE, Spot, probe
from parsers.propose import Likeness, Proposal, propose
from parsers.read import locate_forms, understand
from parsers.recognise import OTHER, Recognised, recognise
from parsers.wording import SURE, FormIndex, block_of, normal, variants
from records.errors import Unrecognised
from records.fields import Ask, Kind, walk_asks
from records.results import ReadResult
from records.tree import DocumentTree, Paragraph, walk_paragraphs

How = Literal["known", "misspelt", "reworded", "by tag", "by position", "not placed"]
_PARTS = {"label": "labels", "inside": "inside", "column": "columns", "negated": "negated", "heading": "headings"}
_EXACT = 0.93
"""Hits at or above this are the known wording itself, with numbers, brackets or another language beside it."""
_NO_GUIDANCE = (Kind.CHOICE, Kind.CHOICES, Kind.SIGNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedLabel:
    """A label as printed and the field proposed for it."""

    label: str
    field: str
    """A record path as `labels.toml` writes it; "" when the label could not be placed."""
    part: str
    """The part of the wording file that it belongs to: labels, inside, columns, negated."""
    how: How
    why: str = ""

    @property
    def to_confirm(self) -> bool:
        return bool(self.field) and (self.how not in ("known", "misspelt") or bool(self.why))


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedForm:
    """What the template prints for one form."""

    form: str
    edition: str
    titles: tuple[str, ...]
    labels: tuple[LearnedLabel, ...]
    headings: Mapping[str, tuple[str, ...]]
    options: Mapping[str, Mapping[str, tuple[str, ...]]]
    guidance: Mapping[str, tuple[str, ...]]
    printed: tuple[str, ...]

    @property
    def unplaced(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(label.label for label in self.labels if not label.field))

    def wordings(self, source_sha256: str) -> LocalWordings:
        """The wording file of the template for this form: what is known in its parts, proposals under `confirm`."""
        tables: dict[str, dict[str, tuple[str, ...]]] = {
            name: {} for name in ("labels", "inside", "columns", "negated")
        }
        headings = dict(self.headings)
        for label in self.labels:
            if label.field and not label.to_confirm:
                table = headings if label.part == "headings" else tables[label.part]
                table[label.field] = tuple(dict.fromkeys((*table.get(label.field, ()), label.label)))
        return LocalWordings(
            form=self.form,
            edition=self.edition,
            source_sha256=source_sha256,
            titles=self.titles,
            printed=self.printed,
            unplaced=self.unplaced,
            headings=headings,
            options=self.options,
            prompts=self.guidance,
            confirm=tuple(_confirm(label) for label in self.labels if label.to_confirm),
            **tables,
        )


def _confirm(label: LearnedLabel) -> Confirm:
    part: WordingPart = "labels"
    for name in get_args(WordingPart):
        part = name if name == label.part else part
    return Confirm(label=label.label, field=label.field, part=part, why=f"{label.how}: {label.why}".strip(": "))


@dataclass(frozen=True, slots=True)
class Learned:
    """An unfilled template: the forms it holds, in their order."""

    forms: tuple[LearnedForm, ...]


def learn(tree: DocumentTree, indexes: Mapping[str, FormIndex], form: str = "") -> Learned:
    """What the template asks and prints. `form` says which form it is where nothing printed tells.

    Raises Unrecognised when no form was named and none is recognised.
    """
    titles: tuple[str, ...] = ()
    if form:
        titles = _first_lines(tree, indexes[form])
        indexes = {form: _titled(indexes[form], titles)}
    as_is = _read(tree, indexes)
    probed, spots = probe(tree, indexes)
    filled = _read(probed, indexes)
    recognised = recognise(probed.blocks, indexes)
    header = [block for aside in probed.asides if aside.kind == "header" for block in aside.blocks]
    found = locate_forms(recognised, header, indexes, Ledger())
    if not found:
        raise Unrecognised(
            "No form was recognised in the template.",
            hint="Say which it is with --form; `intake forms list` names the forms.",
        )
    blank = locate_forms(recognise(tree.blocks, indexes), [], indexes, Ledger())
    printed = _all_print(as_is, filled)
    edition = next((made.edition for made in filled.returns if made.edition), "")
    own = _spots_of_forms(recognised, spots, found)
    return Learned(
        tuple(
            LearnedForm(
                form=name,
                edition=edition,
                titles=titles,
                labels=_labels(indexes[name], located, own[name]),
                headings=_headings(recognised, name, indexes[name]),
                options=_options(recognised, name, indexes[name]),
                guidance=_guidance(indexes[name], blank.get(name, Located()), located, spots),
                printed=printed,
            )
            for name, located in found.items()
        )
    )


def _first_lines(tree: DocumentTree, index: FormIndex) -> tuple[str, ...]:
    """The line that a template without a known title is told by: its first one that is no label."""
    for block in tree.blocks:
        text = " ".join(block.text.split()) if isinstance(block, Paragraph) else ""
        if 8 <= len(text) <= 120 and not any(hit.score >= SURE for hit in index.find(text)):
            return (text,)
        if any(hit.part == "title" and hit.score >= SURE for hit in index.find(text)):
            break
    return ()


def _titled(index: FormIndex, titles: tuple[str, ...]) -> FormIndex:
    words = index.form.wordings
    return FormIndex(replace(index.form, wordings=replace(words, titles=(*words.titles, *titles))))


def _read(tree: DocumentTree, indexes: Mapping[str, FormIndex]) -> ReadResult:
    return understand(copy.deepcopy(tree), ReadResult("", "rejected"), indexes)


def _all_print(as_is: ReadResult, filled: ReadResult) -> tuple[str, ...]:
    """What no field took, as often as it stands there, in the order of the template; the probes left out."""
    counts: Counter[str] = Counter()
    for result in (as_is, filled):
        texts = [text for made in result.returns for item in made.unplaced for text in item.text.split("\n")]
        counts |= Counter(text for text in texts if PROBE not in text)
    return tuple(counts.elements())


def _spots_of_forms(recognised: Recognised, spots: list[Spot], found: Mapping[str, Located]) -> dict[str, list[Spot]]:
    """The probes that stand in the parts of each form; in shared parts only where no other form takes them."""
    where: dict[str, str] = {}
    for part in recognised.parts:
        for paragraph in walk_paragraphs(part.blocks):
            where[_token(paragraph.text)] = part.form
    taken = {form: set(_answers_by_token(located)) for form, located in found.items()}
    own: dict[str, list[Spot]] = {form: [] for form in found}
    for spot in spots:
        form = where.get(spot.token, OTHER)
        if form in own:
            own[form].append(spot)
        elif form == "":
            takers = [name for name in found if spot.token in taken[name]] or list(found)[:1]
            for name in takers:
                own[name].append(spot)
    return own


def _token(text: str) -> str:
    at = text.find(PROBE)
    return text[at : at + len(PROBE) + 5] if at >= 0 else ""


@dataclass(frozen=True, slots=True)
class _Taken:
    """What the reader made of one probe."""

    path: str
    label: str
    why: str
    column: bool = False
    negated: bool = False


def _answers_by_token(located: Located) -> dict[str, _Taken]:
    found: dict[str, _Taken] = {}
    for answer in located.answers:
        for paragraph in walk_paragraphs(answer.blocks):
            if token := _token(paragraph.text):
                taken = _Taken(bare(answer.path), answer.label, answer.why, negated=answer.negated)
                found.setdefault(token, taken)
    for rows in located.lists.values():
        for row in rows:
            for path, cell in row.cells.items():
                for paragraph in walk_paragraphs(cell.blocks):
                    if token := _token(paragraph.text):
                        found.setdefault(token, _Taken(path, row.labels[path], row.unsure.get(path, ""), column=True))
    return found


def _labels(index: FormIndex, located: Located, spots: list[Spot]) -> tuple[LearnedLabel, ...]:
    """Every label with an answer of its own, in the order of the template."""
    taken = _answers_by_token(located)
    asks = dict(walk_asks(index.form.record))
    found: list[LearnedLabel] = []
    open_spots: list[tuple[int, Spot]] = []
    order: list[str] = []
    asked = {bare(path) for path in located.asked}
    for spot in spots:
        known = taken.get(spot.token)
        if known is not None and known.why and spot.label and not index.sure(known.label):
            known = None  # what a return is read by, shown, is too little to be learned
        if known is not None and known.label:
            found.append(_known_label(index, known))
            order.append(known.path)
        elif known is None and spot.label and not _is_print(index, spot.label):
            open_spots.append((len(order), spot))
    found += _unprobed(index, located, {label.field for label in found})
    likeness = Likeness(index, asks)
    # Lists that always stand in rows under a head are never asked by a label beside one place.
    single = {path: ask for path, ask in asks.items() if block_of(path) not in index.tabular}
    for at, spot in _first_of_each(open_spots):
        before, after = order[:at], order[at:]
        proposal = propose(spot, (before, after), asks=asks if spot.column else single, asked=asked, likeness=likeness)
        found.append(_proposed(spot, proposal))
        if proposal.path:
            asked.add(proposal.path)
    return tuple({(label.label, label.field, label.part): label for label in found}.values())


def _is_print(index: FormIndex, label: str) -> bool:
    """Whether the text beside an empty place is no question: guidance, or an option with a box for its tick."""
    if index.is_prompt(label):
        return True
    return any((hit := options.find(label)) and hit[1] >= SURE for options in index.options.values())


def _first_of_each(spots: list[tuple[int, Spot]]) -> list[tuple[int, Spot]]:
    """One spot of each label of a table or block: further rows of a list ask nothing new."""
    found: dict[tuple[str, str], tuple[int, Spot]] = {}
    for at, spot in spots:
        found.setdefault((normal(spot.label), spot.table), (at, spot))
    return list(found.values())


def _unprobed(index: FormIndex, located: Located, known: set[str]) -> list[LearnedLabel]:
    """Labels whose answer place was not empty: alternatives to choose from, lines inside the cell."""
    found = []
    for answer in located.answers:
        path = bare(answer.path)
        if answer.label and path not in known and not any(_token(p.text) for p in walk_paragraphs(answer.blocks)):
            found.append(_known_label(index, _Taken(path, answer.label, answer.why, negated=answer.negated)))
    return found


def _known_label(index: FormIndex, taken: _Taken) -> LearnedLabel:
    text = " ".join(taken.label.split())
    hits = [hit for hit in index.find(text) if hit.path == taken.path and (hit.part == "negated") == taken.negated]
    hits.sort(key=lambda hit: ((hit.part == "column") != taken.column, -hit.score))
    part = hits[0].part if hits else ("column" if taken.column else "inside" if block_of(taken.path) else "label")
    how = _how(index, text, taken.path, part)
    why = "" if how in ("known", "misspelt") and not taken.why else taken.why
    return LearnedLabel(label=text, field=taken.path, part=_PARTS.get(part, "labels"), how=how, why=why)


def _how(index: FormIndex, text: str, path: str, part: str) -> How:
    forms = [form for form, _ in variants(text)]
    if any(path in index.exact(form, part) for form in forms):
        return "known"
    tables = index.form.wordings
    wordings = [normal(known) for table in (tables.labels, tables.inside, tables.columns, tables.negated)
                for known in table.get(path, ())]  # fmt: skip
    if any(is_misspelling(form, known, {}) for form in forms for known in wordings):
        return "misspelt"
    return "reworded"


def _proposed(spot: Spot, proposal: Proposal) -> LearnedLabel:
    if not proposal.path:
        return LearnedLabel(label=spot.label, field="", part="", how="not placed", why=proposal.why)
    part = "columns" if spot.column else "inside" if block_of(proposal.path) else "labels"
    return LearnedLabel(label=spot.label, field=proposal.path, part=part, how=proposal.how, why=proposal.why)


def _headings(recognised: Recognised, form: str, index: FormIndex) -> dict[str, tuple[str, ...]]:
    """Printed headings that open a block, by the block."""
    found: dict[str, list[str]] = {}
    for text in _texts(recognised, form):
        if len(text) > 160:
            continue
        for hit in index.find(text):
            if hit.part == "heading" and hit.score >= _EXACT and text not in found.setdefault(hit.path, []):
                found[hit.path].append(text)
    return {path: tuple(texts) for path, texts in found.items()}


def _options(recognised: Recognised, form: str, index: FormIndex) -> dict[str, dict[str, tuple[str, ...]]]:
    """Printed wordings of the options of choice fields, by field and code."""
    found: dict[str, dict[str, list[str]]] = {}
    texts = [text.strip("☐☒□ ") for text in _texts(recognised, form)]
    for field, options in index.options.items():
        hits = [(text, hit) for text in texts if text and len(text) > 3 and (hit := options.find(text))]
        sure = [(text, code) for text, (code, score) in hits if score >= 0.9]
        if len({code for _, code in sure}) < 2:
            continue
        for text, code in sure:
            known = found.setdefault(field, {}).setdefault(code, [])
            known += [text] if text not in known else []
    return {field: {code: tuple(texts) for code, texts in codes.items()} for field, codes in found.items()}


def _texts(recognised: Recognised, form: str) -> Iterable[str]:
    for part in recognised.parts:
        if part.form in (form, ""):
            for paragraph in walk_paragraphs(part.blocks):
                text = " ".join(paragraph.text.split())
                if text and PROBE not in text:
                    yield text


def _guidance(index: FormIndex, blank: Located, filled: Located, spots: list[Spot]) -> dict[str, tuple[str, ...]]:
    """What the template prints where the answer of a field stands, by the field; labels are no guidance."""
    asks = dict(walk_asks(index.form.record))
    labels = {normal(spot.label) for spot in spots}
    found: dict[str, dict[str, None]] = {}
    for answer in (*blank.answers, *filled.answers):
        path = bare(answer.path)
        for text in _guidance_lines(index, answer, asks.get(path)):
            if normal(text) not in labels:
                found.setdefault(path, {})[text] = None
    for rows in (*blank.lists.values(), *filled.lists.values()):
        for row in rows:
            for path, cell in row.cells.items():
                inside = Answer(path, cell.blocks, row.places[path])
                for text in _guidance_lines(index, inside, asks.get(path)):
                    found.setdefault(path, {})[text] = None
    return {path: tuple(texts) for path, texts in found.items()}


def _guidance_lines(index: FormIndex, answer: Answer, ask: Ask | None) -> Iterable[str]:
    if ask is None or ask.kind in _NO_GUIDANCE:
        return
    paragraphs = [block for block in answer.blocks if isinstance(block, Paragraph)]
    if ask.kind is Kind.YES_NO and read_yes_no(paragraphs).empty:
        return
    for paragraph in paragraphs:
        text = " ".join(typed_text(paragraph).split())
        if text and PROBE not in text and not text.endswith(":") and not index.is_prompt(text):
            yield text

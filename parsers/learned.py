"""What a partnership's own templates change: their labels on top of the shipped ones, their print taken off returns.

Nothing typed may disappear by it. Guidance is only ever taken out of the answer of the field in which the template
prints it; all other print is only taken off what no field took, and each text only as often as the template has it:
a person who types the same words once more is heard.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from forms.registry import Form, Wordings, all_forms
from mailbox_config.wordings import Confirm, LocalWordings
from parsers.answers import Answer, Located
from parsers.content import is_blank
from parsers.wording import block_of, normal
from records.errors import Misconfigured
from records.fields import walk_asks
from records.results import ReadResult, Unplaced
from records.tree import Block, Cell, Paragraph

NOT_CONFIRMED = "nobody has confirmed yet which field this label of the template asks for"
_TABLES = ("headings", "labels", "inside", "columns", "negated")
_SEVERAL = ("labels", "negated")
"""Parts whose wordings are clear by themselves: a new meaning there replaces the old one anywhere in the form."""
_MIN_PIECE = 4
"""Words that a piece of a printed text must have to be known as one."""


def forms_with(local: Mapping[Path, LocalWordings], forms: Mapping[str, Form] | None = None) -> dict[str, Form]:
    """The forms with the wordings of own templates on top; Misconfigured names the file and key that fit no form."""
    merged = dict(forms if forms is not None else all_forms())
    for path, wordings in local.items():
        form = merged.get(wordings.form)
        if form is None:
            raise Misconfigured(
                f"{path}: “form” names “{wordings.form}”, which is not a form.",
                hint=f"The forms are: {', '.join(merged)}.",
            )
        _check_paths(path, form, wordings)
        merged[wordings.form] = replace(form, wordings=_merge(form.wordings, wordings))
    return merged


def _check_paths(file: Path, form: Form, local: LocalWordings) -> None:
    fields = {path for path, _ in walk_asks(form.record)}
    blocks = {block for path in fields for block in _blocks(path)}
    for name in (*_TABLES, "prompts"):
        for key in getattr(local, name):
            known = blocks | fields if name == "headings" else fields
            if not all(part in known for part in _parts(key)) and not (name == "prompts" and key == "texts"):
                _refuse(file, f"{name}.{key}", form)
    for item in local.confirm:
        known = blocks | fields if item.part == "headings" else fields
        if item.field and item.part != "titles" and not all(part in known for part in _parts(item.field)):
            _refuse(file, f"confirm “{item.label}”", form)


def _refuse(file: Path, key: str, form: Form) -> None:
    raise Misconfigured(
        f"{file}: “{key}” names no field of the form “{form.id}”.",
        hint=f"`intake forms schema {form.id}` shows its fields.",
    )


def _blocks(path: str) -> Iterable[str]:
    block = block_of(path)
    while block:
        yield block
        block = block_of(block)


def _parts(key: str) -> list[str]:
    """The record paths that a wording's key names: `a.b+c` two, `a.b#given` one."""
    first, *more = key.split("+")
    first = first.partition("#")[0]
    block = block_of(first)
    return [first, *(f"{block}.{name}" if block else name for name in more)]


# Merging


def _merge(shipped: Wordings, local: LocalWordings) -> Wordings:
    tables: dict[str, dict[str, list[str]]] = {
        name: {path: list(texts) for path, texts in getattr(shipped, name).items()} for name in _TABLES
    }
    additions = [
        (name, path, text) for name in _TABLES for path, texts in getattr(local, name).items() for text in texts
    ]
    additions += [(item.part, item.field, item.label) for item in local.confirm if item.field and item.part in tables]
    for name, path, text in additions:
        if normal(text) not in map(normal, tables[name].get(path, ())):
            _forget_other_meanings(tables, name, path, text)
    for name, path, text in additions:
        known = tables[name].setdefault(path, [])
        known += [text] if text not in known else []
    titles = [item.label for item in local.confirm if item.part == "titles" and item.confirmed]
    return replace(
        shipped,
        titles=(*shipped.titles, *local.titles, *titles),
        codes=(*shipped.codes, *local.codes),
        options=_with_options(shipped.options, local.options),
        prompts=(*shipped.prompts, *local.prompts.get("texts", ())),
        guidance=_joined(shipped.guidance, {path: t for path, t in local.prompts.items() if path != "texts"}),
        printed=(*shipped.printed, local.printed) if local.printed else shipped.printed,
        unconfirmed=shipped.unconfirmed | {_waiting(item) for item in local.confirm if not item.confirmed},
        **{name: {path: tuple(texts) for path, texts in table.items() if texts} for name, table in tables.items()},
    )


def _waiting(item: Confirm) -> tuple[str, str]:
    return normal(item.label), item.field


def _forget_other_meanings(tables: dict[str, dict[str, list[str]]], name: str, path: str, text: str) -> None:
    """A wording that gets a new meaning loses its old ones: everywhere, or only in the block of a short wording."""
    if name == "headings":
        return
    form = normal(text)
    for part in _SEVERAL if name in _SEVERAL else (name,):
        for other, texts in tables[part].items():
            if (other, part) != (path, name) and (name in _SEVERAL or block_of(other) == block_of(path)):
                texts[:] = [known for known in texts if normal(known) != form]


def _joined(first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {key: (*first.get(key, ()), *second.get(key, ())) for key in {**first, **second}}


def _with_options(
    shipped: Mapping[str, Mapping[str, tuple[str, ...]]], local: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, Mapping[str, tuple[str, ...]]]:
    merged: dict[str, Mapping[str, tuple[str, ...]]] = dict(shipped)
    for field, codes in local.items():
        own = {normal(text) for texts in codes.values() for text in texts}
        below = {
            code: tuple(text for text in texts if normal(text) not in own)
            for code, texts in merged.get(field, {}).items()
        }
        merged[field] = _joined(below, codes)
    return merged


# Reading


def settle(located: Located, wordings: Wordings) -> None:
    """Takes a template's guidance out of the answers, and doubts what stands under labels nobody has confirmed."""
    if not wordings.guidance and not wordings.unconfirmed:
        return
    guidance = {path: frozenset(map(normal, texts)) for path, texts in wordings.guidance.items()}
    located.answers[:] = [
        answer
        for answer in located.answers
        if _settle_answer(answer, guidance.get(bare(answer.path), frozenset()), wordings)
    ]
    for rows in located.lists.values():
        for row in rows:
            for path, cell in row.cells.items():
                if path in guidance and _only_guidance(cell.blocks, guidance[path]):
                    row.cells[path] = Cell([], cell.column, cell.span, cell.merge, cell.shade, cell.page, cell.box)
                elif (normal(row.labels[path]), path) in wordings.unconfirmed:
                    row.unsure.setdefault(path, NOT_CONFIRMED)


def bare(path: str) -> str:
    """A record path without the numbers of its items."""
    return "[]".join(piece.partition("]")[2] if at else piece for at, piece in enumerate(path.split("[")))


def _settle_answer(answer: Answer, guidance: frozenset[str], wordings: Wordings) -> bool:
    """Whether anything of the answer is left without the guidance."""
    if guidance:
        before = answer.blocks
        answer.blocks = [block for block in before if not _only_guidance([block], guidance)]
        if len(answer.blocks) < len(before) and is_blank(answer.blocks) and answer.codes is None:
            return False
    if not answer.why and (normal(answer.label), bare(answer.path)) in wordings.unconfirmed:
        answer.why = NOT_CONFIRMED
    return True


def _only_guidance(blocks: list[Block], guidance: frozenset[str]) -> bool:
    texts = [block.text if isinstance(block, Paragraph) else None for block in blocks]
    filled = [text for text in texts if text is None or text.strip()]
    return bool(filled) and all(text is not None and normal(text) in guidance for text in filled)


def subtract_print(result: ReadResult, forms: Iterable[Form]) -> None:
    """Takes the print of the template that fits best (of one, never of two) off what no field took."""
    templates = {template for form in forms for template in form.wordings.printed}
    if not templates:
        return
    left = [item for made in result.returns for item in made.unplaced]
    texts = [normal(item.text) for item in left]
    best = max(sorted(templates), key=lambda template: _fit(texts, template))
    print_left = _Print(best)
    pairs = list(zip(left, texts, strict=True))
    taken = {id(item) for item, text in pairs if print_left.takes(text)}
    # What a PDF ran together or cut in two, from what is left once all that stands as printed has been found.
    taken |= {id(item) for item, text in pairs if id(item) not in taken and print_left.takes_pieces(text)}
    for made in result.returns:
        made.unplaced = [item for item in made.unplaced if id(item) not in taken]


def _fit(texts: Iterable[str], template: Iterable[str]) -> int:
    return sum((Counter(texts) & Counter(map(normal, template))).values())


class _Print:
    """What is left of the print of one template while a return is gone through."""

    def __init__(self, template: Iterable[str]) -> None:
        self._left = Counter(form for text in template if (form := normal(text)))
        self._by_first: dict[str, set[str]] = defaultdict(set)
        for form in self._left:
            self._by_first[form.partition(" ")[0]].add(form)

    def takes(self, text: str) -> bool:
        """Whether the text is printed as it stands."""
        if self._left[text] < 1:
            return False
        self._left[text] -= 1
        return True

    def takes_pieces(self, text: str) -> bool:
        """Whether the text is several printed texts in a row, or one of them in part."""
        if len(text.split()) < _MIN_PIECE:
            return self.takes(text)
        return self.takes(text) or self._takes_several(text) or self._takes_start(text)

    def _takes_several(self, text: str) -> bool:
        """Paragraphs that a PDF ran together."""
        pieces, rest = [], text
        left = self._left.copy()
        while rest:
            fits = [
                form
                for form in self._by_first.get(rest.partition(" ")[0], ())
                if left[form] > 0 and (rest == form or rest.startswith(f"{form} "))
            ]
            if not fits:
                return False
            pieces.append(max(fits, key=len))
            left[pieces[-1]] -= 1
            rest = rest[len(pieces[-1]) :].strip()
        self._left = left
        return True

    def _takes_start(self, text: str) -> bool:
        """A paragraph cut in two by the end of a page: its start now, what follows when it is met."""
        whole = next(
            (
                form
                for form in sorted(self._by_first.get(text.partition(" ")[0], ()))
                if self._left[form] > 0 and form.startswith(f"{text} ")
            ),
            None,
        )
        if whole is None:
            return False
        self._left[whole] -= 1
        rest = whole[len(text) :].strip()
        self._left[rest] += 1
        self._by_first[rest.partition(" ")[0]].add(rest)
        return True


def without_twins(items: Iterable[Unplaced], result: ReadResult) -> list[Unplaced]:
    """What no field took, once each; not what another return of the same file took at the very same place."""
    placed = {
        (placed.place.where, " ".join(placed.text.split()))
        for made in result.returns
        for placed in made.places.values()
    }
    found: dict[tuple[str, str], Unplaced] = {}
    for item in items:
        answer = " ".join(item.text.rpartition(": ")[2].split())
        if (item.where, answer) not in placed:
            found.setdefault((item.where, item.text), item)
    return list(found.values())

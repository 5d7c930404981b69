"""Reads one document: bytes and kind in, outcome and returns out. Pure: no database, no network, no clock."""

from __future__ import annotations

import hashlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

from forms.registry import Form, all_forms
from parsers import readers
from parsers.answers import Ledger, Located
from parsers.build import build_answers, finish
from parsers.conserve import missing_text, says_something
from parsers.content import is_blank, text_of
from parsers.learned import settle, subtract_print, without_twins
from parsers.locate import Locator
from parsers.readers.scan import read as read_scan
from parsers.recognise import OTHER, Part, Recognised, recognise
from parsers.rows import build_lists
from parsers.wording import FormIndex
from records.errors import ConverterUnavailable, Empty, Encrypted, InputProblem, Misconfigured, Unsupported
from records.limits import DEFAULT_LIMITS, Limits
from records.results import ReadResult, ReadReturn, ReviewItem, Unplaced
from records.tree import Block, DocumentTree, Paragraph, Run, walk_paragraphs

Reader = Callable[[bytes, Limits], DocumentTree]

_NEVER_READ = {"encrypted_office": Encrypted, "empty": Empty}
_FORM_SURE = 0.6
"""Below this the form was told by its questions only, and not by many; a person looks whether it is that form."""
_BODY_PARAGRAPH = re.compile(r"paragraph (\d+)")
_EXCERPT = 4_000
_MARKING = re.compile(
    r"^(?:(?:official|restricted|confidential|protect)[\w\s()–-]*|page \d+(?: of \d+)?|)$", re.IGNORECASE
)
_EDITION = re.compile(
    r"\bv(?:ersion)?\.?\s?\d|\b[A-Z]{2,}-?[A-Z]*\d|\bpage\s+\d*\s*(?:of|/)|document dated|review due|\bedition\b"
    r"|^[\w\s&()·|–-]{0,60}\b(?:19|20)\d\d$",
    re.IGNORECASE,
)
"""What footers print of the form itself: version, code, page, date of issue."""
_REPORTED = {"comment": "comment", "deleted": "deleted text", "hidden": "hidden text"}


@cache
def all_readers() -> dict[str, Reader]:
    """Every reader by the kinds of file it reads; two that claim one kind are an error that names both."""
    found: dict[str, Reader] = {}
    owners: dict[str, str] = {}
    for info in sorted(pkgutil.iter_modules(readers.__path__), key=lambda info: info.name):
        module = import_module(f"parsers.readers.{info.name}")
        for kind in getattr(module, "KINDS", ()):
            if kind in found:
                raise Misconfigured(f"Two readers claim “{kind}”: {owners[kind]} and {info.name}.")
            found[kind] = module.read
            owners[kind] = info.name
    return found


@cache
def default_indexes() -> dict[str, FormIndex]:
    """The wordings of the forms as they come with the program."""
    return indexes_of(all_forms())


def indexes_of(forms: Mapping[str, Form]) -> dict[str, FormIndex]:
    return {name: FormIndex(form) for name, form in forms.items()}


def read_document(
    data: bytes,
    kind: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    indexes: Mapping[str, FormIndex] | None = None,
) -> ReadResult:
    """The returns in one document. An InputProblem becomes an outcome with a plain reason; nothing else is caught."""
    result = ReadResult(hashlib.sha256(data).hexdigest(), "rejected", kind=kind)
    reader = all_readers().get(kind)
    try:
        if reader is None:
            raise _NEVER_READ.get(kind, Unsupported)
        tree = _with_scanned_pages(reader(data, limits), data, limits)
    except ConverterUnavailable as problem:
        result.outcome = "needs_review"
        result.reason, result.code = str(problem), problem.code
        return result
    except InputProblem as problem:
        result.reason, result.code = str(problem), problem.code
        return result
    return understand(tree, result, indexes or default_indexes())


def _give_blocks(tree: DocumentTree) -> None:
    """Headers and footers of readers that know only their text become paragraphs, so that a label there is found."""
    for aside in tree.asides:
        if aside.kind in ("header", "footer") and not aside.blocks:
            lines = [line for line in aside.text.split("\n") if line.strip()]
            part = f"page {aside.kind}"
            aside.blocks = [
                Paragraph([Run(line)], number=number, part=part, page=aside.place.page, box=aside.place.box)
                for number, line in enumerate(lines, 1)
            ]


def _with_scanned_pages(tree: DocumentTree, data: bytes, limits: Limits) -> DocumentTree:
    """A PDF whose pages are pictures is read as a scan; in a mixed one the pictured pages take their place in order."""
    scanned = {int(notice.partition(":")[2]) for notice in tree.notices if notice.startswith("scanned_page:")}
    if not scanned:
        return tree
    scan = read_scan(data, limits, only=frozenset(scanned))
    if is_blank(tree.blocks):
        scan.asides += tree.asides
        return scan
    blocks = tree.blocks + [block for block in scan.blocks if block.page in scanned]
    tree.blocks = sorted(blocks, key=lambda block: block.page or 0)
    tree.notices = sorted({*tree.notices, *scan.notices})
    return tree


def understand(tree: DocumentTree, result: ReadResult, indexes: Mapping[str, FormIndex]) -> ReadResult:
    """Fills in the result with the returns found in a tree."""
    result.notices = list(tree.notices)
    result.properties = dict(tree.properties)
    tree.settle()
    result.text_excerpt = _excerpt(tree)
    _give_blocks(tree)
    header = [block for aside in tree.asides if aside.kind == "header" for block in aside.blocks]
    recognised = recognise(tree.blocks, indexes)
    ledger = Ledger()
    found = locate_forms(recognised, header, indexes, ledger)
    if not found:
        result.reason = "No practice review form was recognised in the file. Look at the original and file it by hand."
        result.code = "E-UNRECOGNISED"
        return result
    blank: list[ReadReturn] = []
    for form, located in found.items():
        settle(located, indexes[form].form.wordings)
        own = Ledger()
        draft = build_answers(indexes[form], located, own)
        build_lists(draft, indexes[form], located.lists, own)
        made = finish(draft, indexes[form], recognised.confidence[form])
        made.unplaced = list(own.left)
        made.asked = _asked(located)
        if not any(placed.text for placed in made.places.values()):
            made.review.append(ReviewItem("", "the form was recognised, but nothing is filled in"))
        if len(found) == 1 or _holds_something(made):
            result.returns.append(made)
        else:
            ledger.left += own.left
            blank.append(made)
    # A file whose sections are all blank is still a return of the first, so that it is seen and not lost.
    result.returns = result.returns or blank[:1]
    _place_the_rest(result, tree, recognised, ledger, indexes)
    subtract_print(result, [indexes[form].form for form in found])
    _add_edition(result, tree)
    missing_text(result, tree, ledger, indexes, found)
    _say_what_is_cut_off(result, tree)
    for made in result.returns:
        made.unplaced = in_passages(made.unplaced)
    if "ocr" in tree.notices:
        result.reason = "The document is a scan; what was read from it needs a look."
    certain = not any(item.review or item.unplaced or item.form_confidence < _FORM_SURE for item in result.returns)
    result.outcome = "read" if certain else "needs_review"
    return result


def _say_what_is_cut_off(result: ReadResult, tree: DocumentTree) -> None:
    """A table that runs off its page has lost what stood beyond the edge, perhaps whole columns."""
    pages = [notice.partition(":")[2] for notice in tree.notices if notice.startswith("cut_off:")]
    if pages:
        why = f"a table runs off the edge of page {', '.join(pages)}; ask the agency for the Word document"
        result.returns[0].review.append(ReviewItem("", why))


def locate_forms(
    recognised: Recognised, header: list[Block], indexes: Mapping[str, FormIndex], ledger: Ledger
) -> dict[str, Located]:
    """The answers of each form that has some of its own."""
    found: dict[str, Located] = {}
    for form in recognised.forms:
        locator = Locator(indexes[form], ledger)
        locator.locate(header)
        for part in recognised.parts:
            if part.form == "":
                locator.locate(part.blocks)
        shared = len(locator.found.answers)
        for part in recognised.parts:
            if part.form == form:
                locator.scope.leave()
                locator.locate(part.blocks)
        own = len(locator.found.answers) - shared + sum(map(len, locator.found.lists.values()))
        # A file's only form is kept even when no answer is found in it: a person is then shown all that was typed.
        if len(recognised.forms) == 1 or own >= 2:
            found[form] = locator.found
    return found


def _asked(located: Located) -> tuple[str, ...]:
    """The fields whose labels the form printed, answered or not, list items as `children[].name`."""
    found: set[str] = set()
    for path in located.asked:
        block, dot, names = re.sub(r"\[\d+\]", "[]", path).rpartition(".")
        found.update(f"{block}{dot}{name.partition('#')[0]}" for name in names.split("+"))
    return tuple(sorted(found))


def _holds_something(made: ReadReturn) -> bool:
    """Whether a section of a larger file was filled in at all (covers and office blocks do not count)."""
    shared = ("case_reference", "date_requested", "date_due", "review_period")
    answered = [path for path, placed in made.places.items() if path not in shared and placed.text]
    return len(answered) >= 2


def _place_the_rest(
    result: ReadResult, tree: DocumentTree, recognised: Recognised, ledger: Ledger, indexes: Mapping[str, FormIndex]
) -> None:
    """Every paragraph that nobody took, and everything beside the flow, goes to unplaced word for word."""
    first = result.returns[0]
    by_form = {item.form: item for item in result.returns}
    for part in recognised.parts:
        target = by_form.get(part.form, first)
        _keep_paragraphs(part, target, ledger)
    _keep_paragraphs(Part(OTHER, recognised.thread), first, ledger)
    first.unplaced += without_twins(ledger.left, result)
    for aside in tree.asides:
        if aside.kind in ("header", "footer"):
            for paragraph in walk_paragraphs(aside.blocks):
                text = " ".join(paragraph.text.split())
                if ledger.state(paragraph) or is_blank([paragraph]):
                    continue
                marks = _MARKING.match(text) or (aside.kind == "footer" and _EDITION.search(text))
                if marks and not says_something(text, indexes):
                    continue
                first.unplaced.append(Unplaced(text, aside.place.where))
        else:
            first.unplaced.append(Unplaced(aside.text, aside.place.where))


def _keep_paragraphs(part: Part, target: ReadReturn, ledger: Ledger) -> None:
    for block in part.blocks:
        if isinstance(block, Paragraph):
            _keep(block, block.place().where, target, ledger)
            continue
        for at, row in enumerate(block.rows):
            for cell in row.cells:
                left = [paragraph for paragraph in walk_paragraphs(cell.blocks) if not ledger.state(paragraph)]
                if left:
                    where = block.cell_place(at, cell).where
                    for paragraph in left:
                        _keep(paragraph, where, target, ledger)


def _keep(paragraph: Paragraph, where: str, target: ReadReturn, ledger: Ledger) -> None:
    if ledger.state(paragraph):
        return
    text = text_of([paragraph])
    if text and any(char.isalnum() for char in text):
        target.unplaced.append(Unplaced(text, where))


def in_passages(unplaced: list[Unplaced]) -> list[Unplaced]:
    """What belongs together as one item: the paragraphs of one cell, and those that follow one another in the text."""
    joined: list[Unplaced] = []
    last = ""
    for item in unplaced:
        if joined and ((item.where == last and item.where.startswith("table")) or _follows(last, item.where)):
            joined[-1] = Unplaced(f"{joined[-1].text}\n{item.text}", joined[-1].where)
        else:
            joined.append(item)
        last = item.where
    return joined


def _follows(first: str, second: str) -> bool:
    numbers = [match.group(1) for where in (first, second) if (match := _BODY_PARAGRAPH.fullmatch(where))]
    return len(numbers) == 2 and int(numbers[1]) == int(numbers[0]) + 1


def _add_edition(result: ReadResult, tree: DocumentTree) -> None:
    for aside in tree.asides:
        if aside.kind == "footer" and _EDITION.search(aside.text):
            for item in result.returns:
                item.edition = " ".join(aside.text.split())
            return


def _excerpt(tree: DocumentTree) -> str:
    parts: list[str] = []
    length = 0
    for paragraph in walk_paragraphs([block for aside in tree.asides for block in aside.blocks] + tree.blocks):
        text = paragraph.text.strip()
        if text:
            parts.append(text)
            length += len(text) + 1
        if length > _EXCERPT:
            break
    return "\n".join(parts)[:_EXCERPT]


def review_of(result: ReadResult) -> list[ReviewItem]:
    return [item for made in result.returns for item in made.review]

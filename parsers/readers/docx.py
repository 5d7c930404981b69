"""Reads Word documents by walking the package's XML.

python-docx is blind to content controls, tracked insertions, symbol ticks and text boxes, and slow on long tables; a
return is full of all four. What this reader promises: every character that Word would show stands in the flow or in an
aside, once, in reading order; nothing is executed and nothing fetched.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from forms.word_package import OUR_COMMENTS
from parsers.readers.package import Package, parse_part
from parsers.readers.word_looks import StyleSheet, name_of, w
from parsers.readers.wordml import Story
from records.errors import Unreadable
from records.limits import Limits
from records.tree import Aside, DocumentTree, Paragraph, Place, walk_paragraphs

KINDS = ("docx",)
_MOST_STYLES = 1_000_000
"""Bytes of a style sheet that is worth remembering."""


def read(data: bytes, limits: Limits) -> DocumentTree:
    """The tree of a .docx, .docm or .dotx (transitional or strict); InputProblem when it cannot be read."""
    package = Package(data, limits)
    main = _main_part(package)
    relations = list(package.relations(main))
    styles = _styles(package, relations)
    story = Story(styles, limits)
    body = package.xml(main).find(w("body"))
    if body is None:
        raise Unreadable("The file is damaged: the document has no body.")
    blocks = story.blocks(body)
    tree = DocumentTree("docx", blocks, story.asides, sorted(story.notices))
    _add_notes(package, relations, story, tree)
    _add_headers(package, relations, styles, limits, tree)
    tree.properties.update(_custom_properties(package))
    if any(name.lower().endswith("vbaproject.bin") for name in package.names()):
        tree.notices.append("macros")
    if any("/embeddings/" in name or "afchunk" in name.lower() for name in package.names()):
        tree.notices.append("embedded_files")
    tree.notices = sorted(set(tree.notices))
    return tree


def _main_part(package: Package) -> str:
    for _, kind, target in package.relations(""):
        if kind == "officeDocument" and target in package:
            return target
    if "word/document.xml" in package:
        return "word/document.xml"
    raise Unreadable("The file is damaged: it holds no Word document.")


def _styles(package: Package, relations: list[tuple[str, str, str]]) -> StyleSheet:
    """The style sheet; the returns of one template share theirs, and it is often the largest part of the file."""
    for _, kind, target in relations:
        if kind == "styles" and target in package:
            data = package.read(target)
            return _known_styles(data) if len(data) < _MOST_STYLES else StyleSheet(parse_part(data))
    return StyleSheet(None)


@lru_cache(maxsize=8)
def _known_styles(data: bytes) -> StyleSheet:
    return StyleSheet(parse_part(data))


def _part_of_kind(package: Package, relations: list[tuple[str, str, str]], kind: str) -> Any:
    for _, found, target in relations:
        if found == kind and target in package:
            return package.xml(target)
    return None


def _add_notes(package: Package, relations: list[tuple[str, str, str]], story: Story, tree: DocumentTree) -> None:
    """Footnotes, endnotes and comments, each as an aside that says where its mark stands."""
    for kind, aside_kind in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
        root = _part_of_kind(package, relations, kind)
        if root is None:
            continue
        for note in root:
            if not isinstance(note.tag, str) or note.get(w("type")) in ("separator", "continuationSeparator"):
                continue
            if aside_kind == "comment" and note.get(w("initials")) == OUR_COMMENTS:
                continue  # a note of ours in a document that comes back: no words of the agency's
            identity = note.get(w("id")) or ""
            sub = Story(story.styles, story.limits, part=f"{aside_kind} {identity}")
            blocks = sub.blocks(note)
            text = "\n".join(paragraph.text for paragraph in walk_paragraphs(blocks)).strip()
            if not text:
                continue
            where = story.marks.get((aside_kind, identity), "")
            place = Place(f"{aside_kind} {identity}" + (f" at {where}" if where else ""))
            tree.asides.append(Aside(aside_kind, text, place, note.get(w("author")) or "", blocks))
            if aside_kind == "comment":
                tree.notices.append("comments")


def _add_headers(
    package: Package, relations: list[tuple[str, str, str]], styles: StyleSheet, limits: Limits, tree: DocumentTree
) -> None:
    seen: set[tuple[str, str]] = set()
    for _, kind, target in relations:
        if kind not in ("header", "footer") or target not in package:
            continue
        story = Story(styles, limits, part=f"page {kind}")
        blocks = story.blocks(package.xml(target))
        text = "\n".join(paragraph.text for paragraph in walk_paragraphs(blocks)).strip()
        tree.asides += story.asides
        if text and (kind, text) not in seen:
            seen.add((kind, text))
            tree.asides.append(Aside(kind, text, Place(f"page {kind}"), blocks=blocks))


def _custom_properties(package: Package) -> dict[str, str]:
    if "docProps/custom.xml" not in package:
        return {}
    found: dict[str, str] = {}
    for item in package.xml("docProps/custom.xml"):
        if isinstance(item.tag, str) and len(item) and item.get("name"):
            found[item.get("name")] = (item[0].text or "") if name_of(item[0]) != "vector" else ""
    return found


def text_of(blocks: list[Any]) -> str:
    """The plain text of blocks, a line a paragraph; for people and for matching, not for understanding."""
    return "\n".join(paragraph.text for paragraph in walk_paragraphs(blocks) if isinstance(paragraph, Paragraph))

"""Types words into a finished Word file wherever a person could, drawn by chance: for tests and for the long run."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from lxml import etree

from tests.parsers import word_files as word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|comments)\.xml")
_WHO = ("Mum", "Her grandmother", "The school nurse", "Robin", "The duty worker", "His older brother", "The landlord")
_DID = (
    "said she was seen at home", "rang about the plan", "told us of two visits", "asked for help with the children",
    "did not agree with the referral", "gave another date and agency", "was worried about the baby",
    "signed for the family", "had known the child since birth", "saw bruises on both arms",
)  # fmt: skip
_MORE = (
    "and nobody wrote it down", "on the way to hospital", "before the review", "after contact with the police",
    "but the details were not recorded", "while the mother was at work", "as the summary says",
    "in the period under review", "with no further action", "so a strategy meeting was held",
)  # fmt: skip


def sentence(chance: Random) -> str:
    """A sentence of a case record, mostly in words that the forms use as well."""
    return f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_MORE)}."


def needle(chance: Random) -> str:
    """One word that no form has."""
    return f"needle{chance.randrange(10**6)}q"


def planted(data: bytes, texts: list[str], chance: Random, *, into_words: bool) -> tuple[bytes, list[str]]:
    """The file with the texts typed in places drawn by chance, and those texts for which there was a place.

    `into_words` types into lines that stand there already, before or behind their words; else on lines of their own:
    in blank cells, under labels and options, between questions, in headers and notes.
    """
    files = word.unzipped(data)
    roots = {name: etree.fromstring(content) for name, content in files.items() if PARTS.fullmatch(name)}
    paragraphs = [item for root in roots.values() for item in root.iter(W + "p") if not is_out_of_reach(item)]
    if into_words:
        paragraphs = [item for item in paragraphs if typed_pieces(item)]
    chosen = chance.sample(paragraphs, min(len(texts), len(paragraphs)))
    for text, paragraph in zip(texts, chosen, strict=False):
        if into_words:
            _type_into(chance.choice(typed_pieces(paragraph)), text, chance)
        elif typed_pieces(paragraph):
            position = paragraph.getparent().index(paragraph) + chance.choice((0, 1))
            paragraph.getparent().insert(position, etree.fromstring(new_paragraph(text)))
        else:
            paragraph.append(etree.fromstring(new_paragraph(text))[0])
    files.update({name: etree.tostring(root) for name, root in roots.items()})
    return word.zipped(files), texts[: len(chosen)]


def is_out_of_reach(item: Any) -> bool:
    """The second copy of a text box, and controls whose prompt a word processor takes away before one types."""
    around = {etree.QName(parent).localname for parent in item.iterancestors() if isinstance(parent.tag, str)}
    return "Fallback" in around or any(True for _ in item.iter(W + "showingPlcHdr")) or "sdt" in around


def typed_pieces(paragraph: Any) -> list[Any]:
    return [item for item in paragraph.iter(W + "t") if (item.text or "").strip() and not is_out_of_reach(item)]


def _type_into(item: Any, text: str, chance: Random) -> None:
    item.text = chance.choice((f"{text} {item.text}", f"{item.text} {text}", f"{item.text} – {text}"))


def new_paragraph(words: str) -> str:
    return f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>{words}</w:t></w:r></w:p>'


def untold(texts: list[str], told: str) -> list[str]:
    """The texts that a result does not show; punctuation and spaces do not count."""
    whole = _squeeze(told)
    return [text for text in texts if _squeeze(text) not in whole]


def _squeeze(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())

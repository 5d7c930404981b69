"""Takes apart a cell that asks for several things of a person: agency and post, or address, telephone and e-mail."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.answers import Answer
from parsers.content import lines_of
from records.tree import Block, Paragraph, Run, walk_paragraphs

EMAIL = re.compile(r"[\w.+'’-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w/])(?:\+44|0|\(0)[\d\s().-]{7,}\d(?:\s*(?:ext|x)\.?\s*\d+)?")
_PREFIX = re.compile(
    r"^(?:postal |work |office )?"
    r"(?:address|e-?mail(?: address)?|(?:tel(?:ephone)?|phone|contact)(?: no| number)?|mobile|t|e|m)"
    r"\s*\.?\s*(?::|\s-)\s*",
    re.IGNORECASE,
)
_ROLE_WORDS = re.compile(
    r"\b(?:officer|manager|nurse|worker|lead|teacher|head|doctor|dr|gp|sergeant|inspector|constable|detective|"
    r"advis[eo]r|"
    r"coordinator|consultant|midwife|visitor|director|practitioner|assistant|specialist|professional|psychologist|clerk|"
    r"superintendent|paediatrician|partner|principal|commissioner|probation|chief|senior|designated|named)\b",
    re.IGNORECASE,
)


def split_answer(answer: Answer) -> list[Answer]:
    """One answer a field. Whatever cannot be told apart goes to the first field, with a reason to look."""
    block, dot, names = answer.path.rpartition(".")
    fields = names.split("+")
    lines = [piece for line in lines_of(answer.blocks) for piece in [line.strip()] if piece]
    if not lines:
        return []
    if fields[0] in ("date", "incident_date"):
        return _with_paths(answer, block + dot, {fields[0]: "\n".join(lines)}, {})
    if set(fields) <= {"address", "phone", "email"}:
        return _with_paths(answer, block + dot, _contact(lines), {})
    parts, why = _two(lines, fields)
    return _with_paths(answer, block + dot, parts, why)


def _with_paths(answer: Answer, prefix: str, parts: dict[str, str], why: dict[str, str]) -> list[Answer]:
    made = []
    doubtful = _doubtful_words(answer.blocks)
    for name, text in parts.items():
        blocks: list[Block] = [
            Paragraph([Run(line, unsure=any(word in f" {line} " for word in doubtful))]) for line in text.split("\n")
        ]
        made.append(replace(answer, path=prefix + name, blocks=blocks, why=why.get(name, answer.why)))
    return made


def _doubtful_words(blocks: list[Block]) -> list[str]:
    """The words of a scan that were hard to read; they stay so in whatever part they end up."""
    words = [run.text.strip() for paragraph in walk_paragraphs(blocks) for run in paragraph.runs if run.unsure]
    return [word if len(word) > 2 else f" {word} " for word in words if word]


def _contact(lines: list[str]) -> dict[str, str]:
    """Address, telephone and e-mail told apart by their shape; what has neither shape is address."""
    emails: list[str] = []
    phones: list[str] = []
    address: list[str] = []
    for line in lines:
        text = line
        for pattern, found in ((EMAIL, emails), (PHONE, phones)):
            for match in list(pattern.finditer(text)):
                found.append(" ".join(match.group().split()))
                text = text.replace(match.group(), "\t")
        for piece in text.split("\t"):
            bare = _PREFIX.sub("", piece.strip(" ,;|/-–")).strip(" ,;|/-–")
            if re.fullmatch(
                r"(?:tel|telephone|phone|mobile|email|e-mail|t|e|m|address|no|or)?\W*", bare, re.IGNORECASE
            ):
                continue
            address.append(bare)
    parts = {"address": "\n".join(address), "phone": " / ".join(phones), "email": " / ".join(emails)}
    return {name: text for name, text in parts.items() if text}


def _two(lines: list[str], fields: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Two fields in one cell: by line, else by the first comma, dash or slash between words; the post by its words."""
    pieces = lines
    why = ""
    if len(lines) == 1:
        pieces = [piece.strip() for piece in re.split(r"\s*[/;]\s+|\s+[-–—|]\s+|,\s+", lines[0], maxsplit=1)]
        why = "agency and post stand in one line and were told apart by their words"
    if len(pieces) == 1:
        only = fields[fields.index("role")] if "role" in fields and _ROLE_WORDS.search(pieces[0]) else fields[0]
        return {only: pieces[0]}, {only: "one cell asks for two things and holds one"}
    first, rest = pieces[0], "\n".join(pieces[1:])
    if len(pieces) > len(fields):
        why = "the cell has more lines than it asks for"
    by_order = {fields[0]: first, fields[1]: rest}
    if "role" in fields and len(lines) == 1:
        role_first = bool(_ROLE_WORDS.search(first)) and not _ROLE_WORDS.search(rest)
        other = next(name for name in fields if name != "role")
        if role_first != (fields[0] == "role"):
            by_order = {"role": first, other: rest} if role_first else {other: first, "role": rest}
    return by_order, dict.fromkeys(by_order, why) if why else {}

"""Whose name, post, signature and date stand under a heading that the form does not know.

What is asked there says that it is a person; the words of the heading say which of the form's persons. A sign-off whose
person is the author (or the referrer) is theirs. Where neither tells, the one sign-off that is still open is taken, and
shown to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parsers.answers import Answer
from parsers.content import is_emphatic, raw_text, text_of
from parsers.persons import EMAIL
from parsers.wording import SURE, FormIndex, Hit, block_of, normal
from records.tree import Block, Table

_PERSON = frozenset(("name", "role", "agency", "email", "phone", "address", "date", "signed"))
_OF = re.compile(r"^(?P<what>.{2,40}?)\s+(?:of|for)\s+(?:the\s+|your\s+)?(?P<whom>.+)$", re.IGNORECASE)
_OWN = re.compile(r"^(?:the\s+)?(?P<whom>.+?)['’]s?\s+(?P<what>.+)$", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\b(?:member|representative|person|manager|officer|author|referrer|lead|head|chair|signatory|practitioner|director|"
    r"assurer|approver|verifier|reviewer|checker|writer|professional)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\t+| {3,}|_{3,}")
_WORDS: Mapping[str, str] = {
    "quality_assurance": r"quality|assur|check|approv|authori[sz]|counter ?sign|representative|panel|sub ?group|endors|"
    r"ratif|agree|sign(?:ed)? ?off|reviewed by|(?:line|senior|service) manager|head of service|chief|executive",
    "signature": r"referr|notif|request|author(?!i)|complet|compil|prepar|submit|declar|writ|practitioner|nominat|"
    r"your signature",
    "chair_sign_off": r"\bchair",
    "completed_by": r"complet|filled|prepar|compil|author(?!i)|submit|writ",
    "verified_by": r"verif|review(?:ed|er)|scrutin|assess|moderat",
    "safeguarding_lead": r"safeguarding lead|discuss|consult|talk|spoke|advice",
    "referrer": r"referr|notif|request|nominat|about you|your details|who is telling",
    "author": r"author(?!i)|complet|compil|prepar|writ|about you|your details|submit",
}
"""What headings call a person of the form."""
UNSURE = "the heading does not say for certain whose details these are"


@dataclass(frozen=True, slots=True)
class Whose:
    """The block that a person's details belong to; `why` says what speaks against being certain."""

    block: str
    why: str = ""


def whose(heading: str, following: Sequence[Block], index: FormIndex, answers: Sequence[Answer]) -> Whose | None:
    """Whose details follow a heading; None when no person's details do, or nobody's that the form asks for."""
    labels, values = _asked(following)
    asked: dict[str, set[str]] = {}
    known = 0
    for label in labels:
        fields = _fields(label, index)
        known += bool(fields)
        for block, name in fields:
            asked.setdefault(block, set()).add(name)
    if known < 2 or known < 0.6 * len(labels):
        return _by_contact(heading, values, index)
    if _fits_a_list(labels, index, max(len(names) for names in asked.values())):
        return None
    most = max(len(names) for names in asked.values())
    fitting = [block for block, names in asked.items() if len(names) == most and most >= 2]
    says = {block: len(set(re.findall(_WORDS.get(block, r"(?!)"), normal(heading)))) for block in fitting}
    told = [block for block in fitting if says[block] and says[block] == max(says.values())]
    if len(told) == 1:
        return Whose(told[0])
    if not any("signed" in asked[block] for block in told or fitting):
        return None
    signed = [block for block in told or fitting if f"{block}.signed" in index.kinds]
    if "signature" in signed and _is_known(values, answers):
        return Whose("signature")
    taken = {block_of(answer.path) for answer in answers}
    left = [block for block in (told or signed) if block not in taken]
    return Whose(left[0], UNSURE) if len(left) == 1 else None


def _by_contact(heading: str, values: Sequence[str], index: FormIndex) -> Whose | None:
    """Labels that nobody knows, an address of mail among the answers, and a heading that names one person."""
    if not any(EMAIL.search(value) for value in values):
        return None
    persons = {path.rpartition(".")[0] for path in index.kinds if path.endswith(".email") and "[]" not in path}
    told = [block for block in persons if re.search(_WORDS.get(block, r"(?!)"), normal(heading))]
    return Whose(told[0]) if len(told) == 1 else None


def _fits_a_list(labels: Sequence[str], index: FormIndex, known: int) -> bool:
    """Whether the labels are the heads of a list rather: "Code | Name | Role"."""
    fits: dict[str, set[str]] = {}
    for label in labels:
        for hit in index.find(label):
            if hit.block.endswith("[]") and hit.score >= SURE:
                fits.setdefault(hit.block, set()).add(hit.path)
    return any(len(paths) > known for paths in fits.values())


def composed(text: str, index: FormIndex, within: Sequence[str] = ()) -> list[Hit]:
    """ "Signature of panel member": a person's field and the person, put together from two known wordings.

    Inside a sign-off any word for a person will do.
    """
    match = _OF.match(text) or _OWN.match(text)
    if match is None or len(text) > 90:
        return []
    persons = {
        hit.path if hit.part == "heading" else hit.block
        for hit in index.find(match.group("whom"))
        if hit.score >= 0.7 and (hit.part == "heading" or hit.path.endswith(".name"))
    }
    if _SOMEBODY.search(match.group("whom")):
        persons |= {block for block in within if f"{block}.signed" in index.kinds}
    found = []
    for hit in index.find(match.group("what")):
        name = hit.path.rpartition(".")[2]
        if hit.block in persons and name in _PERSON and hit.score >= SURE and not hit.block.endswith("[]"):
            found.append(Hit(hit.path, "inside", 0.9))
    return found


def _fields(label: str, index: FormIndex) -> set[tuple[str, str]]:
    """The persons' fields that a label may ask for."""
    signers = [path.rpartition(".")[0] for path in index.kinds if path.endswith(".signed") and "[]" not in path]
    hits = [hit for hit in index.find(label) if hit.score >= SURE] or composed(label, index, signers)
    return {
        (hit.block, name)
        for hit in hits
        if hit.block
        and not hit.block.endswith("[]")
        and (name := hit.path.rpartition(".")[2].partition("#")[0]) in _PERSON
    }


def _asked(following: Sequence[Block]) -> tuple[list[str], list[str]]:
    """The labels below a heading, up to the next heading, and the answers beside or below them."""
    labels: list[str] = []
    values: list[str] = []
    for block in following:
        if isinstance(block, Table):
            if not labels:
                _of_table(block, labels, values)
            break
        text = block.text.strip()
        if not text:
            continue
        if not labels and ":" not in text:
            break
        if ":" not in text:
            if is_emphatic(block):
                break
            continue
        for piece in _PIECE.split(text):
            label, colon, value = piece.partition(":")
            if colon and label.strip():
                labels.append(label.strip())
                values.append(value.strip(" _\t"))
        if is_emphatic(block) and not values[-1]:
            break
    return labels, values


def _of_table(table: Table, labels: list[str], values: list[str]) -> None:
    rows = [row.cells for row in table.rows if any(raw_text(cell).strip() for cell in row.cells)]
    if not rows or max(map(len, rows)) < 2:
        return
    if (len(rows[0]) >= 3 and len(rows[0]) != 4) or (len(rows[0]) == 4 and len(rows) <= 2):
        across = [(head, cell) for head, cell in zip(rows[0], rows[1] if len(rows) > 1 else rows[0], strict=False)]
        if len(rows) <= 3:
            labels += [" ".join(raw_text(head).split()) for head, _ in across]
            values += [" ".join(text_of(cell.blocks).split()) for _, cell in across]
        return
    for cells in rows:
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            labels.append(" ".join(raw_text(label).split()))
            values.append(" ".join(text_of(value.blocks).split()))


def _is_known(values: Iterable[str], answers: Sequence[Answer]) -> bool:
    """Whether one of the values is the name that the author or the referrer has given."""
    names = {normal(text_of(answer.blocks)) for answer in answers if answer.path in ("author.name", "referrer.name")}
    return any(value and normal(value) in names for value in values)

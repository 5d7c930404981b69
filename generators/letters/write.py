"""Writes letters: a kind and a context in; a Word letter, a subject and an e-mail's text out.

The folder is the registry: every folder here that holds a `letter.toml` is a kind of letter, with its `letter.docx`
(edited in Word) and its `body.txt` (the e-mail's text). A partnership's own folder of templates goes over these, file
by file.
"""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from forms.word_package import open_package
from generators.letters.context import LetterContext, allowed_phrases, view
from generators.personal_data import assert_no_personal_data
from generators.render import render_docx, render_text, text_of_package
from records.errors import Misconfigured, Refused

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """A kind of letter: what it is called, its subject, which values of the context it needs, and its two texts."""

    kind: str
    code: str
    title: str
    subject: str
    needs: tuple[str, ...] = ()
    reply: bool = False
    """An answer to something that arrived: its e-mail is marked as an automatic reply."""
    letter: Path
    body: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedLetter:
    """A letter that is ready: the Word file, and the e-mail that carries it."""

    kind: str
    docx: bytes
    file_name: str
    subject: str
    body_text: str
    body_html: str
    reply: bool = False


def all_letters(templates: Path | None = None, language: str = "en") -> dict[str, LetterTemplate]:
    """Every kind of letter, in alphabetical order; Misconfigured names a file that is missing or not right.

    In another language a kind has its `letter.cy.docx` and `body.cy.txt` (and, if its subject differs, a line in
    `subject.cy.txt`); a kind that lacks either of the two is written in English.
    """
    found = {}
    for path in sorted(HERE.glob("*/letter.toml")):
        kind = path.parent.name
        own = templates / kind if templates else path.parent
        english = _load(path, _first(own, path.parent, "letter.docx"), _first(own, path.parent, "body.txt"))
        found[kind] = english if language == "en" else _in_language(english, language, own, path.parent)
    return found


def languages_of(kind: str, templates: Path | None = None) -> tuple[str, ...]:
    """The languages in which this kind of letter has templates."""
    folders = (HERE / kind, *((templates / kind,) if templates else ()))
    others = {path.name.split(".")[1] for folder in folders for path in folder.glob("letter.*.docx")}
    return ("en", *sorted(one for one in others if all_letters(templates, one)[kind].letter.name != "letter.docx"))


def _in_language(english: LetterTemplate, language: str, own: Path, ours: Path) -> LetterTemplate:
    letter, body = (_first(own, ours, name) for name in (f"letter.{language}.docx", f"body.{language}.txt"))
    if not (letter.is_file() and body.is_file()):
        return english
    subject = _first(own, ours, f"subject.{language}.txt")
    words = subject.read_text(encoding="utf-8").strip() if subject.is_file() else english.subject
    return replace(english, letter=letter, body=body, subject=words)


def write_letter(kind: str, context: LetterContext, *, templates: Path | None = None) -> RenderedLetter:
    """The letter of this kind.

    Refused when the context lacks what the letter needs, or when the letter would show personal data of a child;
    Misconfigured when a template is not right.
    """
    letters = all_letters(templates, context.language)
    if kind not in letters:
        raise Misconfigured(f"There is no letter “{kind}”.", hint=f"The letters are: {', '.join(letters)}.")
    template = letters[kind]
    missing = [name for name in template.needs if not getattr(context, name)]
    if missing:
        raise Refused(f"The letter “{template.title}” cannot be written without: {', '.join(missing)}.")
    if template.letter.name == "letter.docx":
        context = replace(context, language="en")
    words = view(context)
    subject = render_text(template.subject, words, f"{kind}/letter.toml").strip()
    words["subject"] = subject
    words["code"] = template.code
    docx = render_docx(_read(template.letter), words, f"{kind}/{template.letter.name}")
    text = render_text(_read(template.body).decode("utf-8"), words, f"{kind}/{template.body.name}")
    _look(context, subject, text, docx)
    return RenderedLetter(
        kind=kind,
        docx=docx,
        file_name=f"{context.case_reference or 'return'}-{kind.replace('_', '-')}.docx",
        subject=subject,
        body_text=text,
        body_html=html_of(text),
        reply=template.reply,
    )


def html_of(text: str) -> str:
    """The e-mail's text as HTML: a paragraph a block, line breaks kept, nothing else."""
    blocks = re.split(r"\n\s*\n", text.strip())
    paragraphs = "\n".join(
        f"<p>{'<br>'.join(html.escape(line) for line in block.split(chr(10)))}</p>" for block in blocks
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"></head>'
        f'<body style="font-family: Arial, sans-serif; font-size: 11pt">\n{paragraphs}\n</body></html>\n'
    )


def _look(context: LetterContext, subject: str, text: str, docx: bytes) -> None:
    personal = context.personal
    for words in (subject, text, text_of_package(open_package(docx))):
        assert_no_personal_data(
            words,
            personal.names,
            personal.dates_of_birth,
            personal.nhs_numbers,
            allowed=allowed_phrases(context),
        )


def _load(path: Path, letter: Path, body: Path) -> LetterTemplate:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        data["needs"] = tuple(data.get("needs", ()))
        return LetterTemplate(kind=path.parent.name, letter=letter, body=body, **data)
    except (TypeError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(f"{path} is not right: {error}.", hint="See generators/letters/README.md.") from error


def _first(own: Path, ours: Path, name: str) -> Path:
    return own / name if (own / name).is_file() else ours / name


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Misconfigured(
            f"The letter template {path} is missing.", hint="Put it back, or remove your own folder of templates."
        ) from error

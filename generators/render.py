"""The one place where templates are filled: Word templates that staff edit, and the plain text of e-mails.

Sandboxed, strict (an unknown name stops the letter, it never prints as nothing), always escaped. What was printed is
looked for in the result, because the template engine for Word can lose text without a word; and the same template and
context give the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from forms.controls import W
from forms.word_package import open_package, parse_part, write_package
from records.errors import Misconfigured

_W = f"{{{W}}}"
_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_NOT_XML = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
_HINT = "Correct the template in Word; generators/letters/README.md lists the names that a template may use."


def render_docx(template: bytes, context: Mapping[str, Any], name: str) -> bytes:
    """The Word template filled with the context.

    Misconfigured when the template uses an unknown or empty name, is not a Word document, or loses text; `name` says
    which template it is.
    """
    printed: list[str] = []
    try:
        document = _StrictTemplate(BytesIO(template))
        document.render(_clean(context), _environment(printed, autoescape=True), autoescape=True)
        out = BytesIO()
        document.save(out)
    except TemplateError as error:
        raise _wrong(name, _words_of(error)) from error
    except (zipfile.BadZipFile, KeyError, PackageNotFoundError) as error:
        raise Misconfigured(f"The template “{name}” is not a Word document (.docx).", hint=_HINT) from error
    except etree.XMLSyntaxError as error:
        raise _wrong(name, "one of its tags cuts through a paragraph or a table") from error
    parts = open_package(out.getvalue())
    _check(text_of_package(parts), printed, name)
    return write_package(parts)


def render_text(template: str, context: Mapping[str, Any], name: str) -> str:
    """The plain-text template filled with the context; Misconfigured when it uses an unknown or empty name."""
    printed: list[str] = []
    environment = _environment(printed, autoescape=False)
    try:
        text = environment.from_string(template).render(_clean(context))
    except TemplateError as error:
        raise _wrong(name, _words_of(error)) from error
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def text_of_package(parts: Mapping[str, bytes]) -> str:
    """What a reader of the Word file sees: a line a paragraph, line breaks as lines; and its title."""
    lines: list[str] = []
    for name in sorted(parts):
        if not _TEXT_PARTS.fullmatch(name):
            continue
        root = parse_part(parts[name])
        if name.startswith("docProps"):
            lines += [element.text for element in root if element.text]
        lines += [_text_of(paragraph) for paragraph in root.iter(f"{_W}p")]
    return "\n".join(lines)


class _StrictTemplate(DocxTemplate):  # type: ignore[misc] # the library has no types
    """The library repairs a broken body silently and loses what follows the break; this one refuses it."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
        return super().fix_tables(xml)


class _Environment(SandboxedEnvironment):
    """Compiles each template once a process: that takes longer than filling it."""

    def compile(self, source: Any, *arguments: Any, **named: Any) -> Any:
        """The code of a template; the same for the same text."""
        if not isinstance(source, str) or arguments or named:
            return super().compile(source, *arguments, **named)
        key = (source, bool(self.autoescape))
        code = _compiled.get(key)
        if code is None:
            code = super().compile(source)
            if len(_compiled) >= _MOST_COMPILED:
                _compiled.clear()
            _compiled[key] = code
        return code


_compiled: dict[tuple[str, bool], Any] = {}
_MOST_COMPILED = 500


def _environment(printed: list[str], *, autoescape: bool) -> SandboxedEnvironment:
    """A fresh environment that notes every value it prints."""

    def note(value: Any) -> Any:
        if value is None:
            raise UndefinedError("a name without a value is printed")
        printed.append(str(value))
        return value

    return _Environment(
        undefined=StrictUndefined, autoescape=autoescape, finalize=note, trim_blocks=True, lstrip_blocks=True
    )


def _check(text: str, printed: list[str], name: str) -> None:
    """Everything printed stands in the text, and no tag of the template is left over."""
    folded = " ".join(text.split())
    lines = {" ".join(line.split()) for value in printed for line in value.split("\n")}
    if any(line not in folded for line in lines):
        raise _wrong(name, "it loses text that it should show")
    for line in sorted((line for line in lines if _TAGS.search(line)), key=len, reverse=True):
        folded = folded.replace(line, " ")
    if _TAGS.search(folded):
        raise _wrong(name, "a tag of the template is left over in the letter")


def _clean(value: Any) -> Any:
    """The context with characters that a document cannot hold made visible, and no text that counts as markup."""
    if isinstance(value, Markup):
        raise TypeError("markup has no place in a context")
    if isinstance(value, str):
        return _NOT_XML.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def _text_of(paragraph: etree._Element) -> str:
    pieces = {f"{_W}br": "\n", f"{_W}tab": "\t"}
    return "".join(
        (element.text or "") if element.tag == f"{_W}t" else pieces.get(str(element.tag), "")
        for element in paragraph.iter()
    )


def _words_of(error: TemplateError) -> str:
    line = getattr(error, "lineno", None)
    return f"{error.message}" + (f" (line {line})" if line else "")


def _wrong(name: str, what: str) -> Misconfigured:
    return Misconfigured(f"The template “{name}” is not right: {what}.", hint=_HINT)

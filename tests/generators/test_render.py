"""The template environment: everything printed arrives, nothing unknown passes, staff may edit in Word."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from forms.word_package import open_package
from generators.render import render_docx, render_text, text_of_package
from records.errors import Misconfigured

HARD = "Smith & Sons <Ltd> “quoted” 'plain' \"double\" Llŷn ŵ ŷ\nsecond line &amp; {{ braces }} {% percent %}"


def template(*paragraphs: str | list[str], header: str = "") -> bytes:
    """A Word template; a list is one paragraph in as many runs of different looks."""
    document = Document()
    for pieces in paragraphs:
        paragraph = document.add_paragraph()
        for index, piece in enumerate([pieces] if isinstance(pieces, str) else pieces):
            paragraph.add_run(piece).bold = bool(index % 2)
    if header:
        document.sections[0].header.paragraphs[0].add_run(header)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def shown(template_bytes: bytes, context: dict[str, Any]) -> str:
    return text_of_package(open_package(render_docx(template_bytes, context, "test/letter.docx")))


def test_every_character_arrives_and_nothing_after_it_is_lost() -> None:
    """Markup, quotes, Welsh letters, line breaks and braces in a value are text, in the body and in the header."""
    text = shown(template("Dear {{ name }},", "The last paragraph.", header="{{ name }}"), {"name": HARD})
    assert f"Dear {HARD}," in text
    assert text.count(HARD) == 2
    assert "The last paragraph." in text


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_any_text_arrives(value: str) -> None:
    """Whatever people type, the words come out, and what follows stays."""
    text = shown(template("Start {{ value }} end", "The last paragraph."), {"value": value})
    visible = [word for word in value.split() if word.isprintable() and word.isalnum()]
    assert all(word in text for word in visible)
    assert "end" in text
    assert "The last paragraph." in text


def test_a_tag_that_word_split_into_runs_still_works() -> None:
    """People edit the template, and Word cuts a tag into pieces of different looks."""
    pieces = ["Ref: {", "{ refer", "ence }", "} and {% if ", "more %}more{% end", "if %}."]
    assert "Ref: MV-2026-007 and more." in shown(template(pieces), {"reference": "MV-2026-007", "more": True})


@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        ("Dear {{ nmae }}", "nmae"),
        ("{{ person.nmae }}", "nmae"),
        ("{% for item in itmes %}x{% endfor %}", "itmes"),
        ("{{ nothing }}", "without a value"),
        ("{% if name %}never closed", "endif"),
        ("{{ name | shout }}", "shout"),
        ("{{ name.__class__.__mro__ }}", "unsafe"),
    ],
)
def test_a_wrong_template_is_named_with_what_is_wrong_in_it(paragraph: str, told: str) -> None:
    """Unknown names, unclosed tags and forbidden tricks stop the letter and name template and cause."""
    context = {"name": "Alex", "person": {"name": "Alex"}, "nothing": None}
    with pytest.raises(Misconfigured) as caught:
        shown(template(paragraph), context)
    assert "test/letter.docx" in str(caught.value)
    assert told in str(caught.value)


def test_a_file_that_is_no_word_document_is_said_to_be_none() -> None:
    """Somebody saved the template as something else."""
    with pytest.raises(Misconfigured, match="not a Word document"):
        render_docx(b"not a zip", {}, "test/letter.docx")


def test_a_tag_that_cuts_through_a_table_is_refused() -> None:
    """The template engine would repair the file silently and lose what follows."""
    document = Document()
    document.add_paragraph("{% if name %}")
    document.add_table(1, 1).rows[0].cells[0].paragraphs[0].add_run("{% endif %}")
    document.add_paragraph("The last paragraph.")
    out = BytesIO()
    document.save(out)
    with pytest.raises(Misconfigured, match="cuts through"):
        shown(out.getvalue(), {"name": ""})


def test_the_same_template_and_context_give_the_same_bytes() -> None:
    """Golden files and message hashes hold."""
    made = template("Dear {{ name }}")
    first = render_docx(made, {"name": "Alex"}, "t")
    assert first == render_docx(made, {"name": "Alex"}, "t")


def test_a_text_template_is_not_escaped_and_just_as_strict() -> None:
    """An e-mail's text is no markup."""
    assert render_text("Dear {{ name }}\n\n\n\nEnd\n", {"name": "A & B <c>"}, "t") == "Dear A & B <c>\n\nEnd\n"
    with pytest.raises(Misconfigured, match="nmae"):
        render_text("{{ nmae }}", {}, "test/body.txt")

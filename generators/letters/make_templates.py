"""Makes the Word templates of the letters anew: `python -m generators.letters.make_templates`.

The `letter.docx` files are the templates: staff edit them in Word. This script is where they came from; running it puts
the original wording back.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from forms import word_tables as tables
from forms.page_setup import add_field, drop_thumbnail, modern_layout, set_font, set_language
from forms.word_package import open_package, write_package

HERE = Path(__file__).parent
_WIDTH = 166.0
_DARK = RGBColor.from_string(tables.DARK)
_GREY = RGBColor(0x55, 0x5B, 0x5E)
_NO_NAMES = (
    "Please leave the names of children and families out of the subject and of file names, and quote our reference "
    "instead."
)
_RECEIVED = (("Form", "form", 42), ("File", "file", 62), ("Received", "at", 46), ("Version", "version", 16))
_POINTS = (
    ("No.", "number", 10),
    ("Where in your form", "where", 44),
    ("What we found", "message", 56),
    ("What to do", "remedy", 56),
)


def make_letter(write_body: Callable[[Any], None]) -> bytes:
    """The template of one letter: headed paper around its body."""
    document = Document()
    _paper(document)
    _opening(document)
    write_body(document)
    _closing(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = "{{ subject }}", "{{ partnership.name }}", "en-GB"
    properties.last_modified_by = properties.comments = properties.keywords = ""
    drop_thumbnail(document)
    out = BytesIO()
    document.save(out)
    return write_package(open_package(out.getvalue()))


def write_templates() -> list[str]:
    """Write every letter's template into its folder; gives the kinds written."""
    for kind, write_body in _BODIES.items():
        (HERE / kind / "letter.docx").write_bytes(make_letter(write_body))
    return list(_BODIES)


def _acknowledgement(document: Any) -> None:
    _say(document, "Thank you. This is to confirm what we received from {{ recipient.agency }}.")
    _table(document, _RECEIVED, "received", "What we received")
    _say(document, "{%p if points %}")
    _head(document, "What is missing")
    _say(
        document,
        "The following is missing or needs to be put right. Please send it{% if due %} by ",
        "*{{ due }}",
        "{% endif %}.",
    )
    _table(document, _POINTS, "points", "What is missing")
    _say(document, "{%p elif not not_filed %}")
    _say(
        document,
        "Nothing else is awaited from you now. You do not need to do anything unless a letter of its own asks you to "
        "put points of your return right.",
    )
    _say(document, "{%p endif %}")
    _head(document, "What happens next")
    _say(document, "{%p if not_filed %}")
    _say(document, "{{ not_filed }}")
    _say(document, "{%p else %}")
    _say(
        document,
        "Your return is filed under our reference and goes to the Practice Review Sub Group together with the returns "
        "of the other agencies.{% if meeting %} The sub group meets on {{ meeting }}.{% endif %} We may write again if "
        "there are questions.",
    )
    _say(document, "{%p endif %}")
    _say(document, "This letter confirms receipt. It is not a decision on the criteria or on any review.")
    _say(document, _NO_NAMES)


def _query(document: Any) -> None:
    _say(
        document,
        "Thank you for your return. We have gone through it, and ask you to look at the points below{% if due %} and "
        "to answer by ",
        "*{{ due }}",
        "{% endif %}.",
    )
    _table(document, _RECEIVED, "received", "The return this is about")
    _head(document, "What needs your attention")
    _table(document, _POINTS, "points", "What needs your attention")
    _head(document, "What to do")
    _say(document, "{%p if enclosures %}")
    _say(
        document,
        "Your own form is enclosed, with a note at each place that needs work; nothing else in it is changed. Please "
        "correct it there and send it back: the notes need not be taken out. If a point cannot be answered, say so and "
        "why: that is an answer too.",
    )
    _say(document, "{%p else %}")
    _say(
        document,
        "Please correct your own form and send the whole form again; there is no need to fill in a new one. If a point "
        "cannot be answered, say so and why: that is an answer too.",
    )
    _say(document, "{%p endif %}")
    _say(document, _NO_NAMES)


def _request(document: Any) -> None:
    _say(
        document,
        "The partnership is carrying out a {{ review }} under the reference above. We ask {{ recipient.agency }} to "
        "return the following by ",
        "*{{ due }}",
        ":",
    )
    _list(document, "asked")
    _say(document, "{%p if period %}")
    _say(document, "Period under review: ", "*{{ period }}")
    _say(document, "{%p endif %}")
    _say(
        document,
        "The purpose is to learn, not to blame people or agencies.",
    )
    _head(document, "What we ask you to do")
    for number, text in enumerate(_STEPS, start=1):
        _step(document, number, text)
    _say(document, "{%p if secure_method %}")
    _say(document, "{{ secure_method }}")
    _say(document, "{%p endif %}")
    _say(document, "{%p if agencies %}")
    _say(
        document,
        "We have asked: {{ agencies }}. If you know of another agency that was involved, please tell us.",
    )
    _say(document, "{%p endif %}")
    _say(document, "{%p if meeting %}")
    _say(document, "The Practice Review Sub Group meets on {{ meeting }} to consider the returns.")
    _say(document, "{%p endif %}")
    _legal_basis(document)


_STEPS = (
    "*Secure your records now.| Paper and electronic records of the child and the family must be kept safe against "
    "loss or alteration.",
    "*Search your records.| If your agency had no involvement, tick No, sign the form and return it: that is a "
    "complete nil return.",
    "*Complete the enclosed forms.| They are filled in with what we know already. Please leave that as it is, and "
    "tell us if it is wrong.",
    "*Have them quality assured| and signed by your agency's Practice Review Sub Group representative before you send "
    "them.",
    "*Return them as Word documents| in reply to our e-mail, from a secure mailbox. Leave names out of the subject and "
    "of file names, and quote our reference instead.",
    "*Tell us at once| if you cannot return them by the date above, with your reason, so that we can agree a new date.",
)


def _reminder(document: Any) -> None:
    _say(document, '{%p if when == "after" %}')
    _say(
        document,
        "We asked {{ recipient.agency }} for the following for a {{ review }}. It was due by ",
        "*{{ due }}",
        ", and we have not received it. Please send it today, or tell us today when it will come.",
    )
    _say(document, '{%p elif when == "due" %}')
    _say(document, "The following is due today, ", "*{{ due }}", ".")
    _say(document, "{%p else %}")
    _say(document, "This is a friendly reminder that the following is due by ", "*{{ due }}", ".")
    _say(document, "{%p endif %}")
    _list(document, "asked")
    _extension(document)
    _say(
        document,
        "If your agency had no involvement, tick No, sign the form and return it: that is a complete nil return. If "
        "you need more time, ask us with your reason, so that we can agree a new date.",
    )
    _next_step(document)
    _say(
        document,
        "If you have sent your return in the meantime, please tell us when and from which address, so that we can look "
        "for it.",
    )
    _say(document, _NO_NAMES)


def _escalation(document: Any) -> None:
    _say(
        document,
        "We write to you because the following, asked of {{ recipient.agency }} for a {{ review }}, was due by ",
        "*{{ due }}",
        " and has not been received.",
    )
    _list(document, "asked")
    _say(document, "{%p if requested %}")
    _say(document, "We asked for it on {{ requested }}.")
    _say(document, "{%p endif %}")
    _extension(document)
    _say(document, "{%p if reminders %}")
    _say(document, "We reminded your agency on {{ reminders }}.")
    _say(document, "{%p endif %}")
    _head(document, "What we ask of you")
    _say(
        document,
        "Please see to it that the return is sent, or tell us within one working day who will send it and when. The "
        "sub group cannot consider what your agency knew and did without it.",
    )
    _next_step(document)
    _legal_basis(document)
    _say(
        document,
        "If the return has been sent in the meantime, please tell us when and from which address, so that we can look "
        "for it.",
    )


def _extension(document: Any) -> None:
    _say(document, "{%p if extended_from %}")
    _say(document, "This is the date as extended; the first date was {{ extended_from }}.")
    _say(document, "{%p endif %}")


def _next_step(document: Any) -> None:
    _say(document, "{%p if next_step %}")
    _say(document, "{{ next_step }}")
    _say(document, "{%p endif %}")


def _legal_basis(document: Any) -> None:
    _say(document, "{%p if legal_basis %}")
    _head(document, "Legal basis")
    _say(document, "{{ legal_basis }}")
    _say(document, "{%p endif %}")


def _opening(document: Any) -> None:
    """To whom, our reference, the date, the subject, the greeting."""
    table = document.add_table(1, 2)
    table.autofit = False
    margins = tables.element("w:tblCellMar")
    margins.append(tables.element("w:left", w="0", type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")
    to, about = table.rows[0].cells
    for cell, width in ((to, 92), (about, _WIDTH - 92)):
        cell.width = Mm(width)
    _lines(to, ("{%p if recipient.name %}", "{{ recipient.name }}", "{%p endif %}"))
    _lines(to, ("{%p if recipient.role %}", "{{ recipient.role }}", "{%p endif %}", "{{ recipient.agency }}"))
    _lines(about, ("Our reference: {{ reference }}", "Date: {{ date }}", "Letter: {{ code }}"))
    for cell in (to, about):
        cell._tc.remove(cell.paragraphs[0]._p)
    document.add_paragraph("{{ subject }}", style="Heading 1")
    _say(document, "{{ greeting }}")


def _closing(document: Any) -> None:
    """Whom to ask, the signature, copies and enclosures."""
    _head(document, "Questions")
    _say(
        document,
        "{{ partnership.contact }}",
    )
    ending = _say(document, "Yours sincerely")
    ending.paragraph_format.space_before = Pt(8)
    ending.paragraph_format.keep_with_next = True
    signature = _say(document, "*{{ partnership.contact_name }}")
    signature.paragraph_format.space_before = Pt(14)
    signature.paragraph_format.keep_with_next = True
    signature.paragraph_format.space_after = Pt(0)
    _say(document, "{{ partnership.contact_role }}, for {{ partnership.name }}")
    for name, lead in (("copies", "Copy to: "), ("enclosures", "Enclosed: ")):
        _say(document, f"{{%p if {name} %}}")
        _say(document, f"*{lead}", f"{{{{ {name} | join('; ') }}}}")
        _say(document, "{%p endif %}")


def _paper(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    modern_layout(document)
    normal = document.styles["Normal"]
    set_font(normal, 10.5)
    set_language(normal)
    normal.paragraph_format.space_after = Pt(6)
    for name, size, before in (("Heading 1", 13, 12), ("Heading 2", 11, 6)):
        style = document.styles[name]
        set_font(style, size)
        style.font.bold = True
        style.font.color.rgb = _DARK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
    _headed(section.first_page_header)
    _small(section.header.paragraphs[0], "{{ partnership.marking }}", WD_ALIGN_PARAGRAPH.CENTER)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        _small(paragraph, "{{ partnership.marking }}  ·  {{ reference }}  ·  page ", WD_ALIGN_PARAGRAPH.CENTER)
        add_field(paragraph, "PAGE", 8.5)
        _small(paragraph, " of ", WD_ALIGN_PARAGRAPH.CENTER)
        add_field(paragraph, "NUMPAGES", 8.5)


def _headed(header: Any) -> None:
    """The marking, the partnership's name, its address, a rule."""
    _small(header.paragraphs[0], "{{ partnership.marking }}", WD_ALIGN_PARAGRAPH.CENTER)
    name = header.add_paragraph()
    name.paragraph_format.space_before, name.paragraph_format.space_after = Pt(6), Pt(2)
    run = name.add_run("{{ partnership.name }}")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(16), _DARK
    address = header.add_paragraph()
    _small(address, "{% if partnership.address %}{{ partnership.address | join(', ') }}  ·  {% endif %}")
    _small(address, "{{ partnership.contact_email }}")
    _small(address, "{% if partnership.contact_phone %}  ·  {{ partnership.contact_phone }}{% endif %}")
    rule = tables.element("w:pBdr")
    rule.append(tables.element("w:bottom", val="single", sz="12", space="6", color=tables.DARK))
    address._p.get_or_add_pPr().append(rule)
    address.paragraph_format.space_after = Pt(10)


def _small(paragraph: Any, text: str, align: Any = None) -> None:
    paragraph.style = "Normal"
    if align is not None:
        paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size = Pt(8.5)
    run.font.color.rgb = _GREY


def _say(document: Any, *pieces: str) -> Any:
    """A paragraph; a piece that starts with a star is bold."""
    paragraph = document.add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece.removeprefix("*")).bold = True if piece.startswith("*") else None
    return paragraph


def _head(document: Any, text: str) -> None:
    document.add_paragraph(text, style="Heading 2")


def _step(document: Any, number: int, text: str) -> None:
    lead, _, rest = text.partition("|")
    paragraph = _say(document, f"{number}.\t", lead, rest)
    _hang(paragraph)


def _list(document: Any, name: str) -> None:
    _say(document, f"{{%p for item in {name} %}}")
    _hang(_say(document, "•\t", "*{{ item }}"))
    _say(document, "{%p endfor %}")


def _hang(paragraph: Any) -> None:
    paragraph.paragraph_format.left_indent = Mm(8)
    paragraph.paragraph_format.first_line_indent = Mm(-8)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
    paragraph.paragraph_format.space_after = Pt(3)


def _lines(cell: Any, lines: tuple[str, ...]) -> None:
    for line in lines:
        cell.add_paragraph(line).paragraph_format.space_after = Pt(0)


def _table(document: Any, columns: tuple[tuple[str, str, int], ...], name: str, caption: str) -> None:
    """A table with a row for each item of a list of the context."""
    table = tables.make_table(document, [float(width) for _, _, width in columns], caption)
    for cell, (head, _, _) in zip(tables.add_row(table, header=True).cells, columns, strict=True):
        tables.write_label(cell, head, size=9.5)
    tables.add_row(table).cells[0].paragraphs[0].add_run(f"{{%tr for item in {name} %}}")
    for cell, (_, key, _) in zip(tables.add_row(table).cells, columns, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{{{{ item.{key} }}}}").font.size = Pt(9.5)
    tables.add_row(table).cells[0].paragraphs[0].add_run("{%tr endfor %}")
    document.add_paragraph().paragraph_format.space_after = Pt(2)


_BODIES: dict[str, Callable[[Any], None]] = {
    "acknowledgement": _acknowledgement,
    "query": _query,
    "request": _request,
    "reminder": _reminder,
    "escalation": _escalation,
}

if __name__ == "__main__":
    write_templates()

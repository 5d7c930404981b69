"""Tick boxes of our own forms: a list of options below each other, or yes, no and not known on one line."""

from __future__ import annotations

from typing import Any

from docx.shared import Mm, Pt

from forms.controls import tick_control
from forms.layout import Layout
from records.fields import YES_NO, Ask, Kind

_YES_NO = dict(zip(YES_NO, ("Yes", "No", "Not known"), strict=True))


def option_wordings(layout: Layout, path: str, ask: Ask) -> dict[str, str]:
    """Code → the wording printed for it."""
    if ask.kind is Kind.YES_NO:
        return _YES_NO
    known = layout.options.get(path, {})
    return {code: known.get(code, code.replace("_", " ").capitalize()) for code in ask.codes}


def option_tag(path: str, code: str) -> str:
    """The tag of one option's tick box; Word allows 64 characters."""
    return f"{path}={code}"


def add_ticks(cell: Any, path: str, options: dict[str, str], *, one_line: bool = False) -> None:
    """A tick box and its wording for each option."""
    paragraph = cell.paragraphs[0]
    for index, (code, wording) in enumerate(options.items()):
        if index and not one_line:
            paragraph = cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0 if one_line else 2)
        if not one_line:
            paragraph.paragraph_format.left_indent = Mm(7)
            paragraph.paragraph_format.first_line_indent = Mm(-7)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7))
        paragraph._p.append(tick_control(option_tag(path, code), wording))
        lead, tail = (" ", "      ") if one_line and index < len(options) - 1 else (" " if one_line else "\t", "")
        paragraph.add_run(lead + wording + tail).font.size = Pt(10)

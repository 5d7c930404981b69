"""How the blank of a form looks: the parts of its `layout.toml`, in reading order.

Keys of a `layout.toml`:

    title, code   what stands on top and in the footer; the code is the edition's fingerprint on returns
    landscape     the page lies on its side
    intro         paragraphs on how to complete the form
    office        fields that the partnership fills in before it sends the form
    not_asked     record paths that this form leaves out on purpose
    [labels]      record path → wording, where the record's own title is not the one to print
    [options.F]   code → wording of the options of the choice field F
    [prompts]     record path → the prompt that an empty answer shows
    [[parts]]     section (text, note, new_page), grid, pairs, block (heading), each (heading), long (height), ticks,
                  rows (heading, widths in mm, rows, small)
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from records.errors import Misconfigured
from records.fields import Ask, Kind, walk_asks

if TYPE_CHECKING:
    from forms.registry import Form

PARTNERSHIP = "Marlow Vale Safeguarding Children Partnership"
MARKING = "OFFICIAL-SENSITIVE (once completed)"
HOW_TO = "How to complete this form"
OFFICE = "Partnership use only"
ENTER = "Enter text"
PROMPTS = {
    Kind.DATE: "dd/mm/yyyy",
    Kind.DATE_RANGE: "From – to",
    Kind.TIME: "24 hour",
    Kind.SIGNED: "Sign, or type your name",
    Kind.CHOICE: "Choose",
    Kind.YES_NO: "Choose",
}
"""What an empty answer of this kind shows, where the layout gives no prompt of its own."""
VERSION = "1.0"
ISSUED = "September 2026"

PartKind = Literal["section", "grid", "pairs", "block", "each", "long", "ticks", "rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a form. Which of the fields count depends on its kind."""

    kind: PartKind
    fields: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    """Fields that take a row of their own below the others."""
    heading: str = ""
    text: str = ""
    note: str = ""
    widths: tuple[int, ...] = ()
    rows: int = 0
    height: int = 0
    small: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The blank of one form."""

    title: str
    code: str
    intro: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    landscape: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    prompts: dict[str, str] = field(default_factory=dict)
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    @property
    def edition(self) -> str:
        """What the footer says of the edition."""
        return f"{self.code} v{VERSION} · {ISSUED}"

    def printed(self) -> tuple[str, ...]:
        """What the blank prints that is neither a question nor an answer."""
        texts = [self.title, f"{PARTNERSHIP} {MARKING}", HOW_TO, OFFICE, ENTER, *PROMPTS.values()]
        texts += [*self.intro, *self.prompts.values()]
        for part in self.parts:
            texts += [part.text, part.note]
        return tuple(dict.fromkeys(text for text in texts if text))

    def asked(self) -> list[str]:
        """Every record path the blank asks for, in reading order."""
        return [*self.office, *(path for part in self.parts for path in (*part.fields, *part.wide))]


def load_layout(path: Path) -> Layout:
    """The layout in a `layout.toml`; Misconfigured names the file and what is not right in it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = tuple(Part(**_tuples(part)) for part in data.pop("parts", []))
        return Layout(parts=parts, **_tuples(data))
    except (OSError, TypeError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(
            f"{path} is not a form's layout: {error}.", hint="See the guide to adding a form."
        ) from error


def layout_of(form: Form) -> Layout:
    """The layout of a form's blank, which asks nothing that the form's record does not have."""
    path = form.blank.with_name("layout.toml")
    layout = load_layout(path)
    known = dict(walk_asks(form.record))
    strange = [
        name for name in (*layout.asked(), *layout.labels, *layout.prompts, *layout.options) if name not in known
    ]
    if strange:
        raise Misconfigured(
            f"{path} names “{strange[0]}”, which is no field of the form.", hint="Use the record's paths."
        )
    return layout


def asks_of(form: Form) -> dict[str, Ask]:
    """Every field of the form's record with what it asks."""
    return dict(walk_asks(form.record))


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}

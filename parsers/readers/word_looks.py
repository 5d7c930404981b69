"""Names, numbers and character styles of WordprocessingML: what a reader of any of its parts needs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
VAL = W + "val"
OFF = ("0", "false", "off", "none")
_GREYS = ("808080", "7F7F7F", "595959", "666666", "A6A6A6", "BFBFBF", "999999", "767676", "6B6B6B", "8C8C8C")


def w(name: str) -> str:
    return W + name


def name_of(element: Any) -> str:
    return _local(element.tag)


@lru_cache(maxsize=2_000)
def _local(tag: object) -> str:
    """The name without its namespace; "" for a comment or an instruction."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(parent: Any, name: str) -> Any:
    """The first child of this name, None when there is none; much quicker than a search by path."""
    tag = W + name
    for element in parent:
        if element.tag == tag:
            return element
    return None


def is_on(parent: Any, name: str) -> bool:
    """Whether an on/off property is set on a property element."""
    element = child(parent, name)
    return element is not None and element.get(VAL) not in OFF


def number(text: str | None, default: int) -> int:
    """The number written here; the default for none, or for one that no document can mean."""
    return int(text) if text and text.isdigit() and int(text) < 1_000 * 1_000_000 else default


class Look:
    """The few character properties that carry meaning in a form. Immutable by habit; copied when changed."""

    __slots__ = ("bold", "grey", "hidden", "highlight", "italic", "size", "strike", "symbol_font", "underline")

    def __init__(self) -> None:
        self.bold = self.italic = self.strike = self.highlight = self.underline = self.grey = self.hidden = False
        self.symbol_font = ""
        self.size: float | None = None

    def copy(self) -> Look:
        other = Look.__new__(Look)
        other.bold, other.italic, other.strike = self.bold, self.italic, self.strike
        other.highlight, other.underline, other.grey = self.highlight, self.underline, self.grey
        other.hidden, other.symbol_font, other.size = self.hidden, self.symbol_font, self.size
        return other


def apply_look(look: Look, properties: Any) -> None:
    """Changes the look by what these run properties say."""
    for item in properties:
        name = name_of(item)
        value = item.get(VAL)
        on = value not in OFF
        if name == "b":
            look.bold = on
        elif name == "i":
            look.italic = on
        elif name in ("strike", "dstrike"):
            look.strike = on
        elif name == "vanish":
            look.hidden = on
        elif name == "highlight":
            look.highlight = on and value not in ("white",)
        elif name == "shd":
            fill = (item.get(W + "fill") or "auto").upper()
            look.highlight = look.highlight or fill not in ("AUTO", "FFFFFF", "F2F2F2", "D9D9D9", "EDEDED")
        elif name == "u":
            look.underline = on
        elif name == "color":
            look.grey = (value or "").upper() in _GREYS
        elif name == "sz":
            look.size = int(value) / 2 if value and value.isdigit() else look.size
        elif name == "rFonts":
            font = item.get(W + "ascii") or item.get(W + "hAnsi") or ""
            look.symbol_font = font if font.lower().startswith(("wingdings", "webdings", "symbol")) else ""


class StyleSheet:
    """Looks and heading levels by style, inheritance resolved."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._looks: dict[str, Look] = {}
        self._headings: dict[str, int] = {}
        self._lists: dict[str, bool] = {}
        self.base = Look()
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if defaults is not None:
            apply_look(self.base, defaults)
        for style in root.iterfind(W + "style"):
            self._elements[style.get(W + "styleId") or ""] = style

    def _chain(self, style: str) -> list[Any]:
        chain: list[Any] = []
        while style in self._elements and len(chain) < 20:
            element = self._elements[style]
            chain.append(element)
            parent = element.find(W + "basedOn")
            style = parent.get(VAL) or "" if parent is not None else ""
        return chain[::-1]

    def look(self, style: str, onto: Look | None = None) -> Look:
        """The look of a style, put on top of another look if one is given."""
        if onto is None and style in self._looks:
            return self._looks[style]
        look = (onto or self.base).copy()
        for element in self._chain(style):
            properties = child(element, "rPr")
            if properties is not None:
                apply_look(look, properties)
        if onto is None:
            self._looks[style] = look
        return look

    def heading(self, style: str) -> int:
        """The heading level of a paragraph style, 0 for body text."""
        if style not in self._headings:
            self._headings[style] = self._heading(style)
        return self._headings[style]

    def _heading(self, style: str) -> int:
        level = 0
        for element in self._chain(style):
            outline = element.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None and (outline.get(VAL) or "").isdigit():
                level = int(outline.get(VAL)) + 1
                level = 0 if level > 9 else level
        if not level and style.lower() == "title":
            return 1
        return level

    def listed(self, style: str) -> bool:
        """Whether a paragraph style belongs to a list."""
        if style not in self._lists:
            chain = self._chain(style)
            self._lists[style] = any(element.find(f"{W}pPr/{W}numPr") is not None for element in chain)
        return self._lists[style]

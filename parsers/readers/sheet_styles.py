"""How a workbook's cells look and how its numbers are shown: number formats, fonts, fills, shared text."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from records.edtf import MONTHS
from records.tree import Run

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
}  # fmt: skip
"""Formats that files name by number only. 14 and 22 follow the locale of the reader's machine; here that is British."""

_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[h+\]|\[m+\]|\[s+\]|\[[^\]]*\]|_.|\*.|AM/PM|A/P|am/pm|a/p|y+|Y+|m+|M+|d+|D+|h+|H+|s+|S+|\.0+|.', re.S
)
_THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9)
"""Colour numbers of cells count light 1 first, the theme part dark 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a cell: its number format, its font's marks, its fill, whether it has a border."""

    number_format: str = ""
    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    grey: bool = False
    shade: str = ""
    bordered: bool = False

    def run(self, text: str) -> Run:
        return Run(
            text, bold=self.bold, italic=self.italic, strike=self.strike, underline=self.underline, grey=self.grey
        )


@dataclass(slots=True)
class Looks:
    """Every cell style of the workbook by its number, and the shared texts."""

    looks: list[Look] = field(default_factory=list)
    strings: list[list[Run]] = field(default_factory=list)
    epoch_1904: bool = False

    def of(self, number: str | None) -> Look:
        index = int(number) if number and number.isdecimal() else 0
        return self.looks[index] if index < len(self.looks) else Look()


def name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any, *path: str) -> list[Any]:
    """Descendants along a path of local names, whatever the namespace."""
    found = [element] if element is not None else []
    for step in path:
        found = [child for parent in found for child in parent if name(child) == step]
    return found


def read_looks(styles: Any, theme: Any) -> list[Look]:
    """The cell styles in the order that cells count them."""
    if styles is None:
        return []
    palette = _palette(theme)
    formats = dict(BUILT_IN)
    for entry in children(styles, "numFmts", "numFmt"):
        if (entry.get("numFmtId") or "").isdecimal():
            formats[int(entry.get("numFmtId"))] = entry.get("formatCode") or ""
    fonts = [_font(font, palette) for font in children(styles, "fonts", "font")]
    fills = [_fill(fill, palette) for fill in children(styles, "fills", "fill")]
    borders = [_has_border(border) for border in children(styles, "borders", "border")]
    looks = []
    for form in children(styles, "cellXfs", "xf"):
        font = _pick(fonts, form.get("fontId")) or {}
        looks.append(
            Look(
                number_format=formats.get(int(form.get("numFmtId") or 0), ""),
                shade=_pick(fills, form.get("fillId")) or "",
                bordered=bool(_pick(borders, form.get("borderId"))),
                **font,
            )
        )
    return looks


def _pick(values: list[Any], index: str | None) -> Any:
    number = int(index) if index and index.isdecimal() else 0
    return values[number] if number < len(values) else None


def font_marks(properties: Any, palette: list[str]) -> dict[str, Any]:
    """The marks of a font or of rich text inside a cell."""
    marks: dict[str, Any] = {}
    for tag, key in (("b", "bold"), ("i", "italic"), ("strike", "strike"), ("u", "underline")):
        element = next(iter(children(properties, tag)), None)
        marks[key] = element is not None and element.get("val") not in ("0", "false", "none")
    colour = next((_colour(element, palette) for element in children(properties, "color")), "")
    marks["grey"] = is_grey(colour)
    return marks


_font = font_marks


def is_grey(colour: str) -> bool:
    """Whether a text colour is a mid or light grey."""
    if len(colour) != 6:
        return False
    parts = [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
    return max(parts) - min(parts) <= 12 and 0x60 <= parts[0] <= 0xE0


def _has_border(border: Any) -> bool:
    return any(side.get("style") not in (None, "none") for side in border if name(side) in ("left", "right", "bottom"))


def _fill(fill: Any, palette: list[str]) -> str:
    pattern = next(iter(children(fill, "patternFill")), None)
    if pattern is None or pattern.get("patternType") in (None, "none"):
        return ""
    colour = next((_colour(element, palette) for element in children(pattern, "fgColor")), "")
    return "" if colour == "FFFFFF" else colour


def _palette(theme: Any) -> list[str]:
    scheme = children(theme, "themeElements", "clrScheme")
    listed = [entry for entry in scheme[0] if name(entry)] if scheme else []
    colours = []
    for entry in listed:
        inner = entry[0] if len(entry) else None
        colours.append(((inner.get("lastClr") or inner.get("val") or "") if inner is not None else "").upper()[-6:])
    return [colours[index] for index in _THEME_ORDER] if len(colours) >= 10 else []


_INDEXED = {
    0: "000000", 1: "FFFFFF", 2: "FF0000", 3: "00FF00", 4: "0000FF", 5: "FFFF00", 8: "000000", 9: "FFFFFF",
    10: "FF0000", 11: "00FF00", 12: "0000FF", 13: "FFFF00", 17: "008000", 22: "C0C0C0", 23: "808080", 30: "0066CC",
    40: "00CCFF", 42: "CCFFCC", 43: "FFFF99", 44: "99CCFF", 50: "99CC00", 51: "FFCC00", 52: "FF9900", 53: "FF6600",
}  # fmt: skip


def _colour(element: Any, palette: list[str]) -> str:
    rgb = (element.get("rgb") or "").upper()[-6:]
    if not rgb and (element.get("indexed") or "").isdecimal():
        rgb = _INDEXED.get(int(element.get("indexed")), "")
    if not rgb and (element.get("theme") or "").isdecimal():
        rgb = _pick(palette, element.get("theme")) or ""
    if not re.fullmatch(r"[0-9A-F]{6}", rgb):
        return ""
    try:
        tint = float(element.get("tint") or 0)
    except ValueError:
        tint = 0.0
    return _tinted(rgb, max(-1.0, min(1.0, tint))) if tint else rgb


def _tinted(rgb: str, tint: float) -> str:
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def rich_runs(element: Any) -> list[Run]:
    """The runs of a shared or inline text; a plain text is one run."""
    runs: list[Run] = []
    for child in element:
        if name(child) == "t":
            runs.append(Run(_text(child)))
        elif name(child) == "r":
            properties = next(iter(children(child, "rPr")), None)
            text = "".join(_text(part) for part in children(child, "t"))
            look = Look(**font_marks(properties, [])) if properties is not None else Look()
            runs.append(look.run(text))
    return runs


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _text(element: Any) -> str:
    text = element.text or ""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if int(match[1], 16) < 0xD800 else "", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=8192)
def show(number: float, number_format: str, *, epoch_1904: bool) -> tuple[str, str | None]:
    """A number as the sheet shows it, and the exact date behind it (no more precise than shown) if it is one."""
    section = number_format.split(";")[0] if ";" in number_format else number_format
    if _is_date(section):
        shown = _show_date(number, section, epoch_1904=epoch_1904)
        if shown is not None:
            return shown
    if section.endswith("%"):
        decimals = len(section.partition(".")[2].rstrip("%"))
        return f"{number * 100:.{decimals}f}%", None
    grouped = _grouped(number, section)
    return grouped or _general(number), None


def _general(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.11g}"


def _grouped(number: float, section: str) -> str:
    """Figures under a mask ("000 000 0000") as an NHS or telephone number is often kept."""
    plain = section.replace("\\", "").replace('"', "")
    if number < 0 or number != int(number) or not re.fullmatch(r"[0#][0# \-]*[0#]", plain):
        return ""
    digits, shown = list(str(int(number)).rjust(sum(c == "0" for c in plain), "0")), []
    for mark in reversed(plain):
        if mark in "0#":
            shown.append(digits.pop() if digits else "")
        elif digits:
            shown.append(mark)
    return "".join(digits) + "".join(reversed(shown))


def _is_date(section: str) -> bool:
    if not section or section.lower() == "general":
        return False
    marks = [token for token in _TOKEN.findall(section) if token[0] not in '"\\_*' and not token.startswith("[$")]
    return any(token[0].lower() in "dmyhs" or token.lower() in ("[h]", "[hh]", "[m]", "[s]") for token in marks)


def moment_of(number: float, *, epoch_1904: bool) -> datetime | None:
    """The moment behind a serial number; None when no calendar reaches it."""
    if epoch_1904:
        start = datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet's dates have no zone
    else:
        # day 60 is the 29 February 1900 that never was, so earlier days count from one day later
        start = datetime(1899, 12, 30 if number >= 60 else 31)  # noqa: DTZ001 - see above
    if not 0 <= number < 2_958_466:
        return None
    return start + timedelta(days=int(number), seconds=round((number - int(number)) * 86_400))


def _show_date(number: float, section: str, *, epoch_1904: bool) -> tuple[str, str | None] | None:
    moment = moment_of(number, epoch_1904=epoch_1904)
    if moment is None:
        return None
    tokens = _TOKEN.findall(section)
    shown, seen = [], set()
    twelve = any(token.upper() in ("AM/PM", "A/P") for token in tokens)
    for index, token in enumerate(tokens):
        kind = token[0].lower()
        if kind == "m" and _is_minute(tokens, index):
            kind = "minute"
        shown.append(_piece(token, kind, moment, number, twelve))
        seen.add(kind)
    return "".join(shown).strip(), _exact(moment, seen)


def _is_minute(tokens: list[str], index: int) -> bool:
    """ "m" is minutes right after hours or right before seconds."""
    before = next((t for t in reversed(tokens[:index]) if t[0].isalpha() or t.startswith("[h")), "")
    after = next((t for t in tokens[index + 1 :] if t[0].isalpha()), "")
    hours_before = before[:1].lower() == "h" or before.lower().startswith("[h")
    return len(tokens[index]) <= 2 and (hours_before or after[:1].lower() == "s")


def _piece(token: str, kind: str, moment: datetime, number: float, twelve: bool) -> str:
    size = len(token)
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    if token.upper() in ("AM/PM", "A/P"):
        return f"{moment:%p}"
    if token.lower().startswith("[h"):
        return str(int(number * 24 + 1e-9))
    if token[0] in "[_*":
        return " " if token[0] == "_" else ""
    hour = moment.hour % 12 or 12 if twelve else moment.hour
    pieces = {
        "y": f"{moment:%Y}" if size > 2 else f"{moment:%y}",
        "m": _name_or_number(moment.month, MONTHS[moment.month - 1], size),
        "d": _name_or_number(moment.day, _DAYS[moment.weekday()], size),
        "h": f"{hour:0{min(size, 2)}d}",
        "minute": f"{moment.minute:0{min(size, 2)}d}",
        "s": f"{moment.second:0{min(size, 2)}d}",
    }
    return pieces.get(kind, "" if token.startswith(".0") else token)


def _name_or_number(number: int, word: str, size: int) -> str:
    if size >= 5:
        return word[0]
    if size == 4:
        return word
    return word[:3] if size == 3 else f"{number:0{size}d}"


def _exact(moment: datetime, seen: set[str]) -> str | None:
    if "y" not in seen:
        return None
    exact = f"{moment:%Y-%m-%d}" if {"d", "m"} <= seen else f"{moment:%Y-%m}" if "m" in seen else f"{moment:%Y}"
    return f"{exact}T{moment:%H:%M}" if "h" in seen and len(exact) == 10 else exact

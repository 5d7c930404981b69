"""Tick and box symbols: what a symbol font's character looks like, and which glyphs are boxes and ticks."""

from __future__ import annotations

EMPTY_BOXES = frozenset("☐□▢◻⬜⃞❑❏❐❒○◯")
TICKED_BOXES = frozenset("☑☒🗹🗷🗵⊠■◼⬛☑✅❎●◉")
TICKS = frozenset("✓✔√🗸")
CROSSES = frozenset("✗✘✕✖×🗙")

_WINGDINGS = {
    0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0x78: "☒", 0xFD: "☒", 0xFE: "☑", 0xFC: "✓", 0xFB: "✗",
    0xA1: "○", 0x6C: "●", 0x6E: "■", 0x9F: "•", 0xA7: "•", 0xB7: "•", 0xD8: "•", 0xE0: "→", 0xE8: "→",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x30: "☐", 0x2A: "☐", 0x56: "✗",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x72: "✗", 0x63: "☐", 0x67: "■"}
_SYMBOL = {0xB7: "•", 0xD6: "✓", 0xB4: "×", 0x7F: "☐", 0xAE: "→", 0x2D: "-", 0x96: "–"}


def _table(font: str) -> dict[int, str]:
    name = font.lower().replace(" ", "")
    if name.startswith("wingdings2"):
        return _WINGDINGS_2
    if name.startswith("wingdings3"):
        return {}
    if name.startswith("wingdings"):
        return _WINGDINGS
    if name.startswith("webdings"):
        return _WEBDINGS
    return _SYMBOL if name.startswith("symbol") else {}


def symbol_glyph(font: str, code: str) -> str:
    """The glyph of a symbol element (`w:sym`): its code point is often shifted into the private area F000."""
    try:
        number = int(code, 16)
    except ValueError:
        return "\ufffd"
    low = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    found = _table(font).get(low)
    if found:
        return found
    return "\ufffd" if 0xE000 <= number <= 0xF8FF or number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)


def translate_symbols(text: str, font: str) -> str:
    """Text that was typed in a symbol font, as it looks."""
    table = _table(font)
    if not table:
        return text
    return "".join(table.get(ord(c) - 0xF000 if 0xF000 <= ord(c) <= 0xF0FF else ord(c), c) for c in text)

"""Symbols of picture fonts as the signs they show: ticks and boxes come out as ☐, ☒, ✓ and ✗, bullets as •."""

from __future__ import annotations

TICK_SIGNS = frozenset("☐☒✓✗")

_ANY_FONT = {
    **dict.fromkeys("☑☒🗹🗷🗵⊠☓⮽⮾", "☒"),
    **dict.fromkeys("☐□▢❏❐❑❒◻◽⬜⬚", "☐"),
    **dict.fromkeys("✓✔🗸", "✓"),
    **dict.fromkeys("✗✘✕✖", "✗"),
    "\uf0b7": "•",
    "\uf0a7": "•",
    "\uf0d8": "•",
    "\x02": "-",
    "\ufffe": "-",
    "\u00ad": "-",
}
_WINGDINGS = {0xFE: "☒", 0xFD: "☒", 0x78: "☒", 0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xFC: "✓", 0xFB: "✗"}
_WINGDINGS |= {0xA7: "•", 0x6C: "•", 0x6E: "•", 0xD8: "•", 0x76: "•", 0x9F: "•"}
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x52: "☒", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐", 0x30: "☐"}
_DINGBATS = {
    0x33: "✓",
    0x34: "✓",
    0x35: "✗",
    0x36: "✗",
    0x37: "✗",
    0x38: "✗",
    0x6F: "☐",
    0x70: "☐",
    0x71: "☐",
    0x72: "☐",
}
_DINGBATS |= {0x6C: "•", 0x6E: "■"}
_SYMBOL = {0xB7: "•", 0xD6: "✓"}


def symbol(text: str, table: dict[int, str] | None) -> str:
    """The text of a piece with picture-font codes turned into signs."""
    if table is None and text.isascii() and text.isprintable():
        return text
    return "".join([_sign(char, table) for char in text])


def sign_table(font: str) -> dict[int, str] | None:
    """What the codes of this font show, None for a font of letters."""
    low = font.lower().replace(" ", "").replace("-", "")
    if "wingdings2" in low:
        return _WINGDINGS_2
    if low.startswith("wingdings"):
        return _WINGDINGS
    if "dingbats" in low:
        return _DINGBATS
    return _SYMBOL if low.startswith("symbol") else None


def _sign(char: str, table: dict[int, str] | None) -> str:
    code = ord(char)
    if table is not None:
        found = table.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code)
        if found is not None:
            return found
    plain = _ANY_FONT.get(char)
    if plain is not None:
        return plain
    if 0xF000 <= code <= 0xF0FF:
        return _WINGDINGS.get(code - 0xF000, char)
    if code == 0:
        return "\ufffd"
    return "" if code < 0x20 else char

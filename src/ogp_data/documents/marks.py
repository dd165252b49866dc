"""The marks of private fonts, such as the tick of Wingdings, as the signs of Unicode that look like them."""

from __future__ import annotations

import re
from collections.abc import Iterator

SIGNS = re.compile("[\u2610-\u2612\u2713-\u2718\u2705\u274c\u274e\u25a0\u25a1\u25cf\u25cb]")
"""Signs that mean something where they stand alone: boxes, ticks, crosses, squares and circles."""

LEGEND = tuple("■□▪▫●○◆")
"""Signs that stand in front of what a colour means."""

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x78: "☒",
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●", 0xA3: "☐"}
_WEBDINGS = {0x61: "✓", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x72: "✗"}
_DINGBATS = {
    0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "❏",
    0x71: "❑", 0x75: "◆", 0x76: "❖", 0xD4: "➔", 0xE4: "➤",
}  # fmt: skip
_SYMBOL = {0xA8: "♦", 0xAE: "→", 0xB7: "•", 0xD6: "√"}

# LibreOffice draws the signs of fonts that it does not have by this one, and keeps their codes: the bullet of Symbol,
# the others of Wingdings.
_OPEN_SYMBOL = {**_WINGDINGS, 0xB7: "•"}

_FONTS: tuple[tuple[str, dict[int, str]], ...] = (
    ("wingdings3", {}),
    ("wingdings2", _WINGDINGS_2),
    ("wingdings", _WINGDINGS),
    ("webdings", _WEBDINGS),
    ("symbol", _SYMBOL),
    ("opensymbol", _OPEN_SYMBOL),
    ("zapfdingbats", _DINGBATS),
    ("dingbats", _DINGBATS),
)


def sign(character: str, font: str) -> str:
    """Return the sign that a character of a font looks like; "" where it is no mark of a font that is known."""
    plain = font.rpartition("+")[2].lower().replace(" ", "").replace("-", "")
    table = next((table for name, table in _FONTS if plain.startswith(name)), None)
    code = ord(character) if len(character) == 1 else 0
    # Programs write the codes of such a font as they are, or in the area of Unicode for private use.
    return table.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code, "") if table else ""


def in_signs(text: str, font: str) -> Iterator[tuple[str, str]]:
    """Yield a text in a font in stretches, each with what is really drawn; a mark is a stretch of its own."""
    plain = ""
    for character in text:
        if seen := sign(character, font):
            if plain:
                yield plain, ""
            yield seen, drawn(character, font)
            plain = ""
        else:
            plain += character
    if plain:
        yield plain, ""


def drawn(character: str, font: str) -> str:
    """Return what a mark really is, as people name it: `U+F0FC in Wingdings`."""
    return f"U+{ord(character):04X} in {font.rpartition('+')[2]}"

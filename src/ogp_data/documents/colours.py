"""Colours as documents write them -> `#00b050`, or "" where there is none or it is not known."""

from __future__ import annotations

import re

_NAMES = {
    "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff",
    "maroon": "#800000", "red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "green": "#008000",
    "lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00", "navy": "#000080", "blue": "#0000ff",
    "teal": "#008080", "aqua": "#00ffff", "orange": "#ffa500", "lightgreen": "#90ee90", "gold": "#ffd700",
    "darkgreen": "#006400", "darkred": "#8b0000", "lightgray": "#d3d3d3", "lightgrey": "#d3d3d3", "pink": "#ffc0cb",
    "cyan": "#00ffff", "magenta": "#ff00ff", "darkyellow": "#808000", "darkblue": "#00008b",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_SHORT = re.compile(r"#([0-9a-fA-F]{3})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*1(?:\.0*)?\s*)?\)")


def colour(written: str) -> str:
    """Return a colour by its name, its six or three digits or its three parts; "" for any other."""
    text = written.strip()
    if match := _HEX.fullmatch(text):
        return f"#{match[1].lower()}"
    if match := _SHORT.fullmatch(text):
        return "#" + "".join(2 * digit for digit in match[1].lower())
    if match := _RGB.fullmatch(text):
        return mixed(*(int(part) / 255 for part in match.groups()))
    return _NAMES.get(text.lower(), "")


def shares(written: object) -> tuple[float, ...]:
    """Return red, green and blue of a colour that a PDF has as grey, RGB or CMYK; () where it is a pattern or none.

    Those of any other kind of colour stay as they are: what they look like is not known, whether they are the same is.
    """
    parts = tuple(written) if isinstance(written, tuple | list) else (written,)
    found = tuple(float(part) for part in parts if isinstance(part, int | float))
    if len(found) != len(parts):
        return ()
    if len(found) == 4:
        return tuple((1 - share) * (1 - found[3]) for share in found[:3])
    return found * 3 if len(found) == 1 else found


def mixed(red: float, green: float, blue: float) -> str:
    """Return a colour of three parts, each between 0 and 1."""
    return "#" + "".join(f"{round(255 * min(max(part, 0.0), 1.0)):02x}" for part in (red, green, blue))

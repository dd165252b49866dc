"""The colours of a workbook: by number of its theme, lighter or darker, or of the old palette."""

from __future__ import annotations

import colorsys
from typing import Any

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

from ogp_data.documents.colours import colour, mixed

_SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)


def theme(written: bytes | str | None) -> list[str]:
    """Return the colours of a theme in the order in which cells count them."""
    if not written:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(written if isinstance(written, bytes) else written.encode(), parser=parser)
    except etree.XMLSyntaxError:
        return []
    found = []
    for name in _ORDER:
        element = next(root.iter(f"{_SPACE}{name}"), None)
        child = element[0] if element is not None and len(element) else None
        found.append("" if child is None else colour(child.get("lastClr") or child.get("val") or ""))
    return found


def fill_of(pattern: Any, colours: list[str]) -> str:
    """Return the fill of a cell; "" for none, white, and what is not known."""
    if pattern is None or getattr(pattern, "fill_type", None) != "solid":
        return ""
    written = pattern.fgColor
    said = ""
    if written is None:
        return ""
    if written.type == "rgb" and isinstance(written.rgb, str):
        said = colour(written.rgb[-6:])
    elif written.type == "theme" and isinstance(written.theme, int) and written.theme < len(colours):
        said = colours[written.theme]
    elif written.type == "indexed" and isinstance(written.indexed, int) and written.indexed < len(COLOR_INDEX):
        said = colour(COLOR_INDEX[written.indexed][-6:])
    said = _tinted(said, float(written.tint or 0)) if said else ""
    return "" if said == "#ffffff" else said


def _tinted(said: str, tint: float) -> str:
    """Return a colour lighter (tint above 0) or darker."""
    if not tint:
        return said
    red, green, blue = (int(said[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return mixed(*colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation))

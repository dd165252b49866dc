"""What a tick and a colour say of one thing -> the code of its level, where they do not contradict each other."""

from __future__ import annotations

from ogp_data.core.tables import Cell

NO_COLOUR = ("", "#ffffff")
"""The fills that say nothing."""


def differ(tick: str, fill: str) -> bool:
    """Return whether a thing is marked for one code and filled for another."""
    return bool(tick and fill) and tick != fill


def level_cells(tick: str, fill: str) -> dict[str, Cell]:
    """Return the code that is ticked, that of the colour, and whichever of these there is; of two that differ none."""
    codes = {"tick": tick, "fill": fill, "level": "" if differ(tick, fill) else tick or fill}
    return {name: coded(code) for name, code in codes.items()}


def coded(code: str) -> Cell:
    """Return a code as it is made of what is marked; "" is none."""
    return Cell(code, "derived") if code else Cell()

"""Pictures of the pages of a document, for people who look at it beside its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from ogp_data.core.places import Page

MOST = 500
"""So many pages of a document are drawn."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture: its size in points, in which boxes are told, and in pixels; its bytes, and how they end."""

    page: Page
    points: tuple[float, float]
    pixels: tuple[int, int]
    suffix: str
    content: bytes = field(repr=False)

"""What stands around a page that the service makes itself: its menu, the way back, and the languages it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ogp_data.core.frame import Frame, Link, alone
from ogp_data.core.messages import SOURCE, Message

SITE = Message("Open data")
MENU = (("", Message("Publications")), ("api/v1", Message("API")), ("sparql", Message("Query it yourself")))


def framed(
    title: str,
    up: str,
    here: str = "",
    language: str = SOURCE,
    crumbs: Sequence[Link] = (),
    parts: Sequence[str] = ("service",),
) -> Frame:
    """Return the frame of a page; `up` leads to the root of the service, `here` is its place in the menu from there.

    `parts` of the style are those of its kind.
    """
    menu = [Link(name.of(language), f"{up}{at}" or "./", at == here) for at, name in MENU]
    way = [Link(SITE.of(language), up or "./"), *crumbs, Link(title, here=True)] if here else []
    frame = alone(title, *parts)
    return replace(frame, site=SITE.of(language), home=up or "./", menu=menu, crumbs=way, is_listed=not here)

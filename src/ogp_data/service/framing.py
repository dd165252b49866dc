"""What stands around a page that the service makes itself: its menu, the way back, and the languages it is in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from starlette.types import Scope

from ogp_data.core import theme
from ogp_data.core.frame import PARTS, Frame, Link
from ogp_data.core.messages import SOURCE, Message

LOOK = "ogp_data.look"
"""Where a request has the theme of the service's own pages, from whatever part of the service they come."""

SITE = Message("Open data")
MENU = (("", Message("Publications")), ("api/v1", Message("API")), ("sparql", Message("Query it yourself")))


def framed(
    title: str,
    up: str,
    here: str = "",
    language: str = SOURCE,
    crumbs: Sequence[Link] = (),
    parts: Sequence[str] = ("service",),
    look: str = "",
) -> Frame:
    """Return the frame of a page; `up` leads to the root of the service, `here` is its place in the menu from there.

    `parts` of the style are those of its kind, `look` the tokens of the theme that is put on it.
    """
    menu = [Link(name.of(language), f"{up}{at}" or "./", at == here) for at, name in MENU]
    way = [Link(SITE.of(language), up or "./"), *crumbs, Link(title, here=True)] if here else []
    return Frame(
        title,
        site=SITE.of(language),
        home=up or "./",
        menu=menu,
        crumbs=way,
        style=_style(look, tuple(parts)),
        is_listed=not here,
    )


def look_of(scope: Scope) -> str:
    """Return the tokens of the theme with which a request is answered: those of the pages that are served."""
    return str(scope.get(LOOK, ""))


@lru_cache(maxsize=16)
def _style(look: str, parts: tuple[str, ...]) -> str:
    # Made once for each theme: a page would take longer to be dressed than to be written.
    return theme.read(look).sheet((*PARTS, *parts))

"""Reads HTML that stands amid another form, all of it at one place."""

from __future__ import annotations

from ogp_data.core.places import SourcePlace
from ogp_data.documents.building import Builder
from ogp_data.documents.unseen import page
from ogp_data.documents.web.html import parsed
from ogp_data.documents.web.walk import Walk


def read_fragment(builder: Builder, text: str, place: SourcePlace) -> None:
    """Take up what a browser shows of HTML."""
    root = parsed(text, builder) if text.strip() else None
    if root is not None:
        walk = Walk(builder, lambda _number, _path: place)
        walk.element(root, "/")
        walk.flush("")
    page.look(root, text, builder.unseen, place)

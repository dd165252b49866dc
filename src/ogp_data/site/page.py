"""A page of a site before it is drawn: where it lies, what it is called, and what it shows in each language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ogp_data.core.framed import CSP
from ogp_data.core.publication import Publication
from ogp_data.core.templates import web_page
from ogp_data.core.words import Text
from ogp_data.site.context import Material


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path in the first language, its template, what it is called and about, and what it shows in each."""

    path: str
    template: str
    title: Text
    summary: Text
    context: Callable[[str], Mapping[str, Any]]
    alternates: Sequence[tuple[str, str, Text]] = field(default_factory=tuple)
    jsonld: Callable[[str], str] = field(default=lambda _: "")
    csp: str = CSP
    crumbs: Sequence[tuple[str, Text]] = ()
    """The pages between the home page and this one."""
    short: Text | None = None
    """What it is called behind them, where its title is long."""


def page_jsonld(publication: Publication, title: Text, language: str) -> str:
    """Return a page that is about nothing but what it is called."""
    return web_page(publication.names.dataset("catalog"), {language: title.of(language)})


def downloads(material: Material, dataset: str) -> list[tuple[str, str, Text]]:
    """Return the files of a dataset that a page of it names in its head: address, media type and name."""
    return [(one.path, one.media_type, one.format.title) for one in material.files(dataset) if one.format]

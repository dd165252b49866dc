"""Figures -> their files: the numbers as CSV, the drawing as SVG, and a page of its own that other pages can show."""

from __future__ import annotations

from collections.abc import Iterator

from ogp_data.core.frame import Frame
from ogp_data.core.framed import CSP, ICON, STYLE
from ogp_data.core.messages import Message
from ogp_data.core.pages import in_language, naming, relative
from ogp_data.core.publication import Publication
from ogp_data.core.templates import render, styles
from ogp_data.core.web import is_placeholder
from ogp_data.site.context import Material
from ogp_data.site.figure import FOLDER, Figure
from ogp_data.site.figures import figures


def figure_files(material: Material, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each file of a publication's figures in a language."""
    d, url = material.publication.declaration, material.publication.names.url
    publisher = material.publication.shared.agents[d.publisher].name.of(language)
    address = "" if is_placeholder(url) else url
    source = ", ".join(filter(None, (d.title.of(language), publisher, address)))
    for one in figures(material, language).values():
        yield one.csv, one.table.to_csv()
        yield one.image, image(one, Message("Source: {source}", source=source).of(language))
        yield one.embed, _page(material.publication, one, publisher, language)


def image(one: Figure, source: str) -> bytes:
    """Return a figure as an SVG file, which brings its style with it and says where it comes from."""
    return one.drawing.file(one.title, f"{one.text} {one.signs}".strip(), source, styles(["drawing"]))


def _page(publication: Publication, one: Figure, publisher: str, language: str) -> bytes:
    """Return a figure as a page of its own; it is no place to begin, so search engines do not list it."""
    d = publication.declaration
    path = f"{FOLDER}/{one.name}.html"
    own = in_language(path, language, d.page_languages)
    note = publication.disclaimer.of(language) if publication.disclaimer else ""
    sheet, icon = relative(STYLE, own), relative(ICON, own)
    return render(
        "site/embed.html",
        language,
        frame=Frame(one.title, note=note, sheet=sheet, icon=icon, csp=CSP, is_listed=False),
        one=one,
        source=d.title.of(language),
        publisher=publisher,
        **naming(path, language, d.page_languages),
    )

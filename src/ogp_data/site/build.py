"""Material -> the pages of the site, in each language, and what goes with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from ogp_data.core import date_phrases as dates
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.framed import ABOUT, DATA, ICON, LIST, LOST, of_lost, of_publication, sheets
from ogp_data.core.licences import licence_name
from ogp_data.core.messages import Message
from ogp_data.core.pages import in_language, naming
from ogp_data.core.places import called
from ogp_data.core.publication import Publication
from ogp_data.core.stage import Stage
from ogp_data.core.templates import asset, render, script
from ogp_data.core.web import is_placeholder
from ogp_data.core.words import Words
from ogp_data.site import formatting as show
from ogp_data.site import query
from ogp_data.site.about import about_page
from ogp_data.site.assets import Assets
from ogp_data.site.commitment_markup import CommitmentWriter
from ogp_data.site.commitments import told
from ogp_data.site.context import Material
from ogp_data.site.datasets import data_pages
from ogp_data.site.faults import fault_pages
from ogp_data.site.feeds import to_atom, to_sitemap
from ogp_data.site.figure_files import figure_files
from ogp_data.site.home import MOST, home_page, list_pages
from ogp_data.site.locations import picture_path
from ogp_data.site.markup import Writer
from ogp_data.site.page import Page, page_jsonld
from ogp_data.site.query import examples
from ogp_data.site.reporting import Reporter, report_by
from ogp_data.site.sources import source_pages
from ogp_data.site.story import Teller


def stage_site(material: Material, assets: Assets | None, stage: Stage) -> list[Finding]:
    """Write every page of the site in each language, and what goes with them; return what is left out."""
    languages = material.publication.declaration.page_languages
    reporters = {language: Reporter(material.publication, language) for language in languages}
    teller = Teller(material)
    material = _with_list(material, teller, assets, reporters)
    found = list(pages(material, teller, assets))
    for page in found:
        for language, reporter in reporters.items():
            content = _render(material.publication, page, language, reporter)
            stage.add(in_language(page.path, language, languages), content)
    _stage_commitments(material, teller, reporters, stage)
    for leaf in material.laid.leaves:
        if (picture := material.laid.picture(leaf)) and material.publication.declaration.source.publish:
            stage.add(picture_path(leaf.number, picture), picture.content)
    for language in languages:
        lost = render("site/404.html", language, frame=of_lost(material.publication, language))
        stage.add(in_language(LOST, language, languages), lost)
    for path, content in (*sheets(material.publication.theme), *_scripts()):
        stage.add(path, content)
    stage.add(ICON, asset("style/favicon.svg"))
    for language in languages:
        for path, content in figure_files(material, language):
            stage.add(path, content)
    if is_placeholder(material.publication.names.url):
        message = Message("The site's address {url} is reserved for examples.", url=material.publication.names.url)
        return [finding("placeholder-base-url", message, Place(key="base_url"))]
    stage.add("feed.atom", to_atom(material.publication))
    paths = [*(page.path for page in found), *(one.page for one in material.commitments)]
    stage.add("sitemap.xml", to_sitemap(material.publication, paths))
    return []


def _stage_commitments(material: Material, teller: Teller, reporters: Mapping[str, Reporter], stage: Stage) -> None:
    """Write the page of each commitment in each language."""
    languages = material.publication.declaration.page_languages
    if not material.commitments:
        return
    writers = {tongue: CommitmentWriter(material, teller, tongue, reporter) for tongue, reporter in reporters.items()}
    for number in range(len(material.commitments)):
        one = told(material, number)
        for language, writer in writers.items():
            stage.add(in_language(one.one.page, language, languages), writer.page(one))


_ROOM = 60_000
"""How many bytes the home page may take, with its styles and scripts and without its pictures."""


def _with_list(
    material: Material, teller: Teller, assets: Assets | None, reporters: Mapping[str, Reporter]
) -> Material:
    """Return the material with the list of commitments on the home page, where it fits, else on a page of its own."""
    apart = replace(material, list_page=LIST)
    if len(material.commitments) > MOST:
        return apart
    home = next(pages(material, teller, assets))
    drawn = (_render(material.publication, home, language, one) for language, one in reporters.items())
    return material if all(_weight(material.publication, page) <= _ROOM for page in drawn) else apart


def _weight(publication: Publication, page: bytes) -> int:
    """Return how many bytes a page takes with the styles and scripts that it names, and without its pictures."""
    beside = [*sheets(publication.theme), *_scripts()]
    loaded = sum(len(content) for path, content in beside if path.encode() in page)
    return len(_PICTURE.sub(b"", page)) + loaded


_PICTURE = re.compile(rb"<svg.*?</svg>", re.DOTALL)


def _scripts() -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each script of the pages."""
    for name in ("charts.js", "finder.js", "site.js"):
        yield f"site/{name}", script(f"site/{name}")


def pages(material: Material, teller: Teller, assets: Assets | None) -> Iterator[Page]:
    """Yield the pages but those of commitments: the catalogue, each dataset, the document, and the statement."""
    d = material.publication.declaration
    named = [(kind, media, f"{d.profile.upper()}, {name}") for kind, media, name in _CATALOGUES]
    catalogue = [(f"catalog.{kind}", media, Words(und=name)) for kind, media, name in named]
    yield home_page(material, teller, catalogue)
    yield from list_pages(material, teller)
    yield from data_pages(material)
    if d.source.publish:
        yield from source_pages(material)
    yield from fault_pages(material)
    yield about_page(material, catalogue)
    title = Message("Query with SPARQL")
    yield Page(
        query.PATH,
        "query.html",
        title,
        title,
        lambda language: {
            "examples": examples(material.publication, material.parts, language),
            "prefixes": query.prefixes(material.publication),
            "terms": query.terms(material.publication, language),
            "engine": assets,
            "service": d.service.url if d.service else "",
        },
        catalogue,
        partial(page_jsonld, material.publication, title),
        query.CSP,
        crumbs=[(DATA, Message("The data"))],
    )
    title = Message("Accessibility statement")
    theme, about = material.publication.theme, partial(page_jsonld, material.publication, title)
    yield Page(
        "accessibility.html",
        "accessibility.html",
        title,
        title,
        lambda _: {"is_dark": theme.is_dark},
        jsonld=about,
        crumbs=[(ABOUT, Message("About this site"))],
    )


_CATALOGUES = (
    ("ttl", "text/turtle", "Turtle"),
    ("jsonld", "application/ld+json", "JSON-LD"),
    ("rdf", "application/rdf+xml", "RDF/XML"),
    ("nt", "application/n-triples", "N-Triples"),
)


def _render(publication: Publication, page: Page, language: str, reporter: Reporter) -> bytes:
    """Return a page in one language."""
    d = publication.declaration
    path = in_language(page.path, language, d.page_languages)
    write = Writer(publication, language, path, reporter)
    return render(
        f"site/{page.template}",
        language,
        frame=of_publication(
            publication,
            page.path,
            language,
            page.title,
            summary=page.summary,
            crumbs=page.crumbs,
            short=page.short,
            alternates=page.alternates,
            jsonld=page.jsonld(language),
            csp=page.csp,
        ),
        called=called,
        write=write,
        report_by=report_by(publication),
        d=d,
        names=publication.names,
        publisher=publication.shared.agents[d.publisher],
        contact=publication.shared.contacts[d.contact],
        licence=licence_name(d.licence),
        spoken=dates.spoken,
        within=show.within,
        number=partial(show.number, language),
        size=partial(show.size, language),
        **{
            **naming(page.path, language, d.page_languages),
            "uses": d.use,
            "feedback": d.feedback,
            **page.context(language),
        },
    )

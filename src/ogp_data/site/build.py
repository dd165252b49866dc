"""Material -> the pages of the site, in each language, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.framed import ICON, SITE_PARTS, STYLE, of_publication
from ogp_data.core.licences import licence_name
from ogp_data.core.messages import Message
from ogp_data.core.pages import in_language, naming
from ogp_data.core.places import called, merged
from ogp_data.core.publication import Publication
from ogp_data.core.source import SourceFile
from ogp_data.core.stage import Stage
from ogp_data.core.templates import asset, render, styles
from ogp_data.core.web import is_placeholder
from ogp_data.core.words import Text, Words
from ogp_data.site import date_phrases as dates
from ogp_data.site import formatting as show
from ogp_data.site import query
from ogp_data.site.assets import Assets
from ogp_data.site.cells import Row
from ogp_data.site.context import Commitment, Material, findings_on
from ogp_data.site.datasets import dataset_page
from ogp_data.site.feeds import to_atom, to_security_txt, to_sitemap
from ogp_data.site.figure_files import figure_files
from ogp_data.site.lines import Stretch, marked
from ogp_data.site.locations import picture_path
from ogp_data.site.markup import Writer
from ogp_data.site.overview import overview
from ogp_data.site.page import Page, downloads, page_jsonld
from ogp_data.site.query import examples
from ogp_data.site.reporting import report_by, reporting
from ogp_data.site.roles import taking
from ogp_data.site.schema_org import catalogue_jsonld, commitment_jsonld
from ogp_data.site.sources import source_pages


def stage_site(material: Material, assets: Assets | None, stage: Stage) -> list[Finding]:
    """Write every page of the site in each language, and what goes with them; return what is left out."""
    found, languages = list(pages(material, assets)), material.publication.declaration.page_languages
    for page in found:
        for language in languages:
            stage.add(in_language(page.path, language, languages), _render(material.publication, page, language))
    for leaf in material.laid.leaves:
        if (picture := material.laid.picture(leaf)) and material.publication.declaration.source.publish:
            stage.add(picture_path(leaf.number, picture), picture.content)
    stage.add(STYLE, styles(SITE_PARTS).encode())
    for name in ("charts.js", "site.js"):
        stage.add(f"site/{name}", asset(f"site/{name}"))
    stage.add(ICON, asset("style/favicon.svg"))
    for language in languages:
        for path, content in figure_files(material, language):
            stage.add(path, content)
    stage.add(".well-known/security.txt", to_security_txt(material.publication))
    if is_placeholder(material.publication.names.url):
        message = Message("The site's address {url} is reserved for examples.", url=material.publication.names.url)
        return [finding("placeholder-base-url", message, Place(key="base_url"))]
    stage.add("feed.atom", to_atom(material.publication))
    stage.add("sitemap.xml", to_sitemap(material.publication, (page.path for page in found)))
    return []


def pages(material: Material, assets: Assets | None) -> Iterator[Page]:
    """Yield the pages: the catalogue, each dataset, each commitment, the document, and the statement."""
    d = material.publication.declaration
    named = [(kind, media, f"{d.profile.upper()}, {name}") for kind, media, name in _CATALOGUES]
    catalogue = [(f"catalog.{kind}", media, Words(und=name)) for kind, media, name in named]
    yield Page(
        "index.html",
        "index.html",
        d.title,
        d.description,
        partial(overview, material),
        catalogue,
        partial(catalogue_jsonld, material.publication, material.artefacts),
    )
    for spec in d.dataset:
        yield dataset_page(material, spec)
    for number, commitment in enumerate(material.commitments):
        yield _commitment_page(material, commitment, number)
    if d.source.publish:
        yield from source_pages(material)
    title = Message("Query with SPARQL")
    yield Page(
        query.PATH,
        "query.html",
        title,
        title,
        lambda language: {"examples": examples(material.publication, material.parts, language), "engine": assets},
        catalogue,
        partial(page_jsonld, material.publication, title),
        query.CSP,
    )
    title = Message("Accessibility statement")
    about = partial(page_jsonld, material.publication, title)
    yield Page("accessibility.html", "accessibility.html", title, title, lambda _: {}, jsonld=about)


_CATALOGUES = (
    ("ttl", "text/turtle", "Turtle"),
    ("jsonld", "application/ld+json", "JSON-LD"),
    ("rdf", "application/rdf+xml", "RDF/XML"),
    ("nt", "application/n-triples", "N-Triples"),
)


def _render(publication: Publication, page: Page, language: str) -> bytes:
    """Return a page in one language."""
    d = publication.declaration
    path = in_language(page.path, language, d.page_languages)
    contact = publication.shared.contacts[d.contact].url
    write = Writer(publication, language, path, partial(reporting, publication, language), contact)
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
        number=partial(show.number, language),
        size=partial(show.size, language),
        **{
            **naming(page.path, language, d.page_languages),
            "uses": d.use,
            "feedback": d.feedback,
            **page.context(language),
        },
    )


# Commitments --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Finding:
    """A finding as a commitment's page shows it, numbered there from 1; `cells` is its row."""

    number: int
    dataset: str
    row: str
    column: str
    kind: Text
    status: Text
    statement: str
    language: str
    written: str
    cells: Any


@dataclass(frozen=True, slots=True)
class _Continued:
    """The commitment of an earlier edition that one continues, with its page; without a key it is new, or not known."""

    edition: str
    key: str
    title: str
    page: str
    change: str
    said: Text | None


def _commitment_page(material: Material, commitment: Commitment, number: int) -> Page:
    title = Message("Commitment {mark}: {title}", mark=commitment.mark, title=commitment.title)
    around = material.commitments
    before = around[number - 1] if number else None
    after = around[number + 1] if number + 1 < len(around) else None
    return Page(
        commitment.page,
        "commitment.html",
        title,
        title,
        lambda _: {
            **_commitment(material, commitment),
            "before": before,
            "after": after,
        },
        downloads(material, commitment.row.spec.name),
        partial(commitment_jsonld, material.publication, commitment.row.spec.name, commitment.key, commitment.title),
        crumbs=[("index.html#commitments", Message("Commitments"))],
    )


def _commitment(material: Material, commitment: Commitment) -> dict[str, Any]:
    findings = [_finding(number, row) for number, row in enumerate(findings_on(material, commitment), 1)]
    found = merged(place for row in commitment.rows for place in row.places)
    sought = [(one.written, one.cells.places) for one in findings]
    if commitment.quote:
        sought.append((commitment.quote, found))
    return {
        "one": commitment,
        "assessed": material.parts.assessments is not None,
        "told": _told_above(commitment) - {one.column for one in findings if one.dataset == commitment.row.spec.name},
        "continued": [_continued(row) for row in commitment.others if row.spec.type == "ogp:Continuation"],
        "is_text": material.is_text,
        "findings": findings,
        "by_file": list(_by_file(material.publication, marked(material.texts_of(commitment.rows), found, sought))),
        "is_converted": any(file.kind == "converted-text" for file in material.publication.source_files),
        "where": material.where,
    }


def _by_file(publication: Publication, stretches: Sequence[Stretch]) -> Iterator[tuple[SourceFile, Sequence[Stretch]]]:
    """Yield stretches by the file that they are in, those in the language of the document first."""
    files, language = publication.source_files, publication.declaration.language
    held: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        held.setdefault(stretch.place.file, []).append(stretch)
    for number in sorted(held, key=lambda number: (files[number - 1].language not in ("", language), number)):
        yield files[number - 1], held[number]


def _told_above(commitment: Commitment) -> set[str]:
    """Return the columns of a commitment whose values its assessments take over, and so stand on its page already."""
    row = commitment.row
    return {
        cell.column.take
        for one in commitment.assessments
        if one.spec.find.base == row.spec.name
        for cell in one.cells
        if cell.value and cell.column.of in ("", row.spec.name)
        if any(own.column.name == cell.column.take and own.value == cell.value for own in row.cells)
    }


def _finding(number: int, row: Any) -> _Finding:
    cells = {take: row.cell(taking(row.spec, take)) for take in _TAKES}
    value = {take: cell.value if cell else "" for take, cell in cells.items()}
    words = {take: cell.parts[0].words if cell and cell.parts else None for take, cell in cells.items()}
    return _Finding(
        number,
        value["dataset"],
        value["row"],
        value["column"],
        words["kind"] or Words(und=value["kind"]),
        words["status"] or Words(und=value["status"]),
        value["statement"],
        cells["statement"].parts[0].language if cells["statement"] and cells["statement"].parts else "",
        value["as_written"],
        row,
    )


def _continued(row: Row) -> _Continued:
    cells = {take: row.cell(taking(row.spec, take)) for take in _PREVIOUS}
    edition, key, title, page, change = (cell.value if cell else "" for cell in cells.values())
    said = cells["change"].parts if cells["change"] else ()
    return _Continued(edition, key, title, page, change, said[0].words if said else None)


_PREVIOUS = ("previous_publication", "previous_commitment", "previous_title", "previous_page", "change")

_TAKES = ("dataset", "row", "column", "kind", "status", "statement", "as_written")

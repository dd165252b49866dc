"""Publication and pages -> feed and site map: what programs look for at a site."""

from __future__ import annotations

from collections.abc import Iterable

from ogp_data.core.declared import Declaration
from ogp_data.core.messages import Message
from ogp_data.core.pages import canonical, in_language
from ogp_data.core.publication import Publication
from ogp_data.core.syndication import add, document, sitemap
from ogp_data.core.syndication import entry as entry_of
from ogp_data.core.syndication import feed as begin
from ogp_data.declaration.earlier import versions


def to_atom(publication: Publication) -> bytes:
    """Return a feed with an entry for each version (RFC 4287); of an earlier one only its files are known here."""
    d, names = publication.declaration, publication.names
    # Of the declaration, for a build has no clock: the same input gives the same feed.
    updated = f"{d.modified.isoformat()}T00:00:00Z"
    first = d.page_languages[0]
    # An IRI and not the address of the file: a feed that moves must stay the same feed for its readers (RFC 4287,
    # 4.2.6).
    feed = begin(d.title.of(first), first, names.dataset("catalog"), updated)
    add(feed, "subtitle", d.description.of(first))
    add(add(feed, "author"), "name", publication.shared.agents[d.publisher].name.of(first))
    add(feed, "link", rel="self", type="application/atom+xml", href=names.download("feed.atom"))
    for language in d.page_languages:
        page = names.download(in_language("", language, d.page_languages))
        add(feed, "link", rel="alternate", type="text/html", href=page, hreflang=language)
    add(feed, "link", rel="license", href=d.licence)
    entry = entry_of(feed, names.node(f"version-{d.version}"), _title(d, d.version), updated)
    add(entry, "published", f"{d.issued.isoformat() if not publication.earlier else d.modified.isoformat()}T00:00:00Z")
    add(entry, "link", rel="alternate", type="text/html", href=names.download("changes.html"))
    add(entry, "summary", " / ".join(text for _, text in d.version_notes.said(d.page_languages)))
    for version in versions(publication.earlier) if publication.earlier else ():
        # When an earlier version was changed stands in its own catalogue; the feed's dates go no further back.
        entry = entry_of(feed, names.node(f"version-{version}"), _title(d, version), _issued(publication))
        href = names.download(f"v/{version}/manifest.json")
        add(entry, "link", rel="alternate", type="application/json", href=href)
    return document(feed)


def _title(d: Declaration, version: str) -> str:
    return Message("{title}, version {version}", title=d.title, version=version).of(d.page_languages[0])


def _issued(publication: Publication) -> str:
    return f"{publication.declaration.issued.isoformat()}T00:00:00Z"


def to_sitemap(publication: Publication, pages: Iterable[str]) -> bytes:
    """Return the site map of pages by their path in the first language, each with its other languages (https://www.sitemaps.org/)."""
    names, modified = publication.names, publication.declaration.modified.isoformat()
    languages = publication.declaration.page_languages
    return sitemap(
        ([(tag, names.download(canonical(in_language(page, tag, languages)))) for tag in languages] for page in pages),
        modified,
    )

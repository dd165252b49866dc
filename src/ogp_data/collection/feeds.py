"""Collection -> what programs look for at the top of a site: a feed, site maps, robots.txt and security.txt."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from ogp_data.collection.published import Collection
from ogp_data.core import syndication
from ogp_data.core.messages import Message
from ogp_data.core.pages import canonical, in_language
from ogp_data.core.web import is_placeholder

FEED = "feed.atom"
SITEMAP = "sitemap.xml"
PAGES = "sitemap-root.xml"
ROBOTS = "robots.txt"
SECURITY = ".well-known/security.txt"


def files(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Yield feed, robots.txt and security.txt, each with its path, as far as they can be written."""
    yield ROBOTS, _robots(collection.url if has_address(collection) else "")
    if collection.security:
        yield SECURITY, _security(collection, *collection.security)
    if has_address(collection):
        yield FEED, _feed(collection)


def maps(collection: Collection, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the site maps with their paths: of the pages over all, which are given, and of all site maps there are."""
    if has_address(collection):
        yield PAGES, syndication.sitemap(_languages(collection, pages), str(collection.modified))
        yield SITEMAP, syndication.sitemap_index(_maps(collection))


def has_address(collection: Collection) -> bool:
    """Return whether it is known where all of it is found, and there is something to find."""
    return bool(collection.url) and not is_placeholder(collection.url) and collection.modified is not None


def _robots(address: str) -> bytes:
    """Return that programs may read all, and where the site map is (RFC 9309)."""
    sitemap = f"Sitemap: {address}{SITEMAP}\n" if address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode()


def _security(collection: Collection, contacts: Sequence[str], expires: datetime.date) -> bytes:
    """Return who is told of a leak (RFC 9116): what is declared, and nothing else."""
    lines = [f"Contact: {address}" for address in contacts]
    lines += [f"Expires: {expires.isoformat()}T00:00:00Z", f"Preferred-Languages: {', '.join(collection.languages)}"]
    if has_address(collection) and collection.url.startswith("https://"):
        lines.append(f"Canonical: {collection.url}{SECURITY}")
    return "".join(f"{line}\n" for line in lines).encode()


def _feed(collection: Collection) -> bytes:
    """Return a feed with an entry for the newest version of each publication, and for each that is withdrawn."""
    first = collection.languages[0]
    # An IRI and not the address of the file: a feed that moves must stay the same feed for its readers.
    ident = f"{collection.iri or collection.url}catalog"
    feed = syndication.feed(collection.title.of(first), first, ident, f"{collection.modified}T00:00:00Z")
    if collection.owner:
        syndication.add(syndication.add(feed, "author"), "name", collection.owner.name.of(first))
    syndication.add(feed, "link", rel="self", type="application/atom+xml", href=f"{collection.url}{FEED}")
    for language in collection.languages:
        page = collection.url + in_language("", language, collection.languages)
        syndication.add(feed, "link", rel="alternate", type="text/html", href=page, hreflang=language)
    told = [(one.modified, one.id) for one in collection.publications] + [
        (one.date, one.id) for one in collection.withdrawn
    ]
    for day, name in sorted(told, key=lambda pair: (-pair[0].toordinal(), pair[1])):
        _entry(feed, collection, name, f"{day}T00:00:00Z")
    return syndication.document(feed)


def _entry(feed: Element, collection: Collection, name: str, updated: str) -> None:
    """Add what is new of a publication, or that it is withdrawn."""
    first, one = collection.languages[0], collection.of(name)
    if one:
        title = Message("{title}, version {version}", title=one.title, version=one.version).of(first)
        entry = syndication.entry(feed, f"{one.catalogue}#version-{one.version}", title, updated)
        if collection.owner is None:  # a feed without an author has one in each entry
            syndication.add(syndication.add(entry, "author"), "name", one.publisher.name.of(first))
        syndication.add(entry, "link", rel="alternate", type="text/html", href=one.base_url)
        syndication.add(entry, "summary", one.description.of(first))
        return
    gone = next(each for each in collection.withdrawn if each.id == name)
    page = f"{collection.url}{name}/"
    title = Message("{name} is withdrawn", name=gone.name).of(first)
    entry = syndication.entry(feed, f"{page}#withdrawn", title, updated)
    if collection.owner is None:
        syndication.add(syndication.add(entry, "author"), "name", name)
    syndication.add(entry, "link", rel="alternate", type="text/html", href=page)
    syndication.add(entry, "summary", gone.reason.of(first))


def _languages(collection: Collection, pages: Iterable[str]) -> Iterator[list[tuple[str, str]]]:
    """Yield each page over all with its address in each language; those that nobody is to find are left out."""
    first, *others = collection.languages
    there = set(pages)
    apart = tuple(f"{name}/" for name in (*others, *collection.gone))
    for page in sorted(path for path in there if path.endswith(".html") and not path.startswith(apart)):
        if page != "404.html":
            own = [(tag, in_language(page, tag, [first, *others])) for tag in collection.languages]
            yield [(tag, collection.url + canonical(path)) for tag, path in own if path in there]


def _maps(collection: Collection) -> Mapping[str, str]:
    """Return the site maps with their days: that of the pages over all, and that of each publication that has one."""
    own = {f"{collection.url}{PAGES}": str(collection.modified)}
    with_map = (one for one in collection.publications if (one.folder / SITEMAP).is_file())
    return {**own, **{f"{one.base_url}{SITEMAP}": one.modified.isoformat() for one in with_map}}

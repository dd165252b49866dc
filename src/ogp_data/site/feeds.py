"""Publication and pages -> feed, site map and security.txt: what programs look for at a site."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from ogp_data.core.declared import Declaration
from ogp_data.core.messages import Message
from ogp_data.core.pages import canonical, in_language
from ogp_data.core.publication import Publication
from ogp_data.declaration.earlier import versions

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def to_atom(publication: Publication) -> bytes:
    """Return a feed with an entry for each version (RFC 4287); of an earlier one only its files are known here."""
    d, names = publication.declaration, publication.names
    # Of the declaration, for a build has no clock: the same input gives the same feed.
    updated = f"{d.modified.isoformat()}T00:00:00Z"
    first = d.page_languages[0]
    feed = ET.Element(f"{{{_ATOM}}}feed", {f"{_XML}lang": first})
    _add(feed, "title", d.title.of(first))
    _add(feed, "subtitle", d.description.of(first))
    # An IRI and not the address of the file: a feed that moves must stay the same feed for its readers (RFC 4287,
    # 4.2.6).
    _add(feed, "id", names.dataset("catalog"))
    _add(feed, "updated", updated)
    ET.SubElement(_add(feed, "author"), f"{{{_ATOM}}}name").text = publication.shared.agents[d.publisher].name.of(first)
    _add(feed, "link", rel="self", type="application/atom+xml", href=names.download("feed.atom"))
    for language in d.page_languages:
        page = names.download(in_language("", language, d.page_languages))
        _add(feed, "link", rel="alternate", type="text/html", href=page, hreflang=language)
    _add(feed, "link", rel="license", href=d.licence)
    entry = _entry(feed, names.node(f"version-{d.version}"), _title(d, d.version), updated)
    _add(entry, "published", f"{d.issued.isoformat() if not publication.earlier else d.modified.isoformat()}T00:00:00Z")
    _add(entry, "link", rel="alternate", type="text/html", href=names.download("changes.html"))
    _add(entry, "summary", " / ".join(text for _, text in d.version_notes.said(d.page_languages)))
    for version in versions(publication.earlier) if publication.earlier else ():
        # When an earlier version was changed stands in its own catalogue; the feed's dates go no further back.
        entry = _entry(feed, names.node(f"version-{version}"), _title(d, version), _issued(publication))
        href = names.download(f"v/{version}/manifest.json")
        _add(entry, "link", rel="alternate", type="application/json", href=href)
    return _document(feed)


def _title(d: Declaration, version: str) -> str:
    return Message("{title}, version {version}", title=d.title, version=version).of(d.page_languages[0])


def _issued(publication: Publication) -> str:
    return f"{publication.declaration.issued.isoformat()}T00:00:00Z"


def _entry(feed: ET.Element, ident: str, title: str, updated: str) -> ET.Element:
    entry = _add(feed, "entry")
    _add(entry, "title", title)
    _add(entry, "id", ident)
    _add(entry, "updated", updated)
    return entry


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def to_sitemap(publication: Publication, pages: Iterable[str]) -> bytes:
    """Return the site map of pages by their path in the first language, each with its other languages (https://www.sitemaps.org/)."""
    names, modified = publication.names, publication.declaration.modified.isoformat()
    languages = publication.declaration.page_languages
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    for page in pages:
        for language in languages:
            url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
            ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = names.download(
                canonical(in_language(page, language, languages))
            )
            ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = modified
            for other in languages:
                href = names.download(canonical(in_language(page, other, languages)))
                attributes = {"rel": "alternate", "hreflang": other, "href": href}
                ET.SubElement(url, f"{{{_XHTML}}}link", attributes)
    return _document(root)


def _document(root: ET.Element) -> bytes:
    # Without it ElementTree writes ns0:, which some readers of feeds do not take.
    ET.register_namespace("", root.tag[1:].partition("}")[0])
    ET.register_namespace("xhtml", _XHTML)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def to_security_txt(publication: Publication) -> bytes:
    """Return security.txt (RFC 9116). A build has no clock: it expires a year after the data was last changed."""
    d = publication.declaration
    contact = publication.shared.contacts[d.contact]
    email = (d.report.email if d.report else "") or contact.email
    contacts = [f"mailto:{email}"] if email else []
    # RFC 9116 allows no plain http.
    contacts += [contact.url] if contact.url.startswith("https://") else []
    expires = d.modified + datetime.timedelta(days=365)
    lines = [f"Contact: {address}" for address in contacts]
    lines += [f"Expires: {expires.isoformat()}T00:00:00Z", f"Preferred-Languages: {', '.join(d.page_languages)}"]
    return "".join(f"{line}\n" for line in lines).encode()

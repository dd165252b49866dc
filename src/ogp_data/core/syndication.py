"""Feeds and site maps as XML: Atom (RFC 4287) and the protocol of https://www.sitemaps.org/."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no document of XML 1.0 may hold, not even escaped: with one such letter nobody could read the feed."""


def feed(title: str, language: str, ident: str, updated: str) -> ET.Element:
    """Return a feed that says what it is, in a language."""
    root = ET.Element(f"{{{ATOM}}}feed", {f"{_XML}lang": language})
    add(root, "title", title)
    add(root, "id", ident)
    add(root, "updated", updated)
    return root


def entry(parent: ET.Element, ident: str, title: str, updated: str) -> ET.Element:
    """Return an entry that is added to a feed."""
    found = add(parent, "entry")
    add(found, "title", title)
    add(found, "id", ident)
    add(found, "updated", updated)
    return found


def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """Return an element of Atom that is added to another."""
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text) or None
    return element


def sitemap(pages: Iterable[Sequence[tuple[str, str]]], modified: str) -> bytes:
    """Return the map of pages that were changed on a day; each is its languages with the address in each of them."""
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for page in pages:
        for _, address in page:
            url = ET.SubElement(root, f"{{{SITEMAP}}}url")
            ET.SubElement(url, f"{{{SITEMAP}}}loc").text = address
            ET.SubElement(url, f"{{{SITEMAP}}}lastmod").text = modified
            for language, href in page:
                attributes = {"rel": "alternate", "hreflang": language, "href": href}
                ET.SubElement(url, f"{{{_XHTML}}}link", attributes)
    return document(root)


def sitemap_index(maps: Mapping[str, str]) -> bytes:
    """Return the map of site maps, by their addresses with the days on which they were changed."""
    root = ET.Element(f"{{{SITEMAP}}}sitemapindex")
    for address, modified in maps.items():
        one = ET.SubElement(root, f"{{{SITEMAP}}}sitemap")
        ET.SubElement(one, f"{{{SITEMAP}}}loc").text = address
        ET.SubElement(one, f"{{{SITEMAP}}}lastmod").text = modified
    return document(root)


def document(root: ET.Element) -> bytes:
    """Return a document as it is written."""
    # Without it ElementTree writes ns0:, which some readers of feeds do not take.
    ET.register_namespace("", root.tag[1:].partition("}")[0])
    ET.register_namespace("xhtml", _XHTML)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"

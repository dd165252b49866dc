"""What the standards say must be so of feeds, site maps, robots.txt and security.txt: each yields what is not.

RFC 4287 (Atom), section 4 with what it takes from 3; https://www.sitemaps.org/protocol.html; RFC 9309; RFC 9116.
No schema of Atom is in a package that tests could ask, so the rules stand here.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MEDIA = re.compile(r".+/.+")
RELATIONS = {"alternate", "related", "self", "enclosure", "via", "license"}
TEXTS = ("title", "subtitle", "rights", "summary")
IN_FEED = {
    *("author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title"),
    *("updated", "entry"),
}
IN_ENTRY = {
    *("author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary"),
    *("title", "updated"),
}


def atom(content: bytes) -> Iterator[str]:
    """Yield what is wrong with a feed."""
    root = ET.fromstring(content)
    if root.tag != f"{ATOM}feed":
        yield f"2: the root is {root.tag}"
        return
    yield from _parts(root, IN_FEED, {"generator", "icon", "logo", "rights", "subtitle"}, "4.1.1")
    entries = root.findall(f"{ATOM}entry")
    for one in entries:
        yield from _entry(one, has_author=root.find(f"{ATOM}author") is not None)
    named = Counter((one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated")) for one in entries)
    yield from (f"4.1.1: the entry {name} stands twice" for (name, _), count in named.items() if count > 1)
    for element in root.iter():
        yield from _everywhere(element)


def _entry(entry: ET.Element, has_author: bool) -> Iterator[str]:
    yield from _parts(entry, IN_ENTRY, {"content", "published", "rights", "source", "summary"}, "4.1.2")
    if not has_author and entry.find(f"{ATOM}author") is None:
        yield "4.1.1: neither the feed nor an entry has an author"
    relations = {one.get("rel", "alternate") for one in entry.findall(f"{ATOM}link")}
    if entry.find(f"{ATOM}content") is None and "alternate" not in relations:
        yield "4.1.2: an entry without content has no alternate link"


def _parts(element: ET.Element, known: set[str], at_most_one: set[str], section: str) -> Iterator[str]:
    names = Counter(child.tag.removeprefix(ATOM) for child in element if child.tag.startswith(ATOM))
    yield from (f"{section}: {name} does not belong there" for name in names.keys() - known)
    yield from (f"{section}: {names[name]} of {name}" for name in ("id", "title", "updated") if names[name] != 1)
    yield from (f"{section}: {names[name]} of {name}" for name in at_most_one if names[name] > 1)
    kinds = Counter(
        (one.get("type"), one.get("hreflang"))
        for one in element.findall(f"{ATOM}link")
        if one.get("rel", "alternate") == "alternate"
    )
    yield from (f"{section}: several alternate links of {kind}" for kind, count in kinds.items() if count > 1)


def _everywhere(element: ET.Element) -> Iterator[str]:
    """Yield what must hold of an element wherever it stands."""
    name, text = element.tag.removeprefix(ATOM), element.text or ""
    if LANGUAGE in element.attrib and not TAG.fullmatch(element.attrib[LANGUAGE]):
        yield f"2: {element.attrib[LANGUAGE]!r} is no language"
    if name in TEXTS and (len(element) or element.get("type", "text") not in ("text", "html")):
        yield f"3.1: {name} has elements, or a type that is none"
    if name in ("author", "contributor"):
        yield from _person(element)
    if name in ("updated", "published") and not _is_moment(text):
        yield f"3.3: {text!r} is no date with a time"
    if name == "id" and not urlsplit(text).scheme:
        yield f"4.2.6: {text!r} is no IRI"
    if name == "category" and not element.get("term"):
        yield "4.2.2: a category without a term"
    if name == "link":
        yield from _link(element)


def _person(element: ET.Element) -> Iterator[str]:
    counts = Counter(child.tag.removeprefix(ATOM) for child in element)
    if counts["name"] != 1 or not (element.findtext(f"{ATOM}name") or "").strip():
        yield "3.2.1: a person has one name"
    if counts["uri"] > 1 or counts["email"] > 1:
        yield "3.2: a person has one address of each kind at most"
    mail = element.findtext(f"{ATOM}email")
    if mail is not None and not re.fullmatch(r".+@.+", mail):
        yield f"3.2.3: {mail!r} is no e-mail address"


def _link(element: ET.Element) -> Iterator[str]:
    if not element.get("href") or re.search(r"[\s<>\"{}|\\^`]", element.get("href", "")):
        yield f"4.2.7.1: {element.get('href')!r} is no IRI"
    relation = element.get("rel", "alternate")
    if relation not in RELATIONS and not urlsplit(relation).scheme:
        yield f"4.2.7.2: {relation!r} is no relation"
    if not MEDIA.fullmatch(element.get("type", "a/b")):
        yield f"4.2.7.3: {element.get('type')!r} is no media type"
    if not TAG.fullmatch(element.get("hreflang", "en")):
        yield f"4.2.7.4: {element.get('hreflang')!r} is no language"


def _is_moment(text: str) -> bool:
    try:
        return bool(MOMENT.fullmatch(text)) and bool(datetime.fromisoformat(text.replace("Z", "+00:00")))
    except ValueError:
        return False


def site_map(content: bytes, address: str) -> Iterator[str]:
    """Yield what is wrong with a site map, or a map of these, that stands at an address."""
    root = ET.fromstring(content)
    inner = {f"{MAPS}urlset": "url", f"{MAPS}sitemapindex": "sitemap"}.get(root.tag)
    if inner is None:
        yield f"the root is {root.tag}"
        return
    if not 0 < len(root) <= 50_000 or len(content) > 50 * 1024 * 1024:
        yield f"{len(root)} entries"
    places = [one.findtext(f"{MAPS}loc") or "" for one in root]
    yield from (f"{place} stands twice" for place, count in Counter(places).items() if count > 1)
    folder = address.rpartition("/")[0] + "/"
    for one, place in zip(root, places, strict=True):
        names = [child.tag.removeprefix(MAPS) for child in one if child.tag.startswith(MAPS)]
        order = ["loc", "lastmod", *(["changefreq", "priority"] if inner == "url" else [])]
        if one.tag != f"{MAPS}{inner}" or names != [name for name in order if name in names] or names[:1] != ["loc"]:
            yield f"{one.tag} has {names}"
        if not 12 <= len(place) <= 2048 or not place.startswith(folder):
            yield f"{place} is not below {folder}"
        if (day := one.findtext(f"{MAPS}lastmod")) is not None and not _is_day(day):
            yield f"{day} is no day"
        yield from _others(one)


def _others(entry: ET.Element) -> Iterator[str]:
    """Yield what is wrong with the languages of a page: each names all of them and itself."""
    links = [(one.get("rel"), one.get("hreflang", ""), one.get("href", "")) for one in entry.findall(f"{XHTML}link")]
    if links and entry.findtext(f"{MAPS}loc") not in {href for _, _, href in links}:
        yield "a page is not among its own languages"
    yield from (
        f"{link} is no other language" for link in links if link[0] != "alternate" or not TAG.fullmatch(link[1])
    )


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return _is_moment(text)


def robots(content: bytes) -> Iterator[str]:
    """Yield what is wrong with a robots.txt."""
    group = False
    for line in content.decode("utf-8").splitlines():
        name, colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if not line.partition("#")[0].strip():
            continue
        group = group or name.lower() == "user-agent"
        if not colon:
            yield f"{line!r} is no record"
        elif name.lower() == "user-agent" and not re.fullmatch(r"\*|[A-Za-z_-]+", value):
            yield f"{value!r} is no name of a program"
        elif name.lower() in ("allow", "disallow") and (not group or not re.fullmatch(r"(/[^\x00-\x20#]*)?", value)):
            yield f"{line!r} is no rule of a group"
        elif name.lower() == "sitemap" and not re.match(r"https?://", value):
            yield f"{value!r} is no address"


def security(content: bytes) -> Iterator[str]:
    """Yield what is wrong with a security.txt."""
    fields = [re.fullmatch(r"([A-Za-z][A-Za-z-]*): (\S.*)", line) for line in content.decode().splitlines() if line]
    if None in fields or not content.endswith(b"\n"):
        yield "a line is no field"
    named = Counter(one[1].lower() for one in fields if one)
    values = [(one[1].lower(), one[2]) for one in fields if one]
    if not named["contact"] or named["expires"] != 1 or named["preferred-languages"] > 1:
        yield f"2.5: {dict(named)}"
    for name, value in values:
        if name in ("contact", "canonical", "policy") and not re.match(r"https://|mailto:.+@|tel:\+?[0-9]", value):
            yield f"2.5: {value!r} is no address"
        if name == "expires" and not _is_moment(value):
            yield f"2.5.5: {value!r} is no date with a time"
        if name == "preferred-languages" and not all(TAG.fullmatch(one) for one in re.split(r",\s*", value)):
            yield f"2.5.8: {value!r} are no languages"

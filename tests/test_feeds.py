"""Feeds, site maps, robots.txt and security.txt are what their standards want, whatever the texts in them are."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import feed_rules as rules
import made_collection
from conftest import Workspace
from made_collections import publications
from ogp_data.collection.feeds import files, maps
from ogp_data.collection.handed import Organisation
from ogp_data.collection.published import Collection, Gone, Published
from ogp_data.core import syndication
from ogp_data.core.words import Words

SEEDS = 60
ODD = (
    "a & b < c",
    "\"'<!--",
    "]]>",
    "\u05e9\u05dc\u05d5\u05dd",
    "\U0001f600",
    "\x0b\x00\x1f",
    "\ufffe\uffff",
    "\t\n",
    "&#1;",
)
RIGHT = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>a</title><id>urn:a</id>
<updated>2026-01-02T00:00:00Z</updated><author><name>b</name></author><link rel="self" href="https://a.example/f"/>
<entry><title>c</title><id>urn:c</id><updated>2026-01-02T00:00:00Z</updated><link href="https://a.example/"/></entry>
</feed>"""
MAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/b/</loc>'
    "<lastmod>2026-01-02</lastmod></url></urlset>"
)
TITLE = "a \x0b & \ufffe <b> \U0001f600"
SAFE = "Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\nPreferred-Languages: nl, en\n"


@pytest.mark.parametrize(
    ("was", "becomes", "section"),
    [
        ("<title>a</title>", "", "4.1.1: 0 of title"),
        ("<title>c</title>", "<title>c</title><title>d</title>", "4.1.2: 2 of title"),
        ("<id>urn:c</id>", "<id>c</id>", "4.2.6"),
        ("2026-01-02T00:00:00Z</updated><link", "2026-01-02</updated><link", "3.3"),
        ("<author><name>b</name></author>", "", "neither the feed nor an entry has an author"),
        ("<name>b</name>", "<name> </name>", "3.2.1"),
        ('<link href="https://a.example/"/></entry>', "</entry>", "no alternate link"),
        (
            '<link href="https://a.example/"/>',
            '<link href="https://a.example/"/><link href="https://b.example/"/>',
            "several",
        ),
        ('<link href="https://a.example/"/>', '<link href="a b"/>', "4.2.7.1"),
        ('rel="self"', 'rel="me"', "4.2.7.2"),
        ("<title>a</title>", "<title>a</title><published>2026-01-02T00:00:00Z</published>", "does not belong there"),
        ("<title>a</title>", "<title>a<b/></title>", "3.1"),
        ('xml:lang="nl"', 'xml:lang="nl_NL"', "is no language"),
    ],
)
def test_the_rules_of_atom_find_what_is_wrong(was: str, becomes: str, section: str) -> None:
    assert list(rules.atom(RIGHT.encode())) == []
    assert RIGHT.count(was) >= 1
    assert any(section in found for found in rules.atom(RIGHT.replace(was, becomes, 1).encode()))


@pytest.mark.parametrize(
    ("check", "right", "was", "becomes"),
    [
        (lambda text: rules.site_map(text, "https://a.example/sitemap.xml"), MAP, "https://a", "https://b"),
        (lambda text: rules.site_map(text, "https://a.example/sitemap.xml"), MAP, "2026-01-02", "gisteren"),
        (
            lambda text: rules.site_map(text, "https://a.example/sitemap.xml"),
            MAP,
            "<loc>https://a.example/b/</loc>",
            "",
        ),
        (rules.robots, "User-agent: *\nAllow: /\n", "User-agent: *\n", ""),
        (rules.robots, "User-agent: *\nSitemap: https://a.example/\n", "https://a.example", ""),
        (rules.security, SAFE, "Contact: mailto:a@b.example\n", ""),
        (rules.security, SAFE, "mailto:", ""),
        (rules.security, SAFE, "T00:00:00Z", ""),
        (rules.security, SAFE, "nl, en", "nl en"),
    ],
)
def test_the_other_rules_find_what_is_wrong(
    check: Callable[[bytes], object], right: str, was: str, becomes: str
) -> None:
    assert list(check(right.encode())) == []  # type: ignore[call-overload]
    assert list(check(right.replace(was, becomes).encode())) != []  # type: ignore[call-overload]


def collection(seed: int) -> Collection:
    """Return what stands over made publications with texts that markup and programs stumble over."""
    chance = Random(seed)

    def text() -> Words:
        return Words(en=" ".join(chance.choices(ODD, k=3)))

    def publisher(one: Published) -> Organisation:
        return replace(one.publisher, name=Words(en=f"Bureau {chance.choice(ODD)}"))

    found = [replace(one, title=text(), description=text(), publisher=publisher(one)) for one in publications(seed)]
    day = datetime.date(2026, 1, chance.randrange(1, 29))
    return replace(
        made_collection.collection(Path(), (), chance.choice((("nl", "en"), ("en",), ("fr", "nl", "en")))),
        publications=found,
        title=text(),
        url=chance.choice(("https://open.voorbeeld.nl/", "https://open.voorbeeld.nl/ogp/")),
        iri=chance.choice(("", "https://id.countryq.example/")),
        owner=chance.choice((None, found[0].publisher)),
        withdrawn=[Gone(f"gone-{number}", day, text()) for number in range(chance.randrange(3))],
        security=chance.choice((None, (["mailto:a@countryq.example"], datetime.date(2027, 6, 1)))),
    )


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_is_published_the_files_at_the_top_are_what_their_standards_want(seed: int) -> None:
    made = collection(seed)
    written = dict(files(made)) | dict(maps(made, ["index.html", "nl/index.html", "en/index.html", "search.html"]))
    assert {"robots.txt", "feed.atom", "sitemap.xml", "sitemap-root.xml"} <= written.keys()
    assert list(rules.atom(written["feed.atom"])) == []
    assert list(rules.robots(written["robots.txt"])) == []
    for name in ("sitemap.xml", "sitemap-root.xml"):
        assert list(rules.site_map(written[name], f"{made.url}{name}")) == []
    if made.security:
        assert list(rules.security(written[".well-known/security.txt"])) == []
    entries = ET.fromstring(written["feed.atom"]).findall(f"{rules.ATOM}entry")
    assert len(entries) == len(made.publications) + len(made.withdrawn)


def test_a_letter_that_xml_has_not_is_seen_to_be_missing() -> None:
    feed = syndication.feed(TITLE, "en", "urn:a", "2026-01-02T00:00:00Z")
    assert (
        ET.fromstring(syndication.document(feed)).findtext(f"{rules.ATOM}title") == "a \ufffd & \ufffd <b> \U0001f600"
    )


def test_those_of_a_publication_are_too(workspace: Workspace) -> None:
    base = "https://data.overheid.example.nl/ogp/"
    outcome = workspace.publish(base_iri=base)
    assert list(rules.atom((outcome.folder / "feed.atom").read_bytes())) == []
    assert list(rules.site_map((outcome.folder / "sitemap.xml").read_bytes(), f"{base}sitemap.xml")) == []
